/** Limits for the result of one call, so that configurations that double values again and again terminate. */

import { EvaluationError } from '../values/errors.ts';
import type { Invocation } from './definition.ts';

const maximumTextLength = 16 * 1024 * 1024;
const maximumItems = 1_000_000;

/**
 * @param length of the text to be made, in UTF-16 code units
 * @param call absent where no configuration calls
 * @throws EvaluationError of kind `limit` above 16 Mi, or where what is being evaluated may not take the steps for it
 */
export function checkTextLength(length: number, call?: Invocation): void {
  if (length > maximumTextLength) {
    throw new EvaluationError('the result is larger than 16 MiB', { kind: 'limit' });
  }
  call?.context.budget.check(length >> 4, call.span);
}

/**
 * @param count of the members that a collection is to have
 * @throws EvaluationError of kind `limit` above a million, or where what is being evaluated may not take the steps for it
 */
export function checkItemCount(count: number, call: Invocation): void {
  if (count > maximumItems) {
    throw new EvaluationError('the result has more than 1,000,000 elements', { kind: 'limit' });
  }
  call.context.budget.check(3 * count, call.span);
}
