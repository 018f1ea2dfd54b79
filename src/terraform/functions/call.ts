/** One call of one function: conversion, null, unknown and sensitive arguments, and origins, for all functions alike. */

import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import type { Type } from '../values/type.ts';
import {
  isMapping,
  isSensitive,
  isSequence,
  isWhollyKnown,
  marked,
  type Origin,
  type Sensitivity,
  sensitivityIn,
  strongest,
  type UnknownValue,
  unknownFrom,
  type Value,
} from '../values/value.ts';
import type { FunctionDefinition, Invocation, Parameter } from './definition.ts';
import { madeAt } from './origin.ts';
import { callOfSamples, isLost } from './samples.ts';

/**
 * What `definition` makes of the arguments.
 *
 * @throws EvaluationError with Terraform's words and, where one argument is at fault, its index
 */
export function callDefinition(
  definition: FunctionDefinition,
  args: readonly Value[],
  call: Omit<Invocation, 'sensitive'>,
): Value {
  checkCount(definition, args.length, call.name);
  const parameterAt = (index: number): Parameter => (definition.parameters[index] ?? definition.variadic)!;
  let sensitive = none;
  let mark: Sensitivity | undefined;
  const converted = args.map((arg, index) => {
    const parameter = parameterAt(index);
    const value = convertArgument(arg, parameter, index);
    if (parameter.sensitivity === 'own') return value;
    if (parameter.sensitivity === 'shallow') {
      if (value.sensitive === undefined) return value;
      sensitive = new Set([...sensitive, index]);
      mark = strongest(mark, value.sensitive);
      return { ...value, sensitive: undefined };
    }
    const own = sensitivityIn(value);
    if (own === undefined) return value;
    sensitive = new Set([...sensitive, index]);
    mark = strongest(mark, own);
    return withoutSensitive(value);
  });
  try {
    const invocation = { ...call, sensitive };
    const result = converted.every((value, index) => isKnownEnough(value, parameterAt(index)))
      ? definition.call(converted, invocation)
      : unknownResult(definition, converted);
    const followed = isLost(result)
      ? callOfSamples(call.name, converted, (samples) => definition.call(samples, invocation))
      : undefined;
    const placed = withOrigin(followed ?? result, madeAt(call.span, args));
    return marked(placed, mark);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    if (error.kind !== 'limit' && !error.hidesValues && args.some(isSensitive)) throw hiddenFault(error);
    if (error.argument === undefined || error.span !== undefined) throw error;
    if (error.kind === 'limit' || error.argument >= args.length) throw error;
    throw invalidArgument(parameterAt(error.argument), error.argument, error.message);
  }
}

const none: ReadonlySet<number> = new Set();

/** Most implementations name what is wrong with a value. */
function hiddenFault({ argument }: EvaluationError): EvaluationError {
  return new EvaluationError('invalid value; details are hidden because an argument is sensitive', { argument });
}

function checkCount(definition: FunctionDefinition, count: number, name: string): void {
  const { parameters, variadic } = definition;
  const missing = parameters[count];
  if (missing !== undefined) {
    throw new EvaluationError(
      `Function "${name}" expects${variadic === undefined ? '' : ' at least'} ${parameters.length} argument(s). Missing value for "${missing.name}".`,
    );
  }
  if (variadic === undefined && count > parameters.length) {
    throw new EvaluationError(`Function "${name}" expects only ${parameters.length} argument(s).`, {
      argument: parameters.length,
    });
  }
}

function convertArgument(arg: Value, parameter: Parameter, index: number): Value {
  let value: Value;
  try {
    value = parameter.type.kind === 'any' ? arg : convert(arg, parameter.type);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw invalidArgument(parameter, index, error.message);
  }
  if (value.kind === 'null' && parameter.allowNull !== true) {
    throw invalidArgument(parameter, index, 'argument must not be null');
  }
  return value;
}

function invalidArgument(parameter: Parameter, argument: number, message: string): EvaluationError {
  return new EvaluationError(`Invalid value for "${parameter.name}" parameter: ${message}.`, { argument });
}

function isKnownEnough(value: Value, parameter: Parameter): boolean {
  switch (parameter.known ?? 'itself') {
    case 'nothing':
      return true;
    case 'itself':
      return value.kind !== 'unknown';
    case 'wholly':
      return isWhollyKnown(value);
  }
}

function unknownResult(definition: FunctionDefinition, args: readonly Value[]): UnknownValue {
  const type: Type = typeof definition.returns === 'function' ? definition.returns(args) : definition.returns;
  return {
    ...unknownFrom(args, type),
    sensitive: undefined,
    notNull: definition.nullable === true ? undefined : true,
    ...definition.sure?.(args),
  };
}

/** A collection that a call made is like a literal: its members tell for themselves where they came from. */
function withOrigin(value: Value, made: Origin): Value {
  if (value.origin !== undefined) return value;
  if (isSequence(value)) {
    return { ...value, items: value.items.map((item) => withOrigin(item, made)), origin: { span: made.span } };
  }
  if (isMapping(value)) {
    const entries = new Map<string, Value>();
    value.entries.forEach((entry, key) => {
      entries.set(key, withOrigin(entry, made));
    });
    return { ...value, entries, origin: { span: made.span } };
  }
  if (value.kind === 'unknown' && value.known !== undefined) {
    return { ...value, known: value.known.map((item) => withOrigin(item, made)), origin: made };
  }
  return { ...value, origin: made };
}

/** The value without its own sensitivity and that of its members. */
function withoutSensitive(value: Value): Value {
  if (isSequence(value)) return { ...value, items: value.items.map(withoutSensitive), sensitive: undefined };
  if (isMapping(value)) {
    const entries = new Map<string, Value>();
    for (const [key, entry] of value.entries) entries.set(key, withoutSensitive(entry));
    return { ...value, entries, sensitive: undefined };
  }
  return { ...value, sensitive: undefined };
}
