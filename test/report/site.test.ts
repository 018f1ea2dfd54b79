/** Where reports, editors and new configurations lead as soon as package.json names the address of the site. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { linkTo } from '../../site/links.ts';
import { version } from '../../src/version.ts';
import type { Shell } from '../cli/shell.ts';

jest.unstable_mockModule('../../src/version.ts', () => ({ version, homepage: 'https://docs.example.com/tfsg/' }));
const { open, shellWith } = await import('../cli/shell.ts');
const { Editor } = await import('../lsp/editor.ts');

const site = 'https://docs.example.com/tfsg/';
const page = `${site}checks/admin-port-open.html`;

let shell: Shell | undefined;
afterEach(() => {
  shell?.remove();
  shell = undefined;
});

async function printed(command: string): Promise<string> {
  shell ??= shellWith({ '.git/': '', 'main.tf': open });
  return (await shell.tfsg(command)).stdout;
}

test('JSON has the page of each finding and check', async () => {
  expect(JSON.parse(await printed('-f json')).findings[0].docs).toBe(page);
  const listed: readonly { readonly id: string; readonly docs: string }[] = JSON.parse(await printed('checks -f json'));
  expect(listed.find(({ id }) => id === 'admin-port-open')?.docs).toBe(page);
});

test('SARIF has the site and the page of each rule', async () => {
  const { driver } = JSON.parse(await printed('-f sarif')).runs[0].tool;
  expect(driver.informationUri).toBe(site);
  expect(driver.rules).toContainEqual(expect.objectContaining({ id: 'admin-port-open', helpUri: page }));
});

test('a terminal links the page', async () => {
  shell = shellWith({ '.git/': '', 'main.tf': open });
  const { stdout } = await shell.tfsg('--color always', { columns: 100, links: true });
  expect(stdout).toContain(`\x1b]8;;${page}`);
});

test('a new configuration names the schema where it is published, and the next steps lead to pages', async () => {
  shell = shellWith({ '.git/': '', 'main.tf': open, '.gitlab-ci.yml': '', 'atlantis.yaml': '' });
  const { stderr } = await shell.tfsg('init');
  for (const path of ['pre-commit.html', 'ci/gitlab.yml', 'recipes.html#atlantis'])
    expect(stderr).toContain(site + path);
  const written = readFileSync(join(shell!.folder, '.tfsgrc.json'), 'utf8');
  const [, schema] = /"\$schema": "(.*)"/.exec(written) ?? [];
  expect(schema).toBe(site + linkTo('configuration.md', '../schema/tfsgrc.schema.json', undefined));
});

test('a diagnostic leads to the page', async () => {
  const editor = await Editor.start({ 'main.tf': open });
  try {
    await editor.open('main.tf', open);
    const [diagnostic] = await editor.shown('main.tf');
    expect(diagnostic).toMatchObject({ code: 'admin-port-open', codeDescription: { href: page } });
  } finally {
    await editor.end();
  }
});
