/** What the rules of groups let through, peer by peer, in a form that two states of a configuration can be compared in. */

import { waitsFor } from '../model/fact.ts';
import type { OpenedPeer } from '../model/opened.ts';
import { idInWords, ownerKey } from '../model/owner-key.ts';
import { type Place, placeInTree } from '../model/place.ts';
import { type Allowance, allowancesOf } from '../model/questions/allowance.ts';
import { isSurelyPart } from '../model/questions/exposure.ts';
import { countOf } from '../model/questions/rule-count.ts';
import { type Direction, factOfPeer, hasRefusedBlock, type Owner, type Peer, type Rule } from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import type { When } from '../model/when.ts';
import type { AddressSet } from '../network/address-set.ts';
import { ALL_TRAFFIC, type Traffic } from '../network/traffic.ts';
import type { Span } from '../source/span.ts';
import type { CallSite } from '../terraform/instances/instance.ts';
import type { Identity } from '../terraform/values/value.ts';
import { SENSITIVE } from '../text/sensitive.ts';

/** Whom traffic is from, or to. */
export type PassagePeer = { readonly kind: 'block'; readonly addresses: AddressSet } | OpenedPeer;

/** Where a passage comes from. */
export interface PassagePlaces {
  readonly span: Span;
  /** Blocks of resources that make it. */
  readonly blocks: readonly Span[];
  /** The values that make it, the peer's first. */
  readonly values: readonly Place[];
  readonly calls: readonly CallSite[];
}

/** Traffic that a rule lets through for one peer; where something is not known, the most that it can be. */
export interface Passage {
  /** Of the rule, with module path and instance keys. */
  readonly address: string;
  /** As `ownerKey` has it. */
  readonly owner: string;
  readonly direction: Direction;
  readonly traffic: Traffic;
  readonly isTrafficKnown: boolean;
  readonly peer: PassagePeer;
  /** What it waits for, its peer included; sorted, empty for a certain one. */
  readonly because: readonly string[];
  /** The same for what waits for the same beside the peer; empty where that is certain. */
  readonly condition: string;
  /** The worlds where it is; empty for all. */
  readonly when: readonly When[];
  readonly isSensitive: boolean;
  readonly places: PassagePlaces;
}

/** A group as it is found again in another state. */
export interface ComparedGroup {
  /** With module path and instance keys; the identifier of one from elsewhere. */
  readonly address: string;
  readonly type: string;
  /** Undefined where it is absent or not known. */
  readonly name: string | undefined;
  readonly namePrefix: string | undefined;
  /** Whether it certainly does. */
  readonly exists: boolean;
  /** What is known of it, where it is a group of the configuration. */
  readonly model?: ModelOfGroup;
}

/** A group with the model of a world that has it. */
export interface ModelOfGroup {
  readonly group: SecurityGroup;
  readonly groups: SecurityGroupModel;
}

/** How a group is called that is none of the configuration. */
export function groupOfOwner(owner: Owner): string {
  if (owner.kind === 'group') return owner.address;
  if (owner.kind === 'id') return idInWords(owner);
  if (owner.identity !== undefined) return nameOf(owner.identity);
  return waitsFor(owner.reasons).join(', ') || 'unknown';
}

/** A rule that Terraform or AWS rejects lets nothing through. */
export function passagesOf(rule: Rule): readonly Passage[] {
  if (hasRefusedBlock(rule)) return [];
  const owner = ownerKey(rule.owner);
  const directions: readonly Direction[] = rule.direction === 'unknown' ? ['ingress', 'egress'] : [rule.direction];
  const passage = (of: Omit<Passage, 'address' | 'owner' | 'direction' | 'when'>): readonly Passage[] =>
    directions.map((direction) => ({ address: rule.address, owner, direction, when: [], ...of }));
  if (rule.isOpenEnded) {
    const because = waitsFor(rule.existsIf, ...rule.peers.map(reasonsOfPeer));
    const known = because.length > 0 ? because : [rule.resourceAddress];
    return passage({
      traffic: ALL_TRAFFIC,
      isTrafficKnown: false,
      peer: { kind: 'unknown', key: `rules ${known.join()}`, name: 'unknown', family: undefined, isPart: false },
      because: known,
      condition: 'rules',
      isSensitive: false,
      places: placesOfPassage(rule, undefined),
    });
  }
  return allowancesOf(rule, rule.peers.flatMap(entriesOf)).flatMap((allowance) => {
    const { existsIf, trafficReasons, peerReasons, traffic, peer } = allowance;
    const isRelevant = peer.kind !== 'self' || factOfSelf(peer) !== false;
    if (!isRelevant) return [];
    const of = peerOf(allowance);
    const because = [...new Set([...allowance.reasons, ...(of.kind === 'unknown' ? peerReasons : [])])].sort();
    return passage({
      traffic,
      isTrafficKnown: trafficReasons.length === 0,
      peer: of,
      because: of.kind === 'unknown' && because.length === 0 ? [of.name] : because,
      // Elements of an unknown list are there if the list has them, whatever makes rules of it.
      condition:
        allowance.reasons.length === 0 || (of.kind === 'unknown' && isWithin(allowance.reasons, peerReasons))
          ? ''
          : JSON.stringify([existsIf, trafficReasons, trafficReasons.length === 0 ? [] : knownParts(rule)]),
      isSensitive: traffic.isSensitive === true || factOfPeer(peer).isSensitive === true,
      places: placesOfPassage(rule, peer),
    });
  });
}

