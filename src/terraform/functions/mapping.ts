/** Functions that take or return maps and objects. */

import { SENSITIVE } from '../../text/sensitive.ts';
import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { anyType, equalTypes, listType, mapType, stringType, type Type, tupleType, typeName } from '../values/type.ts';
import {
  compareStrings,
  isMapping,
  isSensitive,
  isSequence,
  isWhollyKnown,
  knownEntriesOf,
  listValue,
  mapValue,
  markedBy,
  markOf,
  memberOf,
  objectValue,
  outerTypeOf,
  stringValue,
  tupleValue,
  typeOf,
  unknownFrom,
  type Value,
} from '../values/value.ts';
import { asEntries, asItems, asText } from './arguments.ts';
import type { FunctionTable, Invocation, Parameter } from './definition.ts';
import { checkItemCount } from './limits.ts';
import { furtherItem, SureEntries, sureItems } from './partial.ts';

const any = (name: string, more: Partial<Parameter> = {}): Parameter => ({ name, type: anyType, ...more });

/** go-cty: cty/function/stdlib/collection.go; Terraform: internal/lang/funcs/collection.go. */
export const mappingFunctions: FunctionTable = {
  keys: {
    parameters: [any('inputMap', { sensitivity: 'shallow', known: 'nothing' })],
    returns: anyType,
    call: ([mapping]) => {
      const type = outerTypeOf(mapping!);
      if (isMapping(mapping!)) {
        const keys = keysOf(mapping.entries, mapping);
        return mapping.kind === 'object' ? tupleValue(keys) : listValue(keys, stringType);
      }
      if (type.kind === 'object') {
        return tupleValue([...type.attributes.keys()].sort(compareStrings).map((name) => stringValue(name)));
      }
      if (type.kind !== 'map' && type.kind !== 'any') {
        throw new EvaluationError('must have map or object type', { argument: 0 });
      }
      const known = mapping!.kind === 'unknown' ? keysOf(knownEntriesOf(mapping!), mapping!) : [];
      return { ...unknownFrom([mapping!], type.kind === 'map' ? listType(stringType) : anyType), notNull: true, known };
    },
  },
  lookup: {
    parameters: [
      any('inputMap', { sensitivity: 'own', known: 'nothing' }),
      { name: 'key', type: stringType, sensitivity: 'own', known: 'nothing' },
    ],
    variadic: any('default', { allowNull: true, sensitivity: 'own', known: 'nothing' }),
    returns: anyType,
    nullable: true,
    call: lookup,
  },
  merge: {
    parameters: [],
    variadic: any('maps', { allowNull: true, sensitivity: 'shallow', known: 'nothing' }),
    returns: anyType,
    call: merge,
  },
  transpose: {
    parameters: [{ name: 'values', type: mapType(listType(stringType)), known: 'wholly' }],
    returns: mapType(listType(stringType)),
    call: ([mapping]) => {
      const lists = new Map<string, Value[]>();
      for (const [key, list] of asEntries(mapping)) {
        if (list.kind === 'null') throw new EvaluationError('input must not contain null list');
        for (const item of asItems(list)) {
          if (item.kind === 'null') throw new EvaluationError('input list must not contain null string');
          const keys = lists.get(asText(item));
          const value = stringValue(key, list.origin);
          if (keys === undefined) lists.set(asText(item), [value]);
          else keys.push(value);
        }
      }
      const entries = [...lists].map(([key, keys]) => [key, listValue(keys, stringType)] as const);
      return mapValue(entries, listType(stringType));
    },
  },
  values: {
    parameters: [any('mapping', { sensitivity: 'shallow', known: 'nothing' })],
    returns: anyType,
    call: ([mapping]) => {
      const type = outerTypeOf(mapping!);
      if (isMapping(mapping!)) {
        const values = [...mapping.entries.values()].map((value) => memberOf(value, mapping));
        return mapping.kind === 'object' ? tupleValue(values) : listValue(values, mapping.element);
      }
      if (type.kind !== 'map' && type.kind !== 'object' && type.kind !== 'any') {
        throw new EvaluationError('values() requires a map as the first argument');
      }
      const result = type.kind === 'map' ? listType(type.element) : type.kind === 'object' ? valuesType(type) : anyType;
      const unknown = { ...unknownFrom([mapping!], result), notNull: true };
      if (mapping!.kind !== 'unknown') return unknown;
      const entries = [...knownEntriesOf(mapping!).values()];
      const known = entries.map((value) => memberOf(value, mapping!));
      return { ...unknown, known: [...known, ...sureItems(mapping!)], item: furtherItem([mapping!]) };
    },
  },
  zipmap: {
    parameters: [
      { name: 'keys', type: listType(stringType), sensitivity: 'own', known: 'nothing' },
      any('values', { sensitivity: 'shallow', known: 'nothing' }),
    ],
    returns: anyType,
    call: ([keys, values]) => zipmap(keys!, values!),
  },
};

function keysOf(entries: ReadonlyMap<string, Value>, mapping: Value): readonly Value[] {
  return [...entries].map(([key, value]) => memberOf(stringValue(key, value.origin), mapping));
}

function valuesType(type: Extract<Type, { kind: 'object' }>): Type {
  const attributes = [...type.attributes].sort(([a], [b]) => compareStrings(a, b));
  return tupleType(attributes.map(([, attribute]) => attribute.type));
}

