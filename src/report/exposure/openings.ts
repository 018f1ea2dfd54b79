/** Who may send what to each group: the cells of the matrix of sources and groups, and the edges of the graph. */

import { shown } from '../../model/fact.ts';
import { idInWords } from '../../model/owner-key.ts';
import { allowancesOf, allReasons } from '../../model/questions/allowance.ts';
import { type BlockAllowance, blockAllowancesOf } from '../../model/questions/exposure.ts';
import type { GroupPeer, Peer, PrefixListPeer, Rule } from '../../model/rule.ts';
import type { RuleSet } from '../../model/security-group.ts';
import { coversAddresses } from '../../network/address-set.ts';
import { coversInternet, privateAddresses } from '../../network/special-addresses.ts';
import type { Traffic } from '../../network/traffic.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import type { Member } from './fold.ts';
import type { ShownRoot } from './shown.ts';

/** In the order of rows: what may be nearest to the internet first. */
export const sourceKinds = ['internet', 'unknown', 'block', 'prefix list', 'elsewhere', 'private', 'group'] as const;

/** Who sends. */
export interface Source {
  readonly kind: (typeof sourceKinds)[number];
  /** A CIDR block, an identifier, the address of a group or list, or words for those that are one. */
  readonly name: string;
}

/** What one peer of a rule lets a source send to a group. */
export interface GroupOpening {
  readonly root: ShownRoot;
  readonly source: Source;
  /** Address of the group, identifier of one from elsewhere, or what stands for one that is not known. */
  readonly group: string;
  /** For `unknown` the most that it can be. */
  readonly traffic: Traffic;
  readonly answer: 'yes' | 'unknown';
  readonly rule: Rule;
  readonly peer: Peer;
  /** For `unknown`: what it waits for. */
  readonly because: readonly string[];
}

export const INTERNET: Source = { kind: 'internet', name: 'internet' };
const PRIVATE: Source = { kind: 'private', name: 'private addresses' };
const UNKNOWN: Source = { kind: 'unknown', name: 'unknown until apply' };

/** What stands for a group that only apply knows. */
const UNKNOWN_GROUP = 'group unknown until apply';

/** In order of groups and their rules. */
export function openingsOf(root: ShownRoot): readonly GroupOpening[] {
  return root.model.ruleSets.flatMap((set) => openingsOfSet(root, set));
}

function openingsOfSet(root: ShownRoot, set: RuleSet): readonly GroupOpening[] {
  const opening = (
    source: Source,
    { rule, peer, traffic }: Pick<GroupOpening, 'rule' | 'peer' | 'traffic'>,
    because: readonly string[],
  ): GroupOpening => {
    const answer = because.length === 0 ? 'yes' : 'unknown';
    return { root, source, group: groupOfRule(rule), traffic, answer, rule, peer, because };
  };
  const ofInternet = set
    .exposures('ingress')
    .map((each) => opening(INTERNET, each, each.answer === 'yes' ? each.existsIf : each.reasons));
  const rules = set.rules.filter(({ direction }) => direction !== 'egress');
  const ofBlocks = rules
    .flatMap((rule) => blockAllowancesOf(rule))
    // The others are exposures.
    .filter(({ isPart, addresses }) => isPart || !coversInternet(addresses))
    .map((each) => opening(sourceOfBlock(each), each, each.reasons));
  const ofOthers = rules.flatMap((rule) =>
    allowancesOf(rule).flatMap((each) => {
      const source = sourceOfOther(root, each.peer, rule);
      return source === undefined ? [] : opening(source, each, allReasons(each));
    }),
  );
  return [...ofInternet, ...ofBlocks, ...ofOthers];
}

function sourceOfBlock({ peer, addresses, isNetwork, isPublished, contentReasons }: BlockAllowance): Source {
  if (isNetwork) return PRIVATE;
  const { text, reference } = peer;
  if (text.kind === 'unknown')
    return isPublished ? { kind: 'prefix list', name: reference?.address ?? contentReasons.join(', ') } : UNKNOWN;
  if (text.isSensitive === true) return { kind: 'block', name: SENSITIVE };
  return coversAddresses(privateAddresses(addresses.family), addresses) ? PRIVATE : { kind: 'block', name: text.value };
}

/** Undefined for blocks, and lists of blocks, which are shown as such. */
function sourceOfOther(root: ShownRoot, peer: Peer, rule: Rule): Source | undefined {
  switch (peer.kind) {
    case 'cidr':
      return undefined;
    case 'self':
      return peer.value.kind === 'known' && !peer.value.value ? undefined : { kind: 'group', name: groupOfRule(rule) };
    case 'prefix-list':
      return peer.entries === undefined ? named('prefix list', peer) : undefined;
    case 'group': {
      const { reference } = peer;
      const isOwn =
        reference?.path.length === 1 &&
        reference.path[0] === 'id' &&
        root.model.groups.some(({ address }) => address === reference.address);
      return isOwn ? { kind: 'group', name: reference.address } : named('elsewhere', peer);
    }
  }
}

function named(kind: 'prefix list' | 'elsewhere', { id, reference }: GroupPeer | PrefixListPeer): Source {
  if (reference !== undefined) return { kind, name: reference.address };
  return id.kind === 'known' ? { kind, name: shown(id) } : UNKNOWN;
}

/** Address of its group, identifier of one from elsewhere, or what stands for one that is not known. */
export function groupOfRule({ owner }: Rule): string {
  if (owner.kind === 'group') return owner.address;
  if (owner.kind === 'id') return idInWords(owner);
  return owner.identity?.address ?? UNKNOWN_GROUP;
}

/** The groups at both ends. */
export function endsOf({ root, group, source }: GroupOpening): readonly Member[] {
  return [{ root, group }, ...(source.kind === 'group' ? [{ root, group: source.name }] : [])];
}
