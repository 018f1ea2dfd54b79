/** Which services may send to which: by the groups and addresses that rules allow. */

import { stringFact } from '../model/aws/arguments.ts';
import type { ServiceKind } from '../model/aws/attachment-types.ts';
import { known, shown, waitsFor } from '../model/fact.ts';
import { allowancesOf } from '../model/questions/allowance.ts';
import type { CidrPeer, GroupPeer, Peer, PrefixListPeer, Rule } from '../model/rule.ts';
import {
  type AddressSet,
  addressSet,
  allAddresses,
  coversAddresses,
  overlapsAddresses,
} from '../network/address-set.ts';
import { parseCidr } from '../network/cidr.ts';
import type { Family } from '../network/ip-address.ts';
import type { Traffic } from '../network/traffic.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import { AddressBlocks } from './address-blocks.ts';
import type { PathStep, ServicePath } from './exposure.ts';
import type { NetworkResources } from './network-resources.ts';
import { ruleStep } from './openings.ts';
import { subnetsOf } from './placement.ts';
import { factsOf } from './references.ts';
import { endOf, type GroupOn, type Interface, type NetworkService, stepOf } from './services.ts';
import type { NetworkSubnet } from './subnets.ts';
import { allOf, eachOnce, type ReachVerdict, unknown, yes } from './verdict.ts';

/** A rule of a service that lets in others. */
export interface Link {
  readonly to: NetworkService;
  readonly on: Interface;
  readonly group: GroupOn;
  readonly rule: Rule;
  readonly peer: Peer;
  readonly traffic: Traffic;
  readonly family: Family;
  /** For a block of addresses; undefined for a group. */
  readonly addresses: AddressSet | undefined;
  /** What decides whether it lets anything in. */
  readonly waits: readonly string[];
}

/** A link from one service, and whether it holds. */
export interface JudgedLink {
  readonly link: Link;
  readonly verdict: ReachVerdict;
}

/** Kinds that open connections themselves, and take none. */
const unconnected: ReadonlySet<ServiceKind> = new Set(['function', 'job']);

export class Links {
  readonly #areConnected: boolean;
  readonly #network: NetworkResources;
  readonly #blocks: AddressBlocks;
  readonly #byGroup = new Map<string, Link[]>();
  /** By the keys of subnets. */
  readonly #missed = new Map<string, Set<Link>>();
  /** Those of which only apply knows the group. */
  readonly #open: Link[] = [];
  /** By VPC; those of services whose VPC is not known by an empty text. */
  readonly #byVpc = new Map<string, Link[]>();

  /** @param areConnected whether the configuration connects VPCs */
  constructor(services: readonly NetworkService[], network: NetworkResources, areConnected: boolean) {
    this.#areConnected = areConnected;
    this.#network = network;
    this.#blocks = new AddressBlocks(network);
    for (const to of services) {
      if (unconnected.has(to.attachment.kind)) continue;
      for (const on of to.interfaces)
        for (const group of on.groups) for (const rule of group.rules) this.#add(to, on, group, rule);
    }
  }

  #add(to: NetworkService, on: Interface, group: GroupOn, rule: Rule): void {
    if (rule.direction === 'egress') return;
    const peers = rule.peers.flatMap((peer): readonly Peer[] =>
      peer.kind === 'prefix-list' ? (peer.entries ?? [peer]) : [peer],
    );
    for (const { peer, traffic, addresses: known, reasons, peerReasons, identity } of allowancesOf(rule, peers)) {
      // Of a list from elsewhere nothing is known; no list of AWS has addresses of a VPC.
      const isUnread = peer.kind === 'prefix-list' && peer.managed === undefined;
      const addresses = known ?? (isUnread ? allAddresses(4) : undefined);
      const common = { to, on, group, rule, peer, traffic, addresses };
      const waits = eachOnce([...reasons, ...group.existsIf, ...to.existsIf]);
      if (addresses !== undefined) {
        const unread = isUnread ? waitsOfList(peer) : [];
        const link: Link = {
          ...common,
          family: addresses.family,
          waits: eachOnce([...waits, ...peerReasons, ...unread]),
        };
        for (const vpc of on.vpcs.length === 0 ? [''] : on.vpcs) add(this.#byVpc, vpc, link);
        continue;
      }
      if (peer.kind !== 'group' && peer.kind !== 'self') continue;
      const key = identity === 'self' ? group.key : peer.kind === 'group' ? keyOfPeer(peer) : undefined;
      const link: Link = {
        ...common,
        family: 4,
        waits: peer.kind === 'self' ? eachOnce([...waits, ...peerReasons]) : waits,
      };
      if (key !== undefined) add(this.#byGroup, key, link);
      if (peer.kind === 'group' && peer.id.kind === 'unknown' && mayBeAny(peer))
        this.#open.push({ ...link, waits: eachOnce([...waits, ...waitsFor(peer.id.reasons)]) });
    }
  }

  /** The links with known blocks that have no address of some subnets; undefined where it can't be told which these are. */
  #missedFrom(subnets: readonly NetworkSubnet[]): Set<Link> | undefined {
    if (subnets.some(({ key }) => key === undefined)) return undefined;
    const key = subnets.map((subnet) => subnet.key).join('\n');
    const known = this.#missed.get(key) ?? new Set<Link>();
    this.#missed.set(key, known);
    return known;
  }

