/** Texts that are too deep or too wrong, and long ones that are neither. */

import { expect, test } from '@jest/globals';
import { tokenize } from '../../src/hcl/lexer.ts';
import { parseHcl } from '../../src/hcl/parser.ts';
import { SourceFile } from '../../src/source/source-file.ts';

const MANY = 100_000;

test.each([
  ['lists', `a = ${'['.repeat(MANY)}${']'.repeat(MANY)}\nb = 1\n`],
  ['parentheses', `a = ${'('.repeat(MANY)}1${')'.repeat(MANY)}\nb = 1\n`],
  ['signs', `a = ${'-'.repeat(MANY)}1\nb = 1\n`],
  ['attributes', `a = b${'.c'.repeat(MANY)}\nb = 1\n`],
  ['indexes', `a = b${'[0]'.repeat(MANY)}\nb = 1\n`],
  ['terms', `a = 1${' + 1'.repeat(MANY)}\nb = 1\n`],
  ['templates', `a = ${'"${'.repeat(MANY)}1${'}"'.repeat(MANY)}\nb = 1\n`],
  ['directives', `a = "${'%{if x}'.repeat(MANY)}${'%{endif}'.repeat(MANY)}"\nb = 1\n`],
])('%s that are too deep are one problem, and what follows is read', (_, text) => {
  const { value, problems } = parseHcl(new SourceFile('test.tf', text));
  expect(problems.map(({ kind }) => kind)).toEqual(['limit']);
  expect(value.body.items).toHaveLength(2);
});

test.each([
  ['objects', `a = ${'{a='.repeat(MANY)}`],
  ['blocks', 'a {\n'.repeat(MANY)],
  ['calls', `a = ${'f('.repeat(MANY)}`],
  ['conditionals', `a = ${'x ? y : '.repeat(MANY)}1\n`],
  ['splats', `a = b${'[*]'.repeat(MANY)}\n`],
  ['for-expressions', `a = ${'[for x in '.repeat(MANY)}`],
  ['heredocs', `a = ${'<<E\n${'.repeat(MANY)}`],
  ['closing braces', '}'.repeat(MANY)],
  ['quotes', '"'.repeat(MANY)],
  ['NUL', '\0'.repeat(MANY)],
  ['lone surrogates', '\ud800'.repeat(MANY)],
])('%s without an end are problems, at most 101', (_, text) => {
  const file = new SourceFile('test.tf', text);
  const { problems } = parseHcl(file);
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(101);
  expect(tokenize(file).at(-1)?.end).toBe(text.length);
});

test('after 100 problems the rest is not read, and a last problem says so', () => {
  const { problems } = parseHcl(new SourceFile('test.tf', 'a b c\n'.repeat(1000)));
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)).toMatchObject({ kind: 'limit', message: expect.stringContaining('line 101') });
});

test('long lists, strings and bodies are read', () => {
  const list = `a = [${'1, '.repeat(MANY)}]\n`;
  const string = `b = "${'x'.repeat(5_000_000)}"\n`;
  const body = Array.from({ length: MANY }, (_, index) => `c${index} = 1\n`).join('');
  const { value, problems } = parseHcl(new SourceFile('test.tf', list + string + body));
  expect(problems).toEqual([]);
  expect(value.body.items).toHaveLength(MANY + 2);
});
