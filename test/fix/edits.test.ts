/** Which edits go together. */

import { expect, test } from '@jest/globals';
import type { Finding, Fix } from '../../src/findings/finding.ts';
import { applyAll, type FixCandidate, withoutConflicts } from '../../src/fix/edits.ts';

const candidate = (
  ...edits: readonly (readonly [start: number, end: number, text: string, target?: string])[]
): FixCandidate => ({
  finding: {} as Finding,
  fix: {} as Fix,
  edits: edits.map(([start, end, text, target = 'a.tf']) => ({ target, start, end, text })),
});

const made = (...candidates: readonly FixCandidate[]): string =>
  applyAll(withoutConflicts(candidates), () => '0123456789').get('a.tf') ?? '';

test('those apart are made, in whatever order they come', () => {
  expect(made(candidate([7, 9, 'b']), candidate([0, 2, 'a'], [4, 5, '']))).toBe('a23' + '56b9');
});

test('of two that meet the first is made, as a whole', () => {
  expect(made(candidate([2, 5, 'x']), candidate([0, 1, 'y'], [4, 6, 'y']))).toBe('01x56789');
});

test('neighbours do not meet, but what is put in between them would', () => {
  expect(made(candidate([2, 4, 'x']), candidate([4, 6, 'y']))).toBe('01xy6789');
  expect(made(candidate([2, 4, 'x']), candidate([4, 4, 'y']))).toBe('01x456789');
});

test('the same edit of two findings is made once', () => {
  const same = [candidate([1, 2, 'x']), candidate([1, 2, 'x'])];
  expect(withoutConflicts(same)).toHaveLength(2);
  expect(made(...same)).toBe('0x23456789');
});

test('the same place in two files is two places', () => {
  const both = withoutConflicts([candidate([0, 1, 'x']), candidate([0, 1, 'y', 'b.tf'])]);
  expect([...applyAll(both, (target) => target)]).toEqual([
    ['a.tf', 'x.tf'],
    ['b.tf', 'y.tf'],
  ]);
});
