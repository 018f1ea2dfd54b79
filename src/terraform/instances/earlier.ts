/** The revision of a root before this one, and what of it does not hold any more. */

import type { Attribute } from '../../hcl/syntax.ts';
import type { CalledModule, LoadedModule } from '../modules/load.ts';
import type { Declaration } from '../modules/module.ts';
import { declaredKey, entryKeys, isOutput, type References } from './references.ts';

/** What has to be known of a module instance of the earlier revision. */
export interface PlacedInstance<I> {
  readonly module: LoadedModule;
  /** The instances of a call that were made. */
  made(call: string): readonly I[];
  readonly calledBy: { readonly instance: I; readonly name: string } | undefined;
}

/** Who asks for something. */
export interface User {
  readonly key: string;
  /** The call in whose instances it is; absent in the same module. */
  readonly inCalled?: string;
}

/** The keys of what is declared by another object in a later state of a module, or only before or after. */
export type ChangesOf = (before: LoadedModule, now: LoadedModule) => readonly string[];

/** The keys of what does not hold any more, by the instance of the earlier revision. */
export type Stale<I> = ReadonlyMap<I, ReadonlySet<string>>;

type StaleKeys<I> = Map<I, Set<string>>;

/** Who asks for each key of a module. */
export type UsersOf = (module: LoadedModule) => ReadonlyMap<string, readonly User[]>;

/**
 * Pairs module instances of a revision with those of the one before. A thing is stale if its declaration is another, or if its text
 * asks for something stale: so what is not stale is the same in both revisions, with everything that may yet be asked of it.
 */
export class Earlier<I extends PlacedInstance<I>> {
  readonly #usersOf: UsersOf;
  #stale: Stale<I>;
  readonly #before = new Map<I, I>();
  readonly #now = new Map<I, I>();
  readonly #changesOf: ChangesOf;

