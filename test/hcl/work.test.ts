/** How much the parser reads: a bounded number of times the text, whatever the text. */

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseHcl } from '../../src/hcl/native/parser.ts';
import { Scanner } from '../../src/hcl/native/scanner.ts';
import { parseTemplateText } from '../../src/hcl/native/template.ts';
import { SourceFile } from '../../src/source/source-file.ts';

const { advance } = Scanner.prototype;
let tokens = 0;

beforeEach(() => {
  tokens = 0;
  Scanner.prototype.advance = function (this: Scanner) {
    tokens += 1;
    advance.call(this);
  };
});

afterEach(() => {
  Scanner.prototype.advance = advance;
});

/** Tokens read for each character: each pass reads the text once and up to 8 times more, and there are two passes. */
const MOST = 20;

/** A text is long enough for what short ones may take more not to matter. */
const LENGTH = 20_000;

function tokensPerCharacter(text: string): number {
  tokens = 0;
  parseHcl(new SourceFile('test.tf', text));
  return tokens / text.length;
}

const heads = ['', 'a = ', 'a = [{\n', 'a b', 'a "b" {\n  c = ', 'a = <<E\n', 'a = "', 'a {\n', 'locals {\n  a = {\n'];
const units = [
  '%{',
  '{% ',
  '${',
  '"${',
  '[',
  '(',
  '{',
  '[{',
  '({',
  '{a',
  '{a={',
  '{\n',
  '{\na = {\n',
  '<<E\n${',
  '<<E\n',
  '<<"E"\n',
  'f(',
  'x ? ',
  'x ? y : ',
  '[for x in ',
  '{for x in ',
  '{for k, v in x : k => ',
  '"',
  '"a',
  '\\"',
  '/*',
  '#',
  '}',
  ']',
  ')',
  '} ',
  'a.',
  'a[',
  'a[*]',
  '-',
  '!',
  '1 + ',
  ',',
  ', ',
  '\n',
  ' \n',
  '=',
  'a b ',
  'a {',
  'a = {',
  'a = [',
  '"${;" ',
  '%{ if ',
  '%{ for x in ',
  'a(\n',
  'a b(1,\n',
  'a b([<<"A"\n',
  '<<A\nA x\n',
  '<<A\nA\n',
  '::',
  '...',
  '\0',
  "'",
  "'a', ",
  '“',
  ';',
  '$',
  '${a} ',
  'not ',
  'a and ',
  'a ?\n',
  'a\n  && ',
  'a.1b = 1\n',
  '{"a", ',
  '{{ a }} ',
  'a = 1 b\n',
  'a (\n',
  '/* a\nb = 1\n',
  '<<<<<<< a\n',
  '=======\n',
  '<a> ',
  '\u00a0',
];
const tails = ['', ']', '}', ')', '"', '\n', ']\n\n\n', ' e.proto)\n', '\n}\n', 'E\n'];

const adversarial = fc
  .tuple(
    fc.constantFrom(...heads),
    fc.array(fc.constantFrom(...units), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(...tails),
  )
  .map(([head, unit, tail]) => head + unit.join('').repeat(Math.ceil(LENGTH / unit.join('').length)) + tail);

test('the text is read a bounded number of times', () => {
  fc.assert(
    fc.property(adversarial, (text) => {
      expect(tokensPerCharacter(text)).toBeLessThan(MOST);
    }),
    { numRuns: 400 },
  );
});

test.each(units.flatMap((unit) => ['', 'a = [{\n', 'a b'].map((head) => [head, unit] as const)))(
  'so with %j and %j again and again',
  (head, unit) => {
    expect(tokensPerCharacter(head + unit.repeat(Math.ceil(LENGTH / unit.length)))).toBeLessThan(MOST);
  },
);

test.each([
  ['ss = [{\n', '%{', ']\n\n\n'],
  ['col ngre', '%{', ' e.proto)\n'],
  ['a = [{\n', '{% ', ']\n'],
  ['a = "', '${[{', '"\n'],
])('%j with %j takes no more than twice the tokens for twice the text', (head, unit, tail) => {
  const count = (times: number): number => {
    tokens = 0;
    parseHcl(new SourceFile('test.tf', head + unit.repeat(times) + tail));
    return tokens;
  };
  for (const times of [20, 100, 1000]) expect(count(2 * times)).toBeLessThan(2.2 * count(times) + 50);
});

test('so in the strings of JSON', () => {
  fc.assert(
    fc.property(adversarial, (text) => {
      tokens = 0;
      parseTemplateText({ file: new SourceFile('test.tf', text), start: 0, end: text.length }, text, (at) => at);
      expect(tokens / text.length).toBeLessThan(MOST);
    }),
    { numRuns: 200 },
  );
});

test('where reading ends before the text does, a problem says so', () => {
  const text = `a = ${'[({'.repeat(120)}${'\nx = 1\n'.repeat(3000)}`;
  const { problems } = parseHcl(new SourceFile('test.tf', text));
  expect(problems.filter(({ kind }) => kind === 'limit').map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Too many syntax errors to continue: the text after line \d+ was not read$/),
  ]);
});
