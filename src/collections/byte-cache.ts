/** A cache that forgets what was asked for longest ago. */

export interface ByteCache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V, bytes: number): void;
}

/** @param limit bytes of all values together; a value of more than an eighth of them is not kept */
export function byteCache<V>(limit: number): ByteCache<V> {
  const kept = new Map<string, { readonly value: V; readonly bytes: number }>();
  let total = 0;
  return {
    get(key) {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found.value;
    },
    set(key, value, bytes) {
      if (bytes > limit / 8 || kept.has(key)) return;
      kept.set(key, { value, bytes });
      total += bytes;
      for (const [oldest, { bytes: freed }] of kept) {
        if (total <= limit) return;
        kept.delete(oldest);
        total -= freed;
      }
    },
  };
}
