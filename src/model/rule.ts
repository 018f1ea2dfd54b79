/** Security-group rules, however they were written, and questions about one rule. */

import type { CidrText } from '../network/cidr.ts';
import { icmpOf } from '../network/icmp.ts';
import type { Family } from '../network/ip-address.ts';
import { hasIcmpTypes, hasPorts, type Protocol, parseProtocol } from '../network/protocol.ts';
import {
  ALL_TRAFFIC,
  type RuleTraffic,
  type Traffic,
  trafficOfProtocol,
  trafficOfRule,
  trafficOfValues,
} from '../network/traffic.ts';
import type { Span } from '../source/span.ts';
import type { CallSite, ResourceInstance } from '../terraform/instances/instance.ts';
import type { Identity, UnknownReason } from '../terraform/values/value.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import type { Fact } from './fact.ts';
import type { Place } from './place.ts';
import type { RuleForm } from './rule-form.ts';

export type { Identity } from '../terraform/values/value.ts';

export type Direction = 'ingress' | 'egress';

/** What has an address in the configuration. */
export interface Addressed {
  /** What messages call it; absent where they never need to. */
  readonly noun?: 'rule' | 'group' | 'entry' | 'network ACL';
  /** With module path and instance keys. */
  readonly address: string;
  /** The same without keys. */
  readonly resourceAddress: string;
  /** The module calls on the way, outermost first. */
  readonly calls: readonly CallSite[];
}

/** One source of an ingress rule, or destination of an egress rule. */
export type Peer = CidrPeer | PrefixListPeer | GroupPeer | SelfPeer;

interface PeerBase {
  /** The argument that it is written in, such as `cidr_blocks`. */
  readonly argument: string;
}

/** `cidr` is what the known text is; undefined where the text is unknown. */
export interface CidrPeer extends PeerBase {
  readonly kind: 'cidr';
  /** The family that the argument is for; the text may be of the other. */
  readonly family: Family;
  readonly text: Fact<string>;
  readonly cidr: CidrText | undefined;
  /** The attribute that an unknown text will be, such as the `cidr_block` of a VPC. */
  readonly reference: Identity | undefined;
  /** Whether an unknown text is certain not to be the whole internet, because a validation rejects that. */
  readonly isPart?: boolean | undefined;
  /** For an unknown text: the length of the prefix that it is certain to end with, as in `${var.address}/32`. */
  readonly prefix?: number | undefined;
}

export interface PrefixListPeer extends PeerBase {
  readonly kind: 'prefix-list';
  readonly id: Fact<string>;
  /** The prefix list of this configuration that it is. */
  readonly reference: Identity | undefined;
  /** The list's entries as peers at the place of this one; undefined where the list is none of the configuration's. */
  readonly entries?: readonly CidrPeer[] | undefined;
  /** What AWS counts it as, where AWS manages it. */
  readonly managed?: ManagedList | undefined;
}

/** A prefix list that AWS manages. */
export interface ManagedList {
  readonly family: Family;
  /** How many rules a rule that uses the list counts as. */
  readonly weight: number;
}

export interface GroupPeer extends PeerBase {
  readonly kind: 'group';
  readonly id: Fact<string>;
  /** The group of this configuration that it is. */
  readonly reference: Identity | undefined;
}

/** The group itself; `value` is what `self` says. */
export interface SelfPeer extends PeerBase {
  readonly kind: 'self';
  readonly value: Fact<boolean>;
}

/** An argument of a rule that could name peers and is known to name none: null, an empty list, or `self = false`. */
export interface EmptyPeers extends Place {
  readonly argument: string;
  /** Whether that is written out in the rule, and not what another value happens to be. */
  readonly isWrittenOut: boolean;
}

/** An argument of a rule for peers that is written and not known to be null; its place is the expression. */
export interface WrittenPeers extends Place {
  readonly argument: string;
  /** What decides whether it is null; undefined where it is not. */
  readonly reasons: readonly UnknownReason[] | undefined;
}

/** Which group a rule belongs to. */
export type Owner =
  /** A group of the configuration, or for entries a network ACL, by its address. */
  | { readonly kind: 'group'; readonly address: string }
  /** A group from elsewhere, by its identifier. */
  | { readonly kind: 'id'; readonly id: string; readonly isSensitive: boolean }
  /** Not known before apply; two rules that wait for the same belong to the same group. */
  | { readonly kind: 'unknown'; readonly reasons: readonly UnknownReason[]; readonly identity: Identity | undefined };

