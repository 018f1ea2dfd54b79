/** What some passages of one direction let through and others do not. */

import { keptFor } from '../collections/kept-for.ts';
import {
  type AddressSet,
  coversAddresses,
  differenceOfAddresses,
  intersectionOfAddresses,
  isEmptyAddresses,
} from '../network/address-set.ts';
import { intervalsKey } from '../network/interval.ts';
import type { Family } from '../network/ip-address.ts';
import { type Opening, type Reach, reachOf, trafficWhere } from '../network/reach.ts';
import { coversInternet } from '../network/special-addresses.ts';
import {
  differenceOfTraffic,
  intersectionOfTraffic,
  isNoTraffic,
  NO_TRAFFIC,
  type Traffic,
  unionOfTraffic,
} from '../network/traffic.ts';
import type { Passage } from './passage.ts';

/** A part of what a passage lets through. */
export interface AccessPiece {
  readonly passage: Passage;
  readonly traffic: Traffic;
  /** Undefined where the peer is no block of addresses, or not known. */
  readonly addresses: AddressSet | undefined;
  /** What decides whether it is more than before; empty where it certainly is. */
  readonly because: readonly string[];
}

/**
 * In no order.
 *
 * @param isInternetNews whether the whole internet is more than any block that is not known: nobody should have to fear that what only
 *   apply knows was the whole internet before
 */
export function beyond(
  these: readonly Passage[],
  others: readonly Passage[],
  isInternetNews: boolean,
): readonly AccessPiece[] {
  const twins = new Set(others.map(keyOfPassage));
  const news = these.filter((passage) => !twins.has(keyOfPassage(passage)));
  if (news.length === 0) return [];
  const own = new Set(these.map(keyOfPassage));
  const cover = new Cover(others, (passage) => !own.has(keyOfPassage(passage)), isInternetNews);
  return news.flatMap((passage) => piecesOf(passage, cover));
}

function piecesOf(passage: Passage, cover: Cover): readonly AccessPiece[] {
  const left = cover.leftOf(passage);
  if (passage.because.length > 0) return left.map((part) => ({ passage, ...part, because: passage.because }));
  return left.flatMap((part) => cover.decided(passage, part));
}

/** What is left of a passage. */
interface Left {
  readonly traffic: Traffic;
  readonly addresses: AddressSet | undefined;
}

/** What passages let through, by what they wait for. */
class Cover {
  readonly #others: readonly Passage[];
  /** Those that the other state does not have: what they are may be what it has now. */
  readonly #open: readonly Passage[];
  readonly #reaches = new Map<string, readonly Reach<Passage>[]>();

  readonly #isInternetNews: boolean;

  constructor(others: readonly Passage[], isAlone: (passage: Passage) => boolean, isInternetNews: boolean) {
    this.#others = others;
    this.#isInternetNews = isInternetNews;
    this.#open = others.filter((passage) => passage.because.length > 0 && isAlone(passage));
  }

  /** What the others surely do not let through if what both wait for is the same. */
  leftOf({ peer, traffic, condition }: Passage): readonly Left[] {
    if (peer.kind === 'block')
      return cut({ traffic, addresses: peer.addresses }, this.#reachesOf(peer.addresses.family, condition));
    const same = this.#others.filter(
      (other) =>
        other.peer.kind === peer.kind &&
        keyOf(other) === peer.key &&
        (other.condition === '' || other.condition === condition),
    );
    const covered = unionOfTraffic(same.map((other) => other.traffic));
    const whole = peer.kind === 'unknown' ? this.#openToAll(peer.family) : NO_TRAFFIC;
    const left = differenceOfTraffic(traffic, unionOfTraffic([covered, whole]));
    return isNoTraffic(left) ? [] : [{ traffic: left, addresses: undefined }];
  }

  /** A part of a certain passage, by what decides whether the others let it through after all. */
  decided(passage: Passage, { traffic, addresses }: Left): readonly AccessPiece[] {
    const possible = this.#open.filter((other) => mayCover(other, passage, this.#isInternetNews));
    if (addresses === undefined || possible.every(({ peer }) => peer.kind !== 'block')) {
      return byReasons(passage, { traffic, addresses }, possible);
    }
    const pieces: AccessPiece[] = [];
    const openings = possible.map((other) => openingOf(other, addresses));
    const reaches = reachOf(addresses.family, openings);
    for (const left of cut({ traffic, addresses }, reaches)) pieces.push({ passage, ...left, because: [] });
    for (const { traffic: points, addresses: some, openings: behind } of reaches) {
      const both = {
        traffic: intersectionOfTraffic(traffic, points),
        addresses: intersectionOfAddresses(addresses, some),
      };
      if (isNoTraffic(both.traffic) || isEmptyAddresses(both.addresses)) continue;
      pieces.push({ passage, ...both, because: reasonsOf(behind.map(({ rule }) => rule)) });
    }
    return pieces;
  }

