/** The names by which configurations refer to groups. */

import type { Addressed, Owner, Rule } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';

/** The address without instance keys, and the name where it is known. */
export function namesOfGroup({ resourceAddress, name }: SecurityGroup): readonly string[] {
  return name.kind === 'known' && name.value !== null ? [resourceAddress, name.value] : [resourceAddress];
}

/** Names of the groups that resources are about. */
export class GroupNames {
  readonly #groups: readonly SecurityGroup[];
  readonly #rules: readonly Rule[];
  #groupsByAddress: ReadonlyMap<string, SecurityGroup> | undefined;
  #rulesByAddress: ReadonlyMap<string, Rule> | undefined;

  constructor(groups: readonly SecurityGroup[], rules: readonly Rule[]) {
    this.#groups = groups;
    this.#rules = rules;
  }

  /** What has an address: a rule by itself, and of a group or rule its instance. */
  of(subject: Addressed): readonly string[] {
    if (isRule(subject)) return this.#ofOwner(subject.owner);
    this.#groupsByAddress ??= new Map(this.#groups.map((group) => [group.address, group]));
    const group = this.#groupsByAddress.get(subject.address);
    if (group !== undefined) return namesOfGroup(group);
    this.#rulesByAddress ??= new Map(this.#rules.map((rule) => [rule.address, rule]));
    const rule = this.#rulesByAddress.get(subject.address);
    return rule === undefined ? [] : this.#ofOwner(rule.owner);
  }

  /** Of everything; some more than once. */
  *all(): Iterable<readonly string[]> {
    for (const { owner } of this.#rules) yield this.#ofOwner(owner);
    for (const group of this.#groups) yield namesOfGroup(group);
  }

  /** A group from elsewhere has its identifier for a name; one that is not known before apply has none. */
  #ofOwner(owner: Owner): readonly string[] {
    if (owner.kind === 'id') return [owner.id];
    if (owner.kind !== 'group') return [];
    this.#groupsByAddress ??= new Map(this.#groups.map((group) => [group.address, group]));
    const group = this.#groupsByAddress.get(owner.address);
    return group === undefined ? [] : namesOfGroup(group);
  }
}

const isRule = (subject: Addressed): subject is Rule => 'owner' in subject;
