/** How much one root may ask of the evaluator: a configuration can be small and mean endless work. */

import { EvaluationError } from './errors.ts';
import { isMapping, isSequence, type Value } from './value.ts';

/** Far beyond what configurations need, which is some hundred thousand. */
const maximumTurns = 5_000_000;

/** A value may hold another many times over: counted as often as it is held. */
const maximumSize = 1_000_000;

export class Budget {
  #turns = 0;
  readonly #sizes = new WeakMap<object, number>();

  /** All turns again, for what is evaluated after a change. */
  renew(): void {
    this.#turns = 0;
  }

  /**
   * One more turn of a loop.
   *
   * @throws EvaluationError of kind `limit` past all the turns that a root may take
   */
  spendTurn(): void {
    this.#turns++;
    if (this.#turns <= maximumTurns) return;
    throw new EvaluationError(
      `The loops of this configuration take more than ${maximumTurns.toLocaleString('en')} turns.`,
      { kind: 'limit' },
    );
  }

  /**
   * The value itself.
   *
   * @throws EvaluationError of kind `limit` if it holds more members, at all depths, than can be gone through
   */
  checkSize<V extends Value>(value: V): V {
    this.addSize(0, value);
    return value;
  }

  /**
   * The size of a value that has so many members so far and gets one more.
   *
   * @throws EvaluationError of kind `limit` if that is more than can be gone through
   */
  addSize(size: number, member: Value): number {
    const sum = size + this.#sizeOf(member);
    if (sum <= maximumSize) return sum;
    throw new EvaluationError(
      `This value holds more than ${maximumSize.toLocaleString('en')} others, one inside the other.`,
      { kind: 'limit' },
    );
  }

  #sizeOf(value: Value): number {
    if (isSequence(value)) return this.#sizeOfAll(value.items, value.items);
    if (isMapping(value)) return this.#sizeOfAll(value.entries, value.entries.values());
    if (value.kind !== 'unknown') return 1;
    let size = 1;
    if (value.known !== undefined) size += this.#sizeOfAll(value.known, value.known);
    if (value.knownEntries !== undefined) size += this.#sizeOfAll(value.knownEntries, value.knownEntries.values());
    return value.item === undefined ? size : size + this.#sizeOfAll(value.item, [value.item]);
  }

  /** @param holder what stays the same object when a value is seen at several places */
  #sizeOfAll(holder: object, members: Iterable<Value>): number {
    const known = this.#sizes.get(holder);
    if (known !== undefined) return known;
    let size = 1;
    for (const member of members) size += this.#sizeOf(member);
    this.#sizes.set(holder, size);
    return size;
  }
}
