/** The inputs that something was worked out from. */

import { stringValue, type Value } from '../values/value.ts';
import type { Entry } from './entry.ts';
import type { Evaluation } from './evaluation.ts';

/** Where an entry is: an instance of a module. */
interface Home {
  readonly evaluation: Evaluation;
  /** Undefined for the root. */
  readonly calledBy: object | undefined;
}

/** A variable of the root. */
export interface RootVariable {
  /** `var.enabled`. */
  readonly name: string;
  readonly value: Value;
  /** Whether somebody gives it; else it has its default, if it has one. */
  readonly isGiven: boolean;
}

/** The variables of the root with a default that something was computed from, and the workspace `default`. */
export function defaultsBehind<H extends Home>(sources: Iterable<Entry<H>>): ReadonlyMap<string, Value> {
  const all = entriesBehind(sources);
  const known = rootVariablesBehind(all).filter(({ value, isGiven }) => !isGiven && value.kind !== 'unknown');
  const defaults = new Map(known.map(({ name, value }) => [name, value]));
  const asking = [...all].find(({ usesWorkspace }) => usesWorkspace);
  return asking === undefined ? defaults : withWorkspace(defaults, asking.home);
}

/** Nobody says that Terraform runs in the workspace that it starts in. */
export function withWorkspace(defaults: ReadonlyMap<string, Value>, { evaluation }: Home): ReadonlyMap<string, Value> {
  const { workspace } = evaluation.inputs;
  return workspace === 'default' ? new Map([...defaults, ['terraform.workspace', stringValue(workspace)]]) : defaults;
}

/** Some entries, and all that they were computed from. */
export function entriesBehind<H extends Home>(sources: Iterable<Entry<H>>): ReadonlySet<Entry<H>> {
  const all = new Set(sources);
  // A set goes on to what is added to it meanwhile.
  const add = (source: Entry<H>): unknown => all.add(source);
  for (const { sources: more } of all) if (more.size > 0) more.forEach(add);
  return all;
}

/** The variables of the root that something was computed from. */
export function rootVariablesBehind<H extends Home>(sources: Iterable<Entry<H>>): readonly RootVariable[] {
  const found: RootVariable[] = [];
  for (const { key, home, value } of entriesBehind(sources)) {
    if (home.calledBy !== undefined || value === undefined || !key.startsWith('var.')) continue;
    const isGiven = home.evaluation.inputs.variables.has(key.slice('var.'.length));
    found.push({ name: key, value: value as Value, isGiven });
  }
  return found;
}
