/** Which services may send to which: by the groups and addresses that rules allow. */

import { append } from '../collections/append.ts';
import { stringFact } from '../model/aws/arguments.ts';
import type { ServiceKind } from '../model/aws/attachment-types.ts';
import { known, waitsFor } from '../model/fact.ts';
import { allowancesOf } from '../model/questions/allowance.ts';
import type { CidrPeer, GroupPeer, Peer, Rule } from '../model/rule.ts';
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
import type { Subnet } from './subnets.ts';
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
  readonly #blocks: AddressBlocks;
  readonly #byGroup = new Map<string, Link[]>();
  /** Those of which only apply knows the group. */
  readonly #open: Link[] = [];
  /** By VPC; those of services whose VPC is not known by an empty text. */
  readonly #byVpc = new Map<string, Link[]>();

  /** @param areConnected whether the configuration connects VPCs */
  constructor(services: readonly NetworkService[], network: NetworkResources, areConnected: boolean) {
    this.#areConnected = areConnected;
    this.#blocks = new AddressBlocks(network);
    for (const to of services) {
      if (unconnected.has(to.attachment.kind)) continue;
      for (const on of to.interfaces)
        for (const group of on.groups) for (const rule of group.rules) this.#add(to, on, group, rule);
    }
  }

  #add(to: NetworkService, on: Interface, group: GroupOn, rule: Rule): void {
    if (rule.direction === 'egress') return;
    for (const { peer, traffic, addresses, reasons, peerReasons, identity } of allowancesOf(rule)) {
      const common = { to, on, group, rule, peer, traffic, addresses };
      const waits = eachOnce([...reasons, ...group.existsIf, ...to.existsIf]);
      if (addresses !== undefined) {
        const link: Link = { ...common, family: addresses.family, waits: eachOnce([...waits, ...peerReasons]) };
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

  /** The hops from a service to others. */
  from(service: NetworkService): readonly JudgedLink[] {
    const hops: JudgedLink[] = [];
    const own = ownAddress(service.instance);
    for (const on of service.interfaces) {
      for (const group of on.groups) {
        if (group.key === undefined) continue;
        for (const link of this.#byGroup.get(group.key) ?? []) {
          if (link.to !== service) hops.push({ link, verdict: verdictOf(link, group.existsIf) });
        }
      }
      if (on.groups.length > 0) {
        for (const link of this.#open) if (link.to !== service) hops.push({ link, verdict: verdictOf(link, []) });
      }
      for (const vpc of on.vpcs) {
        const addressesOf: AddressesOf = (subnet, family) =>
          (family === 4 ? own : undefined) ?? this.#blocks.of(subnet, vpc, family);
        for (const [other, links] of this.#byVpc) {
          // Which way goes over a connection between VPCs, their route tables decide.
          if (other !== vpc && (on.vpcs.includes(other) || !this.#areConnected)) continue;
          const between = other === vpc ? [] : [`the routes from ${vpc} to ${other || 'another VPC'}`];
          for (const link of links) {
            if (link.to === service) continue;
            append(hops, byAddress(withWaits(link, between), service, subnetsOf(on.placement), addressesOf));
          }
        }
      }
    }
    return hops;
  }
}

/** Whether it can be a group that another reference names, too. */
const mayBeAny = ({ reference }: GroupPeer): boolean =>
  reference === undefined || /(?:^|\.)data\./.test(reference.address);

function keyOfPeer({ reference, id }: GroupPeer): string | undefined {
  if (reference === undefined) return id.kind === 'known' ? `id ${id.value}` : undefined;
  const { address, path } = reference;
  const isGroup = path.length === 1 && path[0] === 'id' && !/(?:^|\.)data\./.test(address);
  return isGroup ? `group ${address}` : `unknown ${[address, ...path].join('.')}`;
}

const withWaits = (link: Link, waits: readonly string[]): Link =>
  waits.length === 0 ? link : { ...link, waits: eachOnce([...link.waits, ...waits]) };

function verdictOf(link: Link, more: readonly string[]): ReachVerdict {
  const waits = eachOnce([...link.waits, ...more]);
  const step = ruleStep(link.rule, link.peer, link.traffic);
  return waits.length === 0 ? yes(step) : unknown(waits, step);
}

/** Whether a block has the addresses that interfaces in some subnets have. */
type AddressesOf = (subnet: Subnet, family: Family) => AddressSet | undefined;

function byAddress(
  link: Link,
  service: NetworkService,
  subnets: readonly Subnet[],
  addressesOf: AddressesOf,
): readonly JudgedLink[] {
  const { peer, family, addresses } = link;
  if (peer.kind === 'self' || peer.kind === 'group' || addresses === undefined) return [];
  const whole = coversAddresses(addresses, allAddresses(family));
  if (peer.kind === 'cidr' && peer.text.kind === 'unknown') return byReference(link, service, subnets);
  if (whole) return [{ link, verdict: verdictOf(link, []) }];
  const answers = subnets.map((subnet) => {
    const block = addressesOf(subnet, family);
    if (block === undefined) return unknown([`the addresses of ${subnet.name}`]);
    if (!overlapsAddresses(addresses, block)) return undefined;
    return coversAddresses(addresses, block) ? verdictOf(link, []) : unknown([`the addresses in ${subnet.name}`]);
  });
  const sure = answers.find((verdict) => verdict?.answer === 'yes') ?? answers.find((verdict) => verdict !== undefined);
  if (sure === undefined) return [];
  return [{ link, verdict: sure.answer === 'yes' ? sure : verdictOf(link, sure.because) }];
}

function byReference(link: Link, { instance }: NetworkService, subnets: readonly Subnet[]): readonly JudgedLink[] {
  const { peer, waits } = link;
  if (peer.kind !== 'cidr') return [];
  const of = peer.reference?.address ?? hostOf(peer);
  // Which of several instances it is of, only apply tells.
  const isOneOf = of === instance.resourceAddress && of !== instance.address;
  if (of === undefined || isOneOf) return [{ link, verdict: verdictOf(link, waits) }];
  const isThere =
    of === instance.address || subnets.some(({ key, vpc }) => of === key || of === (vpc.instance?.address ?? vpc.key));
  if (!isThere) return [];
  const rest = waits.filter((each) => !each.startsWith(of));
  return [{ link, verdict: verdictOf({ ...link, waits: rest }, []) }];
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
  for (const answer of ['yes', 'unknown'] as const) {
    let frontier = [...reached.keys()];
    while (frontier.length > 0) {
      const next: NetworkService[] = [];
      for (const from of frontier) {
        for (const { link, verdict } of links.from(from)) {
          const { to, family, traffic } = link;
          const whole = allOf([reached.get(from)!, yes(...between(from, to)), verdict, yes(stepOf(to))]);
          if (whole.answer !== answer) continue;
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
