/** What Terraform rejects in security groups and rules, by the provider's schema and by the expressions. */

import { query, type Results } from '../collections/query-cache.ts';
import { problemKey } from '../source/problem.ts';
import { type Span, spanKey, textOf } from '../source/span.ts';
import type { EvaluationProblem, FoundRejection } from '../terraform/expressions/scope.ts';
import type { EvaluatedAttribute, EvaluatedBody } from '../terraform/instances/body.ts';
import type { CallSite, ResourceInstance, ResourceKind, Resources } from '../terraform/instances/instance.ts';
import {
  isSettled,
  type Rejecting,
  type Rejection,
  type Rejections,
} from '../terraform/instances/rejections/rejection.ts';
import { convert } from '../terraform/values/convert.ts';
import { EvaluationError } from '../terraform/values/errors.ts';
import { anyType, boolType, listType, mapType, numberType, stringType, type Type } from '../terraform/values/type.ts';
import { isSensitive, type Value } from '../terraform/values/value.ts';
import { nearestName } from '../text/nearest-name.ts';
import { adapterFor, schemaFor } from './aws/adapters/resource-types.ts';
import { argumentConflicts, argumentValues } from './aws/argument-rules.ts';
import { inappropriate, outermostPlace } from './aws/arguments.ts';
import { ATTACHMENT_TYPES } from './aws/attachment-types.ts';
import type { ArgumentType, BlockSchema } from './aws/block-schema.ts';
import { requiredArguments } from './aws/provider-schema.generated.ts';

export type { Rejection } from '../terraform/instances/rejections/rejection.ts';

/** By resource instance. */
const schemaFaults = query<undefined, readonly Rejection[]>();

/**
 * @param isOfModel of what kind the resources are in which all counts
 * @param faultsOf what has no meaning in the arguments of each of those, and in those that name groups of services
 * @param cache of one root module in one environment
 */
export function rejectionsIn(
  resources: Resources & Rejecting,
  isOfModel: (kind: ResourceKind) => boolean,
  faultsOf: ReadonlyMap<ResourceInstance, readonly EvaluationProblem[]>,
  cache: Results,
): Rejections {
  const evaluated = resources.rejections?.({
    isWanted: isOfModel,
    isAttached: (declaration) => isAttachment(declaration) && namesGroups(declaration.block),
    hasAttribute: ({ mode, type }, name) => (mode === 'managed' ? hasAttribute(type, name) : undefined),
  });
  if (evaluated?.isOld === true) return evaluated;
  const all: Rejection[] = [...(evaluated?.all ?? [])];
  const told = new Map(evaluated?.told);
  const reasons = new Map(evaluated?.reasons);
  const seen = new Set(all.map(keyOf));
  const add = (rejection: Rejection): void => {
    if (rejection.reason !== undefined) reasons.set(`${rejection.resourceAddress} ${rejection.reason}`, rejection.kind);
    const key = keyOf(rejection);
    if (seen.has(key)) return;
    seen.add(key);
    all.push(rejection);
  };
  for (const [instance, problems] of faultsOf) {
    for (const problem of problems) {
      const { rejection, span } = problem;
      if (rejection === undefined || span === undefined) continue;
      const found = ofProblem(instance, problem, rejection, span);
      if (found === undefined) continue;
      told.set(problemKey(problem), found.kind);
      add(found);
    }
    const faults = isOfModel(instance)
      ? cache.get(schemaFaults, instance, undefined, () => [...ofSchema(instance)])
      : neededIn(instance);
    for (const each of faults) add(each);
  }
  const isUncreated = (kind: ResourceKind): boolean => isOfModel(kind) || isAttachment(kind);
  for (const { instance, problems } of resources.uncreated?.(isUncreated) ?? []) {
    if (!isOfModel(instance)) {
      for (const each of neededIn(instance)) add(each);
      continue;
    }
    const found: EvaluationProblem[] = [];
    adapterFor(instance.type)?.adapt(instance, found);
    for (const problem of [...found, ...problems]) {
      const { rejection, span } = problem;
      // What is not declared is found in the text.
      if (rejection === undefined || rejection.kind === 'name' || span === undefined) continue;
      const rejected = ofProblem(instance, problem, rejection, span);
      if (rejected !== undefined) add(rejected);
    }
    for (const each of ofSchema(instance)) add(each);
  }
  return { all, told, reasons, isOld: false };
}

