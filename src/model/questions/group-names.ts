/** The names by which configurations refer to groups. */

import type { Addressed, Owner, Rule } from '../rule.ts';
import type { SecurityGroup, SecurityModel } from '../security-group.ts';

/** The address without instance keys, and the name where it is known. */
export function namesOfGroup({ subject, name }: SecurityGroup): readonly string[] {
  return name.kind === 'known' && name.value !== null ? [subject, name.value] : [subject];
}

/** Names of the groups that the resources of a model are about. */
export class GroupNames {
  readonly #model: SecurityModel;
  #groupsByAddress: ReadonlyMap<string, SecurityGroup> | undefined;
  #rulesByAddress: ReadonlyMap<string, Rule> | undefined;

  constructor(model: SecurityModel) {
    this.#model = model;
  }

  get #groups(): ReadonlyMap<string, SecurityGroup> {
    this.#groupsByAddress ??= new Map(this.#model.groups.map((group) => [group.address, group]));
    return this.#groupsByAddress;
  }

  get #rules(): ReadonlyMap<string, Rule> {
    this.#rulesByAddress ??= new Map(this.#model.rules.map((rule) => [rule.address, rule]));
    return this.#rulesByAddress;
  }

  /** A group from elsewhere has its identifier for a name; one that is not known before apply has none. */
  ofOwner(owner: Owner): readonly string[] {
    if (owner.kind === 'id') return [owner.id];
    const group = owner.kind === 'group' ? this.#groups.get(owner.address) : undefined;
    return group === undefined ? [] : namesOfGroup(group);
  }

  /** @param rule the rule that it is about, where that is known; otherwise what has the subject's address */
  of(subject: Addressed, rule: Rule | undefined): readonly string[] {
    const group = this.#groups.get(subject.address);
    if (rule === undefined && group !== undefined) return namesOfGroup(group);
    const own = rule ?? this.#rules.get(subject.address);
    return own === undefined ? [] : this.ofOwner(own.owner);
  }
}
