/** What the internet can reach through all rules of a group, and which peer opened it. */

import { type AddressSet, coversAddresses, overlapsAddresses } from '../../network/address-set.ts';
import type { Family } from '../../network/ip-address.ts';
import { ICMP, ICMPV6 } from '../../network/protocol.ts';
import { type Opening, openingsBehind, reachOf } from '../../network/reach.ts';
import { publicAddresses } from '../../network/special-addresses.ts';
import { differenceOfTraffic, isNoTraffic, type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import type { Identity } from '../../terraform/values/value.ts';
import { type CidrPeer, type Direction, type Peer, protocolOf, type Rule } from '../rule.ts';
import { allowancesOf, allReasons, contentReasons } from './allowance.ts';

/** A rule and one of its peers. */
export interface RulePeer {
  readonly rule: Rule;
  readonly peer: CidrPeer;
}

/** Traffic that the whole internet may send (or be sent, for egress) because of one peer. */
export interface Exposure extends RulePeer {
  /** `unknown`: it hangs on what only apply knows; `yes` also where the rule may not exist, and opens this if it does. */
  readonly answer: 'yes' | 'unknown';
  /** For `yes`: what decides whether the rule exists; empty for a certain one. */
  readonly existsIf: readonly string[];
  /** For `unknown` the most that it can be. Never empty. */
  readonly traffic: Traffic;
  /** The other peers without which this one would not open it; empty where it does so alone. */
  readonly partners: readonly RulePeer[];
  /** For `unknown`: what it waits for. */
  readonly reasons: readonly string[];
}

interface Candidate extends RulePeer {
  /** What it waits for; empty for an opening that is certain. */
  readonly reasons: readonly string[];
  /** The same if its rule exists. */
  readonly contentReasons: readonly string[];
}

/** Asks each family by itself: the internet is all public IPv4 addresses, or all public IPv6 addresses. */
export function exposuresOf(rules: readonly Rule[], direction: Direction): readonly Exposure[] {
  const openings = rules.flatMap((rule) => openingsOf(rule, direction));
  return ([4, 6] as const).flatMap((family) => exposuresOfFamily(family, openings));
}

function exposuresOfFamily(family: Family, openings: readonly Opening<Candidate>[]): readonly Exposure[] {
  const target = publicAddresses(family);
  const mine = openings.filter(({ addresses }) => addresses.family === family && overlapsAddresses(addresses, target));
  if (mine.length === 0) return [];
  const certain = mine.filter(({ rule }) => rule.reasons.length === 0);
  const exposures = attributed(family, certain, target, 'yes');
  if (certain.length === mine.length) return exposures;
  const addMore = (more: readonly Exposure[]): void => {
    const open = unionOfTraffic(exposures.map((exposure) => exposure.traffic));
    for (const exposure of more) {
      const traffic = differenceOfTraffic(exposure.traffic, open);
      if (!isNoTraffic(traffic)) exposures.push({ ...exposure, traffic });
    }
  };
  const written = mine.filter(({ rule }) => rule.contentReasons.length === 0);
  addMore(attributed(family, written, target, 'yes').filter(hangsOnOneRule));
  if (written.length < mine.length || exposures.length > 0) {
    addMore(attributed(family, mine, target, 'unknown').filter(({ reasons }) => reasons.length > 0));
  }
  return exposures;
}

/** Of several rules that may not exist, one may be there only where another is not. */
function hangsOnOneRule({ rule, partners }: Exposure): boolean {
  return (
    new Set([rule, ...partners.map((partner) => partner.rule)].filter(({ existsIf }) => existsIf !== undefined))
      .size === 1
  );
}

/** Traffic that covers the internet goes to the peers that open it alone; where there is none, to the widest of those that do so together. */
function attributed(
  family: Family,
  openings: readonly Opening<Candidate>[],
  target: AddressSet,
  answer: Exposure['answer'],
): Exposure[] {
  const byPeer = new Map<CidrPeer, { main: Candidate; traffic: Traffic[]; partners: Set<Candidate> }>();
  const add = ({ rule: main }: Opening<Candidate>, traffic: Traffic, partners: readonly Opening<Candidate>[]): void => {
    const entry = byPeer.get(main.peer) ?? { main, traffic: [], partners: new Set() };
    entry.traffic.push(traffic);
    for (const { rule } of partners) entry.partners.add(rule);
    byPeer.set(main.peer, entry);
  };
  const isAlone = ({ addresses }: Opening<Candidate>): boolean => coversAddresses(addresses, target);
  const alone = openings.filter(isAlone);
  for (const opening of alone) add(opening, opening.traffic, []);
  const open = unionOfTraffic(alone.map(({ traffic }) => traffic));
  const rest = openings.filter((opening) => !isAlone(opening));
  for (const reach of reachOf(family, rest)) {
    const traffic = differenceOfTraffic(reach.traffic, open);
    const behind = isNoTraffic(traffic) ? [] : openingsBehind(reach, target);
    if (behind.length === 0) continue;
    const widest = behind.reduce((a, b) => (isWider(b, a) ? b : a));
    add(
      widest,
      traffic,
      behind.filter((opening) => opening !== widest),
    );
  }
  const firstOf = ({ traffic }: Exposure): number => traffic.points[0]?.first ?? 0;
  return [...byPeer.values()]
    .map(({ main, traffic, partners }) => ({
      answer,
      rule: main.rule,
      peer: main.peer,
      traffic: unionOfTraffic(traffic),
      partners: [...partners].map(({ rule, peer }) => ({ rule, peer })),
      ...reasonsOf([main, ...partners], answer),
    }))
    .sort((a, b) => firstOf(a) - firstOf(b));
}

function reasonsOf(
  candidates: readonly Candidate[],
  answer: Exposure['answer'],
): Pick<Exposure, 'reasons' | 'existsIf'> {
  const reasons = [...new Set(candidates.flatMap((candidate) => candidate.reasons))].sort();
  return answer === 'yes' ? { reasons: [], existsIf: reasons } : { reasons, existsIf: [] };
}

function isWider(a: Opening<Candidate>, b: Opening<Candidate>): boolean {
  const width = ({ addresses }: Opening<Candidate>): bigint =>
    addresses.intervals.reduce((sum, { first, last }) => sum + BigInt(last) - BigInt(first), 0n);
  return width(a) > width(b);
}

/** What a rule lets through from its blocks; where something is not known, the most that it can be. */
function openingsOf(rule: Rule, direction: Direction): Opening<Candidate>[] {
  if (rule.direction !== direction && rule.direction !== 'unknown') return [];
  return blockAllowancesOf(rule).flatMap(({ isPart, peer, traffic, addresses, reasons, contentReasons }) =>
    isPart || isOfOtherVersion(rule, peer) ? [] : { traffic, addresses, rule: { rule, peer, reasons, contentReasons } },
  );
}

/** Addresses of one version of IP send no ICMP of the other. */
function isOfOtherVersion(rule: Rule, { family }: CidrPeer): boolean {
  const protocol = protocolOf(rule);
  return (protocol === ICMP && family === 6) || (protocol === ICMPV6 && family === 4);
}

/** What a rule allows a block of addresses, those of prefix lists included. */
export interface BlockAllowance extends RulePeer {
  readonly traffic: Traffic;
  /** All addresses of the family where the block is not known. */
  readonly addresses: AddressSet;
  /** Whether the block is not known, but surely not the whole internet. */
  readonly isPart: boolean;
  /** Whether it is surely that of a VPC or subnet. */
  readonly isNetwork: boolean;
  /** Whether it is among the ranges that a provider publishes for its own services. */
  readonly isPublished: boolean;
  /** What all this waits for; of a VPC or subnet, its block does not count. Empty for what is certain. */
  readonly reasons: readonly string[];
  /** The same if the rule exists. */
  readonly contentReasons: readonly string[];
  /** What decides whether the rule exists; empty for a certain one. */
  readonly existsIf: readonly string[];
}

/** @param peers those of the rule, or some of them */
export function blockAllowancesOf(rule: Rule, peers: readonly Peer[] = rule.peers): readonly BlockAllowance[] {
  return allowancesOf(rule, peers.flatMap(blocksOf)).flatMap((allowance) => {
    const { peer, traffic, addresses } = allowance;
    if (peer.kind !== 'cidr' || addresses === undefined) return [];
    const isNetwork = isNetworkOfAws(peer.reference);
    const isPublished = isPublishedRange(allowance.peerReasons, peer.reference);
    const isPart = isSurelyPart(peer, allowance.peerReasons);
    const waits = isNetwork
      ? { reasons: allowance.reasons, contentReasons: allowance.trafficReasons }
      : { reasons: allReasons(allowance), contentReasons: contentReasons(allowance) };
    return { rule, peer, traffic, addresses, isNetwork, isPublished, isPart, existsIf: allowance.existsIf, ...waits };
  });
}

/**
 * Whether a block that is not known is surely not the whole internet.
 *
 * @param because what it waits for; empty for a known one
 */
export function isSurelyPart({ isPart, prefix, reference }: CidrPeer, because: readonly string[]): boolean {
  return (
    isNetworkOfAws(reference) ||
    isPublishedRange(because, reference) ||
    isPart === true ||
    (prefix ?? 0) > 0 ||
    isAddress(reference)
  );
}

/** The blocks of addresses that a peer stands for. */
function blocksOf(peer: Peer): readonly CidrPeer[] {
  if (peer.kind === 'prefix-list') return peer.entries ?? [];
  return peer.kind === 'cidr' ? [peer] : [];
}

/**
 * Data sources of the ranges that a provider publishes for its own services.
 *
 * Source: the pages of aws_ip_ranges, aws_prefix_list and aws_ec2_managed_prefix_list, and of the providers cloudflare, fastly, github and google
 */
const publishedRanges =
  /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*data\.(?:aws_ip_ranges|aws_prefix_list|aws_ec2_managed_prefix_list|cloudflare_ip_ranges|fastly_ip_ranges|github_ip_ranges|google_netblock_ip_ranges)\./;

function isPublishedRange(because: readonly string[], reference: Identity | undefined): boolean {
  if (reference !== undefined) return publishedRanges.test(`${reference.address}.`);
  return because.length > 0 && because.every((reason) => publishedRanges.test(`${reason}.`));
}

/** Whether it is one address, such as the `public_ip` of an Elastic IP address. */
function isAddress(reference: Identity | undefined): boolean {
  const attribute = reference?.path.findLast((step) => typeof step === 'string');
  return attribute !== undefined && /(?:^|_)(?:ips?|ip_address|ipv6_address(?:es)?)$/.test(attribute);
}

/**
 * Whether a block that is not known yet is that of a VPC or subnet, which is never the internet: AWS allows /16 to /28 for
 * IPv4 and /44 to /64 for IPv6.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
function isNetworkOfAws(reference: Identity | undefined): boolean {
  if (reference === undefined) return false;
  const attribute = reference.path.findLast((step) => typeof step === 'string');
  return (
    /(?:^|\.)aws_(?:default_)?(?:vpc|subnet)\.[\w-]+(?:\[[^\]]*\])?$/.test(reference.address) &&
    (attribute === 'cidr_block' || attribute === 'ipv6_cidr_block')
  );
}
