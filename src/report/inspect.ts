/** The rule model of a configuration, for people and for programs. */

import type { Inspection } from '../lint.ts';
import { type Fact, known } from '../model/fact.ts';
import { parseProtocol } from '../model/protocol.ts';
import type { Direction, Peer, Rule } from '../model/rule.ts';
import type { SecurityGroup, SecurityModel } from '../model/security-group.ts';
import { placeOf, type Range } from '../source/position.ts';
import { escapeControls } from './escape.ts';
import { jsonDocument, placeToJson, problemToJson, SCHEMA_VERSION } from './json.ts';

/** The word for an identifier that is not known before apply. */
const UNKNOWN = 'unknown';

/**
 * A rule as `tfsg inspect` prints it. `unknown` names the fields that only apply will tell, or is `["*"]` where not even the number of rules is
 * known; lists hold what is known of them, sorted, doubles kept.
 */
export interface InspectedRule {
  readonly address: string;
  /** Address of the group that it belongs to; null if that is none of the configuration's, or not known. */
  readonly group: string | null;
  /** Identifier of a group from elsewhere. */
  readonly group_id: string | null;
  readonly direction: Direction | null;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, `-1` for all, else the number or name in lower case. */
  readonly protocol: string | null;
  readonly from_port: number | null;
  readonly to_port: number | null;
  readonly cidr_ipv4: readonly string[];
  readonly cidr_ipv6: readonly string[];
  /** Identifiers, or the word `unknown` for each that is not known. */
  readonly prefix_list_ids: readonly string[];
  readonly security_groups: readonly string[];
  readonly self: boolean | null;
  readonly description: string | null;
  readonly unknown: readonly string[];
  /** Addresses behind the identifiers, where they are the configuration's own. */
  readonly security_group_refs: readonly string[];
  readonly prefix_list_refs: readonly string[];
  readonly file: string | null;
  readonly range: Range | null;
}

/** The groups and rules of some models as JSON values. */
export function inspectModels(models: readonly SecurityModel[]) {
  return {
    groups: models.flatMap(({ groups }) => groups.map(groupToJson)),
    rules: models.flatMap(({ rules }) => rules.map(ruleToJson)),
  };
}

/** `{ schemaVersion, groups, rules, problems }`. */
export function renderInspectionJson({ models, problems }: Inspection): string {
  return jsonDocument({
    schemaVersion: SCHEMA_VERSION,
    ...inspectModels(models),
    problems: problems.map(problemToJson),
  });
}

/** A line for each group and, below it, each of its rules; then the rules of groups from elsewhere. */
export function renderInspection({ models }: Inspection): string {
  const lines = models.flatMap(({ groups, rules }) => {
    const isOf = (group: SecurityGroup) => (rule: Rule) =>
      rule.owner.kind === 'group' && rule.owner.address === group.address;
    const owned = groups.flatMap((group) => [
      `${group.address}  ${placeOf(group.span)}`,
      ...rules.filter(isOf(group)).map(describeRule),
    ]);
    const others = rules.filter((rule) => !groups.some((group) => isOf(group)(rule)));
    return others.length === 0 ? owned : [...owned, 'groups from elsewhere', ...others.map(describeRule)];
  });
  return lines.map((line) => `${escapeControls(line)}\n`).join('');
}

function describeRule(rule: Rule): string {
  const { direction, protocol, from_port: from, to_port: to, unknown, ...fields } = ruleToJson(rule);
  const place = `${fields.address}  ${placeOf(rule.span)}`;
  if (unknown[0] === '*') return `  ${direction}  not known before apply  ${place}`;
  const ports = from === null && to === null ? '' : from === to ? ` ${from}` : ` ${from ?? '?'}-${to ?? '?'}`;
  const peers = [
    ...fields.cidr_ipv4,
    ...fields.cidr_ipv6,
    ...fields.prefix_list_ids.filter((id) => id !== UNKNOWN),
    ...fields.prefix_list_refs,
    ...fields.security_groups.filter((id) => id !== UNKNOWN),
    ...fields.security_group_refs,
    ...(fields.self === true ? ['self'] : []),
  ];
  const arrow = direction === 'egress' ? '->' : '<-';
  const waits = unknown.length === 0 ? '' : `  (not known before apply: ${unknown.join(', ')})`;
  return `  ${direction} ${protocol ?? '?'}${ports} ${arrow} ${peers.join(', ') || '?'}${waits}  ${place}`;
}