/** What a rule of any kind says, be it of a security group or of something else that lets traffic through. */
export interface TrafficRule extends Addressed {
  readonly noun: 'rule' | 'entry';
  /** `unknown` where the argument that says it is. */
  readonly direction: Direction | 'unknown';
  readonly owner: Owner;
  /** As written, null where it is absent. */
  readonly protocol: Fact<string | null>;
  /** As written: a port, or an ICMP type; null where it is absent. */
  readonly fromPort: Fact<number | null>;
  /** As written: a port, or an ICMP code; null where it is absent. */
  readonly toPort: Fact<number | null>;
  readonly peers: readonly Peer[];
  /** Where a finding about the rule as a whole stands: its block's header, or its element's place. */
  readonly span: Span;
  /** What decides whether the rule exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

export interface Rule extends TrafficRule {
  readonly noun: 'rule';
  readonly form: RuleForm;
  /** The resource type that it is written in: its group's, or its own. */
  readonly type: string;
  /** The resource that it is written in. Checks ask the form and the facts instead. */
  readonly instance: ResourceInstance;
  readonly emptyPeers: readonly EmptyPeers[];
  readonly writtenPeers: readonly WrittenPeers[];
  /** Null where it is absent. */
  readonly description: Fact<string | null>;
  /** Of a standalone rule; null where its provider decides. */
  readonly region: Fact<string | null>;
  /** What it comes from, a `dynamic` block or an attribute, where only apply knows how many rules that makes. */
  readonly indefinite: { readonly form: 'dynamic' | 'attribute'; readonly span: Span } | undefined;
  /** Nothing of it is known, not even whether it is one rule, none or many. */
  readonly isOpenEnded: boolean;
}

/** The traffic that a rule allows, whoever the peer is: `invalid` where AWS rejects it, `unknown` before apply. */
export type RuleTraffics =
  | RuleTraffic
  | { readonly kind: 'invalid'; readonly fault: 'protocol'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reasons: readonly UnknownReason[] };

/** The rule's protocol; undefined where it is unknown, absent or none that AWS knows. */
export function protocolOf(rule: TrafficRule): Protocol | undefined {
  if (rule.protocol.kind === 'unknown' || rule.protocol.value === null) return undefined;
  const read = parseProtocol(rule.protocol.value);
  return read.kind === 'protocol' ? read.protocol : undefined;
}

/**
 * What a rule lets through. Protocol -1 lets everything through, whatever its ports. It is sensitive where one of the rule's
 * arguments is that says so.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function trafficOf(rule: TrafficRule): RuleTraffics {
  const traffic = bareTrafficOf(rule);
  if (![rule.protocol, rule.fromPort, rule.toPort].some(({ isSensitive }) => isSensitive === true)) return traffic;
  if (traffic.kind === 'traffic') return { ...traffic, traffic: { ...traffic.traffic, isSensitive: true } };
  return traffic.kind === 'invalid' ? { ...traffic, reason: `${SENSITIVE} is not valid` } : traffic;
}

function bareTrafficOf(rule: TrafficRule): RuleTraffics {
  const { protocol, fromPort, toPort } = rule;
  if (protocol.kind === 'unknown') return protocol;
  if (protocol.value === null) return { kind: 'invalid', fault: 'protocol', reason: 'the protocol is missing' };
  const read = parseProtocol(protocol.value);
  if (read.kind === 'invalid') {
    return { kind: 'invalid', fault: 'protocol', reason: `"${protocol.value}" is not a protocol` };
  }
  // Of other protocols AWS ignores what stands there, be it known or not.
  if (read.protocol === 'all' || !(hasPorts(read.protocol) || hasIcmpTypes(read.protocol)))
    return trafficOfRule(read.protocol, undefined, undefined);
  if (fromPort.kind === 'unknown') return fromPort;
  if (toPort.kind === 'unknown') return toPort;
  return trafficOfRule(read.protocol, fromPort.value ?? undefined, toPort.value ?? undefined);
}

/** The most that a rule can let through where its traffic is unknown: what is known of it says that it is no more. */
export function mostTrafficOf(rule: TrafficRule): Traffic {
  const protocol = protocolOf(rule);
  if (protocol === undefined) return ALL_TRAFFIC;
  const { fromPort, toPort } = rule;
  const isSensitive = [rule.protocol, fromPort].some((fact) => fact.isSensitive === true);
  const type = fromPort.kind === 'known' && toPort.kind === 'unknown' ? fromPort.value : null;
  const isOneType = protocol !== 'all' && hasIcmpTypes(protocol) && type !== null && type >= 0 && type <= 255;
  const traffic = isOneType ? trafficOfValues(protocol, icmpOf(type)) : trafficOfProtocol(protocol);
  return { ...traffic, ...(isSensitive && { isSensitive }) };
}

/** What decides whether a rule has the same owner as the others of its set: rules that wait for the same value may still differ. */
export function ownerReasons({ owner }: TrafficRule): readonly UnknownReason[] {
  return owner.kind === 'unknown' && owner.identity === undefined ? owner.reasons : [];
}

/** What the configuration says of the peer itself. */
export function factOfPeer(peer: Peer): Fact<string> | Fact<boolean> {
  return peer.kind === 'cidr' ? peer.text : peer.kind === 'self' ? peer.value : peer.id;
}

/** Whether Terraform rejects a rule because of what stands in the place of a block: of all of the rule's sources nothing comes then. */
export function hasRefusedBlock({ peers }: TrafficRule): boolean {
  return peers.some((peer) => {
    if (peer.kind !== 'cidr' || peer.cidr === undefined) return false;
    const { cidr: text, family } = peer;
    return text.kind === 'invalid' || text.kind === 'host-bits' || text.cidr.family !== family;
  });
}

/** Whether a peer is one address. */
export function isHost(peer: Peer): boolean {
  return (
    peer.kind === 'cidr' &&
    peer.cidr !== undefined &&
    peer.cidr.kind !== 'invalid' &&
    peer.cidr.cidr.first === peer.cidr.cidr.last
  );
}
