/** Conditions that are false: validations of variables, preconditions, postconditions and checks. */

import type { Expression } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import type { Span } from '../../source/span.ts';
import { evaluateAside } from '../expressions/evaluate.ts';
import { conditionsIn } from '../modules/conditions.ts';
import { contentOf } from '../modules/content.ts';
import type { Declaration, ResourceDeclaration } from '../modules/module.ts';
import { isSensitive, type Value } from '../values/value.ts';
import { defaultsBehind } from './behind.ts';
import { Entry as EntryOf } from './entry.ts';
import type { WrittenInstance } from './instance-values.ts';
import type { ModuleEntry, ModuleInstance } from './module-instance.ts';
import { keysIn, resourceOf } from './references.ts';
import type { Rejection } from './rejection.ts';

/** @param entries what the wanted resources were worked out from */
export function* conditionFaults(
  root: ModuleInstance,
  entries: ReadonlySet<ModuleEntry>,
  isWanted: (declaration: ResourceDeclaration) => boolean,
): Iterable<Rejection> {
  for (const entry of entries) {
    const { key, home } = entry;
    const [kind, name = ''] = key.split('.', 2);
    if (resourceOf(key) !== undefined) yield* inLifecycle(entry, isWanted);
    else if (kind === 'var') yield* inVariable(entry, name);
    else if (kind === 'output') yield* inBlocks(entry, home.module.outputs.get(name), 'precondition');
  }
  for (const instance of root.all()) {
    const known = new Set([...instance.entries].filter((entry) => entries.has(entry)).map(({ key }) => key));
    for (const [name, check] of instance.module.checks) {
      const isAbout = [...keysIn(check.block)].some((key) => known.has(key));
      if (isAbout) yield* inBlocks(new EntryOf(`check.${name}`, instance), check, 'assert');
    }
  }
}

function* inVariable(entry: ModuleEntry, name: string): Iterable<Rejection> {
  const { home } = entry;
  const declaration = home.module.variables.get(name);
  const call = home.calledBy?.instance.module.moduleCalls.get(home.calledBy.name);
  const given = call?.content.attributes.get(name)?.value;
  const value = entry.value as Value;
  const origin = isSensitive(value) || home.calledBy !== undefined ? undefined : value.origin?.span;
  for (const fault of inBlocks(entry, declaration, 'validation'))
    yield { ...fault, span: given ?? origin ?? fault.span };
}

/** The blocks of a type in a declaration whose condition is false. */
function* inBlocks(entry: ModuleEntry, declaration: Declaration | undefined, type: string): Iterable<Rejection> {
  const { home, key } = entry;
  for (const { condition, message } of conditionsIn(declaration?.content.blocks ?? [], type)) {
    const user = new EntryOf<ModuleInstance>('', home);
    const asked = (expression: Expression) => evaluateAside(expression, home.scope(user, lengthOf(expression)));
    if (!isEvaluated(condition, home) || !isFalse(asked(condition))) continue;
    if (defaultsBehind([...user.sources, entry]).size > 0) continue;
    const fault = faultAt(condition, message && isEvaluated(message, home) ? asked(message) : undefined);
    yield { ...home.subjectOf(key), ...fault, existsIf: home.existsIf };
  }
}

const lengthOf = ({ start, end }: Span): number => end - start;

/** Whether all that an expression names has been asked for: what is asked only here would change what is known of inputs. */
function isEvaluated(expression: Expression, home: ModuleInstance): boolean {
  return [...keysIn(expression)].every((key) => home.hasAsked(key));
}

const isFalse = (value: Value | undefined): boolean => value?.kind === 'bool' && !value.value;

function* inLifecycle(
  entry: ModuleEntry,
  isWanted: (declaration: ResourceDeclaration) => boolean,
): Iterable<Rejection> {
  const address = resourceOf(entry.key)!;
  const declaration = entry.home.module.resources.get(address);
  if (declaration === undefined || !isWanted(declaration)) return;
  if (!declaration.content.blocks.some(({ block }) => block.type.name === 'lifecycle')) return;
  const { instances } = entry.value as { readonly instances: readonly WrittenInstance[] };
  const conditions = declaration.content.blocks
    .filter(({ block }) => block.type.name === 'lifecycle')
    .flatMap(({ block, syntax }) => contentOf(block.body, syntax, conditionBlocks, []).blocks)
    .flatMap((block) => conditionsIn([block], 'precondition', 'postcondition'));
  for (const { condition, message } of conditions) {
    // What the resource will be is asked of the resource itself.
    const asksSelf = [...nodesIn(condition)].some(({ node }) => node.kind === 'reference' && node.name === 'self');
    if (asksSelf || !isEvaluated(condition, entry.home)) continue;
    for (const { address, resourceAddress, calls, existsIf, body, defaultsBehind: defaultsOf } of instances) {
      if (!isFalse(body.aside(condition)) || (defaultsOf?.(condition).size ?? 0) > 0) continue;
      const fault = faultAt(condition, message && isEvaluated(message, entry.home) ? body.aside(message) : undefined);
      yield { address, resourceAddress, calls, ...fault, existsIf };
    }
  }
}

const conditionBlocks = { __proto__: null as never, precondition: 0, postcondition: 0 };

function faultAt(span: Span, said: Value | undefined): Pick<Rejection, 'kind' | 'span' | 'message'> {
  const text = said?.kind === 'string' && !isSensitive(said) ? `: ${said.value.trim().replace(/\s+/g, ' ')}` : '.';
  return { kind: 'condition', span, message: `This condition is false${text}` };
}
