/** The identity of a finding across runs: the fault in the model, independent of messages and options. */

import { type Fact, shown, waitsFor } from '../model/fact.ts';
import { type Addressed, factOfPeer, type Identity, type Peer, protocolOf, type TrafficRule } from '../model/rule.ts';
import { formatCidr } from '../network/cidr.ts';
import { hasIcmpTypes, hasPorts, parseProtocol } from '../network/protocol.ts';
import { directoryOf } from '../source/path.ts';
import type { Span } from '../source/span.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import { compareStrings } from '../terraform/values/value.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import type { Check, Hit, RulePeers } from './check.ts';
import { normalizedText, shortened } from './content.ts';
import type { FindingIdentity } from './finding.ts';

/** The identity of what a check found, at a place. */
export function identityOf({ id, knownBy }: Check, hit: Hit, place: Span): FindingIdentity {
  const { rule, subject, identity } = hit;
  const local = localiser(place, hit);
  const direction = identity?.direction ?? rule?.direction;
  const alone = rule === undefined || knownBy === 'text' ? [] : [rulePeers(rule, hit.place)];
  const rules = identity?.together ?? alone;
  return {
    check: id,
    file: place.file.path,
    subject: local(identity?.together === undefined ? subject.resourceAddress : ownerOf(identity.together[0]!.rule)),
    ...(direction !== undefined && { direction }),
    ...(rules.length === 0 ? { content: normalizedText(place) } : openingOf(rules, local)),
  };
}

/** The same text for the same identity. */
export function identityKey({ check, file, subject, direction, content, traffic, peers }: FindingIdentity): string {
  return JSON.stringify([file, check, subject, direction ?? '', content ?? '', traffic ?? '', peers ?? '']);
}

/**
 * Makes addresses what they are in the module that has a place: without the calls that lead to it, so that whoever lints that module
 * alone, or renames a call, finds the same.
 */
function localiser({ file }: Span, { subject: { calls } }: Hit): (address: string) => string {
  const directory = directoryOf(file.path);
  const depth = calls.findIndex((call) => directoryOf(call.span.file.path) === directory);
  const above = depth === -1 ? calls : calls.slice(0, depth);
  const prefix = above.map(({ name }) => `module.${name}.`).join('');
  return (address) => {
    const plain = withoutKeys(address);
    return plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
  };
}

/** The peer that stands at a place, be it an entry of a prefix list; where none does, all of the rule. */
function rulePeers(rule: TrafficRule, place: Hit['place']): RulePeers {
  const isThere = (peer: Peer): boolean => factOfPeer(peer) === place;
  const entries = (peer: Peer): readonly Peer[] => (peer.kind === 'prefix-list' ? (peer.entries ?? []) : []);
  const there = rule.peers.find(isThere) ?? rule.peers.flatMap(entries).find(isThere);
  return { rule, peers: there === undefined ? rule.peers : [there] };
}

function openingOf(
  rules: readonly RulePeers[],
  local: (address: string) => string,
): Pick<FindingIdentity, 'traffic' | 'peers'> {
  return {
    traffic: listOf(rules.map(({ rule }) => trafficText(rule))),
    peers: listOf(rules.flatMap(({ rule, peers }) => peers.map((peer) => peerText(peer, rule, local)))),
  };
}

const listOf = (texts: readonly string[]): string => shortened([...new Set(texts)].sort(compareStrings).join(' '));

/** By protocol and ports, or ICMP type and code, of the rule as a whole; `?` for what is not known, nothing for what is missing. */
function trafficText(rule: TrafficRule): string {
  const protocol = protocolOf(rule);
  if (protocol === 'all') return 'all';
  const name = protocol === undefined ? textOf(rule.protocol) : parseProtocol(protocol).canonical;
  const isTyped = protocol !== undefined && hasIcmpTypes(protocol);
  if (protocol !== undefined && !hasPorts(protocol) && !isTyped) return name;
  const [from, to] = [rule.fromPort, rule.toPort].map(textOf);
  if (!isTyped) return `${from === to && from !== '?' ? from : `${from}-${to}`}/${name}`;
  const isWhole = (end: string | undefined): boolean => end === '-1' || end === '';
  return isWhole(from) && isWhole(to) ? name : `${from}${isWhole(to) ? '' : `.${to}`}/${name}`;
}

function textOf(fact: Fact<string | number | null>): string {
  return fact.kind === 'unknown' ? '?' : String(shown(fact) ?? '');
}

function peerText(peer: Peer, { owner }: TrafficRule, local: (address: string) => string): string {
  if (peer.kind === 'self') return 'self';
  const fact = peer.kind === 'cidr' ? peer.text : peer.id;
  if (peer.reference !== undefined) {
    const isItself = peer.kind === 'group' && owner.kind === 'group' && peer.reference.address === owner.address;
    return isItself ? 'self' : local(addressOf(peer.reference));
  }
  if (fact.kind === 'unknown') return waitsFor(fact.reasons).map(withoutKeys).join(' ') || '?';
  if (fact.isSensitive === true) return SENSITIVE;
  // Host bits and the wrong family are faults of the text.
  const isBlock = peer.kind === 'cidr' && (peer.cidr?.kind === 'canonical' || peer.cidr?.kind === 'spelling');
  return isBlock ? formatCidr(peer.cidr.cidr) : fact.value;
}

function ownerOf({ owner }: TrafficRule): string {
  if (owner.kind === 'group') return owner.address;
  if (owner.kind === 'id') return owner.id;
  return owner.identity === undefined ? waitsFor(owner.reasons).join(' ') : addressOf(owner.identity);
}

/**
 * The group that a hit is about: its address without keys, `aws_vpc.main.default_security_group_id` for one that AWS makes, or its id.
 * Undefined where it is about none, or only apply knows which.
 */
export function groupNameOf({ rule, subject }: Hit): string | undefined {
  const about = rule ?? (isRule(subject) ? subject : undefined);
  if (about === undefined) return subject.noun === 'group' ? subject.resourceAddress : undefined;
  const { owner } = about;
  if (owner.kind === 'group') return withoutKeys(owner.address);
  if (owner.kind === 'id') return owner.isSensitive || owner.id === '' ? undefined : owner.id;
  return owner.identity && withoutKeys(addressOf(owner.identity));
}

const isRule = (subject: Addressed): subject is TrafficRule => 'owner' in subject;

/** `aws_security_group.web`, `aws_vpc.main.default_security_group_id`. */
function addressOf({ address, path }: Identity): string {
  return path.length === 1 && path[0] === 'id' ? address : [address, ...path].join('.');
}
