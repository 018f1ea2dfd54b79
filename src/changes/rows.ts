/** What is let through more, as the fewest rows. */

import { groupBy } from '../collections/group-by.ts';
import {
  type AddressSet,
  cidrsOf,
  coversAddresses,
  differenceOfAddresses,
  equalAddresses,
  isEmptyAddresses,
  unionOfAddresses,
} from '../network/address-set.ts';
import { formatCidr } from '../network/cidr.ts';
import { intervalsKey } from '../network/interval.ts';
import type { Family } from '../network/ip-address.ts';
import { hasIcmpTypes, type Protocol } from '../network/protocol.ts';
import { type Opening, reachOf, trafficWhere } from '../network/reach.ts';
import { coversInternet, publicPart } from '../network/special-addresses.ts';
import {
  coversTraffic,
  differenceOfTraffic,
  equalTraffic,
  intersectionOfTraffic,
  isNoTraffic,
  NO_TRAFFIC,
  overlapsTraffic,
  protocolsOf,
  type Traffic,
  trafficOfProtocol,
  unionOfTraffic,
} from '../network/traffic.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import type { ShortSources } from './change.ts';
import type { AccessPiece } from './difference.ts';
import type { Passage } from './passage.ts';

/** Traffic of one interval for some sources. */
export interface Row {
  readonly family: Family | null;
  readonly traffic: Traffic;
  readonly sources: readonly string[];
  /** The blocks among the sources; undefined where there are none. */
  readonly addresses: AddressSet | undefined;
  readonly short: ShortSources | undefined;
  readonly internet: boolean;
  readonly because: readonly string[];
  /** What it is made of; one or more. */
  readonly pieces: readonly AccessPiece[];
}

/** Traffic for some sources, before it is cut at protocols. */
interface Block {
  readonly traffic: Traffic;
  readonly addresses: AddressSet | undefined;
  readonly pieces: readonly AccessPiece[];
}

/**
 * @param all what the state lets through as a whole, that is certain
 */
export function accessRowsOf(pieces: readonly AccessPiece[], all: readonly Passage[]): readonly Row[] {
  return [...groupBy(pieces, ({ because }) => because.join('\n')).values()].flatMap((same) => rowsOfSame(same, all));
}

function rowsOfSame(pieces: readonly [AccessPiece, ...AccessPiece[]], all: readonly Passage[]): readonly Row[] {
  const [{ because }] = pieces;
  const named = pieces.filter(({ addresses }) => addresses === undefined);
  const byName = groupBy(named, ({ passage }) => nameOf(passage));
  // By what they let through, so that one row has all sources of it.
  const byTraffic = new Map<string, { readonly traffic: Traffic; readonly pieces: AccessPiece[] }>();
  for (const same of byName.values()) {
    for (const traffic of cutAtProtocols(unionOfTraffic(same.map((piece) => piece.traffic)))) {
      const key = keyOf(traffic);
      const known = byTraffic.get(key) ?? { traffic, pieces: [] };
      byTraffic.set(key, known);
      known.pieces.push(...same);
    }
  }
  const rows: Row[] = [];
  for (const family of [4, 6] as const) {
    const own = pieces.filter(({ addresses }) => addresses?.family === family);
    if (own.length === 0) continue;
    const open = openToInternet(family, all);
    for (const { traffic, addresses, pieces: some } of blocksOf(family, own)) {
      const isPublic = !isEmptyAddresses(publicPart(addresses!));
      const internet = isPublic ? intersectionOfTraffic(traffic, open) : NO_TRAFFIC;
      const parts = [
        ...cutAtProtocols(internet).map((part) => ({ part, internet: true })),
        ...cutAtProtocols(differenceOfTraffic(traffic, internet)).map((part) => ({ part, internet: false })),
      ];
      for (const { part, internet: isOpen } of parts) {
        const others = byTraffic.get(keyOf(part));
        byTraffic.delete(keyOf(part));
        const behind = [...some.filter((piece) => overlapsTraffic(piece.traffic, part)), ...(others?.pieces ?? [])];
        const sources = [...cidrsOf(addresses!).map(formatCidr), ...namesOf(others?.pieces ?? [])];
        rows.push({
          family,
          traffic: marked(part, behind),
          sources: shown(sources, behind),
          addresses,
          short: isSecret(behind) ? undefined : shortOf(addresses!, some, namesOf(others?.pieces ?? [])),
          internet: isOpen && because.length === 0,
          because,
          pieces: behind,
        });
      }
    }
  }
  for (const { traffic, pieces: some } of byTraffic.values()) {
    const families = new Set(
      some.map(({ passage }) => (passage.peer.kind === 'unknown' ? passage.peer.family : undefined)),
    );
    const [family = null] = families.size === 1 ? families : [];
    rows.push({
      family,
      traffic: marked(traffic, some),
      sources: shown(namesOf(some), some),
      addresses: undefined,
      short: undefined,
      internet: false,
      because,
      pieces: some,
    });
  }
  return rows;
}

/** Traffic that all public addresses of a family are let through with. */
function openToInternet(family: Family, all: readonly Passage[]): Traffic {
  const openings = all.flatMap(({ peer, traffic, because }): readonly Opening<undefined>[] =>
    peer.kind === 'block' && because.length === 0 ? [{ traffic, addresses: peer.addresses, rule: undefined }] : [],
  );
  return trafficWhere(reachOf(family, openings), coversInternet);
}

/** The better of two ways to write pieces of one family: by what is open on the same ports, and by the ports that are open to the same addresses. */
function blocksOf(family: Family, pieces: readonly AccessPiece[]): readonly Block[] {
  const byPorts = blocksByPorts(family, pieces);
  const byAddresses = blocksByAddresses(pieces);
  const size = (blocks: readonly Block[]): number =>
    blocks.reduce((sum, { traffic }) => sum + cutAtProtocols(traffic).length, 0);
  return size(byAddresses) < size(byPorts) ? byAddresses : byPorts;
}

