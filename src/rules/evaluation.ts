/** The scope in which expressions of own rules are evaluated, and the limits of it. */

import { memoryFileSystem } from '../files.ts';
import { createFunctionContext } from '../terraform/expressions/function-context.ts';
import type { Binding, Scope } from '../terraform/expressions/scope.ts';
import type { FunctionWorld } from '../terraform/functions/index.ts';
import { Budget, Pool } from '../terraform/values/budget.ts';
import { EvaluationError } from '../terraform/values/errors.ts';
import type { Value } from '../terraform/values/value.ts';
import { type OwnFunctions, ownFunctions, ownFunctionTable, ReadTexts } from './functions.ts';
import type { ObjectWorld } from './world.ts';

/** Steps that each question may take, and those that all questions of a rule in one run may take beyond these. */
const STEPS_OF_QUESTION = 500;
export const STEPS_OF_RULE = 1_000_000;

/** Of a rule in one run. */
export const poolOfRule = (): Pool => new Pool({ shared: STEPS_OF_RULE, own: 0 });

/** What is worked out once for all rules. */
export interface KnownTexts {
  readonly patterns: NonNullable<FunctionWorld['patterns']>;
  readonly texts: ReadTexts;
}

/** Terraform's functions with those of own rules: no file is there to be read. */
export function functionsIn(
  world: ObjectWorld,
  { patterns, texts }: KnownTexts = { patterns: new Map(), texts: new ReadTexts() },
): { readonly own: OwnFunctions; readonly functions: FunctionWorld } {
  const own = ownFunctions(world, texts);
  return { own, functions: { ...createFunctionContext(memoryFileSystem({}), '', ownFunctionTable(own)), patterns } };
}

/** Of one question. */
export const budgetOfQuestion = (pool: Pool): Budget => new Budget(pool, STEPS_OF_QUESTION);

/** @param values of the names that an expression can have */
export function scopeWith(values: Readonly<Record<string, Value>>, functions: FunctionWorld, budget: Budget): Scope {
  let bindings: Binding | undefined;
  for (const name in values) bindings = { name, value: values[name]!, outer: bindings };
  return { names: noNames, bindings, functions, budget };
}

const noNames: Scope['names'] = {
  member(root, name, span) {
    throw new EvaluationError(`There is no "${root}.${name}" here.`, { span });
  },
};
