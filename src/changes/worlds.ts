/** The worlds that two states speak of, as far as they differ in what is compared. */

import type { Condition, When } from '../model/when.ts';

/** What inputs are in a world; an input that is left as it is has no entry. */
export type ComparedWorld = ReadonlyMap<string, Condition>;

/** More worlds of one group are not looked at. */
const maximum = 1024;

/** A world by itself, and the two states in it. */
export interface WorldsOfPair {
  readonly worlds: readonly ComparedWorld[];
  /** Whether there are more than are looked at. */
  readonly isCut: boolean;
}

/**
 * @param conditions all that is said of what is compared
 * @param switches names of variables with a default that nobody gives: they are left as they are, or something that is spoken of
 * @param rejected worlds of other values than are spoken of, which Terraform rejects
 */
export function worldsOf(
  conditions: Iterable<readonly When[]>,
  switches: ReadonlySet<string>,
  rejected: readonly When[],
): WorldsOfPair {
  const values = new Map<string, Map<string, Condition>>();
  const open = new Set<string>();
  for (const all of conditions) {
    for (const when of all) {
      for (const [name, condition] of Object.entries(when)) {
        const known = values.get(name) ?? new Map<string, Condition>();
        values.set(name, known);
        const some = isOthers(condition) ? condition.not : [condition];
        if (isOthers(condition)) open.add(name);
        for (const value of some) known.set(JSON.stringify(value), value as Condition);
      }
    }
  }
  let worlds: ComparedWorld[] = [new Map()];
  for (const [name, known] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const choices = choicesOf(known, switches.has(name), open.has(name));
    if (worlds.length * choices.length > maximum) return { worlds, isCut: true };
    worlds = worlds.flatMap((world) =>
      choices.map((choice) => (choice === undefined ? world : new Map([...world, [name, choice]]))),
    );
  }
  const isPossible = (world: ComparedWorld): boolean =>
    rejected.every((when) => ![...world.values()].some(isOthers) || !holdsIn([when], world));
  return { worlds: worlds.filter(isPossible), isCut: false };
}

function choicesOf(
  known: ReadonlyMap<string, Condition>,
  isSwitch: boolean,
  isOpen: boolean,
): readonly (Condition | undefined)[] {
  const own = [...known.values()];
  if (isSwitch) return [undefined, ...own];
  const isBool = own.length === 2 && own.every((value) => typeof value === 'boolean');
  if (isBool && !isOpen) return own;
  return [...own, { not: own as never }];
}

/** Whether something that holds in some worlds holds in one. */
export function holdsIn(when: readonly When[], world: ComparedWorld): boolean {
  return (
    when.length === 0 || when.some((each) => Object.entries(each).every(([name, is]) => fits(is, world.get(name))))
  );
}

function fits(condition: Condition, choice: Condition | undefined): boolean {
  if (choice === undefined) return false;
  if (!isOthers(condition)) return !isOthers(choice) && choice === condition;
  const excluded = new Set(condition.not.map((value) => JSON.stringify(value)));
  return isOthers(choice) || !excluded.has(JSON.stringify(choice));
}

export const whenOfWorld = (world: ComparedWorld): When => Object.fromEntries(world);

const isOthers = (condition: Condition): condition is Extract<Condition, object> =>
  typeof condition === 'object' && condition !== null;
