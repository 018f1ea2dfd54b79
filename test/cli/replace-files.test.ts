/** Replacing files: all of them or none. */

import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { replaceFiles } from '../../src/cli/files/replace-files.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'tfsg-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

const replacement = (name: string, before: string, after: string) => ({
  path: join(folder, name),
  before: Buffer.from(before),
  after: Buffer.from(after),
});

test('replaces each', () => {
  for (const name of ['a', 'b']) writeFileSync(join(folder, name), 'old');
  expect(replaceFiles([replacement('a', 'old', 'new'), replacement('b', 'old', '')])).toEqual({ count: 2, faults: [] });
  expect(['a', 'b'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['new', '']);
  expect(readdirSync(folder)).toEqual(['a', 'b']);
});

test('replaces none where one can not be, and leaves nothing behind', () => {
  writeFileSync(join(folder, 'a'), 'old');
  writeFileSync(join(folder, 'b'), 'newer than what was linted');
  const { count, faults } = replaceFiles(['a', 'b', 'gone'].map((name) => replacement(name, 'old', 'new')));
  expect(count).toBe(0);
  expect(faults).toEqual([
    { path: join(folder, 'b'), reason: 'another program changed the file in the meantime' },
    { path: join(folder, 'gone'), reason: 'no such file or directory' },
  ]);
  expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['a', 'b']);
});

test('replaces a file with the longest name that there can be', () => {
  const name = 'x'.repeat(255);
  writeFileSync(join(folder, name), 'old');
  expect(replaceFiles([replacement(name, 'old', 'new')])).toEqual({ count: 1, faults: [] });
  expect(readFileSync(join(folder, name), 'utf8')).toBe('new');
});
