/** Conversions, coalesce, length and sensitivity: functions of values of any type. */

import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { isIdentifier } from '../values/pieces.ts';
import {
  anyType,
  boolType,
  constraintName,
  listType,
  mapType,
  numberType,
  setType,
  stringType,
  type Type,
  typeName,
} from '../values/type.ts';
import { unify } from '../values/unify.ts';
import {
  asSensitive,
  boolValue,
  integerValue,
  isMapping,
  isSensitive,
  isSequence,
  nullValue,
  typeOf,
  unknownFrom,
  type Value,
} from '../values/value.ts';
import type { FunctionDefinition, FunctionTable, Invocation, Parameter } from './definition.ts';
import { graphemesOf } from './grapheme.ts';
import { hasKnownSize } from './partial.ts';

/** A parameter that takes everything as it is. */
const anything = (name: string): Parameter => ({
  name,
  type: anyType,
  allowNull: true,
  known: 'nothing',
  sensitivity: 'own',
});

/** Terraform: internal/lang/funcs/conversion.go, sensitive.go and collection.go. */
export const typeFunctions: FunctionTable = {
  coalesce: {
    parameters: [],
    variadic: { name: 'vals', type: anyType, allowNull: true, known: 'nothing' },
    returns: anyType,
    call: (args) => {
      const type = unify(args.map(typeOf));
      if (type === undefined) throw new EvaluationError('all arguments must have the same type');
      for (const arg of args) {
        const value = convert(arg, type);
        if (isIdentifier(value)) return value;
        if (value.kind === 'unknown') return { ...unknownFrom(args, type), notNull: true };
        if (value.kind !== 'null' && !(value.kind === 'string' && value.value === '')) return value;
      }
      throw new EvaluationError('no non-null, non-empty-string arguments');
    },
  },
  ephemeralasnull: {
    parameters: [anything('value')],
    returns: anyType,
    call: ([value]) => {
      return value!.kind === 'unknown' && value!.ephemeral === true ? nullValue(value!.type) : value!;
    },
  },
  issensitive: {
    parameters: [anything('value')],
    returns: boolType,
    call: ([value]) =>
      value!.sensitive === true
        ? boolValue(true)
        : value!.kind === 'unknown'
          ? unknownFrom([value!], boolType)
          : boolValue(false),
  },
  length: {
    parameters: [{ name: 'value', type: anyType, known: 'nothing', sensitivity: 'shallow' }],
    returns: numberType,
    call: ([value], invocation) => lengthOf(value!, invocation),
  },
  list: removed('list', 'tolist([ ... ])', 'list'),
  map: removed('map', 'tomap({ ... })', 'map'),
  nonsensitive: {
    parameters: [anything('value')],
    returns: anyType,
    call: ([value]) => ({ ...value!, sensitive: undefined }),
  },
  sensitive: { parameters: [anything('value')], returns: anyType, call: ([value]) => asSensitive(value!) },
  tobool: conversion(boolType),
  tolist: conversion(listType(anyType)),
  tomap: conversion(mapType(anyType)),
  tonumber: conversion(numberType),
  toset: conversion(setType(anyType)),
  tostring: conversion(stringType),
};

function removed(name: string, instead: string, what: string): FunctionDefinition {
  return {
    parameters: [],
    variadic: { name: 'vals', type: anyType, allowNull: true, known: 'nothing' },
    returns: anyType,
    call: () => {
      throw new EvaluationError(
        `the "${name}" function was deprecated in Terraform v0.12 and is no longer available; use ${instead} syntax to write a literal ${what}`,
      );
    },
  };
}

function lengthOf(value: Value, call: Invocation): Value {
  const type = typeOf(value);
  const unknown = { ...unknownFrom([value], numberType), sensitive: undefined, notNull: true };
  if (value.kind === 'string') return integerValue(graphemesOf(value.value, call).length);
  if (isSequence(value)) return hasKnownSize(value) ? integerValue(value.items.length) : unknown;
  if (isMapping(value)) return integerValue(value.entries.size);
  switch (type.kind) {
    case 'tuple':
      return integerValue(type.items.length);
    case 'object':
      return integerValue(type.attributes.size);
    case 'number':
    case 'bool':
      throw new EvaluationError('argument must be a string, a collection type, or a structural type');
    default:
      return unknown;
  }
}

function conversion(wanted: Type): FunctionDefinition {
  return {
    parameters: [anything('v')],
    returns: wanted,
    nullable: true,
    call: ([value]) => {
      try {
        return convert(value!, wanted);
      } catch (error) {
        if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
        throw new EvaluationError(conversionFault(value!, wanted), { argument: 0, hidesValues: isSensitive(value!) });
      }
    },
  };
}

function conversionFault(value: Value, wanted: Type): string {
  if (value.kind === 'string' && (wanted.kind === 'bool' || wanted.kind === 'number')) {
    if (isSensitive(value)) return `cannot convert this sensitive string to ${constraintName(wanted)}`;
    const text = JSON.stringify(value.value);
    return wanted.kind === 'bool'
      ? `cannot convert ${text} to bool; only the strings "true" or "false" are allowed`
      : `cannot convert ${text} to number; given string must be a decimal representation of a number`;
  }
  return `cannot convert ${typeName(typeOf(value))} to ${constraintName(wanted)}`;
}
