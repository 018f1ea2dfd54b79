/** What is worked out once for an object. */

/** A function of an object whose results are kept as long as their objects: an editor's next run has most of the same. */
export function keptFor<K extends object, T>(compute: (key: K) => T): (key: K) => T {
  const kept = new WeakMap<K, { readonly result: T }>();
  return (key) => {
    const known = kept.get(key) ?? { result: compute(key) };
    kept.set(key, known);
    return known.result;
  };
}
