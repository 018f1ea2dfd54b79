/** Whether two lists have the same items in the same order. */
export function isSameList<T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (one: T, other: T) => boolean = Object.is,
): boolean {
  return a === b || (a.length === b.length && a.every((each, index) => isSame(each, b[index]!)));
}
