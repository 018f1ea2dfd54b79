/** Results of checks for groups that did not change. */

import type { RuleSet, SecurityModel } from '../model/security-group.ts';
import type { Check } from './check.ts';
import type { Part } from './finding.ts';
import type { Found, Setting } from './run.ts';

/** What was found of one group, as long as the same services have it. */
interface FoundOfGroup {
  readonly uses: string;
  readonly found: readonly Found[];
}

/** Of one root module in one environment, from run to run. */
export class CheckMemory {
  #groups = new Map<RuleSet, FoundOfGroup>();
  #settings: readonly unknown[] = [];
  readonly #parts = new WeakMap<Found, Part>();

  /**
   * What the checks find. Those that look at each group by itself run over the groups that are not the same as before.
   *
   * @param settings all that something of the model can have; what was found is forgotten unless they are the same objects as before
   * @param run gives what some checks find in a model
   */
  found(
    checks: readonly Check[],
    model: SecurityModel,
    settings: Iterable<ReadonlyMap<string, Setting>>,
    run: (checks: readonly Check[], model: SecurityModel) => Found[],
  ): readonly Found[] {
    this.#useSettings([...settings]);
    const uses = usesByGroup(model);
    const isKept = (set: RuleSet): boolean => this.#groups.get(set)?.uses === usesOf(set, uses);
    const kept = model.ruleSets.filter(isKept);
    const changed = model.ruleSets.filter((set) => !isKept(set));
    const ofGroups = run(
      checks.filter(({ scope }) => scope !== 'model'),
      partOfModel(model, changed),
    );
    const ofModel = run(
      checks.filter(({ scope }) => scope === 'model'),
      model,
    );
    const before = kept.map((set) => this.#groups.get(set)!);
    this.#learn(kept, before, changed, uses, ofGroups);
    return [...before.flatMap(({ found }) => found), ...ofGroups, ...ofModel];
  }

  /** What comes of something that was found, made once. */
  part(found: Found, make: (found: Found) => Part): Part {
    const known = this.#parts.get(found) ?? make(found);
    this.#parts.set(found, known);
    return known;
  }

  #useSettings(settings: readonly unknown[]): void {
    const isSame =
      settings.length === this.#settings.length && settings.every((each, index) => each === this.#settings[index]);
    if (!isSame) this.#groups = new Map();
    this.#settings = settings;
  }

  #learn(
    kept: readonly RuleSet[],
    before: readonly FoundOfGroup[],
    changed: readonly RuleSet[],
    uses: ReadonlyMap<string, string>,
    found: readonly Found[],
  ): void {
    const setOf = setFinder(changed);
    const bySet = new Map<RuleSet, Found[]>(changed.map((set) => [set, []]));
    const isComplete = found.every((each) => {
      const set = setOf(each);
      if (set !== undefined) bySet.get(set)?.push(each);
      return set !== undefined;
    });
    // What can't be told to be of one group is looked for anew each time.
    this.#groups = isComplete
      ? new Map([
          ...kept.map((set, index) => [set, before[index]!] as const),
          ...[...bySet].map(([set, some]) => [set, { uses: usesOf(set, uses), found: some }] as const),
        ])
      : new Map();
  }
}

/** The model as if only some groups were in it. */
function partOfModel(model: SecurityModel, ruleSets: readonly RuleSet[]): SecurityModel {
  const { root, environment, prefixLists, trees } = model;
  return {
    root,
    environment,
    groups: ruleSets.flatMap(({ group }) => group ?? []),
    rules: ruleSets.flatMap(({ rules }) => rules),
    prefixLists,
    ruleSets,
    get attachments() {
      return model.attachments;
    },
    trees,
  };
}

function setFinder(sets: readonly RuleSet[]): (found: Found) => RuleSet | undefined {
  const byOwner = new Map<unknown, RuleSet>();
  for (const set of sets) {
    for (const rule of set.rules) {
      byOwner.set(rule, set);
      if (rule.form === 'standalone') byOwner.set(rule.address, set);
    }
  }
  for (const set of sets) if (set.group !== undefined) byOwner.set(set.group.address, set);
  return ({ hit: { rule, subject } }) => byOwner.get(rule) ?? byOwner.get(subject.address);
}

/** The services that have each group, as text, by the group's address. */
function usesByGroup({ attachments }: SecurityModel): ReadonlyMap<string, string> {
  const uses = new Map<string, string>();
  for (const { address, kind, groups } of attachments) {
    for (const { group, named } of groups) {
      if (group === undefined) continue;
      const { span } = named.id;
      const use = `${address} ${kind} ${span.start} ${span.end} ${span.file.path}\n`;
      uses.set(group.address, (uses.get(group.address) ?? '') + use);
    }
  }
  return uses;
}

const usesOf = ({ group }: RuleSet, uses: ReadonlyMap<string, string>): string =>
  (group && uses.get(group.address)) ?? '';