  /**
   * @param inputs names of inputs whose values are others now: variables of the root, the workspace, attributes of data sources
   * @param known what is stale for certain of these, where that is known
   */
  constructor(
    root: I,
    now: LoadedModule,
    inputs: Iterable<string>,
    usersOf: UsersOf,
    changesOf: ChangesOf,
    known?: Stale<I>,
  ) {
    this.#usersOf = usersOf;
    this.#changesOf = changesOf;
    const stale = new Map<I, Set<string>>();
    this.#stale = known ?? stale;
    if (known !== undefined) return;
    for (const input of inputs) {
      const variable = /^var\.([^.[]+)/.exec(input)?.[1];
      const data = /(?:^|\.)(data\.[^.]+\.[^.[]+)/.exec(input)?.[1];
      if (variable !== undefined) this.#mark(root, entryKeys.variable(variable), stale);
      else if (data !== undefined) this.#markEverywhere(root, entryKeys.resource(data), stale);
      else if (input.startsWith('terraform.')) this.#markEverywhere(root, input, stale);
    }
    this.#compare(root, now, stale);
  }

  /** Notes which earlier instance a module instance comes after. */
  pair(before: I, now: I): void {
    this.#before.set(now, before);
    this.#now.set(before, now);
  }

  before(now: I): I | undefined {
    return this.#before.get(now);
  }

  now(before: I): I | undefined {
    return this.#now.get(before);
  }

  /** @param before an instance of the earlier revision */
  isStale(before: I, key: string): boolean {
    return this.#stale.get(before)?.has(declaredKey(key)) === true;
  }

  get stale(): Stale<I> {
    return this.#stale;
  }

  /** Lets go of the earlier revision: nothing is adopted from it any more. */
  release(): void {
    this.#stale = new Map();
    for (const map of [this.#before, this.#now]) map.clear();
  }

  #compare(before: I, now: LoadedModule, stale: StaleKeys<I>): void {
    if (before.module === now) return;
    for (const key of this.#changesOf(before.module, now)) this.#mark(before, key, stale);
    for (const name of before.module.moduleCalls.keys()) {
      const called = calledModule(now, name);
      if (called === undefined || this.isStale(before, entryKeys.call(name))) continue;
      for (const instance of before.made(name)) this.#compare(instance, called, stale);
    }
  }

  #markEverywhere(instance: I, key: string, stale: StaleKeys<I>): void {
    this.#mark(instance, key, stale);
    for (const name of instance.module.moduleCalls.keys()) {
      for (const called of instance.made(name)) this.#markEverywhere(called, key, stale);
    }
  }

  /** Marks something as stale, and what may be worked out from it. */
  #mark(instance: I, key: string, marked: StaleKeys<I>): void {
    const pending = [{ instance, key }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { instance: at, key: stale } = next;
      const ofInstance = marked.get(at) ?? new Set<string>();
      marked.set(at, ofInstance);
      if (ofInstance.has(stale)) continue;
      ofInstance.add(stale);
      for (const user of this.#usersOf(at.module).get(stale) ?? []) {
        const users = user.inCalled === undefined ? [at] : at.made(user.inCalled);
        for (const each of users) pending.push({ instance: each, key: user.key });
      }
      if (isOutput(stale) && at.calledBy !== undefined) {
        pending.push({ instance: at.calledBy.instance, key: entryKeys.module(at.calledBy.name) });
      }
    }
  }
}

/** The keys of what is declared by another object, or only before or after. */
export function changesBetween(before: LoadedModule, now: LoadedModule): readonly string[] {
  const changes = new Set<string>();
  const after = declarationsOf(now);
  for (const [index, { declarations, keyOf }] of declarationsOf(before).entries()) {
    const others = after[index]!.declarations;
    for (const [name, declaration] of declarations) if (others.get(name) !== declaration) changes.add(keyOf(name));
    for (const name of others.keys()) if (!declarations.has(name)) changes.add(keyOf(name));
  }
  for (const [name, called] of before.calls) {
    if (isOtherCall(called, now.calls.get(name))) changes.add(entryKeys.call(name));
  }
  return [...changes];
}

/** @param referencesOf what a declaration asks for */
export function usersIn(
  module: LoadedModule,
  referencesOf: (declaration: Declaration | Attribute, isCall: boolean) => References,
): ReadonlyMap<string, readonly User[]> {
  const users = new Map<string, User[]>();
  const add = (references: Iterable<string>, user: User): void => {
    for (const key of references) {
      const some = users.get(key);
      if (some === undefined) users.set(key, [user]);
      else some.push(user);
    }
  };
  for (const { declarations, keyOf } of declarationsOf(module)) {
    for (const [name, declaration] of declarations) {
      const isCall = keyOf === entryKeys.call;
      const { own, given } = referencesOf(declaration, isCall);
      add(own, { key: keyOf(name) });
      if (isCall) add([entryKeys.call(name)], { key: entryKeys.module(name) });
      for (const [argument, references] of given)
        add(references, { key: entryKeys.variable(argument), inCalled: name });
    }
  }
  return users;
}

type Declarations = ReadonlyMap<string, Declaration | Attribute>;

function declarationsOf({ variables, locals, outputs, moduleCalls, resources }: LoadedModule): readonly {
  readonly declarations: Declarations;
  readonly keyOf: (name: string) => string;
}[] {
  return [
    { declarations: variables, keyOf: entryKeys.variable },
    { declarations: locals, keyOf: entryKeys.local },
    { declarations: outputs, keyOf: entryKeys.output },
    { declarations: moduleCalls, keyOf: entryKeys.call },
    { declarations: resources, keyOf: entryKeys.resource },
  ];
}

/** The module that a call leads to; undefined where it was not read. */
function calledModule({ calls }: LoadedModule, name: string): LoadedModule | undefined {
  const called = calls.get(name);
  return called?.kind === 'module' ? called.module : undefined;
}

function isOtherCall(before: CalledModule, now: CalledModule | undefined): boolean {
  if (before.kind !== 'module' || now?.kind !== 'module') return before.kind !== now?.kind;
  return before.isDownloaded !== now.isDownloaded || before.module.directory !== now.module.directory;
}
