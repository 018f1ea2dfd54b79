/** Inputs that nobody has given, as an evaluation meets them. */

import type { Worlds } from '../expressions/worlds.ts';
import type { InputAnswer } from '../values/inputs.ts';
import type { Entry } from './entry.ts';

/** Inputs that a world has values for, by name. */
export type World = ReadonlyMap<string, InputAnswer>;

export const noWorld: World = new Map();

/** Which inputs decide what an unknown value depends on, by its name in messages. */
export type InputsByReason = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The inputs of one evaluation. What is learned of reasons is kept from revision to revision: what is computed again adds to it, and a name that
 * is no input any more has no candidates.
 */
export class WorldInputs {
  readonly #world: World;
  readonly #reasons: Map<string, Set<string>>;
  /** What the conditions that are inputs are made of. */
  readonly #conditions: Map<string, Set<string>>;
  /** The local values that conditions are called by. */
  readonly #locals: Map<string, Set<string>>;

  constructor(world: World, before: WorldInputs | undefined) {
    this.#world = world;
    this.#reasons = before === undefined ? new Map() : before.#reasons;
    this.#conditions = before === undefined ? new Map() : before.#conditions;
    this.#locals = before === undefined ? new Map() : before.#locals;
  }

  get reasons(): InputsByReason {
    return this.#reasons;
  }

  /** What a condition depends on; undefined for an input that is no condition. */
  sourcesOf(input: string): ReadonlySet<string> | undefined {
    return this.#conditions.get(input);
  }

  /** Calls a condition by the local value that it is. */
  rename(condition: string, local: string): void {
    const sources = this.#conditions.get(condition);
    if (sources === undefined || condition === local) return;
    this.#conditions.set(local, sources);
    add(this.#locals, condition, local);
  }

  /** The local values that a condition is called by, or was in an earlier revision. */
  localsOf(condition: string): ReadonlySet<string> {
    return this.#locals.get(condition) ?? new Set();
  }

  /** The inputs, for what is computed in one entry of a module. */
  for(user: Entry<unknown>, prefix: string): Worlds {
    return {
      prefix,
      answer: (input) => this.#world.get(input),
      explain: (reason, input) => add(this.#reasons, reason, input),
      makeCondition: (condition, reasons) => {
        for (const reason of reasons) {
          for (const input of this.#reasons.get(reason) ?? [])
            if (input !== condition && !this.#conditions.has(input)) add(this.#conditions, condition, input);
        }
      },
      propose: (input, candidate) => {
        user.proposals.push({ input, candidate });
      },
    };
  }

  /** The inputs whose values are others in another world, conditions by what they are made of. */
  changes(now: World): ReadonlySet<string> {
    const names = new Set([...this.#world.keys(), ...now.keys()]);
    const changed = [...names].filter((name) => this.#world.get(name) !== now.get(name));
    const all = new Set(changed);
    // A set goes on to what is added to it meanwhile.
    for (const name of all) for (const source of this.#conditions.get(name) ?? []) all.add(source);
    return all;
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
