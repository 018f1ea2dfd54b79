/** What is learned of inputs that nobody gives while something is evaluated. */

type Names = ReadonlySet<string>;

export class InputNotes {
  readonly #reasons = new Map<string, Set<string>>();
  readonly #conditions = new Map<string, Set<string>>();
  readonly #renamed = new Set<string>();

  /** Which inputs decide what an unknown value depends on, by its name in messages. */
  get reasons(): ReadonlyMap<string, Names> {
    return this.#reasons;
  }

  /** The inputs that are conditions, with the other inputs that they depend on. */
  get conditions(): ReadonlyMap<string, Names> {
    return this.#conditions;
  }

  /** The conditions that are called by a local value. */
  get renamed(): Names {
    return this.#renamed;
  }

  addReason(reason: string, input: string): void {
    add(this.#reasons, reason, input);
  }

  addCondition(condition: string, sources: Iterable<string>): void {
    for (const source of sources) add(this.#conditions, condition, source);
  }

  addRenamed(condition: string): void {
    this.#renamed.add(condition);
  }

  addAll({ reasons, conditions, renamed }: InputNotes): void {
    for (const [reason, inputs] of reasons) for (const input of inputs) this.addReason(reason, input);
    for (const [condition, sources] of conditions) this.addCondition(condition, sources);
    for (const condition of renamed) this.addRenamed(condition);
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}
