/** Reasons in comments, and placeholders for them. */

/** In lower case, without punctuation around them. docs/suppressions.md lists them. */
const placeholders: ReadonlySet<string> = new Set([
  'reason',
  'the reason',
  'your reason',
  'reason here',
  'todo',
  'fixme',
  'tbd',
  'xxx',
  'why',
]);

/** Whether a text says nothing of why: one of a few words that stand in for a reason, or no letter and no digit. */
export function isPlaceholder(reason: string): boolean {
  const words = reason.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  return words === '' || placeholders.has(words.replace(/\s+/g, ' '));
}