const INTERPOLATION = '"${';

const keyOf = ({ kind, span, message }: Rejection): string => `${kind} ${spanKey(span)} ${message}`;

function hasAttribute(type: string, name: string): boolean | undefined {
  const schema = schemaFor(type);
  if (schema === undefined) return undefined;
  return schema.arguments.includes(name) || schema.readOnly.includes(name) || Object.hasOwn(schema.blocks, name);
}

/**
 * Undefined where somebody may still give what makes it go away.
 *
 * @param more defaults that it depends on
 */
function ofProblem(
  instance: ResourceInstance,
  { message }: EvaluationProblem,
  { kind, reason, argument }: FoundRejection,
  span: Span,
  more: ReadonlyMap<string, Value> = new Map(),
): Rejection | undefined {
  const at = argument ?? span;
  if (instance.defaultsBehind === undefined) return undefined;
  if (!isSettled(kind, new Map([...instance.defaultsBehind(at), ...more]))) return undefined;
  // Terraform 0.11 took lists in lists so.
  if (kind === 'type' && textOf(at).includes(INTERPOLATION)) return undefined;
  return { ...subjectOf(instance), kind, span, message, reason, existsIf: instance.existsIf };
}

function subjectOf({ address, resourceAddress, calls }: ResourceInstance) {
  return { address, resourceAddress, calls };
}

/** What the schema of the type says of the arguments. */
function* ofSchema(instance: ResourceInstance): Iterable<Rejection> {
  const schema = schemaFor(instance.type);
  if (schema === undefined || instance.defaultsBehind === undefined) return;
  yield* missingIn(instance, schema);
  yield* typesIn(instance, instance.body, schema);
  yield* valuesIn(instance);
}

const isAttachment = ({ mode, type }: ResourceKind): boolean => mode === 'managed' && ATTACHMENT_TYPES.has(type);

/** Whether a resource that can have groups says something of them. */
const namesGroups = (block: Span): boolean => textOf(block).includes('security_group');

/** What a resource that has groups needs and is without. */
function* neededIn(instance: ResourceInstance): Iterable<Rejection> {
  const { type, body, span, block } = instance;
  const required = requiredArguments[type] ?? [];
  if (body.content === undefined || !namesGroups(block)) return;
  const others = [...body.names].filter((name) => !required.includes(name));
  for (const name of required) {
    // Its value is asked for by nobody, and it may change what is known of inputs.
    const written = body.content.attributes.get(name)?.value;
    if (written !== undefined && written.kind !== 'null') continue;
    if (written === undefined && others.some((other) => nearestName(other, required) === name)) continue;
    const message = `The argument "${name}" is missing.`;
    yield { ...subjectOf(instance), kind: 'argument', span: written ?? span, message };
  }
}

/** Those that no check of rules is about. */
function* missingIn(instance: ResourceInstance, { arguments: known, required }: BlockSchema): Iterable<Rejection> {
  const { type, body, span, existsIf } = instance;
  const form = adapterFor(type)?.form;
  const ofRules = [form?.protocol, form?.fromPort, form?.toPort];
  const others = [...body.names].filter((name) => !known.includes(name));
  for (const name of required) {
    const written = body.attribute(name);
    if (ofRules.includes(name) || (written !== undefined && written.value.kind !== 'null')) continue;
    // Under another name it is there, which unknown-attribute says.
    if (written === undefined && others.some((other) => nearestName(other, required) === name)) continue;
    if (written !== undefined && !isSettled('argument', instance.defaultsBehind!(written.span))) continue;
    const place = { span: written?.span ?? span, origin: written?.value.origin };
    const message = `The argument "${name}" is missing.`;
    const reason = `${instance.resourceAddress}.${name}`;
    const certain = written === undefined ? undefined : existsIf;
    yield { ...subjectOf(instance), kind: 'argument', ...place, message, reason, existsIf: certain };
  }
}

