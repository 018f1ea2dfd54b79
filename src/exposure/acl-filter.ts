/** What the network ACL of a subnet allows from the internet, with answers back. */

import type { AclEntry } from '../model/acl-entry.ts';
import { waitsFor } from '../model/fact.ts';
import type { EntrySet } from '../model/network-acl.ts';
import type { NetworkAclModel } from '../model/network-acl-model.ts';
import { placeInTree } from '../model/place.ts';
import {
  type AddressSet,
  intersectionOfAddresses,
  isEmptyAddresses,
  noAddresses,
  overlapsAddresses,
  unionOfAddresses,
} from '../network/address-set.ts';
import type { Region } from '../network/first-match.ts';
import type { Family } from '../network/ip-address.ts';
import { hasPorts } from '../network/protocol.ts';
import {
  ALL_TRAFFIC,
  differenceOfTraffic,
  isNoTraffic,
  overlapsTraffic,
  protocolsOf,
  type Traffic,
  trafficOfProtocol,
  trafficOfValues,
} from '../network/traffic.ts';
import type { PathStep } from './exposure.ts';
import type { NetworkResources } from './network-resources.ts';
import type { NetworkSubnet } from './subnets.ts';
import { no, type ReachVerdict, unknown, yes } from './verdict.ts';
import type { Way } from './ways.ts';

/** Traffic that gets from the internet to an interface, or not, before its groups are asked. */
export interface Arriving {
  readonly traffic: Traffic;
  readonly verdict: ReachVerdict;
}

/**
 * The ports that clients get answers on, which a stateless ACL has to let out.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports
 */
const ephemeralPorts = { first: 1024, last: 65535 };

/** What gets over a way into a subnet through its network ACL, by traffic. */
export function throughAcl(
  way: Way,
  subnet: NetworkSubnet,
  family: Family,
  acls: NetworkAclModel,
  network: NetworkResources,
): readonly Arriving[] {
  const { because, waits, steps } = way;
  if (isEmptyAddresses(way.possible)) return [{ traffic: ALL_TRAFFIC, verdict: no(because) }];
  const isSure = !isEmptyAddresses(way.certain);
  const routed = isSure ? yes(...steps) : unknown(waits, ...steps);
  const acl = aclOf(subnet, acls, network);
  if (acl.kind === 'open') return [{ traffic: ALL_TRAFFIC, verdict: routed }];
  if (acl.kind === 'unknown') {
    return [{ traffic: ALL_TRAFFIC, verdict: unknown([...routed.because, ...acl.waits], ...steps) }];
  }
  const { set } = acl;
  const inwards = set.allowed('ingress', family);
  return cutsOf([...inwards.certain, ...inwards.possible], set, family).map((traffic): Arriving => {
    const name = set.acl?.address ?? `the network ACL of ${subnet.name}`;
    const back = answersOf(set, traffic, family);
    const allowed = (kind: 'certain' | 'possible'): AddressSet =>
      intersectionOfAddresses(addressesIn(inwards[kind], traffic, family), way[kind]);
    if (isEmptyAddresses(allowed('possible'))) return { traffic, verdict: no(`${name} does not allow it`, ...steps) };
    const through = (kind: 'certain' | 'possible'): AddressSet => intersectionOfAddresses(allowed(kind), back[kind]);
    if (isEmptyAddresses(through('possible'))) {
      return { traffic, verdict: no(`${name} does not allow the answers`, ...steps) };
    }
    const share = inwards.shares.find(
      (each) =>
        each.mayAllow && overlapsTraffic(each.traffic, traffic) && overlapsAddresses(each.reached, way.possible),
    );
    const all = [...steps, ...(share?.entry === undefined ? [] : [entryStep(share.entry)])];
    if (!isEmptyAddresses(through('certain'))) return { traffic, verdict: yes(...all) };
    const open = waitsOfEntries(set, name);
    return { traffic, verdict: unknown([...routed.because, ...(isSure || open[0] !== name ? open : [])], ...all) };
  });
}

type SubnetFilter =
  | { readonly kind: 'open' }
  | { readonly kind: 'unknown'; readonly waits: readonly string[] }
  | { readonly kind: 'entries'; readonly set: EntrySet };

