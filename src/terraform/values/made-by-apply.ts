/** What AWS gives a resource when it makes it. */

import type { UnknownValue } from './value.ts';

const identifier = /^(?:module\.[^.]+\.)*aws_\w+\.[\w-]+\.(?:arn|id)$/;

/** Whether a value waits for identifiers of what is to be made, and for nothing else. */
export function isMadeByApply({ reasons }: UnknownValue): boolean {
  return reasons.every(({ name }) => identifier.test(name));
}
