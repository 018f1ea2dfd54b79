/** Rules as `tfsg inspect` prints them -> what they let through. */

import type { Direction } from '../model/rule.ts';
import type { When } from '../model/when.ts';
import { addressSet } from '../network/address-set.ts';
import { parseCidr } from '../network/cidr.ts';
import type { Family } from '../network/ip-address.ts';
import { parseProtocol } from '../network/protocol.ts';
import { ALL_TRAFFIC, type Traffic, trafficOfProtocol, trafficOfRule } from '../network/traffic.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import type { Passage, PassagePeer, PassagePlaces } from './passage.ts';

/** What is printed of a rule, as far as it counts. */
export interface RuleDocument {
  readonly address: string;
  readonly group: string | null;
  readonly group_id: string | null;
  readonly direction: string | null;
  readonly protocol: string | null;
  readonly from_port: number | string | null;
  readonly to_port: number | string | null;
  readonly cidr_ipv4: readonly string[];
  readonly cidr_ipv6: readonly string[];
  readonly prefix_list_ids: readonly string[];
  readonly security_groups: readonly string[];
  readonly self: boolean | string | null;
  readonly unknown: readonly string[];
  readonly security_group_refs: readonly string[];
  readonly prefix_list_refs: readonly string[];
  readonly exists: 'yes' | 'unknown';
  readonly when?: readonly When[];
}

/** The group that a rule belongs to, as `ownerKey` has it. */
export function ownerOfDocument({ group, group_id: id, address }: RuleDocument): string {
  if (group !== null) return `group ${group}`;
  return id === null ? `unknown group of ${address}` : `id ${id}`;
}

/** What is not known waits for the rule itself: what else it waits for is not printed. */
export function passagesOfDocument(rule: RuleDocument, places: PassagePlaces): readonly Passage[] {
  const { address, unknown, when = [] } = rule;
  const isOpenEnded = unknown.includes('*');
  const traffic = isOpenEnded ? { traffic: ALL_TRAFFIC, isKnown: false } : trafficIn(rule);
  if (traffic === undefined) return [];
  const directions: readonly Direction[] =
    rule.direction === 'ingress' || rule.direction === 'egress' ? [rule.direction] : ['ingress', 'egress'];
  const isCertain = traffic.isKnown && rule.exists === 'yes' && directions.length === 1;
  const condition = isCertain
    ? ''
    : JSON.stringify([address, rule.exists, rule.protocol, rule.from_port, rule.to_port, unknown.includes('*')]);
  const peers = isOpenEnded ? [anything(address)] : peersIn(rule);
  return directions.flatMap((direction) =>
    peers.map(
      (peer): Passage => ({
        address,
        owner: ownerOfDocument(rule),
        direction,
        traffic: traffic.traffic,
        isTrafficKnown: traffic.isKnown,
        peer,
        because: isCertain && peer.kind !== 'unknown' ? [] : [address],
        condition,
        when,
        isSensitive: false,
        places,
      }),
    ),
  );
}

const anything = (address: string): PassagePeer => ({
  kind: 'unknown',
  key: `rules of ${address}`,
  name: 'unknown',
  family: undefined,
  isPart: false,
});

/** Undefined for what AWS rejects. */
function trafficIn({
  protocol,
  from_port: from,
  to_port: to,
  unknown,
}: RuleDocument): { readonly traffic: Traffic; readonly isKnown: boolean } | undefined {
  const read = protocol === null || protocol === SENSITIVE ? undefined : parseProtocol(protocol);
  if (read?.kind === 'invalid') return undefined;
  if (read === undefined) return { traffic: ALL_TRAFFIC, isKnown: false };
  const isOpen = (name: string, port: typeof from): boolean => unknown.includes(name) || typeof port === 'string';
  if (isOpen('from_port', from) || isOpen('to_port', to))
    return { traffic: trafficOfProtocol(read.protocol), isKnown: false };
  const given = (port: typeof from): number | undefined => (typeof port === 'number' ? port : undefined);
  const allowed = trafficOfRule(read.protocol, given(from), given(to));
  return allowed.kind === 'traffic' ? { traffic: allowed.traffic, isKnown: true } : undefined;
}

function peersIn(rule: RuleDocument): readonly PassagePeer[] {
  const { address, unknown } = rule;
  const open = (name: keyof RuleDocument, family?: Family): readonly PassagePeer[] =>
    unknown.includes(name)
      ? [{ kind: 'unknown', key: `${name} of ${address}`, name: 'unknown', family, isPart: false }]
      : [];
  const blocks = (family: Family, texts: readonly string[]): readonly PassagePeer[] =>
    texts.flatMap((text): readonly PassagePeer[] => {
      const read = parseCidr(text);
      if (text === SENSITIVE) return open(family === 4 ? 'cidr_ipv4' : 'cidr_ipv6', family);
      if (read.kind === 'invalid' || read.cidr.family !== family) return [];
      return [{ kind: 'block', addresses: addressSet(family, [read.cidr]) }];
    });
  const named = (kind: string, name: string, isAddress: boolean): PassagePeer => ({
    kind: 'named',
    key: isAddress ? `${kind} ${name}.id` : `${kind} ${name}`,
    name,
    group: isAddress && kind === 'group' ? name : undefined,
  });
  const ids = rule.security_groups.filter((id) => id !== 'unknown' && id !== SENSITIVE);
  const refs = rule.security_group_refs;
  const isItself = (name: string): boolean => name === rule.group;
  // Groups and lists of the configuration have identifiers after apply alone.
  const areNamed = rule.security_groups.length - ids.length <= refs.length;
  const self: readonly PassagePeer[] = [{ kind: 'named', key: 'self', name: 'self', group: undefined }];
  return [
    ...blocks(4, rule.cidr_ipv4),
    ...open('cidr_ipv4', 4),
    ...blocks(6, rule.cidr_ipv6),
    ...open('cidr_ipv6', 6),
    ...rule.prefix_list_ids.map((id) => named('prefix-list', id, false)),
    ...rule.prefix_list_refs.map((name) => named('prefix-list', name, true)),
    ...(rule.prefix_list_refs.length === 0 ? open('prefix_list_ids') : []),
    ...ids.map((id) => named('group', id, false)),
    ...refs.filter((name) => !isItself(name)).map((name) => named('group', name, true)),
    ...(areNamed ? [] : open('security_groups')),
    ...(rule.self === true || refs.some(isItself) ? self : []),
    ...(rule.self === null || typeof rule.self === 'string' ? open('self') : []),
  ];
}