function blocksByPorts(family: Family, pieces: readonly AccessPiece[]): readonly Block[] {
  const openings = pieces.map(
    (rule): Opening<AccessPiece> => ({ traffic: rule.traffic, addresses: rule.addresses!, rule }),
  );
  const segments = reachOf(family, openings).map(({ traffic, addresses, openings: some }) => ({
    traffic,
    addresses,
    pieces: some.map(({ rule }) => rule),
  }));
  const blocks: Block[] = [];
  for (const same of groupBy(segments, ({ addresses }) => addressesKey(addresses)).values()) {
    blocks.push({
      traffic: unionOfTraffic(same.map(({ traffic }) => traffic)),
      addresses: same[0].addresses,
      pieces: [...new Set(same.flatMap((each) => each.pieces))],
    });
  }
  return blocks;
}

function blocksByAddresses(pieces: readonly AccessPiece[]): readonly Block[] {
  const blocks = [...groupBy(pieces, ({ addresses }) => addressesKey(addresses!)).values()].map(
    (same): Block & { readonly addresses: AddressSet } => ({
      traffic: unionOfTraffic(same.map(({ traffic }) => traffic)),
      addresses: same[0].addresses!,
      pieces: same,
    }),
  );
  const byTraffic = [...groupBy(blocks, ({ traffic }) => keyOf(traffic)).values()].map((same) => ({
    traffic: same[0].traffic,
    addresses: unionOfAddresses(
      same[0].addresses.family,
      same.map(({ addresses }) => addresses),
    ),
    pieces: same.flatMap((each) => each.pieces),
  }));
  return byTraffic.filter(
    (block, index) =>
      !byTraffic.some(
        (other, at) =>
          at !== index &&
          coversTraffic(other.traffic, block.traffic) &&
          coversAddresses(other.addresses, block.addresses) &&
          (at < index ||
            !equalTraffic(other.traffic, block.traffic) ||
            !equalAddresses(other.addresses, block.addresses)),
      ),
  );
}

/** Intervals of one protocol, or of several whole ones. */
function cutAtProtocols(traffic: Traffic): readonly Traffic[] {
  return traffic.points.flatMap((interval) => {
    const whole: Traffic = { points: [interval] };
    const protocols = protocolsOf(whole);
    if (protocols.length === 1) return cutAtTypes(whole, protocols[0]!);
    const parts: Traffic[] = [];
    let run: Traffic[] = [];
    const flush = (): void => {
      if (run.length > 0) parts.push(unionOfTraffic(run));
      run = [];
    };
    for (const protocol of protocols) {
      const slot = trafficOfProtocol(protocol);
      const part = intersectionOfTraffic(whole, slot);
      const isWhole = equalTraffic(part, slot);
      if (isWhole) run.push(part);
      else {
        flush();
        parts.push(...cutAtTypes(part, protocol));
      }
    }
    flush();
    return parts.filter((part) => !isNoTraffic(part));
  });
}

/** Of ICMP, whole types, and codes of one type. */
function cutAtTypes(traffic: Traffic, protocol: Protocol): readonly Traffic[] {
  const [{ first, last } = { first: 0, last: 0 }] = traffic.points;
  if (protocol === 'all' || !hasIcmpTypes(protocol)) return [traffic];
  // The first and the last type may not be there as a whole.
  const from = first % CODES === 0 ? first : Math.min(first - (first % CODES) + CODES, last + 1);
  const to = (last + 1) % CODES === 0 ? last : Math.max(last - (last % CODES) - 1, from - 1);
  return [
    { first, last: from - 1 },
    { first: from, last: to },
    { first: to + 1, last },
  ].flatMap((interval) => (interval.first <= interval.last ? [{ points: [interval] }] : []));
}

/** Of a type. */
const CODES = 256;

/** Something sensitive is behind it: what it is does not show. */
function marked(traffic: Traffic, pieces: readonly AccessPiece[]): Traffic {
  const isSensitive = pieces.some(({ passage }) => passage.traffic.isSensitive === true);
  return isSensitive ? { ...traffic, isSensitive } : traffic;
}

const isSecret = (pieces: readonly AccessPiece[]): boolean => pieces.some(({ passage }) => passage.isSensitive);

const shown = (sources: readonly string[], pieces: readonly AccessPiece[]): readonly string[] =>
  isSecret(pieces) ? [SENSITIVE] : sources;

/** A part of what rules name, where it takes fewer blocks to say what is not in it. */
function shortOf(
  addresses: AddressSet,
  pieces: readonly AccessPiece[],
  names: readonly string[],
): ShortSources | undefined {
  const { family } = addresses;
  const named = pieces.flatMap(({ passage: { peer } }) => (peer.kind === 'block' ? peer.addresses : []));
  const whole = unionOfAddresses(family, named);
  const [of, except] = [cidrsOf(whole), cidrsOf(differenceOfAddresses(whole, addresses))];
  if (except.length === 0 || of.length + except.length >= cidrsOf(addresses).length) return undefined;
  return { of: [...of.map(formatCidr), ...names], except: except.map(formatCidr) };
}

const namesOf = (pieces: readonly AccessPiece[]): readonly string[] =>
  [...new Set(pieces.map(({ passage }) => nameOf(passage)))].sort();

const nameOf = ({ peer }: Passage): string => (peer.kind === 'block' ? '' : peer.name);

const addressesKey = ({ intervals }: AddressSet): string => intervalsKey(intervals);

const keyOf = ({ points }: Traffic): string => intervalsKey(points);