function aclOf(subnet: NetworkSubnet, acls: NetworkAclModel, network: NetworkResources): SubnetFilter {
  const { instance, vpc, because } = subnet;
  const found = instance && acls.aclOfSubnet(instance.address);
  if (found?.kind === 'acl') return { kind: 'entries', set: found.set };
  if (vpc.isDefault) return ofDefaultVpc(acls, network);
  if (found === undefined) return { kind: 'unknown', waits: because };
  return { kind: 'unknown', waits: found.reasons.length > 0 ? found.reasons : [`the network ACL of ${subnet.name}`] };
}

/** As AWS makes it, the ACL of a default VPC lets everything through. */
function ofDefaultVpc({ sets }: NetworkAclModel, network: NetworkResources): SubnetFilter {
  const waits = sets.flatMap(({ acl }) => {
    if (acl === undefined) return [];
    const { adopts, subnets } = acl;
    if (adopts !== undefined) {
      const vpc = adopts.reference && network.at(adopts.reference.address);
      return vpc?.type === 'aws_vpc' ? [] : [acl.address];
    }
    const isOpen = subnets.some(
      ({ id, reference }) =>
        id.kind === 'unknown' && (reference === undefined || network.at(reference.address) === undefined),
    );
    return isOpen ? [acl.address] : [];
  });
  return waits.length === 0 ? { kind: 'open' } : { kind: 'unknown', waits };
}

/** Addresses that some regions have for all of some traffic that none of them cuts. */
function addressesIn(regions: readonly Region[], traffic: Traffic, family: Family): AddressSet {
  const here = regions.filter((region) => overlapsTraffic(region.traffic, traffic));
  return unionOfAddresses(
    family,
    here.map(({ addresses }) => addresses),
  );
}

/** To which addresses answers get out: to some port of those that clients have is enough. */
function answersOf(
  set: EntrySet,
  traffic: Traffic,
  family: Family,
): Readonly<Record<'certain' | 'possible', AddressSet>> {
  const outwards = set.allowed('egress', family);
  const answers = answerTraffic(traffic);
  const of = (regions: readonly Region[]): AddressSet => addressesIn(regions, answers, family);
  return isNoTraffic(answers)
    ? { certain: noAddresses(family), possible: noAddresses(family) }
    : { certain: of(outwards.certain), possible: of(outwards.possible) };
}

/** Of all traffic, and of several protocols, that of any of them. */
function answerTraffic(traffic: Traffic): Traffic {
  const [protocol, ...others] = protocolsOf(traffic);
  if (protocol === undefined || protocol === 'all' || others.length > 0) return traffic;
  return hasPorts(protocol) ? trafficOfValues(protocol, [ephemeralPorts]) : trafficOfProtocol(protocol);
}

/** All traffic in intervals that no region cuts; of one protocol each where answers of some protocols get out, and not of others. */
function cutsOf(regions: readonly Region[], set: EntrySet, family: Family): readonly Traffic[] {
  const outwards = set.allowed('egress', family);
  const isUniform = [...outwards.certain, ...outwards.possible].every(({ traffic }) =>
    isNoTraffic(differenceOfTraffic(ALL_TRAFFIC, traffic)),
  );
  const protocols = isUniform
    ? [ALL_TRAFFIC]
    : Array.from({ length: 256 }, (_, protocol) => trafficOfProtocol(protocol));
  const edges = new Set<number>();
  for (const { traffic } of [...regions, ...protocols.map((traffic) => ({ traffic }))]) {
    for (const { first, last } of traffic.points) {
      edges.add(first);
      edges.add(last + 1);
    }
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((first, index) => ({ points: [{ first, last: sorted[index + 1]! - 1 }] }));
}

/** What entries wait for; the ACL itself where that can't be told. */
function waitsOfEntries({ entries }: EntrySet, name: string): readonly string[] {
  const facts = entries.flatMap(({ number, action, protocol, fromPort, toPort, peers }) => [
    number,
    action,
    protocol,
    fromPort,
    toPort,
    ...peers.map(({ text }) => text),
  ]);
  const reasons = facts.map((fact) => (fact.kind === 'unknown' ? fact.reasons : undefined));
  const waits = waitsFor(...entries.map(({ existsIf }) => existsIf), ...reasons);
  return waits.length === 0 ? [name] : waits;
}

function entryStep({ address, span, number, calls }: AclEntry): PathStep {
  const name =
    number.kind === 'known' && number.value !== null && number.isSensitive !== true
      ? `entry ${number.value}`
      : 'an entry';
  return { kind: 'network ACL', address, text: `allows it in ${name}`, span: placeInTree(span, calls) };
}
