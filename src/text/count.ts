/** Counts and lists as messages show them. */

/** `5,017`: with a comma between thousands, whatever the locale. */
export function formatNumber(number: number | bigint): string {
  return String(number).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}

/** `1 port`, `5,017 ports`, `256 addresses`. */
export function formatCount(count: number | bigint, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${BigInt(count) === 1n ? singular : plural}`;
}

/**
 * The first of some texts and a count of the others: `a`, `b`, `3 more rules`. One text too many is named.
 *
 * @param most that are named otherwise
 */
export function withRestCounted(
  texts: readonly string[],
  most: number,
  noun: string,
  plural = `${noun}s`,
): readonly string[] {
  const rest = texts.length - most;
  return rest <= 1 ? texts : [...texts.slice(0, most), formatCount(rest, `more ${noun}`, `more ${plural}`)];
}

/** `a`, `a and b`, `a, b and c`; empty for none. */
export function formatList(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
