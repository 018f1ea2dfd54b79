/** Unified diffs as git and diff -u write them, and damaged ones. */

import { describe, expect, test } from '@jest/globals';
import { type ChangedFile, DiffError, parseDiff } from '../../src/diff/parse.ts';

const changed = (path: string, lines: readonly number[], gaps: readonly number[] = [], isNew = false): ChangedFile => ({
  path,
  isNew,
  lines,
  gaps,
});

const hunk = '@@ -1,3 +1,4 @@\n a\n+b\n c\n d\n';
const file = (before: string, after: string): string => `--- ${before}\n+++ ${after}\n${hunk}`;

test('nothing changes nothing', () => {
  expect(parseDiff('')).toEqual([]);
  expect(parseDiff('\n')).toEqual([]);
});

describe('which lines', () => {
  const linesOf = (body: string) => parseDiff(`--- a/x.tf\n+++ b/x.tf\n${body}`);

  test('are added, changed or missing', () => {
    const body = '@@ -3,7 +3,7 @@ resource "x" "y" {\n a\n-b\n+B\n+C\n d\n-e\n f\n-g\n+G\n h\n';
    expect(linesOf(body)).toEqual([changed('x.tf', [4, 5, 8], [6])]);
  });

  test('are there without context', () => {
    const body = '@@ -2 +1,0 @@\n-b\n@@ -5,0 +5,2 @@\n+e\n+f\n@@ -9 +10 @@\n-i\n+I\n';
    expect(linesOf(body)).toEqual([changed('x.tf', [5, 6, 10], [1])]);
  });

  test('are missing at the top and the end', () => {
    expect(linesOf('@@ -1,2 +1 @@\n-a\n b\n@@ -8,2 +7 @@\n h\n-i\n')).toEqual([changed('x.tf', [], [0, 7])]);
  });

  test('have no line end', () => {
    const body = '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n';
    expect(linesOf(body)).toEqual([changed('x.tf', [1])]);
  });

  test('look like headers', () => {
    const body = '@@ -1,2 +1,2 @@\n--- a/old.tf\n-+++ b/new.tf\n+-- x\n+++ y\n';
    expect(linesOf(body)).toEqual([changed('x.tf', [1, 2])]);
  });

  test('lost the space of an empty line', () => {
    expect(linesOf('@@ -1,3 +1,4 @@\n a\n\n+b\n c\n')).toEqual([changed('x.tf', [3])]);
  });

  test('end with carriage returns, as the whole diff may', () => {
    expect(linesOf('@@ -1 +1,2 @@\n a\r\n+b\r\n')).toEqual([changed('x.tf', [2])]);
    expect(parseDiff(file('a/x.tf', 'b/x.tf').replaceAll('\n', '\r\n'))).toEqual([changed('x.tf', [2])]);
  });
});

describe('which file', () => {
  const pathOf = (text: string) => parseDiff(text).map(({ path }) => path);

  test.each([
    ['git', 'a/net/x.tf', 'b/net/x.tf', 'net/x.tf'],
    ["git's mnemonic prefixes", 'i/x.tf', 'w/x.tf', 'x.tf'],
    ['git diff -R', 'b/x.tf', 'a/x.tf', 'x.tf'],
    ['no prefix', 'net/x.tf', 'net/x.tf', 'net/x.tf'],
    ['no prefix, in a folder called b', 'b/x.tf', 'b/x.tf', 'b/x.tf'],
    ['a time behind it', 'a/x y.tf\t2024-01-01', 'b/x y.tf\t2024-01-02', 'x y.tf'],
    ['spaces', 'a/the net/x y.tf', 'b/the net/x y.tf', 'the net/x y.tf'],
    ['quotes', '"a/caf\\303\\251 \\"x\\"\\t.tf"', '"b/caf\\303\\251 \\"x\\"\\t.tf"', 'café "x"\t.tf'],
    ['a new file', '/dev/null', 'b/x.tf', 'x.tf'],
  ])('%s', (_, before, after, path) => {
    expect(pathOf(file(before, after))).toEqual([path]);
  });

  test('is gone', () => {
    const text = 'diff --git a/x.tf b/x.tf\ndeleted file mode 100644\n--- a/x.tf\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n';
    expect(parseDiff(text)).toEqual([]);
  });

  test('is new, with and without lines', () => {
    const text = 'diff --git a/x.tf b/x.tf\nnew file mode 100644\nindex 0000000..7898192\n';
    expect(parseDiff(`${text}--- /dev/null\n+++ b/x.tf\n@@ -0,0 +1 @@\n+a\n`)).toEqual([
      changed('x.tf', [1], [], true),
    ]);
    expect(parseDiff(text)).toEqual([changed('x.tf', [], [], true)]);
  });

  test('was moved: the lines that changed', () => {
    const text = 'diff --git a/b/x.tf b/c/y.tf\nsimilarity index 90%\nrename from b/x.tf\nrename to c/y.tf\n';
    expect(parseDiff(text)).toEqual([]);
    expect(parseDiff(text + file('a/b/x.tf', 'b/c/y.tf'))).toEqual([changed('c/y.tf', [2])]);
    const bare = 'diff --git a/x.tf b/x.tf\nrename from a/x.tf\nrename to b/x.tf\n';
    expect(pathOf(bare + file('a/x.tf', 'b/x.tf'))).toEqual(['b/x.tf']);
  });

  test('is a copy: all of it', () => {
    const text = 'diff --git a/x.tf b/y z.tf\nsimilarity index 100%\ncopy from x.tf\ncopy to y z.tf\n';
    expect(parseDiff(text)).toEqual([changed('y z.tf', [], [], true)]);
  });

  test('has other permissions, or is binary', () => {
    const mode = 'diff --git a/x.tf b/x.tf\nold mode 100644\nnew mode 100755\n';
    const binary = 'diff --git a/p.png b/p.png\nindex 1..2 100644\nBinary files a/p.png and b/p.png differ\n';
    const patch =
      'diff --git a/p.png b/p.png\nindex 1..2\nGIT binary patch\nliteral 4\nLc${NkU+-@@\n\nliteral 0\nHcmV?d00001\n\n';
    expect(parseDiff(mode + binary + patch)).toEqual([]);
    expect(pathOf(mode + binary + patch + file('a/x.tf', 'b/x.tf'))).toEqual(['x.tf']);
  });
});

