/** Conditions that are false: validations of variables, preconditions, postconditions and checks. */

import { type QueryCache, query } from '../../../collections/query-cache.ts';
import type { Expression } from '../../../hcl/syntax.ts';
import { nodesIn } from '../../../hcl/walk.ts';
import type { Span } from '../../../source/span.ts';
import { evaluateAside } from '../../expressions/evaluate.ts';
import { conditionsIn, type WrittenCondition } from '../../modules/conditions.ts';
import { type Content, contentOf } from '../../modules/content.ts';
import type { Declaration } from '../../modules/module.ts';
import { stringType } from '../../values/type.ts';
import { isSensitive, listValue, type Value } from '../../values/value.ts';
import { defaultsBehind } from '../behind.ts';
import type { BesideValue } from '../body.ts';
import { Entry as EntryOf } from '../entry.ts';
import type { WrittenInstance } from '../instance-values.ts';
import type { ModuleEntry, ModuleInstance } from '../module-instance.ts';
import { entryKeys, keysIn } from '../references.ts';
import type { Rejection } from './rejection.ts';

/**
 * @param entries what the wanted resources were worked out from
 * @param conditional those of them that have conditions
 * @param outputs more outputs, by module instance, that hand on such resources
 */
export function* conditionFaults(
  root: ModuleInstance,
  entries: ReadonlySet<ModuleEntry>,
  conditional: Iterable<ModuleEntry>,
  outputs: Iterable<readonly [ModuleInstance, Declaration]>,
  cache: QueryCache,
): Iterable<Rejection> {
  for (const entry of conditional) {
    const conditions = conditionsOf(entry, cache);
    if (entry.resource !== undefined) yield* inLifecycle(entry, conditions);
    else yield* entry.key.startsWith('var.') ? inVariable(entry, conditions) : falseAmong(conditions, entry);
  }
  for (const [home, { name }] of outputs) {
    const entry = new EntryOf(entryKeys.output(name), home);
    yield* falseAmong(conditionsOf(entry, cache), entry);
  }
  for (const instance of root.all()) {
    if (instance.module.checks.size === 0) continue;
    const known = new Set([...instance.entries].filter((entry) => entries.has(entry)).map(({ key }) => key));
    for (const [name, check] of instance.module.checks) {
      const isAbout = [...keysIn(check.block)].some((key) => known.has(key));
      const asserts = conditionsIn(check.content.blocks, 'assert');
      if (isAbout) yield* falseAmong(asserts, new EntryOf(`check.${name}`, instance));
    }
  }
}

/** The conditions of what something is declared by. */
export function conditionsOf(
  { key, resource, home: { module } }: ModuleEntry,
  cache: QueryCache,
): readonly WrittenCondition[] {
  if (resource !== undefined) {
    const content = module.resources.get(resource)?.content;
    return content === undefined ? [] : cache.get(lifecycleConditions, content, undefined, () => inLifecycles(content));
  }
  const [kind, name = ''] = key.split('.', 2);
  if (kind === 'var') return conditionsIn(module.variables.get(name)?.content.blocks ?? [], 'validation');
  return kind === 'output' ? conditionsIn(module.outputs.get(name)?.content.blocks ?? [], 'precondition') : [];
}

function* inVariable(entry: ModuleEntry, conditions: readonly WrittenCondition[]): Iterable<Rejection> {
  const { home, key } = entry;
  const name = key.slice('var.'.length);
  const call = home.calledBy?.instance.module.moduleCalls.get(home.calledBy.name);
  const given = call?.content.attributes.get(name)?.value;
  const value = entry.value as Value;
  const origin = isSensitive(value) || home.calledBy !== undefined ? undefined : value.origin?.span;
  for (const fault of falseAmong(conditions, entry)) yield { ...fault, span: given ?? origin ?? fault.span };
}

/** The conditions of an entry that are false. */
function* falseAmong(conditions: readonly WrittenCondition[], entry: ModuleEntry): Iterable<Rejection> {
  const { home, key } = entry;
  for (const { condition, message } of conditions) {
    const { value, defaults } = asked(condition, home);
    if (!isFalse(value) || defaults.size > 0 || defaultsBehind([entry]).size > 0) continue;
    const fault = faultAt(condition, message && asked(message, home).value);
    yield { ...home.subjectOf(key), ...fault, existsIf: home.existsIf };
  }
}

