/** Computed values with their inputs, so that a change recomputes only what depends on it. */

import { ProblemSink } from '../expressions/scope.ts';
import type { Budget } from '../values/budget.ts';

/** One value, or one set of instances. It takes the problems that came up on the way. */
export class Entry extends ProblemSink {
  #sources: Set<Entry> | undefined;
  #users: Set<Entry> | undefined;
  readonly #onForget: () => void;
  /** What it takes to work this out; undefined before anything is. */
  budget: Budget | undefined;
  #isForgotten = false;
  /** Whether it was asked for by itself, and not for something else. */
  #isWanted = false;

  /** @param onForget takes away what was computed, so that it is computed again when it is next asked for */
  constructor(onForget: () => void) {
    super();
    this.#onForget = onForget;
  }

  /** Notes that something else was computed from this; undefined for what is wanted for itself. */
  usedBy(user: Entry | undefined): void {
    if (user === undefined) this.#isWanted = true;
    if (user === undefined || user === this || user.#isForgotten) return;
    this.#users ??= new Set();
    this.#users.add(user);
    user.#sources ??= new Set();
    user.#sources.add(this);
  }

  /** Whether something that is wanted still comes of this: after a change it may be that nothing does. */
  isUsed(seen = new Set<Entry>()): boolean {
    if (this.#isWanted) return true;
    if (seen.has(this)) return false;
    seen.add(this);
    return [...(this.#users ?? [])].some((user) => user.isUsed(seen));
  }

  /** Forgets this and everything that was computed from it. */
  forget(): void {
    if (this.#isForgotten) return;
    this.#isForgotten = true;
    this.budget?.release();
    this.budget = undefined;
    for (const source of this.#sources ?? []) source.#users?.delete(this);
    const users = this.#users ?? [];
    this.#sources = undefined;
    this.#users = undefined;
    this.#onForget();
    for (const user of users) user.forget();
  }
}

/** Entries by name, each with what was computed. */
export class Entries<T> {
  readonly #known = new Map<string, { readonly entry: Entry; value: T | undefined }>();

  /** The entry of a name, as something that the user was computed from; made where there is none. */
  entry(name: string, user: Entry | undefined, onForget?: (value: T) => void): Entry {
    let known = this.#known.get(name);
    if (known === undefined) {
      const entry = new Entry(() => {
        const { value } = this.#known.get(name) ?? {};
        this.#known.delete(name);
        if (value !== undefined) onForget?.(value);
      });
      known = { entry, value: undefined };
      this.#known.set(name, known);
    }
    known.entry.usedBy(user);
    return known.entry;
  }

  /** What was computed under a name, if anything. */
  get(name: string): T | undefined {
    return this.#known.get(name)?.value;
  }

  /** Keeps what was computed, unless the entry was forgotten meanwhile. */
  set(name: string, entry: Entry, value: T): void {
    const known = this.#known.get(name);
    if (known?.entry === entry) known.value = value;
  }

  /** Forgets the entries whose names are wanted. */
  forget(isWanted: (name: string) => boolean): void {
    for (const [name, { entry }] of [...this.#known]) if (isWanted(name)) entry.forget();
  }

  *[Symbol.iterator](): Iterator<{ readonly name: string; readonly entry: Entry; readonly value: T | undefined }> {
    for (const [name, { entry, value }] of this.#known) yield { name, entry, value };
  }
}
