/** What checks found in parts of models that are the same as before. */

import type { KindModel } from '../model/kind-model.ts';
import type { Check } from './check.ts';
import type { Part } from './finding.ts';
import type { Found } from './found.ts';
import type { Setting } from './setting.ts';

/** What was found in one unit of a model, as long as its surroundings are the same. */
interface FoundInUnit {
  readonly surroundings: string;
  readonly found: readonly Found[];
}

/** Of one root module in one environment, from run to run. */
export class CheckMemory {
  readonly #kinds = new Map<string, KindMemory>();
  readonly #parts = new WeakMap<Found, Part>();

  /**
   * What the checks of one kind of model find. Those that look at each unit by itself run over the units that are not the same as
   * before.
   *
   * @param settings all that something of the model can have; what was found is forgotten unless they are the same objects as before
   * @param run gives what some checks find in a model
   */
  found(
    kind: string,
    checks: readonly Check[],
    model: KindModel,
    settings: Iterable<ReadonlyMap<string, Setting>>,
    run: (checks: readonly Check[], model: KindModel) => Found[],
  ): readonly Found[] {
    const memory = this.#kinds.get(kind) ?? new KindMemory();
    this.#kinds.set(kind, memory);
    return memory.found(checks, model, settings, run);
  }

  /** What comes of something that was found, made once. */
  part(found: Found, make: (found: Found) => Part): Part {
    const known = this.#parts.get(found) ?? make(found);
    this.#parts.set(found, known);
    return known;
  }
}

/** Of one kind of model. */
class KindMemory {
  #units = new Map<object, FoundInUnit>();
  #settings: readonly unknown[] = [];

  found(
    checks: readonly Check[],
    model: KindModel,
    settings: Iterable<ReadonlyMap<string, Setting>>,
    run: (checks: readonly Check[], model: KindModel) => Found[],
  ): readonly Found[] {
    this.#useSettings([...settings]);
    const isKept = (unit: object): boolean => this.#units.get(unit)?.surroundings === model.surroundingsOf(unit);
    const kept = model.units.filter(isKept);
    const changed = model.restrictedTo(model.units.filter((unit) => !isKept(unit)));
    const ofUnits = run(
      checks.filter(({ scope }) => scope !== 'model'),
      changed,
    );
    const ofModel = run(
      checks.filter(({ scope }) => scope === 'model'),
      model,
    );
    const before = kept.map((unit) => this.#units.get(unit)!);
    this.#learn(kept, before, changed, ofUnits);
    return [...before.flatMap(({ found }) => found), ...ofUnits, ...ofModel];
  }

  #useSettings(settings: readonly unknown[]): void {
    const isSame =
      settings.length === this.#settings.length && settings.every((each, index) => each === this.#settings[index]);
    if (!isSame) this.#units = new Map();
    this.#settings = settings;
  }

  #learn(kept: readonly object[], before: readonly FoundInUnit[], changed: KindModel, found: readonly Found[]): void {
    const byUnit = new Map<object, Found[]>(changed.units.map((unit) => [unit, []]));
    const isComplete = found.every((each) => {
      const unit = changed.unitOf(each.hit.rule ?? each.hit.subject);
      if (unit !== undefined) byUnit.get(unit)?.push(each);
      return unit !== undefined;
    });
    // What can't be told to be in one unit is looked for anew each time.
    this.#units = isComplete
      ? new Map([
          ...kept.map((unit, index) => [unit, before[index]!] as const),
          ...[...byUnit].map(
            ([unit, some]) => [unit, { surroundings: changed.surroundingsOf(unit), found: some }] as const,
          ),
        ])
      : new Map();
  }
}
