/** Configuration -> SecurityModel, through the adapters. */

import { append } from '../collections/append.ts';
import type { SyntaxTree } from '../hcl/syntax.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import type { Configuration, ResourceInstance } from '../terraform/instances/configuration.ts';
import type { ResourceDeclaration } from '../terraform/modules/module.ts';
import { type Because, compareStrings } from '../terraform/values/value.ts';
import type { Adapted, Adapter } from './aws/adapters/adapter.ts';
import { adapters } from './aws/adapters/index.ts';
import { type Attachment, attachmentsOf } from './aws/attachments.ts';
import { joinEntries, openPrefixList, type PrefixList, type StandaloneEntry } from './aws/prefix-list.ts';
import { comparableParts } from './questions/comparable.ts';
import type { Owner, Rule } from './rule.ts';
import { RuleSet, type SecurityGroup, type SecurityModel } from './security-group.ts';

/** What is kept of a root's model from run to run: what comes from the same instances is the same objects again. */
export class ModelMemory {
  readonly adapted = new WeakMap<ResourceInstance, Outcome<Adapted>>();
  /** Rules as they are in the model, by what the adapters gave. */
  readonly owned = new WeakMap<Rule, Rule>();
  /** By owner. */
  sets: ReadonlyMap<string, RuleSet> = new Map();
}

const adapterByType = new Map(adapters.flatMap((adapter) => adapter.types.map((type) => [type, adapter] as const)));

/** Whether the model holds what comes of a resource. */
export function isOfModel({ mode, type }: Pick<ResourceDeclaration, 'mode' | 'type'>): boolean {
  return mode === 'managed' && adapterByType.has(type);
}

/**
 * Every security group and rule that a configuration would create.
 *
 * @param environment the name of the inputs that it was evaluated with
 * @param memory of earlier runs of the same root
 */
export function normalize(
  configuration: Configuration,
  trees: readonly SyntaxTree[],
  environment: string | undefined,
  memory = new ModelMemory(),
): Outcome<SecurityModel> {
  const problems: Problem[] = [];
  const groups: SecurityGroup[] = [];
  const rules: Rule[] = [];
  const prefixLists: PrefixList[] = [];
  const prefixListEntries: StandaloneEntry[] = [];
  for (const instance of configuration.instances(isOfModel)) {
    const known = memory.adapted.get(instance);
    const { value: adapted, problems: faults } = known ?? adapt(adapterByType.get(instance.type)!, instance);
    if (known === undefined) memory.adapted.set(instance, { value: adapted, problems: faults });
    append(problems, faults);
    append(groups, adapted.groups ?? []);
    append(rules, adapted.rules ?? []);
    append(prefixLists, adapted.prefixLists ?? []);
    append(prefixListEntries, adapted.prefixListEntries ?? []);
  }
  groups.sort((a, b) => compareStrings(a.address, b.address));
  const byAddress = new Map(groups.map((group) => [group.address, group]));
  const lists = joinEntries(prefixLists, prefixListEntries);
  const owned = rules.map((rule) => {
    const before = memory.owned.get(rule);
    const owner = linkOwner(rule.owner, byAddress);
    const peers = lists.size === 0 ? rule.peers : rule.peers.map((peer) => openPrefixList(peer, lists));
    if (before !== undefined && isSameOwner(owner, before.owner) && isSameList(peers, before.peers)) return before;
    const own = { ...rule, owner, peers };
    memory.owned.set(rule, own);
    return own;
  });
  owned.sort((a, b) => compareStrings(a.address, b.address));
  const sortedLists = [...lists.values()].sort((a, b) => compareStrings(a.address, b.address));
  let attachments: readonly Attachment[] | undefined;
  const value: SecurityModel = {
    root: configuration.root.directory,
    environment,
    groups,
    rules: owned,
    prefixLists: sortedLists,
    ruleSets: ruleSets(groups, owned, memory, problems),
    get attachments() {
      attachments ??= attachmentsOf(configuration, groups);
      return attachments;
    },
    trees,
  };
  return { value, problems };
}

/** An identifier that is the `id` of a group of the configuration is that group. */
function linkOwner(owner: Owner, groups: ReadonlyMap<string, SecurityGroup>): Owner {
  if (owner.kind !== 'unknown' || owner.identity === undefined) return owner;
  const { address, path } = owner.identity;
  return path.length === 1 && path[0] === 'id' && groups.has(address) ? { kind: 'group', address } : owner;
}

function adapt(adapter: Adapter, instance: ResourceInstance): Outcome<Adapted> {
  const problems: Problem[] = [];
  return { value: adapter.adapt(instance, problems), problems };
}

function ruleSets(
  groups: readonly SecurityGroup[],
  rules: readonly Rule[],
  memory: ModelMemory,
  problems: Problem[],
): RuleSet[] {
  const sets = new Map<string, { group: SecurityGroup | undefined; rules: Rule[] }>();
  for (const group of groups) sets.set(`group ${group.address}`, { group, rules: [] });
  for (const rule of rules) {
    const key = ownerKey(rule.owner);
    const set = sets.get(key);
    if (set === undefined) sets.set(key, { group: undefined, rules: [rule] });
    else set.rules.push(rule);
  }
  const made = [...sets].flatMap(([key, { group, rules: all }]) => {
    const parts = comparableParts(all);
    if (parts.length > 1) problems.push(tooMany(group, all));
    return parts.map((some, index) => {
      const part = `${key} ${index}`;
      const before = memory.sets.get(part);
      const isSame =
        before?.group === group && isSameList(some, before?.rules ?? []) && isSameList(all, before?.all ?? []);
      return [part, before !== undefined && isSame ? before : new RuleSet(group, some, all)] as const;
    });
  });
  memory.sets = new Map(made);
  return made.map(([, set]) => set);
}

function tooMany(group: SecurityGroup | undefined, rules: readonly Rule[]): Problem {
  const { span, subject } = group ?? rules[0]!;
  const name = group === undefined ? 'The group of this rule' : subject;
  const message = `${name} has ${rules.length.toLocaleString('en')} rules, too many to compare every pair: each is compared with some of the others.`;
  return { kind: 'limit', severity: 'warning', message, span };
}

const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a === b || (a.length === b.length && a.every((each, index) => each === b[index]));

/** Of one rule, whose own part is the same: only whether its group is there can have changed. */
function isSameOwner(a: Owner, b: Owner): boolean {
  return a.kind === b.kind && (a.kind !== 'group' || (b.kind === 'group' && a.address === b.address));
}

/** The same text for rules of the same group. */
export function ownerKey(owner: Owner): string {
  switch (owner.kind) {
    case 'group':
      return `group ${owner.address}`;
    case 'id':
      return `id ${owner.id}`;
    case 'unknown': {
      const { identity, because } = owner;
      if (identity !== undefined) return `unknown ${identity.address}.${identity.path.join('.')}`;
      return `unknown ${because.map((reason: Because) => reason.name).join(' ')}`;
    }
  }
}
