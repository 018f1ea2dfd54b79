/** Which group of one state is which of another. */

import { groupBy } from '../collections/group-by.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import { compareStrings } from '../terraform/values/value.ts';
import type { RootAccess } from './access.ts';
import { keyOfPassage } from './difference.ts';
import type { ComparedGroup, Passage } from './passage.ts';

/** A group in both states, or in one of them. */
export interface GroupPair {
  readonly before: GroupIn | undefined;
  readonly after: GroupIn | undefined;
}

/** A group of a root module, and what it lets through. */
export interface GroupIn {
  readonly root: RootAccess;
  /** As `ownerKey` has it. */
  readonly key: string;
  readonly group: ComparedGroup;
  readonly passages: readonly Passage[];
}

/** By directory and environment, then by address as `moved` blocks have it, by name, and by what they let through. */
export function pairsOf(before: readonly RootAccess[], after: readonly RootAccess[]): readonly GroupPair[] {
  const pairs: GroupPair[] = [];
  const olds = new Set(before.flatMap(groupsIn));
  const news = new Set(after.flatMap(groupsIn));
  const pair = (old: GroupIn, now: GroupIn): void => {
    if (!olds.delete(old) || !news.delete(now)) return;
    pairs.push({ before: old, after: now });
  };
  const movesOf = new Map(after.map((root) => [caseKey(root), root.moved]));
  const isSameRoot = (key: (each: GroupIn) => string) => (each: GroupIn) => `${caseKey(each.root)}\n${key(each)}`;
  const addressOf = ({ key }: GroupIn): string => key;
  const movedOf = ({ root, key }: GroupIn): string => {
    const moved = movesOf.get(caseKey(root));
    return moved === undefined || !key.startsWith(GROUP) ? key : GROUP + moved(key.slice(GROUP.length));
  };
  // What is still there is no other one, whatever else is said of it.
  one(olds, news, isSameRoot(addressOf), isSameRoot(addressOf), pair, (old) => movedOf(old) === old.key);
  one(olds, news, isSameRoot(movedOf), isSameRoot(addressOf), pair);
  one(olds, news, isSameRoot(addressOf), isSameRoot(addressOf), pair);
  one(olds, news, isSameRoot(firstOf), isSameRoot(firstOf), pair);
  one(olds, news, isSameRoot(nameOf), isSameRoot(nameOf), pair);
  some(olds, news, isSameRoot(contentOf), isSameRoot(contentOf), pair);
  one(olds, news, isSameRoot(resourceOf), isSameRoot(resourceOf), pair);
  for (const [old, now] of alikeIn(olds, news)) pair(old, now);
  // A root module that is in another directory now.
  const whole = (each: GroupIn): string => (contentOf(each) === '' ? '' : `${each.key}\t${contentOf(each)}`);
  some(olds, news, whole, whole, pair);
  one(olds, news, nameOf, nameOf, pair);
  for (const old of olds) pairs.push({ before: old, after: undefined });
  for (const now of news) pairs.push({ before: undefined, after: now });
  return pairs;
}

const GROUP = 'group ';

/** What is the same for the same group; empty, or ending in a line break, for nothing that tells. */
type KeyOf = (each: GroupIn) => string;

/** Pairs what nothing else has a claim to. */
function one(
  olds: ReadonlySet<GroupIn>,
  news: ReadonlySet<GroupIn>,
  oldKey: KeyOf,
  newKey: KeyOf,
  pair: (old: GroupIn, now: GroupIn) => void,
  isMeant: (old: GroupIn) => boolean = () => true,
): void {
  const byKey = groupBy([...news], newKey);
  for (const [key, same] of groupBy([...olds].filter(isMeant), oldKey)) {
    const found = byKey.get(key) ?? [];
    if (!isEmpty(key) && same.length === 1 && found.length === 1) pair(same[0], found[0]!);
  }
}

