/** Limits of the evaluator: a small configuration can cause endless work. Work is counted in steps, some of which take a microsecond. */

import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { EvaluationError } from './errors.ts';
import { isMapping, isSequence, type Value } from './value.ts';

/** What the roots of one run may take in all beyond what their text allows them; each gets the same part. */
const sharedSteps = 6_000_000;

/** The same for the modules that a run judges by themselves because no caller makes an instance of them. */
const sharedStepsOfCalled = 1_000_000;

/** What each byte that a root is evaluated from allows it to take: an entry of a table that makes an instance has some 15. */
const stepsPerByte = 32;

/** More than this is not allowed for bytes, and not for those of files that functions read, such as a table of rules. */
const maximumForBytes = 5_000_000;
const maximumForFiles = 10_000_000;

/** A value may hold another many times over: counted as often as it is held. */
const maximumSize = 1_000_000;

/** The steps that one root may take beyond those that each of its declarations is allowed. */
export interface RootSteps {
  /** A part of what all roots of the run share. */
  readonly shared: number;
  /** For the bytes that it is evaluated from. */
  readonly own: number;
}

/**
 * @param count of the roots of the whole run, in all shards; or of its other modules
 * @param cases environments that the root is evaluated in
 * @param bytes of its modules, each once, and of its variable files
 */
export function rootSteps(kind: 'root' | 'called', count: number, cases: number, bytes: number): RootSteps {
  const all = kind === 'root' ? sharedSteps : sharedStepsOfCalled;
  return {
    shared: Math.floor(all / Math.max(count, 1) / Math.max(cases, 1)),
    own: Math.min(bytes * stepsPerByte, maximumForBytes),
  };
}

/** What the declarations of one root share. */
export class Pool {
  /** Of values that hold others, by what stays the same object wherever the value is seen. */
  readonly sizes: WeakMap<object, number>;
  readonly steps: RootSteps;
  #forFiles = 0;
  #drawn = 0;
  #problem: Problem | undefined;

  /** @param before the pool of an earlier evaluation of the same root */
  constructor(steps: RootSteps, before?: Pool) {
    this.steps = steps;
    this.sizes = before?.sizes ?? new WeakMap();
  }

  /** Says, once, that there was not enough. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Whether it would have been enough whatever files functions have read before. */
  get isSure(): boolean {
    return this.isEnough(this.steps);
  }

  /** The same with other steps. */
  isEnough({ shared, own }: RootSteps): boolean {
    return this.#problem === undefined && this.#drawn <= shared + own;
  }

  get left(): number {
    return this.#size - this.#drawn;
  }

  get #size(): number {
    return this.steps.shared + this.steps.own + this.#forFiles;
  }

  /** Adds what the bytes of a file allow that a function reads. */
  addFile(bytes: number): void {
    this.#forFiles = Math.min(this.#forFiles + bytes * stepsPerByte, maximumForFiles);
  }

  /** @throws EvaluationError of kind `limit`, for which there is a problem already, if that many steps are not left */
  draw(steps: number, span: Span): void {
    if (steps > this.left) throw this.exhausted(span);
    this.#drawn += steps;
  }

  /** Counts what was drawn in an earlier evaluation: it may be more than there is. */
  count(steps: number): void {
    this.#drawn += steps;
  }

  exhausted(span: Span): EvaluationError {
    const most = this.#size.toLocaleString('en');
    const message = `Evaluation stopped here after ${most} steps: later values are unknown, and later instances are missing.`;
    this.#problem ??= { kind: 'limit', severity: 'error', message, span };
    return new EvaluationError(message, { kind: 'limit', span, isTold: true });
  }
}

/** What one declaration may take: what its text allows, and then from the pool. */
export class Budget {
  #pool: Pool;
  #allowed: number;
  #spent = 0;
  #drawn = 0;

  /** @param allowed steps that are not taken from the pool */
  constructor(pool: Pool, allowed: number) {
    this.#pool = pool;
    this.#allowed = allowed;
  }

  /** Allows more that is not taken from the pool. */
  allow(steps: number): void {
    this.#allowed += steps;
  }

  /** @throws EvaluationError of kind `limit` if there are not that many steps */
  spend(steps: number, span: Span): void {
    this.#spent += steps;
    if (this.#spent > this.#allowed) this.#draw(span);
  }

  #draw(span: Span): void {
    const missing = this.#spent - this.#allowed;
    this.#spent = this.#allowed;
    this.#pool.draw(missing, span);
    this.#drawn += missing;
  }

  /**
   * Before something large is made: whether it can be paid afterwards.
   *
   * @throws EvaluationError of kind `limit` if there are not that many steps
   */
  check(steps: number, span: Span): void {
    if (this.#spent + steps > this.#allowed + this.#pool.left) throw this.#pool.exhausted(span);
  }

  /** Pays for as many of `count` things as it can, out of the pool: for all, or there is a problem. */
  payFor(count: number, steps: number, span: Span): number {
    const paid = Math.max(0, Math.min(count, Math.floor(this.#pool.left / steps)));
    this.#pool.draw(paid * steps, span);
    this.#drawn += paid * steps;
    if (paid < count) this.#pool.exhausted(span);
    return paid;
  }

  /** Takes from another pool from now on, which also counts what was taken already. */
  moveTo(pool: Pool): void {
    pool.count(this.#drawn);
    this.#pool = pool;
  }

  /** For looking at all of a value. */
  spendOn(value: Value, span: Span): void {
    if (value.kind === 'string') this.spend(value.value.length >> 4, span);
    else if (value.kind === 'unknown') this.spend(value.reasons.length >> 2, span);
    else if (isSequence(value) || isMapping(value)) this.spend(this.#sizeOf(value) >> 3, span);
  }

  /**
   * For making all of a value.
   *
   * @throws EvaluationError of kind `limit` also if it holds more members, at all depths, than can be gone through
   */
  spendOnMade<V extends Value>(value: V, span: Span): V {
    this.spendOn(value, span);
    this.spend(3 * Math.min(this.#sizeOf(value), maximumSize), span);
    return this.checkSize(value);
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
    throw new EvaluationError(`This value contains more than ${maximumSize.toLocaleString('en')} nested values.`, {
      kind: 'limit',
    });
  }

  #sizeOf(value: Value): number {
    if (isSequence(value)) return this.#sizeOfAll(value.items, value.items);
    if (isMapping(value)) return this.#sizeOfEntries(value.entries);
    if (value.kind !== 'unknown') return 1;
    let size = value.reasons.length;
    if (value.known !== undefined) size += this.#sizeOfAll(value.known, value.known);
    if (value.knownEntries !== undefined) size += this.#sizeOfEntries(value.knownEntries);
    return value.item === undefined ? size : size + this.#sizeOfAll(value.item, [value.item]);
  }

  /** @param holder what stays the same object when a value is seen at several places */
  #sizeOfAll(holder: object, members: readonly Value[]): number {
    const known = this.#pool.sizes.get(holder);
    if (known !== undefined) return known;
    let size = 1;
    for (let i = 0; i < members.length; i++) size += this.#sizeOf(members[i]!);
    this.#pool.sizes.set(holder, size);
    return size;
  }

  #sizeOfEntries(entries: ReadonlyMap<string, Value>): number {
    const known = this.#pool.sizes.get(entries);
    if (known !== undefined) return known;
    let size = 1;
    entries.forEach((entry) => {
      size += this.#sizeOf(entry);
    });
    this.#pool.sizes.set(entries, size);
    return size;
  }
}
