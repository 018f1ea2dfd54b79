/** The message of a finding with several hits. */

import { formatCount } from '../text/count.ts';

/** How many messages are told in full; of more than these, the first, and how many others there are. */
const told = 2;

/**
 * The sentences of the hits of one check at one place, each once, in the order given: a value that a caller hands to a module can
 * be at fault in several rules at once.
 *
 * @param messages one or more, each of whole sentences
 */
export function joinMessages(messages: readonly string[]): string {
  const all = [...new Set(messages)];
  // What is certain of one instance is not told of those that may not exist: "If this resource exists (var.on decides): ...".
  const different = all.filter((message) => !all.some((other) => message.endsWith(`): ${other}`)));
  if (different.length <= told) return different.join(' ');
  const rest = different.length - 1;
  return `${different[0]} ${formatCount(rest, 'more finding')} of this check are at this place.`;
}