test('passes over what stands around the files', () => {
  const mail = `From 1234 Mon Sep 17 00:00:00 2001\nSubject: [PATCH] Open\n\n---\n x.tf | 1 +\n 1 file changed\n\n`;
  const text = `${mail}diff --git a/x.tf b/x.tf\nindex 1..2 100644\n${file('a/x.tf', 'b/x.tf')}-- \n2.43.0\n\n`;
  expect(parseDiff(text)).toEqual([changed('x.tf', [2])]);
  const recursive = `diff -ru old/x.tf new/x.tf\n${file('old/x.tf', 'new/x.tf')}Only in new: y.tf\n`;
  expect(parseDiff(recursive).map(({ path }) => path)).toEqual(['new/x.tf']);
  expect(parseDiff(`Index: x.tf\n${'='.repeat(67)}\n${file('x.tf', 'x.tf')}`)).toEqual([changed('x.tf', [2])]);
});

describe('what is damaged is named with its line', () => {
  const head = '--- a/x.tf\n+++ b/x.tf\n';
  test.each([
    ['something else', 'hello\n', 1, 'this is not a unified diff'],
    ['a hunk of no file', hunk, 1, 'this hunk has no "--- OLD" and "+++ NEW" above it'],
    ['the header of a hunk', `${head}@@ -1,3 +1 4 @@\n`, 3, 'a hunk must start with "@@ -LINE,COUNT +LINE,COUNT @@"'],
    ['too few lines', `${head}@@ -1,3 +1,4 @@\n a\n+b\n`, 3, 'the diff ends before the end of this hunk'],
    ['too many lines', `${head}@@ -1 +1 @@\n-a\n+b\n+c\n`, 6, 'the hunk above has more lines than its header says'],
    ['another line', `${head}@@ -1,2 +1,2 @@\n a\nb\n`, 5, 'expected a line of the hunk at line 3'],
    [
      'a hunk that is cut off by the next',
      `${head}@@ -1,2 +1,2 @@\n a\n@@ -9 +9 @@\n`,
      5,
      'a line of the hunk at line 3',
    ],
    ['one name alone', 'diff --git a/x b/x\n--- a/x\n@@ -1 +1 @@\n', 2, '"--- OLD" must be followed by'],
    ['a combined diff', 'diff --cc x.tf\nindex 1,2..3\n--- a/x.tf\n+++ b/x.tf\n', 1, 'combined diffs'],
    ['a combined hunk', `${head}@@@ -1,2 -1,2 +1,3 @@@\n`, 3, 'combined diffs'],
    ['a quoted name', '--- "a/x\\q"\n+++ "b/x\\q"\n', 1, 'invalid quoted file name'],
  ])('%s', (_, text, line, message) => {
    let caught: unknown;
    try {
      parseDiff(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(DiffError);
    expect((caught as DiffError).line).toBe(line);
    expect((caught as DiffError).message).toContain(message);
  });
});
