/** The key `locked` of a config that lies below others. */

import { exampleNames } from '../../findings/names.ts';
import type { Problem } from '../../source/problem.ts';
import { itemsOf, plainValue } from '../jsonc.ts';
import type { ConfigKey } from '../key.ts';
import { mistake, suggestion } from '../mistake.ts';
import { textList } from '../schema-parts.ts';

/** Names of keys, of which `checks` is all of them, and ids of checks. */
export type Locked = ReadonlySet<string>;

/** Keys that say how strict a run is. */
export const lockableKeys = [
  'include',
  'exclude',
  'failOn',
  'failOnUnresolved',
  'noNewAccess',
  'severityByReach',
  'checks',
  'trusted',
  'standIns',
  'suppressions',
  'baseline',
  'policy',
  'assert',
] as const;

export const key: ConfigKey<Locked | undefined, undefined> = {
  name: 'locked',
  order: 120,
  schema: (checks) =>
    textList('With --base-config: the keys and checks that a repository may only tighten. Default: all.', [
      ...lockableKeys,
      ...exampleNames(checks),
    ]),
  decode(node, { names, report }) {
    if (node?.kind !== 'array') return undefined;
    const problems: Problem[] = [];
    const known = itemsOf(node).flatMap((item) => {
      const name = String(plainValue(item));
      if (lockableKeys.some((each) => each === name)) return name;
      const named = names.find(name);
      if (named !== undefined) return named.map(({ id }) => id);
      const hint = suggestion(name, [...lockableKeys, ...names.spellings]);
      problems.push(mistake(item, `${JSON.stringify(name)} is neither a key that can be locked nor a check.`, hint));
      return [];
    });
    report(problems);
    return new Set(known);
  },
  merge: () => undefined,
  print: () => [],
};
