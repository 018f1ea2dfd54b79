/** What was worked out, and what from. */

import { ProblemSink } from '../expressions/scope.ts';
import type { Budget } from '../values/budget.ts';
import type { Value } from '../values/value.ts';
import type { InputNotes } from './input-notes.ts';
import { callOf, resourceOf } from './references.ts';

/** One value, or one set of instances, that is worked out once. It takes the problems that came up on the way. */
export class Entry<Home, T = unknown> extends ProblemSink {
  readonly key: string;
  /** The address of the resource that it is of, within its module; undefined for anything else. */
  readonly resource: string | undefined;
  /** The name of the call whose instances it is; undefined for anything else. */
  readonly call: string | undefined;
  /** What it was worked out from; each is adopted with it. */
  readonly sources = new Set<Entry<Home>>();
  /** The module instance of the latest revision that has it: what is asked of its parts later is looked up there. */
  home: Home;
  /** Values of inputs that it compares them with. */
  readonly proposals: { readonly input: string; readonly candidate: Value }[] = [];
  /** Whether it asks for the workspace. */
  usesWorkspace = false;
  /** What is learned of inputs while this is worked out; undefined where nothing is. */
  inputNotes: InputNotes | undefined;
  /** What it takes to work this out; undefined before anything is. */
  budget: Budget | undefined;
  /** The instances that were admitted for it, and of what; undefined for what makes none. */
  admitted: { readonly address: string; readonly count: number } | undefined;
  /** Undefined before it is worked out. */
  value: T | undefined;
  /** How many problems and sources the instances of a resource brought, without what is in them; undefined for anything else. */
  made: { readonly problems: number; readonly sources: number } | undefined;

  constructor(key: string, home: Home) {
    super();
    this.key = key;
    this.resource = resourceOf(key);
    this.call = callOf(key);
    this.home = home;
  }
}