/** The value of an expression of a module. What is asked only here would change what is known of inputs, so it is asked beside. */
function asked(
  expression: Expression,
  home: ModuleInstance,
): Pick<BesideValue, 'defaults'> & { value?: Value | undefined } {
  if (!isEvaluated(expression, home)) return home.beside('written').evaluate(expression, undefined);
  const user = new EntryOf<ModuleInstance>('', home);
  const value = evaluateAside(expression, home.scope(user, lengthOf(expression)));
  return { value, defaults: defaultsBehind(user.sources) };
}

const lengthOf = ({ start, end }: Span): number => end - start;

/** Whether all that an expression names has been asked for. */
function isEvaluated(expression: Expression, home: ModuleInstance): boolean {
  return [...keysIn(expression)].every((key) => home.asked(key) !== undefined);
}

const isFalse = (value: Value | undefined): boolean => value?.kind === 'bool' && !value.value;

function* inLifecycle({ home, value }: ModuleEntry, conditions: readonly WrittenCondition[]): Iterable<Rejection> {
  if (conditions.length === 0) return;
  const { instances } = value as { readonly instances: readonly WrittenInstance[] };
  for (const { condition, message } of conditions) {
    for (const instance of instances) {
      const { address, resourceAddress, calls, existsIf } = instance;
      const { value, defaults } = askedOf(instance, condition, home);
      if (!isFalse(value) || defaults.size > 0) continue;
      const fault = faultAt(condition, message && askedOf(instance, message, home).value);
      yield { address, resourceAddress, calls, ...fault, existsIf };
    }
  }
}

const lifecycleConditions = query<undefined, readonly WrittenCondition[]>();

function inLifecycles({ blocks }: Content): readonly WrittenCondition[] {
  return blocks
    .filter(({ block }) => block.type.name === 'lifecycle')
    .flatMap(({ block, syntax }) => contentOf(block.body, syntax, conditionBlocks, []).blocks)
    .flatMap((block) => conditionsIn([block], 'precondition', 'postcondition'));
}

/** The value of an expression in the block of an instance. */
function askedOf(instance: WrittenInstance, expression: Expression, home: ModuleInstance): ReturnType<typeof asked> {
  const known = instance.defaultsBehind!(expression);
  const names = namesOfSelf(expression);
  if (names.size === 0 && isEvaluated(expression, home))
    return { value: instance.body.aside(expression), defaults: known };
  const attributes = [...names].flatMap((name) => selfAttribute(instance, name) ?? []);
  const self = new Map(attributes.map(({ name, value }) => [`self.${name}`, value]));
  const { value, defaults } = instance.beside!(expression, self);
  return {
    value,
    defaults: new Map([known, defaults, ...attributes.map((each) => each.defaults)].flatMap((each) => [...each])),
  };
}

/** `name` in `self.name`. */
function namesOfSelf(expression: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of nodesIn(expression))
    if (node.kind === 'get' && node.object.kind === 'reference' && node.object.name === 'self')
      names.add(node.name.name);
  return names;
}

/** What an attribute will be, where that is what is written; undefined where the provider may change it, or says what it is. */
function selfAttribute(
  { body, beside }: WrittenInstance,
  name: string,
): { readonly name: string; readonly value: Value; readonly defaults: ReadonlyMap<string, Value> } | undefined {
  const expression = body.content.attributes.get(name)?.value;
  if (expression === undefined || /protocol$/.test(name)) return undefined;
  const { value, defaults } = beside!(expression);
  const planned = asPlanned(value);
  return planned && { name, value: planned, defaults };
}

/** A value in the type that its attribute has; undefined where a value of that kind does not tell. */
function asPlanned(value: Value): Value | undefined {
  switch (value.kind) {
    case 'number':
    case 'bool':
      return value;
    case 'string':
      return /^(?:-?[\d.]+|true|false)$/.test(value.value) ? undefined : value;
    case 'tuple':
      return value.items.every(({ kind }) => kind === 'string')
        ? listValue(value.items, stringType, value.origin)
        : undefined;
    default:
      return undefined;
  }
}

const conditionBlocks = { __proto__: null as never, precondition: 0, postcondition: 0 };

function faultAt(span: Span, said: Value | undefined): Pick<Rejection, 'kind' | 'span' | 'message'> {
  const text = said?.kind === 'string' && !isSensitive(said) ? `: ${said.value.trim().replace(/\s+/g, ' ')}` : '.';
  return { kind: 'condition', span, message: `This condition is false${text}` };
}
