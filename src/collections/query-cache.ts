/** What a run keeps for the next one: the results of queries, by key. */

/** One kind of work. Its input is all that a result depends on beside its key. */
export interface Query<Input, Result> {
  isSame(a: Input, b: Input): boolean;
  /** Ties the type of the results to the query. */
  readonly result?: Result;
}

/** @param isSame whether two inputs have the same result; absent: the key says it all */
export function query<Input, Result>(isSame: (a: Input, b: Input) => boolean = () => true): Query<Input, Result> {
  return { isSame };
}

interface Kept {
  readonly input: unknown;
  readonly result: unknown;
  /** The last revision that asked for it, by a text. */
  revision: number;
}

/** Results with a text as key, by query. */
type Named = Map<unknown, Map<string, Kept>>;

/** What the scopes of one cache share. */
interface Store {
  revision: number;
  /** By scope. */
  readonly named: Map<string, Named>;
  readonly held: Map<unknown, WeakMap<object, Kept>>;
}

/**
 * Results by query and key. A result is never changed: whoever has one can keep it, and another input gives another result. Each run
 * is a revision; what one revision does not ask for is dropped when the next but one begins. A result whose key is an object is kept
 * as long as that object.
 */
export class QueryCache {
  readonly #store: Store;
  readonly #scope: string;
  readonly #named: Named;
  readonly #below: QueryCache | undefined;

  /** @param below where else results are looked up */
  constructor(store: Store = { revision: 0, named: new Map(), held: new Map() }, scope = '', below?: QueryCache) {
    this.#store = store;
    this.#scope = scope;
    this.#below = below;
    this.#named = store.named.get(scope) ?? new Map();
    store.named.set(scope, this.#named);
  }

  /** The same cache, with names of its own. */
  within(scope: string): QueryCache {
    return new QueryCache(this.#store, `${this.#scope}${JSON.stringify(scope)} `, this.#below?.within(scope));
  }

  /** The same results; what is kept in it goes with it. */
  aside(): QueryCache {
    const { revision } = this.#store;
    return new QueryCache({ revision, named: new Map(), held: new Map() }, this.#scope, this);
  }

  /** Begins a run. */
  beginRevision(): void {
    const { named, revision } = this.#store;
    for (const [scope, ofScope] of named) {
      for (const results of ofScope.values()) {
        for (const [key, kept] of results) if (kept.revision < revision) results.delete(key);
      }
      const isEmpty = [...ofScope.values()].every(({ size }) => size === 0);
      if (isEmpty && ofScope !== this.#named) named.delete(scope);
    }
    this.#store.revision++;
  }

  /** The result that is known for this input. */
  find<Input, Result>(of: Query<Input, Result>, key: string | object, input: Input): Result | undefined {
    const kept = this.#kept(of, key);
    if (kept === undefined || !of.isSame(kept.input as Input, input)) return undefined;
    if (typeof key === 'string') kept.revision = this.#store.revision;
    return kept.result as Result;
  }

  /** The latest result, whatever its input. */
  latest<Result>(of: Query<never, Result>, key: string | object): Result | undefined {
    return this.#kept(of, key)?.result as Result | undefined;
  }

  keep<Input, Result>(of: Query<Input, Result>, key: string | object, input: Input, result: Result): Result {
    const { held, revision } = this.#store;
    const kept: Kept = { input, result, revision };
    if (typeof key === 'string') {
      const results = this.#named.get(of) ?? new Map<string, Kept>();
      this.#named.set(of, results);
      results.set(key, kept);
    } else {
      const results = held.get(of) ?? new WeakMap<object, Kept>();
      held.set(of, results);
      results.set(key, kept);
    }
    return result;
  }

  /** The result that is known for this input, or else the one that is computed now. */
  get<Input, Result>(of: Query<Input, Result>, key: string | object, input: Input, compute: () => Result): Result {
    return this.find(of, key, input) ?? this.keep(of, key, input, compute());
  }

  #kept(of: unknown, key: string | object): Kept | undefined {
    const kept = typeof key === 'string' ? this.#named.get(of)?.get(key) : this.#store.held.get(of)?.get(key);
    return kept === undefined && this.#below !== undefined ? this.#below.#kept(of, key) : kept;
  }
}

/** What gives results, be they known or not. */
export type Results = Pick<QueryCache, 'get'>;

/** Where nobody asks a second time: to keep is to hold twice as much in memory. */
export const unkept: Results = { get: (_of, _key, _input, compute) => compute() };
