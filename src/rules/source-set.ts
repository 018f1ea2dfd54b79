/** Sources as conditions of own rules ask for them: the peers of a rule, and what texts say. */

import { groupMatcherOf } from '../config/patterns/globs.ts';
import { audiences, isGroupPattern, sourceFault } from '../model/questions/policy.ts';
import type { Peer, Rule, TrafficRule } from '../model/rule.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import {
  type AddressSet,
  addressSet,
  allAddresses,
  coversAddresses,
  intersectionOfAddresses,
  isEmptyAddresses,
  overlapsAddresses,
  unionOfAddresses,
} from '../network/address-set.ts';
import { parseCidr } from '../network/cidr.ts';
import type { Family } from '../network/ip-address.ts';
import { privateAddresses, publicAddresses } from '../network/special-addresses.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import type { UnknownReason } from '../terraform/values/value.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { AskedAnswer } from './port-set.ts';

/** One source, or several of a kind. */
export type SourceItem =
  /** `reasons`: what decides whether they are there; absent where they are. */
  | { readonly kind: 'addresses'; readonly addresses: AddressSet; readonly reasons?: readonly UnknownReason[] }
  /** A block that is not known. */
  | { readonly kind: 'block'; readonly family: Family; readonly reasons: readonly UnknownReason[] }
  | {
      readonly kind: 'group';
      /** Its identifier, address and name, as far as they are known. */
      readonly names: readonly string[];
      /** What further names wait for. */
      readonly reasons: readonly UnknownReason[];
      readonly isSelf: boolean;
    }
  | {
      readonly kind: 'prefix-list';
      readonly names: readonly string[];
      /** Undefined where what is in it is not known. */
      readonly entries: readonly SourceItem[] | undefined;
      readonly reasons: readonly UnknownReason[];
    }
  /** Words of texts, and patterns of groups. */
  | { readonly kind: 'groups' | 'prefix-lists' | 'self' }
  | { readonly kind: 'pattern'; readonly matches: (name: string) => boolean };

export interface AskedSources {
  readonly kind: 'sources';
  readonly items: readonly SourceItem[];
  /** What messages say in the place of the texts; absent for these. */
  readonly shown?: string;
  /** What is in its blocks, where that is asked often. */
  readonly blocks?: Readonly<Record<Family, AddressSet>>;
}

/** The sources of an ingress rule or entry, or the destinations of one of egress. Blocks that AWS rejects are left out. */
export function sourcesOfRule(rule: TrafficRule, model: SecurityGroupModel | undefined): AskedSources {
  return { kind: 'sources', items: rule.peers.flatMap((peer) => itemOf(peer, rule, model) ?? []) };
}

/** Undefined for what AWS rejects. */
export function itemOf(peer: Peer, rule: TrafficRule, model: SecurityGroupModel | undefined): SourceItem | undefined {
  switch (peer.kind) {
    case 'cidr': {
      const { family, text, cidr } = peer;
      if (text.kind === 'unknown') return { kind: 'block', family, reasons: text.reasons };
      if (cidr === undefined || cidr.kind === 'invalid' || cidr.cidr.family !== family) return undefined;
      return { kind: 'addresses', addresses: addressSet(family, [cidr.cidr]) };
    }
    case 'prefix-list': {
      const { id, reference, entries } = peer;
      const names = id.kind === 'known' ? [id.value] : [];
      return {
        kind: 'prefix-list',
        names: reference === undefined ? names : [...names, ...namesOfAddress(reference.address)],
        entries: entries?.flatMap((entry) => itemOf(entry, rule, model) ?? []),
        reasons: id.kind === 'unknown' ? id.reasons : [{ name: id.value }],
      };
    }
    case 'self':
      // Where it is not known whether it is one, the rule has the group itself or nothing.
      return { kind: 'group', isSelf: true, ...namesOf(peer, rule, model), reasons: waitsOf(peer.value) };
    case 'group': {
      const { id, reference } = peer;
      const { names, reasons } = namesOf(peer, rule, model);
      const own = reference === undefined ? [] : namesOfAddress(reference.address);
      const isSelf = reference !== undefined && rule.owner.kind === 'group' && reference.address === rule.owner.address;
      const waits = reference === undefined ? waitsOf(id) : [];
      return { kind: 'group', names: [...names, ...own], reasons: [...reasons, ...waits], isSelf };
    }
  }
}

const waitsOf = (fact: {
  readonly kind: string;
  readonly reasons?: readonly UnknownReason[];
}): readonly UnknownReason[] => fact.reasons ?? [];

export const namesOfAddress = (address: string): readonly string[] => [...new Set([address, withoutKeys(address)])];

