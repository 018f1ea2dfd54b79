/** Kleene's tables. */

import { describe, expect, test } from '@jest/globals';
import { type Answer, all, answerOf, any, not } from '../../src/model/answer.ts';

const table: readonly (readonly [Answer, Answer, Answer, Answer])[] = [
  // a, b, all, any
  ['yes', 'yes', 'yes', 'yes'],
  ['yes', 'unknown', 'unknown', 'yes'],
  ['yes', 'no', 'no', 'yes'],
  ['unknown', 'unknown', 'unknown', 'unknown'],
  ['unknown', 'no', 'no', 'unknown'],
  ['no', 'no', 'no', 'no'],
];

describe('answers', () => {
  test.each(table)('%s and %s', (a, b, both, either) => {
    expect([all(a, b), all(b, a), any(a, b), any(b, a)]).toEqual([both, both, either, either]);
    expect(not(all(a, b))).toBe(any(not(a), not(b)));
  });

  test('of nothing', () => {
    expect([all(), any()]).toEqual(['yes', 'no']);
  });

  test('of facts', () => {
    expect([answerOf(true), answerOf(false), not('unknown')]).toEqual(['yes', 'no', 'unknown']);
  });
});
