/** How a fault that many rules of one group have is told once. */

import { groupBy } from '../../collections/group-by.ts';
import { IN_THIS_FILE, type Together } from '../../findings/finding.ts';
import { waitsFor } from '../../model/fact.ts';
import { idInWords, ownerKey } from '../../model/owner-key.ts';
import type { Place } from '../../model/place.ts';
import type { Rule } from '../../model/rule.ts';
import type { SecurityGroup } from '../../model/security-group.ts';
import { spanKey } from '../../source/span.ts';
import { localAddress } from './description.ts';

/** Rules that could have a fault, by group and file. */
export class RulesTogether {
  readonly #placeOf: (rule: Rule) => Place;
  readonly #groups: ReadonlyMap<string, SecurityGroup>;
  readonly #places = new Map<string, Set<string>>();
  /** By group, the files with rules of it. */
  readonly #files: ReadonlyMap<string, ReadonlySet<string>>;

  /**
   * @param groups of the rules
   * @param placeOf where a rule's fault stands: what stands at one place counts once
   */
  constructor(rules: readonly Rule[], groups: readonly SecurityGroup[], placeOf: (rule: Rule) => Place) {
    this.#placeOf = placeOf;
    this.#groups = new Map(groups.map((group) => [group.address, group]));
    for (const rule of rules) {
      const key = this.#keyOf(rule);
      const known = this.#places.get(key) ?? new Set();
      this.#places.set(key, known.add(spanKey(placeOf(rule).span)));
    }
    const files = groupBy(rules, ({ owner }) => ownerKey(owner));
    this.#files = new Map(
      [...files].map(([owner, some]) => [owner, new Set(some.map((rule) => placeOf(rule).span.file.path))]),
    );
  }

  /**
   * Undefined where the group has no name.
   *
   * @param predicate completes `5 of 8 rules of aws_security_group.web`
   */
  of(rule: Rule, predicate: string): Together | undefined {
    const group = rule.owner.kind === 'group' ? this.#groups.get(rule.owner.address) : undefined;
    const name = nameOfOwner(rule, group);
    if (name === undefined) return undefined;
    const where = this.#files.get(ownerKey(rule.owner))!.size > 1 ? IN_THIS_FILE : '';
    return {
      words: ['', ` rules of ${name}${where} ${predicate}.`],
      of: this.#places.get(this.#keyOf(rule))!.size,
      ...(group && { subject: group.resourceAddress }),
      name: rule.form.kind === 'standalone' ? localAddress(rule) : `${rule.direction} rule`,
    };
  }

  #keyOf(rule: Rule): string {
    return `${ownerKey(rule.owner)}\n${this.#placeOf(rule).span.file.path}`;
  }
}

/** As the module of the rule has it; undefined where several values decide which group it is. */
function nameOfOwner({ owner, calls }: Rule, group: SecurityGroup | undefined): string | undefined {
  if (owner.kind === 'id') return idInWords(owner);
  if (owner.kind === 'unknown') {
    const names = waitsFor(owner.reasons);
    return owner.identity === undefined && names.length === 1 ? names[0] : undefined;
  }
  if (group === undefined) return undefined;
  return calls.map(({ name }) => name).join() === group.calls.map(({ name }) => name).join()
    ? localAddress(group)
    : group.resourceAddress;
}
