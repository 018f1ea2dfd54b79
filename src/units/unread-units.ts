/** Units and components whose modules were not read, as problems: one for each reason, with what to do. */

import type { Problem } from '../source/problem.ts';
import { listed } from '../terraform/modules/unread.ts';
import type { StandIn } from '../terraform/stand-ins/stand-in.ts';
import type { UnreadUnit } from './source.ts';

const reasons: Readonly<Record<UnreadUnit['source']['reason'], { readonly because: string; readonly hint: string }>> = {
  remote: {
    because: 'not in this repository',
    hint: 'Run "tfsg modules" for the command that gets them, or name directories in "modules" of .tfsgrc.json.',
  },
  missing: { because: 'missing', hint: 'Correct the source, or check out its directory.' },
  outside: {
    because: 'outside the directories that tfsg reads',
    hint: 'Run tfsg on a directory, or in a repository, that contains the module too.',
  },
  computed: {
    because: 'named by a source that depends on unknown values',
    hint: 'Write the source as a plain string. For Terragrunt, "terragrunt render --json -w" writes it to terragrunt.rendered.json.',
  },
};

/** A warning for each reason, at the first source. */
export function describeUnreadUnits(
  unread: readonly UnreadUnit[],
  noun: 'Terragrunt unit' | 'stack component',
): readonly Problem[] {
  const byReason = new Map<UnreadUnit['source']['reason'], UnreadUnit[]>();
  for (const each of unread) {
    const same = byReason.get(each.source.reason);
    if (same === undefined) byReason.set(each.source.reason, [each]);
    else same.push(each);
  }
  return [...byReason].map(([reason, units]) => {
    const { because, hint } = reasons[reason];
    const sources = units.flatMap(({ source: { source } }) => (source === '' ? [] : JSON.stringify(source)));
    const names = sources.length === 0 ? '' : ` (${listed(sources)})`;
    const [what, verb] =
      units.length === 1 ? [`The module of this ${noun}`, 'is'] : [`The modules of ${units.length} ${noun}s`, 'are'];
    return {
      kind: 'module',
      severity: 'warning',
      message: `${what} ${verb} ${because}${names}, so ${units.length === 1 ? 'its' : 'their'} rules were not checked.`,
      span: units[0]!.span,
      hint,
    };
  });
}

/** A unit whose module a stand-in is checked for. */
export type StandInUnit = UnreadUnit & { readonly standIn: StandIn };

/** One warning for all, at the first source. */
export function describeStandIns(units: readonly StandInUnit[]): readonly Problem[] {
  const [first] = units;
  if (first === undefined) return [];
  const named = listed(units.map(({ standIn: { module, versions } }) => `${module} ${versions}`));
  const what =
    units.length === 1
      ? 'The module of this Terragrunt unit is'
      : `The modules of ${units.length} Terragrunt units are`;
  return [
    {
      kind: 'module',
      severity: 'warning',
      message: `${what} not in this repository, so tfsg checked ${units.length === 1 ? 'its stand-in' : 'their stand-ins'} (${named}).`,
      span: first.span,
      hint: 'A stand-in makes the same rules as the module does. To check the module itself, name a directory for its source in "modules" of .tfsgrc.json.',
    },
  ];
}
