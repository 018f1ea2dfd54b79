/** Units that are evaluated one for another. */

import { EvaluationError } from '../terraform/values/errors.ts';

/** Deeper chains than this are not followed: the evaluator would run out of stack. */
const MAX_DEPTH = 100;

export class Chain {
  readonly #active = new Set<string>();
  readonly #noun: 'Units' | 'Components';

  constructor(noun: 'Units' | 'Components') {
    this.#noun = noun;
  }

  /**
   * @param circle what is thrown for one that waits for itself
   * @throws EvaluationError where the chain is too deep
   */
  within<T>(key: string, circle: () => Error, compute: () => T): T {
    if (this.#active.has(key)) throw circle();
    if (this.#active.size >= MAX_DEPTH) {
      throw new EvaluationError(`${this.#noun} depend on one another more than ${MAX_DEPTH} levels deep here.`, {
        kind: 'limit',
      });
    }
    this.#active.add(key);
    try {
      return compute();
    } finally {
      this.#active.delete(key);
    }
  }
}