const types: Readonly<Record<ArgumentType, Type>> = {
  bool: boolType,
  map: mapType(stringType),
  number: numberType,
  objects: listType(anyType),
  string: stringType,
  strings: listType(stringType),
};

/** Those of the wrong type, or without a value, that are no rule's. */
function* typesIn(instance: ResourceInstance, body: EvaluatedBody, schema: BlockSchema): Iterable<Rejection> {
  const attributes = body.content?.attributes;
  if (attributes === undefined) return;
  for (const name of Object.keys(schema.types)) {
    const expression = attributes.get(name)?.value;
    if (expression === undefined) continue;
    const type = schema.types[name]!;
    const known = body.flawless?.(name);
    // With less known there is no more that is wrong for certain.
    if (known !== undefined && mistyped(known, types[type], instance.calls) === undefined) continue;
    const isAsked = askedFor.has(name);
    // What only this asks for would change what is known of inputs.
    const beside = isAsked ? undefined : instance.beside?.(expression);
    const written = isAsked ? body.attribute(name) : beside && { name, value: beside.value, span: expression };
    const problem = written && mistyped(written, types[type], instance.calls);
    for (const each of [...(beside?.problems ?? []), ...(problem === undefined ? [] : [problem])]) {
      const { rejection, span } = each;
      // What is not declared is found in the text.
      if (rejection === undefined || rejection.kind === 'name' || span === undefined) continue;
      const found = ofProblem(instance, each, rejection, span, beside?.defaults);
      if (found !== undefined) yield found;
    }
  }
}

/** Arguments of groups that the model has asked for. */
const askedFor: ReadonlySet<string> = new Set(['vpc_id']);

function mistyped(found: EvaluatedAttribute, type: Type, calls: readonly CallSite[]): EvaluationProblem | undefined {
  if (found.value.kind === 'null') return undefined;
  try {
    convert(found.value, type);
    return undefined;
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.kind === 'limit') return undefined;
    return inappropriate(found, error.message, calls);
  }
}

/** Values that are not among those that an argument can have, and arguments that exclude one another. */
function* valuesIn(instance: ResourceInstance): Iterable<Rejection> {
  const { type, body, existsIf } = instance;
  const settled = (kind: Rejection['kind'], span: Span): boolean => isSettled(kind, instance.defaultsBehind!(span));
  for (const [name, values] of Object.entries(argumentValues[type] ?? {})) {
    const written = body.attribute(name);
    if (written?.value.kind !== 'string' || values.includes(written.value.value)) continue;
    if (!settled('value', written.span)) continue;
    const { value } = written;
    const span = outermostPlace(written.span, value.origin, instance.calls);
    const isSecret = isSensitive(value);
    const given = isSecret ? 'a sensitive value' : JSON.stringify(value.value);
    const message = `${name} is ${given}, but must be ${values.map((each) => JSON.stringify(each)).join(' or ')}.`;
    const hint = isSecret ? undefined : nearestName(value.value, values);
    const place = { span, origin: value.origin, isSensitive: isSecret };
    const reason = `${instance.resourceAddress}.${name}`;
    yield { ...subjectOf(instance), kind: 'value', ...place, message, hint, reason, existsIf };
  }
  for (const [first, second] of argumentConflicts[type] ?? []) {
    const [a, b] = [body.attribute(first), body.attribute(second)];
    if (a === undefined || b === undefined || !isSet(a) || !isSet(b)) continue;
    if (!settled('conflict', a.span) || !settled('conflict', b.span)) continue;
    const { span } = a.span.start < b.span.start ? b : a;
    const message = `${first} and ${second} cannot both be set in one ${type}.`;
    yield { ...subjectOf(instance), kind: 'conflict', span, message, existsIf };
  }
}

/** As the provider sees it: what only apply knows does not count, nor does what is empty. */
const isSet = ({ value }: EvaluatedAttribute): boolean => value.kind !== 'null' && value.kind !== 'unknown';
