/** What is left of files with faults, and what is said of each. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import { placeOf } from '../../src/source/position.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { expectGolden } from '../golden.ts';
import { outlineBody } from './outline.ts';

const RECOVERY = new URL('../../fixtures/hcl/recovery/', import.meta.url);
const SLIPS = new URL('../../fixtures/hcl/slips/', import.meta.url);
const ARTICLE = new URL('../../fixtures/projects/web-sg/as-published/main.tf', import.meta.url);
const FIXED = new URL('../../fixtures/projects/web-sg/good/main.tf', import.meta.url);

/** The tree, a line of dashes, and each problem with its place and hint. */
function listing(name: string, text: string): string {
  const { value, problems } = parseHcl(new SourceFile(name, text));
  const lines = problems.map(
    ({ span, message, hint }) => `${placeOf(span!)} ${message}${hint === undefined ? '' : `\n    ${hint}`}\n`,
  );
  return `${outlineBody(value.body)}---\n${lines.join('')}`;
}

function namesIn(folder: URL): readonly string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.tf'));
}

const outputOf = (name: string): string => name.replace(/\.tf$/, '.txt');

test.each(namesIn(RECOVERY))('%s', (name) => {
  expectGolden(`hcl/recovery/${outputOf(name)}`, listing(name, readFileSync(new URL(name, RECOVERY), 'utf8')));
});

describe('one slip is one error, and what is behind it is read', () => {
  test.each(namesIn(SLIPS))('%s', (name) => {
    const text = readFileSync(new URL(name, SLIPS), 'utf8');
    const { value, problems } = parseHcl(new SourceFile(name, text));
    expect(problems).toHaveLength(1);
    if (text.endsWith('variable "after" {}\n'))
      expect(value.body.items.at(-1)).toMatchObject({ kind: 'block', labels: [{ name: 'after' }] });
    expectGolden(`hcl/slips/${outputOf(name)}`, listing(name, text));
  });
});

test('a character that is lost is one error, and hardly ever two', () => {
  const text = readFileSync(FIXED, 'utf8');
  const counts = Array.from(text, (_, at) => {
    const broken = new SourceFile('main.tf', text.slice(0, at) + text.slice(at + 1));
    return parseHcl(broken).problems.length;
  });
  expect(Math.max(...counts)).toBe(2);
  expect(counts.filter((count) => count === 1).length).toBeGreaterThan(100);
  expect(counts.filter((count) => count === 2)).toHaveLength(1);
});

test('the example as published: seven lost braces and an empty interpolation', () => {
  const { value, problems } = parseHcl(new SourceFile('main.tf', readFileSync(ARTICLE, 'utf8')));
  const [group] = value.body.items;
  expect(value.body.items).toHaveLength(1);
  expect(
    group?.kind === 'block' &&
      group.body.items.map((item) => (item.kind === 'block' ? item.type.name : `${item.name.name} =`)),
  ).toEqual(['name =', 'vpc_id =', 'description =', 'tags', 'ingress', 'ingress', 'ingress', 'ingress', 'egress']);
  expect(problems.map(({ span, message }) => `${placeOf(span!)} ${message}`)).toEqual([
    'main.tf:3:18 This interpolation is empty: expected an expression between "${" and "}"',
    'main.tf:7:20 The block "tags" that opens on line 6 is not closed: expected "}" before line 10',
    'main.tf:14:23 The block "ingress" that opens on line 10 is not closed: expected "}" before line 17',
    'main.tf:21:23 The block "ingress" that opens on line 17 is not closed: expected "}" before line 24',
    'main.tf:28:23 The block "ingress" that opens on line 24 is not closed: expected "}" before line 31',
    'main.tf:35:23 The block "ingress" that opens on line 31 is not closed: expected "}" before line 38',
    'main.tf:42:23 The block "egress" that opens on line 38 is not closed: expected "}" before the end of the file',
    'main.tf:42:23 The block "resource" that opens on line 1 is not closed: expected "}" before the end of the file',
  ]);
});
