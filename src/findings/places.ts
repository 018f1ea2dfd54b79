/** The two kinds of places that findings have: spans of a run, and ranges of a report that was read back. */

import { compareSpans } from '../source/span.ts';
import type { Located } from './finding.ts';

/** What merging has to know of places. */
export interface PlaceKind<P> {
  /** The same text for the same place. */
  key(place: P): string;
  /** The path of its file. */
  file(place: P): string;
  /** By file, then start, then end. */
  compare(a: P, b: P): number;
  /** The place alone of what has one. */
  pick(located: P): P;
}

export const spans: PlaceKind<Located> = {
  key: ({ span }) => `${span.start} ${span.end} ${span.file.path}`,
  file: ({ span }) => span.file.path,
  compare: (a, b) => compareSpans(a.span, b.span),
  pick: ({ span }) => ({ span }),
};
