/** Appends many items at once, and joins lists. */

/** Adds items to the end of a list: `push(...items)` throws from some 100,000 items on, each of which it puts on the stack. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}

/** All items of some lists: `flat()` takes ten times as long. */
export function concatenated<T>(lists: readonly (readonly T[])[]): T[] {
  const all: T[] = [];
  for (const list of lists) append(all, list);
  return all;
}
