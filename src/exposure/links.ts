/** Which services may send to which: by the groups and addresses that rules allow. */

import { append } from '../collections/append.ts';
import type { ServiceKind } from '../model/aws/attachment-types.ts';
import { waitsFor } from '../model/fact.ts';
import { allowancesOf } from '../model/questions/allowance.ts';
import type { GroupPeer, Peer, Rule } from '../model/rule.ts';
import { type AddressSet, allAddresses, coversAddresses, overlapsAddresses } from '../network/address-set.ts';
import type { Family } from '../network/ip-address.ts';
import type { Traffic } from '../network/traffic.ts';
import { AddressBlocks } from './address-blocks.ts';
import type { NetworkResources } from './network-resources.ts';
import { ruleStep } from './openings.ts';
import { subnetsOf } from './placement.ts';
import type { GroupOn, Interface, NetworkService } from './services.ts';
import type { Subnet } from './subnets.ts';
import { eachOnce, type ReachVerdict, unknown, yes } from './verdict.ts';

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
        const addressesOf = (subnet: Subnet, family: Family) => this.#blocks.of(subnet, vpc, family);
        for (const [other, links] of this.#byVpc) {
          // Which way goes over a connection between VPCs, their route tables decide.
          if (other !== vpc && (on.vpcs.includes(other) || !this.#areConnected)) continue;
          const between = other === vpc ? [] : [`the routes from ${vpc} to ${other || 'another VPC'}`];
          for (const link of links) {
            if (link.to === service) continue;
            append(hops, byAddress(withWaits(link, between), subnetsOf(on.placement), addressesOf));
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
function byAddress(
  link: Link,
  subnets: readonly Subnet[],
  addressesOf: (subnet: Subnet, family: Family) => AddressSet | undefined,
): readonly JudgedLink[] {
  const { peer, family, addresses } = link;
  if (peer.kind === 'self' || peer.kind === 'group' || addresses === undefined) return [];
  const whole = coversAddresses(addresses, allAddresses(family));
  if (peer.kind === 'cidr' && peer.text.kind === 'unknown') return byReference(link, subnets);
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

function byReference(link: Link, subnets: readonly Subnet[]): readonly JudgedLink[] {
  const { peer, waits } = link;
  const reference = peer.kind === 'cidr' ? peer.reference : undefined;
  if (reference === undefined) return [{ link, verdict: verdictOf(link, waits) }];
  const isThere = subnets.some(
    ({ key, vpc }) => reference.address === key || reference.address === (vpc.instance?.address ?? vpc.key),
  );
  if (isThere) {
    const rest = waits.filter((each) => !each.startsWith(reference.address));
    return [{ link, verdict: verdictOf({ ...link, waits: rest }, []) }];
  }
  return [];
}

function add(map: Map<string, Link[]>, key: string, link: Link): void {
  const links = map.get(key);
  if (links === undefined) map.set(key, [link]);
  else links.push(link);
}