function namesOf(
  peer: Peer,
  rule: TrafficRule,
  model: SecurityGroupModel | undefined,
): { readonly names: readonly string[]; readonly reasons: readonly UnknownReason[] } {
  const found = model?.namesOfPeer(peer, rule as Rule);
  return { names: found?.names ?? [], reasons: (found?.reasons ?? []).map((name) => ({ name })) };
}

/** What texts say: blocks, identifiers and addresses of groups and prefix lists, patterns of groups, and words. */
export function readSourceTexts(
  texts: readonly string[],
): AskedSources | { readonly kind: 'invalid'; readonly index: number; readonly message: string } {
  const items: SourceItem[] = [];
  for (const [index, text] of texts.entries()) {
    const fault = isGroupPattern(text) ? undefined : sourceFault(text);
    if (fault !== undefined) {
      const nearest = nearestName(text, audiences);
      return { kind: 'invalid', index, message: nearest === undefined ? fault : `${fault} Did you mean "${nearest}"?` };
    }
    items.push(...itemsOfText(text));
  }
  return { kind: 'sources', items, blocks: { 4: addressesIn(items, 4), 6: addressesIn(items, 6) } };
}

const families: readonly Family[] = [4, 6];

function itemsOfText(text: string): readonly SourceItem[] {
  const ofBoth = (of: (family: Family) => AddressSet): readonly SourceItem[] =>
    families.map((family) => ({ kind: 'addresses', addresses: of(family) }));
  switch (text) {
    case 'internet':
      return ofBoth(publicAddresses);
    case 'private':
      return ofBoth(privateAddresses);
    case 'groups':
    case 'prefix-lists':
    case 'self':
      return [{ kind: text }];
    default: {
      const read = parseCidr(text);
      if (read.kind !== 'invalid') return [{ kind: 'addresses', addresses: addressSet(read.cidr.family, [read.cidr]) }];
      if (isGroupPattern(text)) return [{ kind: 'pattern', matches: remembered(groupMatcherOf([text])) }];
      const names = namesOfAddress(text);
      return /^pl-|prefix_list/.test(text)
        ? [{ kind: 'prefix-list', names, entries: undefined, reasons: [{ name: text }] }]
        : [{ kind: 'group', names, reasons: [], isSelf: false }];
    }
  }
}

/** The same, in less time for texts that come again: the name of a group comes with each of its rules. */
export function remembered(matches: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const is = matches(text);
    if (known.size < MAX_REMEMBERED) known.set(text, is);
    return is;
  };
}

const MAX_REMEMBERED = 10_000;

/** Whether every source of a set is in another; true where there is none. */
export function areSourcesWithin(a: AskedSources, b: AskedSources): AskedAnswer {
  return all(a.items.map((item) => isWithin(item, b)));
}

/** Whether two sets have a source in common. */
export function haveSourcesInCommon(a: AskedSources, b: AskedSources): AskedAnswer {
  const answers: AskedAnswer[] = [];
  for (const one of a.items) {
    for (const other of b.items) {
      const answer = meets(one, other);
      if (answer === true) return true;
      if (answer !== false) answers.push(answer);
    }
  }
  return any(answers);
}

function all(answers: readonly AskedAnswer[]): AskedAnswer {
  if (answers.includes(false)) return false;
  const open = answers.filter((each) => typeof each !== 'boolean');
  return open.length === 0 ? true : open.flat();
}

function any(answers: readonly AskedAnswer[]): AskedAnswer {
  if (answers.includes(true)) return true;
  const open = answers.filter((each) => typeof each !== 'boolean');
  return open.length === 0 ? false : open.flat();
}

function isWithin(item: SourceItem, set: AskedSources): AskedAnswer {
  const { items: whole } = set;
  switch (item.kind) {
    case 'addresses': {
      const { family } = item.addresses;
      if (coversAddresses(blocksIn(set, family), item.addresses)) return true;
      // Blocks that are not known can add what is missing.
      const open = reasonsOfBlocks(whole, family);
      return open.length > 0 ? open : (item.reasons ?? false);
    }
    case 'block': {
      if (coversAddresses(blocksIn(set, item.family), allAddresses(item.family))) return true;
      const isSome = whole.some((other) => other.kind === 'block' || other.kind === 'prefix-list');
      const isAny = isSome || !isEmptyAddresses(blocksIn(set, item.family));
      return isAny ? item.reasons : false;
    }
    case 'prefix-list': {
      const named = any(whole.map((other) => meets(item, other, true)));
      if (named === true || item.entries === undefined) {
        if (named === true || hasEverything(whole)) return true;
        return whole.some(({ kind }) => kind === 'addresses' || kind === 'block' || kind === 'prefix-list')
          ? item.reasons
          : false;
      }
      return all(item.entries.map((entry) => isWithin(entry, set)));
    }
    default:
      return any(whole.map((other) => meets(item, other)));
  }
}

