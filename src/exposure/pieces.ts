/** Traffic in pieces, each with a verdict. */

import type { Interval } from '../network/interval.ts';
import type { Traffic } from '../network/traffic.ts';
import type { PathStep } from './exposure.ts';
import type { ReachVerdict } from './verdict.ts';

export interface TrafficPiece {
  readonly traffic: Traffic;
  readonly verdict: ReachVerdict;
  /** Services on the way; null where the answer is not yes. */
  readonly hops: number | null;
}

/**
 * Cuts pieces that overlap into intervals in order, each with the best of what holds there: a `yes` of the fewest hops, else `unknown`,
 * else `no`; neighbours that are alike are one interval, as long as that is of one protocol, or of all.
 */
export function bestOf(pieces: readonly TrafficPiece[]): readonly TrafficPiece[] {
  const edges: { readonly at: number; readonly index: number; readonly opens: boolean }[] = [];
  for (const [index, { traffic }] of pieces.entries()) {
    for (const { first, last } of traffic.points)
      edges.push({ at: first, index, opens: true }, { at: last + 1, index, opens: false });
  }
  edges.sort((a, b) => a.at - b.at);
  // Where something sensitive ends, what is beside it would tell.
  const hidden = new Set(edges.filter(({ index }) => pieces[index]!.traffic.isSensitive === true).map(({ at }) => at));
  const best: { first: number; last: number; piece: TrafficPiece; isSensitive: boolean }[] = [];
  const open = new Set<number>();
  for (let i = 0; i < edges.length; ) {
    const { at } = edges[i]!;
    for (; i < edges.length && edges[i]!.at === at; i++) {
      if (edges[i]!.opens) open.add(edges[i]!.index);
      else open.delete(edges[i]!.index);
    }
    if (open.size === 0) continue;
    const here = [...open].sort((a, b) => a - b).map((index) => pieces[index]!);
    const piece = here.reduce((a, b) => (rankOf(b) < rankOf(a) ? b : a));
    const isSensitive = piece.traffic.isSensitive === true;
    const last = edges[i]!.at - 1;
    const before = best.at(-1);
    if (before !== undefined && before.last === at - 1 && isAlike(before.piece, piece)) {
      before.last = last;
      before.isSensitive ||= isSensitive;
    } else best.push({ first: at, last, piece, isSensitive });
  }
  return best.flatMap(({ first, last, piece, isSensitive: isWhole }) =>
    byProtocol({ first, last }).map((points) => {
      const isSensitive = isWhole || hidden.has(points.first) || hidden.has(points.last + 1);
      return { ...piece, traffic: { points: [points], ...(isSensitive && { isSensitive }) } };
    }),
  );
}

const rankOf = ({ verdict: { answer }, hops }: TrafficPiece): number =>
  answer === 'yes' ? (hops ?? 0) : answer === 'unknown' ? 1e6 : 2e6;

/** The rule that opens a piece does not count. */
function isAlike(a: TrafficPiece, b: TrafficPiece): boolean {
  if (a.hops !== b.hops || a.verdict.answer !== b.verdict.answer) return false;
  const textOf = ({ verdict: { because } }: TrafficPiece): string => because.join('\n');
  if (textOf(a) !== textOf(b)) return false;
  // Of what is not decided one way says as much as another.
  if (a.verdict.answer === 'unknown') return true;
  const isStep = ({ kind }: PathStep): boolean => kind !== 'rule';
  const [x, y] = [a.verdict.steps.filter(isStep), b.verdict.steps.filter(isStep)];
  return x.length === y.length && x.every(({ address, kind }, i) => address === y[i]!.address && kind === y[i]!.kind);
}

/** The parts of an interval: what is in a protocol that it has not all of, and the protocols that it has all of; all traffic is one. */
function byProtocol({ first, last }: Interval): readonly Interval[] {
  const width = 65536;
  const [start, end] = [Math.floor(first / width), Math.floor(last / width)];
  if (start === end) return [{ first, last }];
  const head = first % width === 0 ? [] : [{ first, last: (start + 1) * width - 1 }];
  const tail = (last + 1) % width === 0 ? [] : [{ first: end * width, last }];
  const middle = {
    first: head.length > 0 ? (start + 1) * width : first,
    last: tail.length > 0 ? end * width - 1 : last,
  };
  return [...head, ...(middle.first <= middle.last ? [middle] : []), ...tail];
}
