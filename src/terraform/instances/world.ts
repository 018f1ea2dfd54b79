/** Inputs that nobody has given, as an evaluation meets them. */

import type { Worlds } from '../expressions/worlds.ts';
import type { InputAnswer } from '../values/inputs.ts';
import type { Value } from '../values/value.ts';
import type { Entry } from './entry.ts';
import { InputNotes } from './input-notes.ts';

/** Inputs that a world has values for, by name. */
export type World = ReadonlyMap<string, InputAnswer>;

export const noWorld: World = new Map();

/** The inputs of one evaluation, and what is learned of them while it goes on. */
export class WorldInputs {
  readonly #world: World;
  readonly #notes = new InputNotes();

  constructor(world: World) {
    this.#world = world;
  }

  /** Which inputs decide what an unknown value depends on, by its name in messages. */
  get reasons(): InputNotes['reasons'] {
    return this.#notes.reasons;
  }

  /** What a condition depends on; undefined for an input that is no condition. */
  sourcesOf(input: string): ReadonlySet<string> | undefined {
    return this.#notes.conditions.get(input);
  }

  /** Calls a condition by the local value that it is. */
  rename(condition: string, local: string, user: Entry<unknown>): void {
    const sources = this.sourcesOf(condition);
    if (sources === undefined || condition === local) return;
    for (const notes of [this.#notes, notesOf(user)]) {
      notes.addCondition(local, sources);
      notes.addRenamed(condition);
    }
  }

  isRenamed(condition: string): boolean {
    return this.#notes.renamed.has(condition);
  }

  /** The inputs, for what is computed in one entry of a module. */
  for(user: Entry<unknown>, prefix: string): Worlds {
    return new EntryWorlds(this, user, prefix);
  }

  answer(input: string): InputAnswer | undefined {
    return this.#world.get(input);
  }

  explain(reason: string, input: string, user: Entry<unknown>): void {
    this.#notes.addReason(reason, input);
    notesOf(user).addReason(reason, input);
  }

  makeCondition(condition: string, reasons: readonly string[], user: Entry<unknown>): void {
    const behind = reasons.flatMap((reason) => [...(this.reasons.get(reason) ?? [])]);
    // What decides a condition is what decides those that depend on the same.
    const sources = behind.flatMap((input) => (input === condition ? [] : [...(this.sourcesOf(input) ?? [input])]));
    for (const notes of [this.#notes, notesOf(user)]) notes.addCondition(condition, sources);
  }

  /** Takes over what was learned of inputs when something was worked out in an earlier revision. */
  adopt({ inputNotes }: Entry<unknown>): void {
    if (inputNotes !== undefined) this.#notes.addAll(inputNotes);
  }

  /** The inputs whose values are others in another world, conditions by what they are made of. */
  changes(now: World): ReadonlySet<string> {
    const names = new Set([...this.#world.keys(), ...now.keys()]);
    const changed = [...names].filter((name) => this.#world.get(name) !== now.get(name));
    const all = new Set(changed);
    // A set goes on to what is added to it meanwhile.
    for (const name of all) for (const source of this.sourcesOf(name) ?? []) all.add(source);
    return all;
  }
}

class EntryWorlds implements Worlds {
  readonly prefix: string;
  readonly #inputs: WorldInputs;
  readonly #user: Entry<unknown>;

  constructor(inputs: WorldInputs, user: Entry<unknown>, prefix: string) {
    this.#inputs = inputs;
    this.#user = user;
    this.prefix = prefix;
  }

  answer(input: string): InputAnswer | undefined {
    return this.#inputs.answer(input);
  }

  propose(input: string, candidate: Value): void {
    this.#user.proposals.push({ input, candidate });
  }

  explain(reason: string, input: string): void {
    this.#inputs.explain(reason, input, this.#user);
  }

  makeCondition(condition: string, reasons: readonly string[]): void {
    this.#inputs.makeCondition(condition, reasons, this.#user);
  }
}

function notesOf(user: Entry<unknown>): InputNotes {
  user.inputNotes ??= new InputNotes();
  return user.inputNotes;
}
