/** Expressions mean what Terraform says they mean. */

import { describe, expect, test } from '@jest/globals';
import { answer, consoleRows, consoleTopics } from './console-rows.ts';

describe.each(consoleTopics())('%s', (topic) => {
  test.each(consoleRows(topic))('$expression $constraint', ({ expression, constraint, tfsg, ...recorded }) => {
    const { why: _, ...expected } = tfsg ?? { why: '', ...recorded };
    const actual = answer(constraint === undefined ? { expression } : { expression, constraint });
    if (expected.error === undefined) expect(actual).toEqual(expected);
    else expect(actual.error ?? `no error, but ${actual.result}`).toContain(coreOf(expected.error));
  });
});

/** What is wrong, without what Terraform says about where. */
function coreOf(error: string): string {
  return error
    .replace(/^Invalid value for "\w+" parameter: |^Call to function "[\w:]+" failed: |^Error during operation: /, '')
    .replace(/\.$/, '');
}