const hasEverything = (whole: readonly SourceItem[]): boolean =>
  families.every((family) => coversAddresses(addressesIn(whole, family), allAddresses(family)));

const blocksIn = ({ items, blocks }: AskedSources, family: Family): AddressSet =>
  blocks?.[family] ?? addressesIn(items, family);

/** What is in the blocks of a set, and in the prefix lists of which that is known. */
function addressesIn(items: readonly SourceItem[], family: Family): AddressSet {
  const sets = items.flatMap((item): readonly AddressSet[] => {
    if (item.kind === 'addresses')
      return item.addresses.family === family && item.reasons === undefined ? [item.addresses] : [];
    return item.kind === 'prefix-list' && item.entries !== undefined ? [addressesIn(item.entries, family)] : [];
  });
  return sets.length === 1 ? sets[0]! : unionOfAddresses(family, sets);
}

function reasonsOfBlocks(items: readonly SourceItem[], family: Family): readonly UnknownReason[] {
  return items.flatMap((item) => {
    if (item.kind === 'block') return item.family === family ? item.reasons : [];
    if (item.kind === 'addresses') return item.addresses.family === family ? (item.reasons ?? []) : [];
    if (item.kind !== 'prefix-list') return [];
    return item.entries === undefined ? item.reasons : reasonsOfBlocks(item.entries, family);
  });
}

/** @param isByName whether of prefix lists only the names count */
function meets(a: SourceItem, b: SourceItem, isByName = false): AskedAnswer {
  if (a.kind === 'prefix-list' || b.kind === 'prefix-list') {
    const [list, other] = a.kind === 'prefix-list' ? [a, b] : [b as typeof a & { kind: 'prefix-list' }, a];
    return meetsList(list, other, isByName);
  }
  if (a.kind === 'addresses' && b.kind === 'addresses')
    return (
      a.addresses.family === b.addresses.family && overlapsAddresses(a.addresses, b.addresses) && waitsForBoth(a, b)
    );
  if (a.kind === 'block' || b.kind === 'block') {
    const [block, other] = a.kind === 'block' ? [a, b] : [b as typeof a & { kind: 'block' }, a];
    return meetsBlock(block, other);
  }
  const [group, other] = a.kind === 'group' ? [a, b] : [b, a];
  if (group.kind === 'group') return meetsGroup(group, other);
  // Two words, or a pattern and a word.
  return a.kind === b.kind || (isOfGroups(a) && isOfGroups(b) && (a.kind === 'groups' || b.kind === 'groups'));
}

function waitsForBoth(...items: readonly Extract<SourceItem, { readonly kind: 'addresses' }>[]): AskedAnswer {
  const reasons = items.flatMap((item) => item.reasons ?? []);
  return reasons.length > 0 ? reasons : true;
}

const isOfGroups = ({ kind }: SourceItem): boolean => kind === 'groups' || kind === 'self' || kind === 'pattern';

function meetsList(
  { names, entries, reasons }: Extract<SourceItem, { readonly kind: 'prefix-list' }>,
  other: SourceItem,
  isByName: boolean,
): AskedAnswer {
  if (other.kind === 'prefix-lists') return true;
  if (other.kind === 'prefix-list') return names.some((name) => other.names.includes(name));
  if (isByName || (other.kind !== 'addresses' && other.kind !== 'block')) return false;
  return entries === undefined ? reasons : any(entries.map((entry) => meets(entry, other)));
}

function meetsBlock(
  { family, reasons }: Extract<SourceItem, { readonly kind: 'block' }>,
  other: SourceItem,
): AskedAnswer {
  if (other.kind === 'block') return other.family === family ? [...reasons, ...other.reasons] : false;
  if (other.kind !== 'addresses' || other.addresses.family !== family) return false;
  const isAll = coversAddresses(other.addresses, allAddresses(family));
  return isAll || (isEmptyAddresses(intersectionOfAddresses(other.addresses, allAddresses(family))) ? false : reasons);
}

function meetsGroup(group: Extract<SourceItem, { readonly kind: 'group' }>, other: SourceItem): AskedAnswer {
  const open = group.reasons.length > 0 ? group.reasons : false;
  switch (other.kind) {
    case 'groups':
      return true;
    case 'self':
      return group.isSelf || (group.names.length === 0 && open);
    case 'pattern':
      return group.names.some(other.matches) || open;
    case 'group': {
      if (group.names.some((name) => other.names.includes(name))) return true;
      if (group.isSelf && other.isSelf) return true;
      // A name that is not known is none of a group that is named by its address.
      return (
        (group.names.length === 0 && open) || (other.names.length === 0 && other.reasons.length > 0 && other.reasons)
      );
    }
    default:
      return false;
  }
}