/** Pairs what is alike in all that counts, in order of address. */
function some(
  olds: ReadonlySet<GroupIn>,
  news: ReadonlySet<GroupIn>,
  oldKey: KeyOf,
  newKey: KeyOf,
  pair: (old: GroupIn, now: GroupIn) => void,
): void {
  const byKey = groupBy([...news].sort(byAddress), newKey);
  for (const [key, same] of groupBy([...olds].sort(byAddress), oldKey)) {
    if (isEmpty(key)) continue;
    const found = byKey.get(key) ?? [];
    for (const [index, old] of same.entries()) if (found[index] !== undefined) pair(old, found[index]);
  }
}

const isEmpty = (key: string): boolean => key === '' || key.endsWith('\n');

const byAddress = (a: GroupIn, b: GroupIn): number => compareStrings(a.key, b.key);

export const caseKey = ({ root, environment }: Pick<RootAccess, 'root' | 'environment'>): string =>
  JSON.stringify([root, environment ?? null]);

function nameOf({ group: { type, name, namePrefix } }: GroupIn): string {
  if (name !== undefined) return `${type} name ${name}`;
  return namePrefix === undefined ? '' : `${type} prefix ${namePrefix}`;
}

/**
 * Where `count` is added or removed, the first instance stays what it was without a `moved` block.
 *
 * Source: https://developer.hashicorp.com/terraform/language/block/moved
 */
const firstOf = ({ key }: GroupIn): string => (key.startsWith(GROUP) ? key.replaceAll('[0]', '') : '');

/** Type and name of the resource, in whatever module. */
function resourceOf({ group: { type, address } }: GroupIn): string {
  const plain = withoutKeys(address);
  return type === '' ? '' : plain.slice(plain.lastIndexOf(`${type}.`));
}

/** Groups of one root module that let in at least half of the same, the most alike first: one that was changed while it was moved. */
function alikeIn(olds: ReadonlySet<GroupIn>, news: ReadonlySet<GroupIn>): readonly (readonly [GroupIn, GroupIn])[] {
  const ingressOf = ({ passages }: GroupIn): ReadonlySet<string> =>
    new Set(passages.filter(({ direction }) => direction === 'ingress').map(contentOfPassage));
  const nowIn = groupBy([...news].sort(byAddress), ({ root }) => caseKey(root));
  const candidates = [...olds].sort(byAddress).flatMap((old) => {
    const was = ingressOf(old);
    return (nowIn.get(caseKey(old.root)) ?? []).flatMap((now) => {
      const is = ingressOf(now);
      const common = [...was].filter((each) => is.has(each)).length;
      const isAlike = common > 0 && common * 2 >= Math.min(was.size, is.size) && old.group.type === now.group.type;
      return isAlike ? [{ pair: [old, now] as const, common }] : [];
    });
  });
  return candidates.sort((a, b) => b.common - a.common).map(({ pair }) => pair);
}

/** All that a group lets through, whatever groups are called; empty for nothing. */
function contentOf({ passages }: GroupIn): string {
  return [...new Set(passages.map(contentOfPassage))].sort().join('; ');
}

function contentOfPassage(passage: Passage): string {
  const { peer, when } = passage;
  const isGroup = peer.kind === 'named' && peer.group !== undefined;
  const plain: Passage = isGroup ? { ...passage, peer: { ...peer, key: 'group' } } : passage;
  return `${keyOfPassage(plain)} ${JSON.stringify(when)}`.replaceAll('\n', ' ');
}

function groupsIn(root: RootAccess): readonly GroupIn[] {
  const byOwner = groupBy(root.passages, ({ owner }) => owner);
  const keys = new Set([...root.groups.keys(), ...byOwner.keys()]);
  return [...keys].map((key) => ({
    root,
    key,
    group: root.groups.get(key) ?? { address: key, type: '', name: undefined, namePrefix: undefined, exists: true },
    passages: byOwner.get(key) ?? [],
  }));
}
