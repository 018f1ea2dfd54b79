/** Own rules in an editor: what changes in them, or in what they ask, changes what is shown. */

import { afterEach, expect, test } from '@jest/globals';
import { ruleText } from '../rules/rule-text.ts';
import { Editor } from './editor.ts';

let editor: Editor;
afterEach(async () => {
  await editor.end();
});

const config = { '.tfsgrc.json': '{ "extends": ["tfsg:off"] }' };
const rule = (tag: string) =>
  ruleText(`group.tags["tier"] == "${tag}"`, { of: 'group', more: 'help = "https://wiki.example.com/x"' });
const group = (tags: string) => `locals {
  tier = "data"
}

resource "aws_security_group" "web" {
  name = "web"
  tags = ${tags}
}
`;

const codes = (count: number) => editor.diagnostics('main.tf', ({ diagnostics }) => diagnostics.length === count);

test('follow the file of rules, its disk and its open text', async () => {
  editor = await Editor.start({ ...config, 'tfsg.rules.hcl': rule('data'), 'main.tf': group('{ tier = "data" }') });
  await editor.open('main.tf', group('{ tier = "data" }'));
  const [first] = await codes(1);
  expect(first).toMatchObject({ code: 'own', codeDescription: { href: 'https://wiki.example.com/x' } });
  await editor.open('tfsg.rules.hcl', rule('other'), 'hcl');
  expect(await codes(0)).toEqual([]);
  await editor.change('tfsg.rules.hcl', { text: rule('data') });
  expect(await codes(1)).toHaveLength(1);
  await editor.change('tfsg.rules.hcl', { text: rule('data').replace('group.tags', 'group.tgas') });
  const [mistake] = await editor.diagnostics('tfsg.rules.hcl', ({ diagnostics }) => diagnostics.length > 0);
  expect(mistake!.message).toContain('Did you mean "tags"?');
});

test('follow what a tag is made of', async () => {
  const text = group('{ tier = local.tier }');
  editor = await Editor.start({ ...config, 'tfsg.rules.hcl': rule('data'), 'main.tf': text });
  await editor.open('main.tf', text);
  expect(await codes(1)).toHaveLength(1);
  await editor.change('main.tf', { text: text.replace('"data"', '"web"') });
  expect(await codes(0)).toEqual([]);
  await editor.change('main.tf', { text });
  expect(await codes(1)).toHaveLength(1);
});
