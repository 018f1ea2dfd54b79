/** What checks find in a model of which they have seen an earlier revision. */

import { type QueryCache, query } from '../collections/query-cache.ts';
import { onlyOf, type RuleSet, type SecurityModel } from '../model/security-group.ts';
import type { Problem } from '../source/problem.ts';
import type { Check } from './check.ts';
import type { Found, Setting } from './run.ts';

export interface Findings {
  readonly found: readonly Found[];
  /** Of checks that fail. */
  readonly problems: readonly Problem[];
}

/** What decides, beside a group and its rules, what the checks find there. */
interface GroupInput {
  /** The group's rules; several where there are too many to compare all with one another. */
  readonly ruleSets: readonly RuleSet[];
  /** The services that have the group. */
  readonly uses: string;
  /** All settings that something of the model can have. */
  readonly settings: readonly unknown[];
}

/** By the first of the group's rule sets. */
const groupFindings = query<GroupInput, Findings>(
  (a, b) => a.uses === b.uses && isSameList(a.ruleSets, b.ruleSets) && isSameList(a.settings, b.settings),
);

/**
 * What the checks find. Those that look at each group by itself run over the groups that are not the same as before, one by one.
 *
 * @param settings all that something of the model can have
 * @param run gives what some checks find in a model
 * @param cache of one root module in one environment
 */
export function findingsByGroup(
  checks: readonly Check[],
  model: SecurityModel,
  settings: Iterable<ReadonlyMap<string, Setting>>,
  run: (checks: readonly Check[], model: SecurityModel) => Findings,
  cache: QueryCache,
): Findings {
  const ofGroup = checks.filter(({ scope }) => scope !== 'model');
  const ofModel = checks.filter(({ scope }) => scope === 'model');
  const uses = usesByGroup(model);
  const inAll = [...settings];
  const groups = ruleSetsByGroup(model).map((ruleSets) => {
    const [first] = ruleSets;
    const input = { ruleSets, uses: (first.group && uses.get(first.group.address)) ?? '', settings: inAll };
    return cache.get(groupFindings, first, input, () => run(ofGroup, onlyOf(model, ruleSets)));
  });
  const all = [...groups, run(ofModel, model)];
  return { found: all.flatMap(({ found }) => found), problems: all.flatMap(({ problems }) => problems) };
}

/** The parts of a group's rules follow one another. */
function ruleSetsByGroup({ ruleSets }: SecurityModel): readonly (readonly [RuleSet, ...RuleSet[]])[] {
  const groups: [RuleSet, ...RuleSet[]][] = [];
  for (const set of ruleSets) {
    const last = groups.at(-1);
    if (last?.[0].all === set.all) last.push(set);
    else groups.push([set]);
  }
  return groups;
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

const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((each, index) => each === b[index]);