function groupToJson(group: SecurityGroup) {
  return {
    address: group.address,
    subject: group.subject,
    type: group.type,
    name: known(group.name) ?? null,
    description: known(group.description) ?? null,
    default: group.isDefault,
    unknown: [...unknownIf('name', group.name), ...unknownIf('description', group.description)],
    ...placeToJson(group.span),
  };
}

function ruleToJson(rule: Rule): InspectedRule {
  const lists = {
    cidr_ipv4: rule.peers.filter((peer) => peer.kind === 'cidr' && peer.family === 4),
    cidr_ipv6: rule.peers.filter((peer) => peer.kind === 'cidr' && peer.family === 6),
    prefix_list_ids: rule.peers.filter(({ kind }) => kind === 'prefix-list'),
    security_groups: rule.peers.filter(({ kind }) => kind === 'group'),
  };
  const self = rule.peers.filter((peer) => peer.kind === 'self');
  const protocol = known(rule.protocol);
  const unknown = [
    ...(rule.direction === 'unknown' ? ['direction'] : []),
    ...(rule.owner.kind === 'unknown' ? ['group'] : []),
    ...unknownIf('protocol', rule.protocol),
    ...unknownIf('from_port', rule.fromPort),
    ...unknownIf('to_port', rule.toPort),
    ...Object.entries(lists).flatMap(([name, peers]) => (peers.some(isUnknown) ? [name] : [])),
    ...(self.some(isUnknown) ? ['self'] : []),
    ...unknownIf('description', rule.description),
  ];
  return {
    address: rule.address,
    group: rule.owner.kind === 'group' ? rule.owner.address : null,
    group_id: rule.owner.kind === 'id' ? rule.owner.id : null,
    direction: rule.direction === 'unknown' ? null : rule.direction,
    protocol: protocol === undefined || protocol === null ? null : parseProtocol(protocol).canonical,
    from_port: known(rule.fromPort) ?? null,
    to_port: known(rule.toPort) ?? null,
    cidr_ipv4: textsOf(lists.cidr_ipv4).filter((text) => text !== UNKNOWN),
    cidr_ipv6: textsOf(lists.cidr_ipv6).filter((text) => text !== UNKNOWN),
    prefix_list_ids: textsOf(lists.prefix_list_ids),
    security_groups: textsOf(lists.security_groups),
    self: self.some(isUnknown) ? null : self.some((peer) => known(peer.value) === true),
    description: known(rule.description) || null,
    unknown: rule.isOpenEnded ? ['*'] : unknown,
    security_group_refs: referencesOf(lists.security_groups),
    prefix_list_refs: referencesOf(lists.prefix_list_ids),
    ...placeToJson(rule.span),
  };
}

function unknownIf(name: string, fact: Fact<unknown>): string[] {
  return fact.kind === 'unknown' ? [name] : [];
}

function factOf(peer: Peer): Fact<string | boolean> {
  return peer.kind === 'cidr' ? peer.text : peer.kind === 'self' ? peer.value : peer.id;
}

function isUnknown(peer: Peer): boolean {
  return factOf(peer).kind === 'unknown';
}

function textsOf(peers: readonly Peer[]): string[] {
  return peers.map((peer) => String(known(factOf(peer)) ?? UNKNOWN)).sort();
}

function referencesOf(peers: readonly Peer[]): string[] {
  return peers
    .flatMap((peer) => ('reference' in peer && peer.reference !== undefined ? [peer.reference] : []))
    .map(({ address, path }) =>
      path.length === 0 || path[0] === 'id' || path[0] === 'arn' ? address : `${address}.${path.join('.')}`,
    )
    .sort();
}
