/** What checks find in a model of which they have seen an earlier revision. */

import { type QueryCache, query } from '../collections/query-cache.ts';
import { isSameList } from '../collections/same-list.ts';
import type { KindModel } from '../model/kind-model.ts';
import type { Problem } from '../source/problem.ts';
import type { Check } from './check.ts';
import type { CheckHit } from './check-hit.ts';
import type { Setting } from './setting.ts';

export interface Findings {
  readonly found: readonly CheckHit[];
  /** Of checks that fail, or find too much. */
  readonly problems: readonly Problem[];
}

/** What is the same for all units. */
interface Asked {
  /** Ids of the checks. */
  readonly checks: readonly string[];
  /** All settings that something of the model can have. */
  readonly settings: readonly unknown[];
}

/** The same object again where nothing is different, so that each unit has one comparison to make. */
const askedOfUnits = query<Asked, Asked>(
  (a, b) => isSameList(a.settings, b.settings) && isSameList(a.checks, b.checks),
);

/** What decides what the checks find in a unit. */
interface UnitInput {
  readonly asked: Asked;
  readonly parts: readonly object[];
  readonly surroundings: string;
}

/** By the first part of the unit. */
const unitFindings = query<UnitInput, Findings>(
  (a, b) => a.asked === b.asked && a.surroundings === b.surroundings && isSameList(a.parts, b.parts),
);

/**
 * What the checks find. Those that look at each unit by itself run over the units that are not the same as before, one by one.
 *
 * @param settings all that something of the model can have
 * @param run gives what some checks find in a model
 * @param cache of one kind of model of one root module in one environment
 */
export function findingsByUnit(
  checks: readonly Check[],
  model: KindModel,
  settings: Iterable<ReadonlyMap<string, Setting>>,
  run: (checks: readonly Check[], model: KindModel) => Findings,
  cache: QueryCache,
): Findings {
  const ofUnit = checks.filter(({ scope }) => scope !== 'model');
  const ofModel = checks.filter(({ scope }) => scope === 'model');
  const now: Asked = { checks: ofUnit.map(({ id }) => id), settings: [...settings] };
  const asked = cache.get(askedOfUnits, 'units', now, () => now);
  const units = model.units.map((parts) => {
    const [first] = parts;
    const input = { asked, parts, surroundings: model.surroundingsOf(first) };
    return cache.get(unitFindings, first, input, () => run(ofUnit, model.restrictedTo(parts)));
  });
  const all = [...units, run(ofModel, model)];
  return { found: all.flatMap(({ found }) => found), problems: all.flatMap(({ problems }) => problems) };
}
