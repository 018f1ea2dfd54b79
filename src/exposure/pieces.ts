/** Traffic in pieces, each with a verdict. */

import { type Interval, segmentsOf } from '../network/interval.ts';
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
  // Where something sensitive ends, what is beside it would tell.
  const hidden = new Set(
    pieces.flatMap(({ traffic }) =>
      traffic.isSensitive === true ? traffic.points.flatMap(({ first, last }) => [first, last + 1]) : [],
    ),
  );
  const best: { first: number; last: number; piece: TrafficPiece; isSensitive: boolean }[] = [];
  for (const { first, last, indices } of segmentsOf(pieces.map(({ traffic }) => traffic.points))) {
    const here = indices.map((index) => pieces[index]!);
    const piece = here.reduce((a, b) => (rankOf(b) < rankOf(a) ? b : a));
    const isSensitive = piece.traffic.isSensitive === true;
    const before = best.at(-1);
    if (before !== undefined && before.last === first - 1 && isAlike(before.piece, piece)) {
      before.last = last;
      before.isSensitive ||= isSensitive;
    } else best.push({ first, last, piece, isSensitive });
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
