/** Bytes that are text, and those that are not. */

import { expect, test } from '@jest/globals';
import { decodeSource } from '../../src/source/decode.ts';
import { lintFiles } from '../checks/lint-files.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('text stays as it is', () => {
  const { value, problems } = decodeSource('main.tf', bytes('\ufeffa = "ü"\n'));
  expect(value.text).toBe('\ufeffa = "ü"\n');
  expect(problems).toEqual([]);
});

test('the first byte that is no UTF-8 is a problem', () => {
  const { value, problems } = decodeSource('main.tf', Uint8Array.of(0x61, 0xff, 0x62, 0xfe));
  expect(value.text).toBe('a\ufffdb\ufffd');
  expect(problems).toMatchObject([{ kind: 'file', severity: 'error', span: { start: 1, end: 2 } }]);
});

test.each([
  ['\0GITCRYPT\0\u0001{ [ } ) x', 'This file is encrypted by git-crypt and was not read.'],
  ['\u007fELF\0\0{', 'This file is binary (it has NUL bytes) and was not read.'],
  ['a\0 \0=\0 \x001\0', 'This file is binary (it has NUL bytes) and was not read.'],
])('%j is one problem, whatever is in it', async (text, message) => {
  const { problems } = await lintFiles({ 'main.tf': 'variable "x" {}\n', 'terraform.tfvars': text, 'b.tf': text });
  expect(problems.map((problem) => [problem.span?.file.path, problem.message])).toEqual([
    ['b.tf', message],
    ['terraform.tfvars', message],
  ]);
});
