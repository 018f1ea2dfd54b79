/** Texts that are too deep or too wrong, and long ones that are neither. */

import { expect, test } from '@jest/globals';
import { tokenize } from '../../src/hcl/native/lexer.ts';
import { parseHcl } from '../../src/hcl/native/parser.ts';
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

test('after 100 problems the rest is read, and a last problem counts its errors', () => {
  const { value, problems } = parseHcl(new SourceFile('test.tf', `${'a b c\n'.repeat(1000)}d = 1\n`));
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)).toMatchObject({
    kind: 'syntax',
    message: 'This file has 900 more syntax errors, the first of them here',
    span: { start: 600 },
  });
  expect(value.body.items).toMatchObject([{ kind: 'attribute', name: { name: 'd' } }]);
});

test('after 10,100 problems the rest is not read, and a last problem says so', () => {
  const { problems } = parseHcl(new SourceFile('test.tf', 'a b c\n'.repeat(MANY)));
  expect(problems).toHaveLength(101);
  expect(problems.at(-1)).toMatchObject({ kind: 'limit', message: expect.stringContaining('line 10100') });
});

test('a slip that is made on every line is one problem, and all of them are read', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `a${index} = 1;\n`).join('');
  const { value, problems } = parseHcl(new SourceFile('test.tf', lines));
  expect(problems.map(({ message }) => message)).toEqual([
    'HCL has no semicolons (also on 19999 more lines, up to line 20000)',
  ]);
  expect(value.body.items).toHaveLength(20_000);
});

test('long lists, strings and bodies are read', () => {
  const list = `a = [${'1, '.repeat(MANY)}]\n`;
  const string = `b = "${'x'.repeat(5_000_000)}"\n`;
  const body = Array.from({ length: MANY }, (_, index) => `c${index} = 1\n`).join('');
  const { value, problems } = parseHcl(new SourceFile('test.tf', list + string + body));
  expect(problems).toEqual([]);
  expect(value.body.items).toHaveLength(MANY + 2);
});

test.each([
  ['brackets behind a quote', `a = "${']'.repeat(MANY)}`],
  ['a string that opens nothing', `a = b(${'"${;" '.repeat(MANY)}`],
  ['such strings where an equals sign was lost', `a b([${'"${;" '.repeat(MANY)}`],
  ['heredocs with names of their own', Array.from({ length: MANY }, (_, index) => `<<A${index}\n`).join('')],
  ['heredocs without an end', `a = [${'<<A\nA x\n'.repeat(MANY)}`],
  ['quoted names of heredocs', `a b([${'<<"A",'.repeat(MANY)}`],
  ['labels', `a ${'"b" '.repeat(MANY)}`],
  ['labels on a line inside brackets', `a = ${'('.repeat(400)}\nb ${'"b" '.repeat(MANY)}`],
  ['far indented lines', `${' '.repeat(MANY)}a = {\n${'b = 1\n'.repeat(MANY)}`],
  ['marks that combine', `a = "a${'\u0301\u0323'.repeat(MANY)}"`],
  ['interpolations on a line of a heredoc', `a = <<E\n${'${a}'.repeat(MANY)}\nE\n`],
  ['conflicts', '<<<<<<< a\n=======\n'.repeat(MANY)],
  ['comments without an end', `/* a\nb = 1\n`.repeat(MANY)],
  ['keys without quotes', `a = {\n${'b.1c = 1\n'.repeat(MANY)}}`],
  ['strings in other quotes', `a = [${"'b', ".repeat(MANY)}]`],
  ['quotes of other kinds', `a = [${"'".repeat(MANY)}`],
  ['spaces that are none', `a = ${'\u00a0'.repeat(MANY)}1`],
  ['equals signs', `a ${'= '.repeat(MANY)}1`],
  ['line breaks in an expression', `a = b${'\n  && b'.repeat(400)}\n`],
  ['values of other tools', `a = ${'{{'.repeat(MANY)}`],
  ['words without quotes', 'a = b c d\n'.repeat(MANY)],
  ['a heredoc of many lines without an end', `locals {\n  = <<EOT\n${'x\n'.repeat(MANY)}`],
])('%s end', (_, text) => {
  const file = new SourceFile('test.tf', text);
  expect(parseHcl(file).problems.length).toBeLessThanOrEqual(101);
  expect(tokenize(file).at(-1)?.end).toBe(text.length);
});

test('marks that combine stand in pieces of 30, as Go has them', () => {
  const { value } = parseHcl(new SourceFile('test.tf', `a = "a${'\u0301\u0323'.repeat(20)}"\n`));
  const [attribute] = value.body.items;
  const text = attribute?.kind === 'attribute' && attribute.value.kind === 'string' ? attribute.value.value : '';
  // What Terraform 1.11 makes of it.
  expect(text).toBe(
    `\u1ea1${'\u0323'.repeat(14)}${'\u0301'.repeat(15)}\u034f${'\u0323'.repeat(5)}${'\u0301'.repeat(5)}`,
  );
});
