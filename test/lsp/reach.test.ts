/** What editors show of what the internet reaches: lenses, hovers and messages, of fixtures/reach/network. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { CodeLens, Hover, MarkupContent } from 'vscode-languageserver/node';
import { fixtures } from '../golden.ts';
import { Editor, marked } from './editor.ts';

const text = readFileSync(join(fixtures, 'reach/network/main.tf'), 'utf8');

let editor: Editor;
afterEach(() => editor.end());

test('a lens says whether the internet gets to what has the group', async () => {
  editor = await Editor.start({ 'main.tf': text });
  await editor.open('main.tf', text);
  const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', 'main.tf');
  expect(lenses.map(({ command }) => command?.title)).toEqual([
    'internet → TCP 22 (SSH) · used by 1',
    'TCP 22 (SSH) is open, not reached from the internet · used by 1',
    'TCP 22 (SSH) is open, not reached from the internet',
    'internet → TCP 22 (SSH), depends on var.subnet_id · used by 1',
    'internet → TCP 22 (SSH), depends on output.shared_id',
  ]);
});

const way = 'Reached from the internet: aws_internet_gateway.main > aws_route_table.public > aws_instance.bastion.';

test.each([
  ['a group', 'resource "aws_security_group" "bas▮tion"', way],
  [
    'a group that is not reached',
    'resource "aws_security_group" "wor▮ker"',
    'Not reached from the internet: aws_subnet.private has no route to an internet gateway, aws_instance.worker has no public address.',
  ],
  ['a rule', 'main.id\n\n  ingr▮ess {', way],
  [
    'a service',
    'resource "aws_instance" "bas▮tion"',
    'TCP 22 (SSH) (IPv4): reached from the internet: aws_internet_gateway.main > aws_route_table.public > aws_instance.bastion > aws_security_group.bastion',
  ],
  ['a service behind another', 'resource "aws_instance" "wor▮ker"', '> aws_instance.bastion > '],
])('a hover over %s shows the way', async (_, at, expected) => {
  const plain = at.replace('▮', '');
  const { text: clean, position } = marked(text.replace(plain, at));
  editor = await Editor.start({ 'main.tf': clean });
  await editor.open('main.tf', clean);
  const answer = await editor.request<Hover | null>('textDocument/hover', 'main.tf', { position });
  expect((answer?.contents as MarkupContent | undefined)?.value.replaceAll('\\', '')).toContain(expected);
});

test('a message says it, with the way among the related places', async () => {
  editor = await Editor.start({ 'main.tf': text });
  await editor.open('main.tf', text);
  const found = (await editor.shown('main.tf')).filter(({ code }) => code === 'admin-port-open');
  expect(found[0]?.message).toContain(`${way} Allow only`);
  expect(found[0]?.relatedInformation?.map(({ message }) => message)).toContain(
    'aws_route_table.public routes 0.0.0.0/0 to aws_internet_gateway.main',
  );
});
