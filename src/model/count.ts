/** Counts as messages show them. */

/** `5,017`: with a comma between thousands, whatever the locale. */
export function formatNumber(number: number | bigint): string {
  return String(number).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}

/** `1 port`, `5,017 ports`, `256 addresses`. */
export function formatCount(count: number | bigint, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${BigInt(count) === 1n ? singular : plural}`;
}
