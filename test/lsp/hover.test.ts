/** Hovers: what places of fixtures/lsp/hover mean. A caret in a comment marks a place of the line above it that is no comment. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Hover, MarkupContent, Position } from 'vscode-languageserver/node';
import { expectGolden, fixtures } from '../golden.ts';
import { able, Editor, type Files, marked, markedWith } from './editor.ts';

let editor: Editor;
afterEach(async () => {
  await editor.end();
});

const folder = join(fixtures, 'lsp/hover');
const files: Files = Object.fromEntries(
  (readdirSync(folder, { recursive: true, encoding: 'utf8' }) as string[])
    .filter((name) => name.endsWith('.tf'))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
);

function caretsIn(text: string): Position[] {
  let line = 0;
  return text.split('\n').flatMap((each, index) => {
    if (!/^\s*#/.test(each)) line = index;
    const character = each.indexOf('^');
    return character === -1 ? [] : [{ line, character }];
  });
}

const hover = (path: string, position: Position) =>
  editor.request<Hover | null>('textDocument/hover', path, { position });

describe('hovers', () => {
  test('are as in the fixture', async () => {
    editor = await Editor.start(files);
    await editor.open('main.tf', files['main.tf']!);
    const texts: string[] = [];
    for (const [path, text] of Object.entries(files)) {
      if (path !== 'main.tf') await editor.open(path, text);
      for (const position of caretsIn(text)) {
        const answer = await hover(path, position);
        const lines = text.split('\n');
        const inner = answer && markedWith(text, answer.range!).split(/[⟦⟧]/)[1];
        const value = (answer?.contents as MarkupContent | undefined)?.value.replaceAll(editor.uri(''), 'file://');
        texts.push(
          `## ${path}:${position.line + 1}:${position.character + 1}\n\n    ${lines[position.line]!.trim()}\n`,
          `Of \`${inner?.replace(/\s+/g, ' ')}\`:\n\n${value}\n`,
        );
      }
    }
    expectGolden('lsp/hover/hovers.md', texts.join('\n'));
  });

  test('are there for the text that is not saved and not linted yet', async () => {
    editor = await Editor.start({});
    const { text, position } = marked(`resource "aws_security_group_rule" "ssh" {
  type              = "ingress"
  security_group_id = "sg-1"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["▮0.0.0.0/0"]
}
`);
    await editor.open('main.tf', '');
    await editor.change('main.tf', { text });
    const answer = await hover('main.tf', position);
    expect(answer?.contents).toMatchObject({
      value: expect.stringContaining('the whole IPv4 internet'),
    });
  });

  test('are plain where the editor reads no Markdown, and never markup of a user', async () => {
    const { text, position } = marked(
      'variable "x" {\n  description = "<b>*bold*</b>"\n}\noutput "y" {\n  value = var.▮x\n}\n',
    );
    editor = await Editor.start({});
    await editor.open('main.tf', `${text}resource "aws_security_group" "web" {}\n`);
    expect((await hover('main.tf', position))?.contents).toMatchObject({
      kind: 'markdown',
      value: expect.stringContaining('\\<b\\>\\*bold\\*\\</b\\>'),
    });
    await editor.end();
    editor = await Editor.start({}, { capabilities: { ...able, textDocument: {} } });
    await editor.open('main.tf', text);
    expect((await hover('main.tf', position))?.contents).toMatchObject({
      kind: 'plaintext',
      value: expect.stringContaining('<b>*bold*</b>'),
    });
  });

  test('are none where there is nothing to say', async () => {
    editor = await Editor.start({});
    await editor.open('main.tf', 'resource "aws_vpc" "main" {}\n');
    expect(await hover('main.tf', { line: 0, character: 3 })).toBeNull();
    expect(await hover('elsewhere.tf', { line: 0, character: 3 })).toBeNull();
  });
});
