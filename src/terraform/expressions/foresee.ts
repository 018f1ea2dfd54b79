/** What calls and accesses give for something that is known to be none of what they look through; what that is is noted. */

import { pathInTree } from '../functions/path.ts';
import { EvaluationError } from '../values/errors.ts';
import { isExcluded } from '../values/inputs.ts';
import {
  boolValue,
  integerValue,
  isMapping,
  isSequence,
  stringValue,
  tupleValue,
  type UnknownValue,
  type Value,
} from '../values/value.ts';
import type { Scope } from './scope.ts';
import { asKey, type NameOfInput, propose, proposeBools, type Worlds } from './worlds.ts';

/** Longer lists are not gone through for what an index could be. */
const maximumIndexes = 64;

/**
 * What a function gives, as far as that is certain without a call.
 *
 * @throws EvaluationError where it is certain that the call fails
 */
export function foresee(name: string, [first, second, third]: readonly Value[], scope: Scope): Value | undefined {
  const { worlds } = scope;
  if (first === undefined || worlds === undefined) return undefined;
  switch (name) {
    case 'contains':
      return isSequence(first) && isNoneOf(second, first.items, worlds) ? boolValue(false) : undefined;
    case 'index':
      if (isSequence(first) && isNoneOf(second, first.items, worlds)) throw new EvaluationError('item not found');
      return undefined;
    case 'lookup': {
      const keys = second?.kind === 'unknown' ? keysOf(first) : undefined;
      return keys !== undefined && isNoneOf(second, keys, worlds) && isMapping(first) ? third : undefined;
    }
    case 'tobool':
      proposeBools(first, worlds);
      return undefined;
    case 'regex':
    case 'regexall': {
      const words = first.kind === 'string' ? wordsOf(first.value) : undefined;
      if (words === undefined || !isNoneOf(second, words, worlds)) return undefined;
      if (name === 'regexall') return tupleValue([]);
      throw new EvaluationError('pattern did not match any part of the given string');
    }
    case 'file':
    case 'fileexists':
    case 'templatefile': {
      if (first.kind !== 'unknown') return undefined;
      const paths = pathsOf(first, scope);
      if (paths === undefined || !isNoneOf(first, paths, undefined)) return undefined;
      if (name === 'fileexists') return boolValue(false);
      throw new EvaluationError('no such file');
    }
    default:
      return undefined;
  }
}

/**
 * The index or key of a value, as far as it is known; what it could be is noted.
 *
 * @param nameOf its expression
 * @throws EvaluationError where it is certain to be none of them
 */
export function foreseeIndex(object: Value, key: Value, nameOf: NameOfInput, worlds: Worlds | undefined): Value {
  if (key.kind !== 'unknown' || worlds === undefined) return key;
  const names = keysOf(object);
  const index = names === undefined ? key : asKey(key, names, nameOf, worlds);
  const keys = names ?? indexesOf(object);
  if (keys !== undefined && isNoneOf(index, keys, worlds) && object.kind !== 'unknown') {
    throw new EvaluationError('The given key does not identify an element in this collection value.');
  }
  return index;
}

/** The key that `lookup` is called with. */
export function asLookedUp([object, key]: readonly Value[], nameOf: NameOfInput, worlds: Worlds | undefined): Value {
  return asKey(key!, keysOf(object!) ?? [], nameOf, worlds);
}

/** Whether an unknown value is certain to be none of some, which are noted. */
function isNoneOf(value: Value | undefined, some: readonly Value[], worlds: Worlds | undefined): boolean {
  if (value?.kind !== 'unknown') return false;
  propose(value, some, worlds);
  return some.every((each) => isExcluded(value, each));
}

/** The keys of a map or object, as far as they are known. */
function keysOf(object: Value): readonly Value[] | undefined {
  const entries = isMapping(object) ? object.entries : object.kind === 'unknown' ? object.knownEntries : undefined;
  return entries && [...entries.keys()].map((key) => stringValue(key));
}

function indexesOf(object: Value): readonly Value[] | undefined {
  if ((object.kind !== 'list' && object.kind !== 'tuple') || object.items.length > maximumIndexes) return undefined;
  return object.items.map((_, index) => integerValue(index));
}

/** The only texts that a pattern such as `^(dev|prod)$` matches; undefined for patterns of another form. */
function wordsOf(pattern: string): readonly Value[] | undefined {
  const words = /^\^(?:\((?:\?:)?([\w-]+(?:\|[\w-]+)*)\)|([\w-]+))\$$/.exec(pattern);
  return words === null ? undefined : (words[1] ?? words[2]!).split('|').map((word) => stringValue(word));
}

/** What a path with a hole in it could be, by the files there are; undefined where that can't be told. What its first hole could be is noted. */
function pathsOf(path: UnknownValue, { functions, worlds }: Scope): readonly Value[] | undefined {
  const [start, hole, end = '', ...others] = path.pieces ?? [];
  if (typeof start !== 'string' || typeof hole !== 'object' || typeof end !== 'string') return undefined;
  const slash = start.lastIndexOf('/') + 1;
  const folder = pathInTree(functions, start.slice(0, slash) || '.');
  const listed = folder === undefined ? undefined : functions.files.list(folder);
  if (listed?.kind !== 'directory') return undefined;
  const [ofEntry = '', ...below] = end.split('/');
  if (others.length > 0 && below.length === 0) return undefined;
  const prefix = start.slice(slash);
  const names = listed.entries
    .map(({ name }) => name)
    .filter(
      (name) => name.length >= prefix.length + ofEntry.length && name.startsWith(prefix) && name.endsWith(ofEntry),
    );
  if (names.length === 0) return undefined;
  const of = names.map((name) => stringValue(name.slice(prefix.length, name.length - ofEntry.length)));
  propose(hole, of, worlds);
  if (others.length > 0) return isNoneOf(hole, of, undefined) ? [] : undefined;
  const rest = below.map((step) => `/${step}`).join('');
  return names.map((name) => stringValue(start.slice(0, slash) + name + rest));
}
