/** The revision of a root before this one, and what of it does not hold any more. */

import { type QueryCache, query } from '../../collections/query-cache.ts';
import type { Attribute } from '../../hcl/syntax.ts';
import type { CalledModule, LoadedModule } from '../modules/load.ts';
import type { Declaration } from '../modules/module.ts';
import { callOf, declaredKey, entryKeys, isOutput, type References, resourceOf } from './references.ts';

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

/** What does not hold any more, by its key in an instance of the earlier revision. */
export interface Stale<I> {
  has(before: I, key: string): boolean;
}

/** Who asks for each key of a module. */
export type UsersOf = (module: LoadedModule) => ReadonlyMap<string, readonly User[]>;

/**
 * Pairs module instances of a revision with those of the one before. A thing is stale if its declaration is another, or if its text
 * asks for something stale: so what is not stale is the same in both revisions, with everything that may yet be asked of it.
 */
export class Earlier<I> {
  #stale: Stale<I>;
  readonly #before = new Map<I, I>();
  readonly #now = new Map<I, I>();

  constructor(stale: Stale<I>) {
    this.#stale = stale;
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
    return this.#stale.has(before, declaredKey(key));
  }

  /** Lets go of the earlier revision: nothing is adopted from it any more. */
  release(): void {
    this.#stale = nothing;
    for (const map of [this.#before, this.#now]) map.clear();
  }
}

const nothing: Stale<unknown> = { has: () => false };

/** What is stale where declarations may be others: all that is, whether or not it is asked for. */
export class MarkedStale<I extends PlacedInstance<I>> implements Stale<I> {
  readonly #usersOf: UsersOf;
  readonly #changesOf: ChangesOf;
  readonly #marked = new Map<I, Set<string>>();
  readonly #now = new Map<I, LoadedModule>();

  /** @param inputs names of inputs whose values are others now: variables of the root, the workspace, attributes of data sources */
  constructor(root: I, now: LoadedModule, inputs: Iterable<string>, usersOf: UsersOf, changesOf: ChangesOf) {
    this.#usersOf = usersOf;
    this.#changesOf = changesOf;
    for (const { key, isOfRoot } of keysOfInputs(inputs)) {
      if (isOfRoot) this.#mark(root, key);
      else this.#markEverywhere(root, key);
    }
    this.#compare(root, now);
  }

  has(before: I, key: string): boolean {
    return this.#marked.get(before)?.has(key) === true;
  }

  get all(): ReadonlyMap<I, ReadonlySet<string>> {
    return this.#marked;
  }

  /** What the module of an earlier instance is now; undefined where there is no such call any more. */
  moduleOf(before: I): LoadedModule | undefined {
    return this.#now.get(before);
  }

  #compare(before: I, now: LoadedModule): void {
    this.#now.set(before, now);
    if (before.module === now) return;
    for (const key of this.#changesOf(before.module, now)) this.#mark(before, key);
    for (const name of before.module.moduleCalls.keys()) {
      const called = calledModule(now, name);
      if (called === undefined || this.has(before, entryKeys.call(name))) continue;
      for (const instance of before.made(name)) this.#compare(instance, called);
    }
  }

  #markEverywhere(instance: I, key: string): void {
    this.#mark(instance, key);
    for (const name of instance.module.moduleCalls.keys()) {
      for (const called of instance.made(name)) this.#markEverywhere(called, key);
    }
  }

  /** Marks something as stale, and what may be worked out from it. */
  #mark(instance: I, key: string): void {
    const pending = [{ instance, key }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { instance: at, key: stale } = next;
      const ofInstance = this.#marked.get(at) ?? new Set<string>();
      this.#marked.set(at, ofInstance);
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

/** What is known by a key in an instance. */
interface Place<I> {
  readonly instance: I;
  readonly key: string;
  /** What is worked out from it, of what was looked at. */
  readonly users: Place<I>[];
}

/** What is stale where only inputs are others: found for what is asked, as a world asks for little. */
export class AskedStale<I extends PlacedInstance<I>> implements Stale<I> {
  readonly #referencesOf: ReferencesOf;
  readonly #ofRoot = new Set<string>();
  readonly #ofAll = new Set<string>();
  readonly #known = new Map<I, Map<string, boolean>>();

  /** @param inputs as for all that is stale */
  constructor(inputs: Iterable<string>, referencesOf: ReferencesOf) {
    this.#referencesOf = referencesOf;
    for (const { key, isOfRoot } of keysOfInputs(inputs)) (isOfRoot ? this.#ofRoot : this.#ofAll).add(key);
  }

  has(before: I, key: string): boolean {
    const known = this.#known.get(before)?.get(key);
    if (known !== undefined) return known;
    this.#explore(before, key);
    return this.#known.get(before)!.get(key)!;
  }

  /** Goes through all that something may be worked out from, and notes of each whether it is stale. */
  #explore(start: I, startKey: string): void {
    const places = new Map<I, Map<string, Place<I>>>();
    const stale: Place<I>[] = [];
    const all: Place<I>[] = [];
    const placeOf = (instance: I, key: string): Place<I> => {
      const ofInstance = places.get(instance) ?? new Map<string, Place<I>>();
      places.set(instance, ofInstance);
      const known = ofInstance.get(key);
      if (known !== undefined) return known;
      const place: Place<I> = { instance, key, users: [] };
      ofInstance.set(key, place);
      all.push(place);
      return place;
    };
    placeOf(start, startKey);
    // What is added meanwhile is gone through too.
    for (const place of all) {
      const { instance, key } = place;
      const isInput = this.#ofAll.has(key) || (instance.calledBy === undefined && this.#ofRoot.has(key));
      if (isInput || this.#known.get(instance)?.get(key) === true) stale.push(place);
      else if (this.#known.get(instance)?.get(key) === undefined)
        this.#sources(instance, key, (at, source) => placeOf(at, source).users.push(place));
    }
    for (const { instance, key } of all) this.#note(instance, key, false);
    for (let place = stale.pop(); place !== undefined; place = stale.pop()) {
      this.#note(place.instance, place.key, true);
      for (const user of place.users)
        if (this.#known.get(user.instance)!.get(user.key) === false) {
          this.#note(user.instance, user.key, true);
          stale.push(user);
        }
    }
  }

  #note(instance: I, key: string, isStale: boolean): void {
    const ofInstance = this.#known.get(instance) ?? new Map<string, boolean>();
    this.#known.set(instance, ofInstance);
    if (isStale || !ofInstance.has(key)) ofInstance.set(key, isStale);
  }

  /** What the text of something asks for, and what a caller gives. */
  #sources(instance: I, key: string, add: (instance: I, key: string) => void): void {
    const { module, calledBy } = instance;
    const declared = declaredIn(module, key);
    if (declared !== undefined) {
      for (const source of this.#referencesOf(declared, callOf(key) !== undefined).own) add(instance, source);
    }
    const name = key.slice(key.indexOf('.') + 1);
    if (calledBy !== undefined && key === entryKeys.variable(name)) {
      const call = calledBy.instance.module.moduleCalls.get(calledBy.name);
      const given = call && this.#referencesOf(call, true).given.get(name);
      for (const source of given ?? []) add(calledBy.instance, source);
    }
    if (key !== entryKeys.module(name)) return;
    if (module.moduleCalls.has(name)) add(instance, entryKeys.call(name));
    for (const called of instance.made(name))
      for (const output of called.module.outputs.keys()) add(called, entryKeys.output(output));
  }
}

/** What a declaration asks for. */
export type ReferencesOf = (declaration: Declaration | Attribute, isCall: boolean) => References;

/** What a module declares by a key; undefined for what no declaration is known by. */
export function declaredIn(module: LoadedModule, key: string): Declaration | Attribute | undefined {
  const address = resourceOf(key);
  if (address !== undefined) return module.resources.get(address);
  const call = callOf(key);
  if (call !== undefined) return module.moduleCalls.get(call);
  const dot = key.indexOf('.');
  const name = key.slice(dot + 1);
  switch (key.slice(0, dot)) {
    case 'var':
      return module.variables.get(name);
    case 'local':
      return module.locals.get(name);
    case 'output':
      return module.outputs.get(name);
    default:
      return undefined;
  }
}

/** Those that inputs are known by: in the root, or wherever something is called so. */
function* keysOfInputs(inputs: Iterable<string>): Iterable<{ readonly key: string; readonly isOfRoot: boolean }> {
  for (const input of inputs) {
    const variable = /^var\.([^.[]+)/.exec(input)?.[1];
    const data = /(?:^|\.)(data\.[^.]+\.[^.[]+)/.exec(input)?.[1];
    if (variable !== undefined) yield { key: entryKeys.variable(variable), isOfRoot: true };
    else if (data !== undefined) yield { key: entryKeys.resource(data), isOfRoot: false };
    else if (input.startsWith('terraform.')) yield { key: input, isOfRoot: false };
  }
}

/** By the module before. */
const changes = query<LoadedModule, readonly string[]>((a, b) => a === b);

/** The keys of what is declared by another object, or only before or after. */
export function knownChanges(before: LoadedModule, now: LoadedModule, cache: QueryCache): readonly string[] {
  return cache.get(changes, before, now, () => changesBetween(before, now));
}

function changesBetween(before: LoadedModule, now: LoadedModule): readonly string[] {
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
export function usersIn(module: LoadedModule, referencesOf: ReferencesOf): ReadonlyMap<string, readonly User[]> {
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
