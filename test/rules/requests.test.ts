/** Rules that people have asked other tools for, written from docs/rules.md: their examples hold. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tryExamples } from '../../src/rule-examples.ts';
import { readRules } from '../../src/rules/index.ts';

const folder = join(import.meta.dirname, '../../fixtures/rules/requests');
const files = readdirSync(folder);

test('there are twenty, each with the thread that asks for it', () => {
  const heads = files.map((name) => readFileSync(join(folder, name), 'utf8').split('\n', 1)[0]);
  expect(heads.filter((head) => /^# [\w.-]+\/[\w.-]+#\d+: .+\.|\?$/.test(head!))).toHaveLength(20);
});

test.each(files)('%s', async (name) => {
  const { value, problems } = readRules(name, readFileSync(join(folder, name)), new Map(), {});
  expect(problems).toEqual([]);
  expect(value.checks).toHaveLength(1);
  const results = await tryExamples(value.declarations[0]!, value.checks[0]!);
  expect(results.map(({ example, fault }) => [example.kind, fault])).toEqual([
    ['fails', undefined],
    ['passes', undefined],
  ]);
});