  #nameOf(vpc: string): string {
    return this.#network.at(vpc)?.address ?? (vpc.startsWith('default ') ? 'the default VPC' : 'another VPC');
  }

  /**
   * The hops from a service to others.
   *
   * @param isWanted whether a link is looked at
   */
  from(service: NetworkService, isWanted: (link: Link) => boolean = () => true): readonly JudgedLink[] {
    const hops: JudgedLink[] = [];
    const own = ownAddress(service.instance);
    const add = (links: readonly Link[] | undefined, judge: (link: Link) => ReachVerdict | undefined): void => {
      for (const link of links ?? []) {
        if (link.to === service || !isWanted(link)) continue;
        const verdict = judge(link);
        if (verdict !== undefined) hops.push({ link, verdict });
      }
    };
    for (const on of service.interfaces) {
      for (const { key, existsIf } of on.groups)
        if (key !== undefined) add(this.#byGroup.get(key), (link) => verdictOf(link, existsIf));
      if (on.groups.length > 0) add(this.#open, (link) => verdictOf(link, []));
      const subnets = subnetsOf(on.placement);
      const missed = own === undefined ? this.#missedFrom(subnets) : undefined;
      for (const vpc of on.vpcs) {
        const addressesOf: AddressesOf = (subnet, family) =>
          (family === 4 ? own : undefined) ?? this.#blocks.of(subnet, vpc, family);
        for (const [other, links] of this.#byVpc) {
          // Which way goes over a connection between VPCs, their route tables decide.
          if (other !== vpc && (on.vpcs.includes(other) || !this.#areConnected)) continue;
          const between = other === vpc ? [] : [`the routes from ${this.#nameOf(vpc)} to ${this.#nameOf(other)}`];
          const judge = (link: Link) => byAddress(link, between, service, subnets, addressesOf);
          add(links, (link) => (missed?.has(link) === true ? undefined : (judge(link) ?? miss(missed, link))));
        }
      }
    }
    return hops;
  }
}

const waitsOfList = ({ id, reference }: PrefixListPeer): readonly string[] =>
  id.kind === 'unknown' ? waitsFor(id.reasons) : [reference?.address ?? String(shown(id))];

/** Whether it can be a group that another reference names, too. */
const mayBeAny = ({ reference }: GroupPeer): boolean =>
  reference === undefined || /(?:^|\.)data\./.test(reference.address);

function keyOfPeer({ reference, id }: GroupPeer): string | undefined {
  if (reference === undefined) return id.kind === 'known' ? `id ${id.value}` : undefined;
  const { address, path } = reference;
  const isGroup = path.length === 1 && path[0] === 'id' && !/(?:^|\.)data\./.test(address);
  return isGroup ? `group ${address}` : `unknown ${[address, ...path].join('.')}`;
}

/** Notes that a link has no address of some subnets, unless it may be one of a service there. */
function miss(missed: Set<Link> | undefined, link: Link): undefined {
  if (link.peer.kind === 'cidr' && link.peer.text.kind === 'known') missed?.add(link);
  return undefined;
}

function verdictOf(link: Link, more: readonly string[]): ReachVerdict {
  const waits = eachOnce([...link.waits, ...more]);
  const step = ruleStep(link.rule, link.peer, link.traffic);
  return waits.length === 0 ? yes(step) : unknown(waits, step);
}

type AddressesOf = (subnet: NetworkSubnet, family: Family) => AddressSet | undefined;

/**
 * Whether a block has the addresses that interfaces of a service in some subnets have; undefined where it has none of them.
 *
 * @param more what else it depends on
 */
function byAddress(
  link: Link,
  more: readonly string[],
  { instance }: NetworkService,
  subnets: readonly NetworkSubnet[],
  addressesOf: AddressesOf,
): ReachVerdict | undefined {
  const { peer, family, addresses } = link;
  if (peer.kind === 'self' || peer.kind === 'group' || addresses === undefined) return undefined;
  if (peer.kind === 'cidr' && peer.text.kind === 'unknown') return byReference(link, more, peer, instance, subnets);
  if (coversAddresses(addresses, allAddresses(family))) return verdictOf(link, more);
  let waits: readonly string[] | undefined;
  for (const subnet of subnets) {
    const block = addressesOf(subnet, family);
    if (block !== undefined && !overlapsAddresses(addresses, block)) continue;
    if (block !== undefined && coversAddresses(addresses, block)) return verdictOf(link, more);
    waits ??= [block === undefined ? `the addresses of ${subnet.name}` : `the addresses in ${subnet.name}`];
  }
  return waits && verdictOf(link, [...more, ...waits]);
}

function byReference(
  link: Link,
  more: readonly string[],
  peer: CidrPeer,
  { address, resourceAddress }: ResourceInstance,
  subnets: readonly NetworkSubnet[],
): ReachVerdict | undefined {
  const of = peer.reference?.address ?? hostOf(peer);
  // Which of several instances it is of, only apply tells.
  if (of === undefined || (of === resourceAddress && of !== address)) return verdictOf(link, more);
  const isThere =
    of === address || subnets.some(({ key, vpc }) => of === key || of === (vpc.instance?.address ?? vpc.key));
  if (!isThere) return undefined;
  return verdictOf({ ...link, waits: link.waits.filter((each) => !each.startsWith(of)) }, more);
}

/** The resource whose address a block is made of: `${aws_instance.web.private_ip}/32`. */
function hostOf({ text, prefix }: CidrPeer): string | undefined {
  const [reason, ...others] = text.kind === 'unknown' && prefix === 32 ? text.reasons : [];
  if (reason === undefined || others.length > 0) return undefined;
  return /^(?<address>\S+)\.\w*ip$/.exec(reason.name)?.groups?.['address'];
}

/** The address that an instance asks for; undefined where AWS chooses one. */
function ownAddress(instance: ResourceInstance): AddressSet | undefined {
  const address = known(stringFact(factsOf(instance), 'private_ip'));
  const parsed = address ? parseCidr(`${address}/32`) : undefined;
  return parsed?.kind === 'canonical' && parsed.cidr.family === 4 ? addressSet(4, [parsed.cidr]) : undefined;
}

function add(map: Map<string, Link[]>, key: string, link: Link): void {
  const links = map.get(key);
  if (links === undefined) map.set(key, [link]);
  else links.push(link);
}

/**
 * What gets from some services to others: certain hops first, and no further where one is not certain than where it may lead.
 *
 * @param between the steps of a hop beside the rule
 * @param isDirect whether only the first hop counts
 */
export function pathsFrom(
  starts: readonly NetworkService[],
  links: Links,
  between: (from: NetworkService, to: NetworkService) => readonly PathStep[],
  isDirect: boolean,
): readonly ServicePath[] {
  const reached = new Map<NetworkService, ReachVerdict>(starts.map((start) => [start, yes(stepOf(start))]));
  const found: ServicePath[] = [];
  // The nearest service that a link lets in has been found.
  const done = new Set<Link>();
  for (const answer of ['yes', 'unknown'] as const) {
    let frontier = [...reached.keys()];
    while (frontier.length > 0) {
      const next: NetworkService[] = [];
      for (const from of frontier) {
        for (const { link, verdict } of links.from(from, (each) => !done.has(each))) {
          const { to, family, traffic } = link;
          const whole = allOf([reached.get(from)!, yes(...between(from, to)), verdict, yes(stepOf(to))]);
          if (whole.answer !== answer) continue;
          done.add(link);
          found.push({ to: endOf(to), family, traffic, answer, because: whole.because, path: whole.steps });
          if (isDirect || reached.has(to)) continue;
          reached.set(to, whole);
          next.push(to);
        }
      }
      frontier = next;
    }
  }
  return found;
}
