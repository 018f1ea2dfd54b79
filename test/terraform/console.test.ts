/** Expressions mean what Terraform says they mean. */

import { describe, expect, test } from '@jest/globals';
import { answer, consoleRows, consoleTopics } from './console-rows.ts';

describe.each(consoleTopics())('%s', (topic) => {
  test.each(consoleRows(topic))('$expression $constraint', ({ expression, constraint, tfsg, ...recorded }) => {
    const { why: _, ...expected } = tfsg ?? { why: '', ...recorded };
    const actual = answer(constraint === undefined ? { expression } : { expression, constraint });
    if (/\b(?:log|pow)\(/.test(expression) && isClose(actual.result, expected.result)) return;
    if (expected.error === undefined) expect(actual).toEqual(expected);
    else expect(actual.error ?? `no error, but ${actual.result}`).toContain(coreOf(expected.error));
  });
});

/** Whether both are the same number but for the last digits, which differ between Go and JavaScript's engines; whole numbers have to be the same. */
function isClose(actual = '', expected = ''): boolean {
  const [a, b] = [actual, expected].map((text) => Number(text.replaceAll('"', ''))) as [number, number];
  return !Number.isSafeInteger(b) && Math.abs(a - b) <= Math.abs(b) * 1e-9;
}

/** What is wrong, without what Terraform says about where. */
function coreOf(error: string): string {
  return error
    .replace(/^Invalid value for "\w+" parameter: |^Call to function "[\w:]+" failed: |^Error during operation: /, '')
    .replace(/\.$/, '');
}
