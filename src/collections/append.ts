/** Appends many items at once. */

/** Adds items to the end of a list: `push(...items)` throws from some 100,000 items on, each of which it puts on the stack. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