  /** Traffic that is open to all addresses that an unknown block may have. */
  #openToAll(family: Family | undefined): Traffic {
    return family === undefined ? NO_TRAFFIC : trafficWhere(this.#reachesOf(family, ''), coversInternet);
  }

  #reachesOf(family: Family, condition: string): readonly Reach<Passage>[] {
    const key = `${family} ${condition}`;
    const known = this.#reaches.get(key);
    if (known !== undefined) return known;
    const openings = this.#others.flatMap((rule): readonly Opening<Passage>[] =>
      rule.peer.kind === 'block' && (rule.condition === '' || rule.condition === condition)
        ? [{ traffic: rule.traffic, addresses: rule.peer.addresses, rule }]
        : [],
    );
    const reaches = reachOf(family, openings);
    this.#reaches.set(key, reaches);
    return reaches;
  }
}

function byReasons(
  passage: Passage,
  { traffic, addresses }: Left,
  possible: readonly Passage[],
): readonly AccessPiece[] {
  const open = intersectionOfTraffic(traffic, unionOfTraffic(possible.map((other) => other.traffic)));
  const certain = differenceOfTraffic(traffic, open);
  return [
    ...(isNoTraffic(certain) ? [] : [{ passage, traffic: certain, addresses, because: [] }]),
    ...(isNoTraffic(open) ? [] : [{ passage, traffic: open, addresses, because: reasonsOf(possible) }]),
  ];
}

/** Whether a passage that is not known may be, or have, the peer of another. */
function mayCover({ peer, direction }: Passage, wanted: Passage, isInternetNews: boolean): boolean {
  if (direction !== wanted.direction) return false;
  if (wanted.peer.kind === 'named') return peer.kind === 'named' && peer.key === wanted.peer.key;
  if (wanted.peer.kind !== 'block') return false;
  const { family } = wanted.peer.addresses;
  if (peer.kind === 'block') return peer.addresses.family === family;
  if (peer.kind !== 'unknown') return false;
  // A list that is not known is a peer of its own.
  return peer.family === family && !((peer.isPart || isInternetNews) && coversInternet(wanted.peer.addresses));
}

function openingOf(rule: Passage, all: AddressSet): Opening<Passage> {
  return { traffic: rule.traffic, addresses: rule.peer.kind === 'block' ? rule.peer.addresses : all, rule };
}

const reasonsOf = (passages: readonly Passage[]): readonly string[] =>
  [...new Set(passages.flatMap(({ because }) => because))].sort();

/** What is left of some traffic and addresses without what is open. */
function cut({ traffic, addresses }: Required<Left>, reaches: readonly Reach<Passage>[]): readonly Left[] {
  if (addresses === undefined) return [];
  const parts: Left[] = [];
  const whole: Traffic[] = [];
  for (const reach of reaches) {
    const both = intersectionOfTraffic(traffic, reach.traffic);
    if (isNoTraffic(both)) continue;
    whole.push(both);
    if (coversAddresses(reach.addresses, addresses)) continue;
    parts.push({ traffic: both, addresses: differenceOfAddresses(addresses, reach.addresses) });
  }
  const rest = whole.length === 0 ? traffic : differenceOfTraffic(traffic, unionOfTraffic(whole));
  return isNoTraffic(rest) ? parts : [{ traffic: rest, addresses }, ...parts];
}

const keyOf = ({ peer }: Passage): string | undefined => (peer.kind === 'block' ? undefined : peer.key);

/** The same for passages that let the same through. */
export const keyOfPassage = keptFor(({ direction, traffic, peer, condition }: Passage): string => {
  const points = intervalsKey(traffic.points);
  const of =
    peer.kind === 'block'
      ? `${peer.addresses.family} ${intervalsKey(peer.addresses.intervals)}`
      : `${peer.kind} ${peer.key}`;
  return `${direction} ${points} ${of}\n${condition}`;
});
