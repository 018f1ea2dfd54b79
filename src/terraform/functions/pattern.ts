/** Compiled patterns, which are kept from call to call. */

/** A compiled pattern: `names` are those of its groups from 1 on, empty for one without. */
export interface Pattern {
  readonly find: (text: string, from: number) => Match | undefined;
  readonly names: readonly string[];
}

/** Bounds of the whole match and of each group, in UTF-16 code units; -1 for a group that took no part. */
export type Match = readonly (readonly [start: number, end: number])[];