function lookup(args: readonly Value[]): Value {
  const [mapping, key, fallback] = args;
  if (args.length > 3) throw new EvaluationError(`lookup() takes two or three arguments, got ${args.length}`);
  const type = outerTypeOf(mapping!);
  if (type.kind !== 'map' && type.kind !== 'object' && type.kind !== 'any') {
    throw new EvaluationError('lookup() requires a map as the first argument', { argument: 0 });
  }
  const finished = (value: Value): Value => markedBy(value, mapping!, key!);
  let converted = fallback;
  if (type.kind === 'map' && fallback !== undefined) {
    try {
      converted = convert(fallback, type.element);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      throw new EvaluationError('the default value must have the same type as the map elements', { argument: 2 });
    }
  }
  const name = key!.kind === 'string' ? key!.value : undefined;
  if (name !== undefined) {
    const found = isMapping(mapping!)
      ? mapping.entries.get(name)
      : mapping!.kind === 'unknown'
        ? (mapping!.knownEntries?.get(name) ?? mapping!.attribute?.(name))
        : undefined;
    if (found !== undefined) return finished(memberOf(found, mapping!));
    if (mapping!.kind !== 'unknown') {
      if (converted !== undefined) return finished(converted);
      const shown = isSensitive(key!) ? SENSITIVE : JSON.stringify(name);
      throw type.kind === 'object'
        ? new EvaluationError(`the given object has no attribute ${shown}`, { argument: 0, hidesValues: true })
        : new EvaluationError(`lookup failed to find key ${shown}`, { hidesValues: true });
    }
  }
  return {
    ...unknownFrom([mapping!, key!], type.kind === 'map' ? type.element : anyType),
    sensitive: markOf([mapping!, key!]),
  };
}

function merge(args: readonly Value[], call: Invocation): Value {
  for (const type of args.map(outerTypeOf)) {
    if (type.kind !== 'map' && type.kind !== 'object' && type.kind !== 'any') {
      throw new EvaluationError(`arguments must be maps or objects, got ${JSON.stringify(typeName(type))}`);
    }
  }
  const sure = new SureEntries();
  for (const arg of args) {
    if (arg.kind === 'unknown') {
      sure.addUnknown(arg.reasons);
      for (const [key, value] of knownEntriesOf(arg)) sure.add(key, memberOf(value, arg));
    } else if (isMapping(arg)) {
      arg.entries.forEach((value, key) => {
        sure.add(key, memberOf(value, arg));
      });
    }
  }
  checkItemCount(sure.entries.size, call);
  const isUnknown = args.some((arg) => arg.kind === 'unknown');
  // Those of objects take long to find.
  const types = isUnknown || args[0]?.kind === 'map' ? args.map(typeOf) : [];
  const [first] = types;
  if (isUnknown) {
    const same = first !== undefined && types.every((type) => equalTypes(type, first)) ? first : anyType;
    return {
      ...unknownFrom(args, same),
      sensitive: undefined,
      notNull: true,
      knownEntries: sure.entries,
      item: furtherItem(args),
      attribute: args.some((arg) => arg.kind === 'unknown' && arg.attribute !== undefined)
        ? (name) => mergedAttribute(args, name)
        : undefined,
    };
  }
  // Terraform makes a map only of maps of one type, and an object of everything else.
  return first?.kind === 'map' && types.every((type) => equalTypes(type, first))
    ? mapValue(sure.entries, first.element)
    : objectValue(sure.entries);
}

/** What a name means in resources and mappings that are merged: the last of them that has it decides. */
function mergedAttribute(args: readonly Value[], name: string): Value {
  for (const arg of [...args].reverse()) {
    const value = isMapping(arg)
      ? arg.entries.get(name)
      : arg.kind === 'unknown'
        ? (arg.knownEntries?.get(name) ?? arg.attribute?.(name) ?? unknownFrom([arg]))
        : undefined;
    if (value !== undefined) return memberOf(value, arg);
  }
  return unknownFrom(args);
}

function zipmap(keys: Value, values: Value): Value {
  const type = typeOf(values);
  if (type.kind !== 'list' && type.kind !== 'tuple' && type.kind !== 'any') {
    throw new EvaluationError('values argument must be a list or tuple value');
  }
  const finished = (value: Value): Value => markedBy(value, keys, ...(isSequence(keys) ? keys.items : []));
  if (!isWhollyKnown(keys) || values.kind === 'unknown') return finished(partialZipmap(keys, values));
  const names = asItems(keys);
  const items = asItems(values);
  if (names.length !== items.length) {
    throw new EvaluationError(`number of keys (${names.length}) does not match number of values (${items.length})`);
  }
  const entries = names.map((name, index) => {
    if (name.kind === 'null') throw new EvaluationError(`keys list has null value at index ${index}`);
    return [asText(name), memberOf(items[index]!, values)] as const;
  });
  return finished(values.kind === 'list' ? mapValue(entries, values.element) : objectValue(entries));
}

function partialZipmap(keys: Value, values: Value): Value {
  const sure = new SureEntries();
  for (const [index, key] of (isSequence(keys) ? keys.items : []).entries()) {
    if (key.kind === 'unknown') sure.addUnknown(key.reasons);
    else if (key.kind === 'string') {
      const value = isSequence(values) ? values.items[index] : undefined;
      sure.add(key.value, value === undefined ? unknownFrom([values]) : memberOf(value, values));
    }
  }
  const type = typeOf(values);
  return {
    ...unknownFrom([keys, values], type.kind === 'list' ? mapType(type.element) : anyType),
    sensitive: undefined,
    notNull: true,
    knownEntries: sure.entries,
  };
}
