/** Problems in reports. */

import { expect, test } from '@jest/globals';
import type { Problem } from '../../src/source/problem.ts';
import { firstOfEachFile } from '../../src/source/problem.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { lintFiles } from '../checks/lint-files.ts';

test('of a file with very many problems the first thousand are told, and how many more there are', () => {
  const [a, b] = [new SourceFile('a.tf', 'x'.repeat(3000)), new SourceFile('b.tf', 'x')];
  const problems = Array.from({ length: 1500 }, (_, index): Problem => {
    const severity = index === 1200 ? 'error' : 'warning';
    return { kind: 'terraform', severity, message: `${index}`, span: { file: a, start: index, end: index } };
  });
  const other: Problem = {
    kind: 'terraform',
    severity: 'warning',
    message: 'other',
    span: { file: b, start: 0, end: 1 },
  };
  const told = firstOfEachFile([...problems, other]);
  expect(told.slice(0, 1000)).toEqual(problems.slice(0, 1000));
  expect(told.slice(1000)).toEqual([
    { ...problems[1000], severity: 'error', message: '500 more problems in this file are not shown.' },
    other,
  ]);
});

test('a report is no longer than somebody reads, whatever is in a file', async () => {
  const shapes = await lintFiles({ 'a.tf.json': `{"locals":[${'1,'.repeat(200_000)}1]}` });
  expect(shapes.problems).toHaveLength(101);
  const twice = await lintFiles({ 'a.tf': 'variable "x" {}\n'.repeat(20_000) });
  expect(twice.problems).toHaveLength(1001);
});
