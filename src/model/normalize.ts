/** Configuration -> SecurityModel, through the adapters. */

import type { SyntaxTree } from '../hcl/syntax.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import type { Configuration } from '../terraform/configuration.ts';
import { type Because, compareStrings } from '../terraform/value.ts';
import { adapters } from './adapters/index.ts';
import { type Attachment, attachmentsOf } from './attachments.ts';
import { joinEntries, openPrefixList, type PrefixList, type StandaloneEntry } from './prefix-list.ts';
import type { Owner, Rule } from './rule.ts';
import { RuleSet, type SecurityGroup, type SecurityModel } from './security-group.ts';

/** Every security group and rule that a configuration would create. */
export function normalize(configuration: Configuration, trees: readonly SyntaxTree[]): Outcome<SecurityModel> {
  const byType = new Map(adapters.flatMap((adapter) => adapter.types.map((type) => [type, adapter] as const)));
  const problems: Problem[] = [];
  const groups: SecurityGroup[] = [];
  const rules: Rule[] = [];
  const prefixLists: PrefixList[] = [];
  const prefixListEntries: StandaloneEntry[] = [];
  for (const instance of configuration.instances(({ mode, type }) => mode === 'managed' && byType.has(type))) {
    const adapted = byType.get(instance.type)!.adapt(instance, problems);
    groups.push(...(adapted.groups ?? []));
    rules.push(...(adapted.rules ?? []));
    prefixLists.push(...(adapted.prefixLists ?? []));
    prefixListEntries.push(...(adapted.prefixListEntries ?? []));
  }
  groups.sort((a, b) => compareStrings(a.address, b.address));
  const byAddress = new Map(groups.map((group) => [group.address, group]));
  const lists = joinEntries(prefixLists, prefixListEntries);
  const owned = rules.map((rule) => ({
    ...rule,
    owner: linkOwner(rule.owner, byAddress),
    peers: rule.peers.map((peer) => openPrefixList(peer, lists)),
  }));
  owned.sort((a, b) => compareStrings(a.address, b.address));
  const sortedLists = [...lists.values()].sort((a, b) => compareStrings(a.address, b.address));
  let attachments: readonly Attachment[] | undefined;
  const value: SecurityModel = {
    groups,
    rules: owned,
    prefixLists: sortedLists,
    ruleSets: ruleSets(groups, owned),
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

function ruleSets(groups: readonly SecurityGroup[], rules: readonly Rule[]): RuleSet[] {
  const sets = new Map<string, { group: SecurityGroup | undefined; rules: Rule[] }>();
  for (const group of groups) sets.set(`group ${group.address}`, { group, rules: [] });
  for (const rule of rules) {
    const key = ownerKey(rule.owner);
    const set = sets.get(key);
    if (set === undefined) sets.set(key, { group: undefined, rules: [rule] });
    else set.rules.push(rule);
  }
  return [...sets.values()].map((set) => new RuleSet(set.group, set.rules));
}

function ownerKey(owner: Owner): string {
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
