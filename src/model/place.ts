/** Places of values. */

import type { Span } from '../source/span.ts';
import type { CallSite } from '../terraform/instances/instance.ts';
import { isStandIn, type StandIn } from '../terraform/stand-ins/stand-in.ts';
import type { Origin } from '../terraform/values/value.ts';

export type { Origin } from '../terraform/values/value.ts';

/** A span, and where the value there came from. */
export interface Place {
  readonly span: Span;
  /** The places that the value came through, latest first. */
  readonly origin?: Origin | undefined;
  /** Questions get the value all the same; texts get it from `shown`. */
  readonly isSensitive?: boolean | undefined;
}

/** Where the value was made, as far as that is known. */
export function sourceOf({ span, origin }: Place): Span {
  let source = span;
  for (let at = origin; at !== undefined; at = at.from) source = at.span;
  return source;
}

/** The places that a value came through, latest first. */
export function spansBehind(origin: Origin | undefined): readonly Span[] {
  const spans: Span[] = [];
  for (let at = origin; at !== undefined; at = at.from) spans.push(at.span);
  return spans;
}

/** The call of a module that a stand-in is judged for; undefined where all modules on the way were read. */
export function standInCall(calls: readonly CallSite[]): (CallSite & { readonly standIn: StandIn }) | undefined {
  for (const call of calls) if (call.standIn !== undefined) return { ...call, standIn: call.standIn };
  return undefined;
}

/** What stands in a stand-in is in no file: there it is where that is called. */
export function placeInTree(span: Span, calls: readonly CallSite[]): Span {
  return isStandIn(span.file.path) ? (standInCall(calls)?.source ?? span) : span;
}

/** Whether a place is in a module that `terraform init` has downloaded. */
export const isInDownloadedModule = ({ file }: Span): boolean => file.isDownloaded;
