/** Patterns of files and groups: what they match, what they can't have, and that they end. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import picomatch from 'picomatch';
import { GlobChecker, groupMatcherOf, matcherOf } from '../../src/config/patterns/globs.ts';

describe('patterns of files', () => {
  test.each([
    ['a/*.tf', 'a/main.tf', true],
    ['a/*.tf', 'a/b/main.tf', false],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['**/b', 'b', true],
    ['**/b', 'a/x/b/main.tf', true],
    ['a/**/c', 'a/c', true],
    ['a/**/c', 'a/b/b/c', true],
    ['a**c', 'a/c', false],
    ['a**c', 'abbc', true],
    ['a/**', 'a', true],
    ['[ab]x', 'bx', true],
    ['[!ab]x', 'cx', true],
    ['[!ab]x', 'ax', false],
    ['[^ab]x', 'ax', false],
    ['[a-c]x', 'bx', true],
    ['[]a]x', ']x', true],
    ['[ab', '[ab', true],
    ['{a,b/c}/*.tf', 'b/c/main.tf', true],
    ['{a,{b,c}}x', 'cx', true],
    ['{a}', '{a}', true],
    ['\\{a,b', '{a,b', true],
    ['{**,x}/y', 'a/b/y', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a+b.tf', 'a+b.tf', true],
    ['a|b', 'a', false],
    ['größe/*', 'größe/x', true],
    ['é', 'é/x', true],
    ['é/', 'é', true],
    ['@é', '@é', true],
    ['\\é', 'é', true],
    ['[\\é]', 'é', true],
    ['😀|é', '😀|é', true],
    ['\\😀', '😀', true],
    ['a\\d', 'ad', true],
    ['a\\d', 'a1', false],
    ['[\\d]', 'd', true],
    ['[\\d]', '1', false],
  ])('%s: %s %s', (glob, path, expected) => {
    expect(matcherOf([glob])(path)).toBe(expected);
  });

  const piece = fc.constantFrom(
    'a',
    'b',
    '*',
    '**',
    '/',
    '?',
    '[ab]',
    '[^a]',
    '{a,b}',
    '{a/b,b}',
    '.',
    '\\*',
    '-',
    '{a,**}',
  );
  const glob = fc
    .array(piece, { minLength: 1, maxLength: 6 })
    .map((pieces) => pieces.join(''))
    .filter((text) => !/^\/|\/\/|\*{3}|\/$/.test(text) && !/(?<![/{,]|^)\*\*|\*\*(?![/},]|$)/.test(text));
  const path = fc
    .array(fc.constantFrom('a', 'b', 'x', '.', '-', '*', 'ab', '.a'), { minLength: 1, maxLength: 4 })
    .filter((names) => !names.includes('.'))
    .map((names) => names.join('/'));

  test('are those that picomatch knows', () => {
    fc.assert(
      fc.property(glob, path, (text, name) => {
        fc.pre(new GlobChecker().faultOf(text, 'path') === undefined);
        expect(matcherOf([text])(name)).toBe(picomatch([text, `${text}/**`], { dot: true, nonegate: true })(name));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('patterns of groups', () => {
  test.each([
    ['*-web', 'prod/eu-web', true],
    ['module.edge.*', 'module.edge.aws_security_group.web', true],
    ['?', '\n', true],
    ['web', 'web2', false],
    ['{web,api}-*', 'api-1', true],
  ])('%s: %s %s', (glob, name, expected) => {
    expect(groupMatcherOf([glob])(name)).toBe(expected);
  });
});

test.each([
  ['(a+)+b', 'Parentheses'],
  ['x!(a|b)', 'Parentheses'],
  ['a/@(b)', 'Parentheses'],
  ['x{1..9}', 'ranges'],
  ['{a,b', 'unclosed brace'],
  ['a'.repeat(1001), 'at most 1000 characters'],
  ['x[z-a]', 'a reversed range'],
])('%s is refused', (glob, reason) => {
  const checker = new GlobChecker();
  expect([checker.faultOf(glob, 'path'), checker.faultOf(glob, 'group')]).toEqual([
    expect.stringContaining(reason),
    expect.stringContaining(reason),
  ]);
});

test('a parenthesis behind a backslash is a character', () => {
  expect(new GlobChecker().faultOf('a\\(1\\)', 'path')).toBeUndefined();
  expect(matcherOf(['a\\(1\\)'])('a(1)')).toBe(true);
});

test.each(['é', './é/', '@é', '😀|é', 'größe/*'])('%s has no fault', (glob) => {
  expect([new GlobChecker().faultOf(glob, 'path'), new GlobChecker().faultOf(glob, 'group')]).toEqual([
    undefined,
    undefined,
  ]);
});

test('patterns of a file have a bound in all', () => {
  const checker = new GlobChecker();
  const faults = Array.from({ length: 41 }, () => checker.faultOf('a'.repeat(500), 'path'));
  expect(faults.filter((fault) => fault !== undefined)).toEqual([expect.stringContaining('20000 characters in total')]);
});

test.each([
  ['*a'.repeat(200), 'a'.repeat(5000)],
  [`${'*?'.repeat(100)}b`, 'a'.repeat(5000)],
  [`**/${'*a*'.repeat(100)}b`, `${'aaaa/'.repeat(1000)}c`],
  [`${'{a,aa}'.repeat(100)}b`, 'a'.repeat(5000)],
  [`${'[ab]*'.repeat(150)}c`, 'ab'.repeat(5000)],
])('%s ends', (glob, name) => {
  expect([matcherOf([glob])(`${name}!`), groupMatcherOf([glob])(`${name}!`)]).toEqual([false, false]);
});