const isWithin = (some: readonly string[], all: readonly string[]): boolean => some.every((each) => all.includes(each));

/** @param peer that the passage is for; undefined for all */
export function placesOfPassage(rule: Rule, peer: Peer | undefined): PassagePlaces {
  const peers = peer === undefined ? [] : [factOfPeer(peer)];
  return {
    span: placeInTree(rule.span, rule.calls),
    blocks: [rule.instance.block],
    values: [...peers, rule.fromPort, rule.toPort, rule.protocol, ...countOf(rule)],
    calls: rule.calls,
  };
}

const reasonsOfPeer = (peer: Peer) => {
  const fact = factOfPeer(peer);
  return fact.kind === 'unknown' ? fact.reasons : undefined;
};

const factOfSelf = (peer: Peer): unknown => {
  const fact = factOfPeer(peer);
  return fact.kind === 'known' ? fact.value : undefined;
};

/** What is known of traffic that is not known as a whole. */
const knownParts = ({ protocol, fromPort, toPort }: Rule): readonly unknown[] =>
  [protocol, fromPort, toPort].map((fact) =>
    fact.kind === 'known' ? fact.value : { unknown: waitsFor(fact.reasons) },
  );

/** A prefix list of the configuration is as good as its entries where these are all known. */
function entriesOf(peer: Peer): readonly Peer[] {
  if (peer.kind !== 'prefix-list' || peer.entries === undefined) return [peer];
  return peer.entries.every(({ text }) => text.kind === 'known') ? peer.entries : [peer];
}

function peerOf({ peer, addresses, identity, peerReasons }: Allowance): PassagePeer {
  if (peer.kind === 'cidr') {
    if (addresses !== undefined && peerReasons.length === 0 && identity === undefined)
      return { kind: 'block', addresses };
    const name = peer.reference === undefined ? peerReasons.join(', ') : nameOf(peer.reference);
    return {
      kind: 'unknown',
      // Two texts that wait for the same may have other parts.
      key: identity ?? `cidr ${sameText(peer)} ${peerReasons.join()}`,
      name: name || 'unknown',
      family: peer.family,
      isPart: isSurelyPart(peer, peerReasons),
    };
  }
  if (peer.kind === 'self' || identity === 'self') {
    if (peerReasons.length === 0) return { kind: 'named', key: 'self', name: 'self', group: undefined };
    return { kind: 'unknown', key: `self ${peerReasons.join()}`, name: 'self', family: undefined, isPart: true };
  }
  const { reference } = peer;
  if (reference !== undefined) {
    const isGroup = peer.kind === 'group' && reference.path.length === 1 && reference.path[0] === 'id';
    const name = reference.path.length === 1 && reference.path[0] === 'id' ? reference.address : nameOf(reference);
    return {
      kind: 'named',
      key: `${peer.kind} ${nameOf(reference)}`,
      name,
      group: isGroup ? reference.address : undefined,
    };
  }
  if (peer.id.kind === 'known') {
    const name = peer.id.isSensitive === true ? SENSITIVE : peer.id.value;
    return { kind: 'named', key: `${peer.kind} ${peer.id.value}`, name, group: undefined };
  }
  const name = peerReasons.join(', ') || 'unknown';
  return {
    kind: 'unknown',
    key: `${peer.kind} ${peer.id.sameAs ?? ''} ${peerReasons.join()}`,
    name,
    family: undefined,
    isPart: true,
  };
}

const sameText = ({ text }: Extract<Peer, { readonly kind: 'cidr' }>): string =>
  text.kind === 'unknown' ? (text.sameAs ?? JSON.stringify(text.pieces ?? [])) : '';

const nameOf = ({ address, path }: Identity): string => [address, ...path].join('.');
