/** What inputs could be that nobody has given, and what they are in the world that is being evaluated. */

import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { type InputAnswer, inputNameOf, isExcluded, isToldByInputs, solve } from '../values/inputs.ts';
import { type Piece, stringOfPieces } from '../values/pieces.ts';
import { stringType } from '../values/type.ts';
import {
  boolValue,
  isSensitive,
  isSequence,
  listValue,
  marked,
  stringValue,
  type UnknownValue,
  unknownFrom,
  type Value,
} from '../values/value.ts';

/** The inputs, as one part of the evaluation asks for them. */
export interface Worlds {
  /** What an input is; undefined where it is left open. */
  answer(input: string): InputAnswer | undefined;
  /** Notes a value that the configuration compares an input with, or looks up by it. */
  propose(input: string, candidate: Value): void;
  /** Notes that an input decides what waits for something, by the name that messages have for that. */
  explain(reason: string, input: string): void;
  /** Notes that a condition is an input, and what it depends on. */
  makeCondition(input: string, reasons: readonly string[]): void;
  /** In front of the texts that are inputs: the module that they stand in, with the keys of `for_each` on the way. */
  readonly prefix: string;
}

/** The same inputs for what is asked beside the evaluation: nothing is noted of it. */
export function unnoted(worlds: Worlds): Worlds {
  return {
    prefix: worlds.prefix,
    answer: (input) => worlds.answer(input),
    propose: nothing,
    explain: nothing,
    makeCondition: nothing,
  };
}

function nothing(): void {}

/** The same, of which the inputs are something else. */
export function answering(worlds: Worlds, answer: Worlds['answer']): Worlds {
  return {
    prefix: worlds.prefix,
    answer,
    propose: (input, candidate) => worlds.propose(input, candidate),
    explain: (reason, input) => worlds.explain(reason, input),
    makeCondition: (input, reasons) => worlds.makeCondition(input, reasons),
  };
}

/** An unknown value as the world has it: its input's value, or with what that is not. */
export function decided(value: Value, worlds: Worlds | undefined): Value {
  if (value.kind !== 'unknown' || worlds === undefined) return value;
  const input = inputNameOf(value);
  if (input === undefined) return value;
  if (value.type.kind === 'bool') for (const each of [true, false]) worlds.propose(input, boolValue(each));
  const answer = worlds.answer(input);
  for (const { name } of value.reasons) worlds.explain(name, input);
  if (answer === undefined) return ofInput(value);
  if ('not' in answer) return { ...ofInput(value), not: [...(value.not ?? []), ...answer.not] };
  try {
    return marked({ ...convert(answer.is, value.type), origin: value.origin }, value.sensitive);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return value;
  }
}

function ofInput(value: UnknownValue): UnknownValue {
  if (value.reasons.every(({ isInput }) => isInput)) return value;
  return { ...value, reasons: value.reasons.map((reason) => ({ ...reason, isInput: true })) };
}

/**
 * Notes what an unknown value is compared with or looked up as.
 *
 * @returns whether each of them could be told as a value of an input
 */
export function propose(value: Value, targets: Iterable<Value>, worlds: Worlds | undefined): boolean {
  if (value.kind !== 'unknown' || worlds === undefined) return false;
  let isSolved = true;
  for (const target of targets) {
    const isTold =
      (target.kind === 'string' || target.kind === 'number' || target.kind === 'bool') && !isSensitive(target);
    const solutions = isTold ? solve(value, target) : undefined;
    if (solutions === undefined) isSolved = false;
    for (const solution of solutions ?? []) worlds.propose(solution.input, solution.value);
  }
  return isSolved;
}

/** Notes that a value of any type, or a text, is taken for a bool. */
export function proposeBools(value: Value, worlds: Worlds | undefined): void {
  if (value.kind === 'unknown' && (value.type.kind === 'any' || value.type.kind === 'string'))
    propose(
      value,
      [true, false].map((each) => boolValue(each)),
      worlds,
    );
}

/** The text of an expression; undefined where that is another thing for each instance or item. */
export type NameOfInput = () => string | undefined;

/**
 * A condition that is not known and that no value of an input decides is an input itself: it is true, or false.
 */
export function asCondition(value: Value, nameOf: NameOfInput, worlds: Worlds | undefined): Value {
  if (value.kind !== 'unknown' || value.type.kind !== 'bool' || worlds === undefined || value.input !== undefined)
    return value;
  if (isSensitive(value) || !value.reasons.some(({ isInput }) => isInput)) return value;
  const text = nameOf();
  if (text === undefined) return value;
  const input = `${worlds.prefix}${text}`;
  worlds.makeCondition(
    input,
    value.reasons.map(({ name }) => name),
  );
  return decided({ ...value, input }, worlds);
}

/**
 * A text that is looked up or compared, and that nothing tells from the inputs that it is made of, is an input itself: it is one of the
 * keys, or none.
 *
 * @param keys what it is looked up in, or compared with
 */
export function asKey(value: Value, keys: readonly Value[], nameOf: NameOfInput, worlds: Worlds | undefined): Value {
  if (value.kind !== 'unknown' || worlds === undefined || inputNameOf(value) !== undefined || isSensitive(value))
    return value;
  if (!value.reasons.some(({ isInput }) => isInput) || (value.type.kind !== 'string' && value.type.kind !== 'any'))
    return value;
  if (keys.some((key) => solve(value, key) !== undefined) || keys.every((key) => isExcluded(value, key))) return value;
  const text = nameOf();
  if (text === undefined || !/\b(?:var|local|terraform|data|module)\./.test(text)) return value;
  const input = `${worlds.prefix}${text}`;
  worlds.makeCondition(
    input,
    value.reasons.map(({ name }) => name),
  );
  for (const key of keys) worlds.propose(input, key);
  return decided({ ...value, input }, worlds);
}

/**
 * A local value that is a text, and that nothing tells from the inputs that it is made of, is an input itself: the same one wherever it is
 * handed on to.
 *
 * @param name of the local value
 */
export function asDerived(value: Value, name: string, worlds: Worlds | undefined): Value {
  if (value.kind !== 'unknown' || value.type.kind !== 'string' || worlds === undefined || isSensitive(value))
    return value;
  if (!value.reasons.some(({ isInput }) => isInput) || isToldByInputs(value)) return value;
  const input = `${worlds.prefix}${name}`;
  worlds.makeCondition(
    input,
    value.reasons.map((reason) => reason.name),
  );
  return { ...value, input };
}

const ofPlainText: Readonly<
  Record<string, (rest: readonly string[]) => { guess(text: string): readonly string[]; apply(text: string): string }>
> = {
  lower: () => ({ guess: (text) => [text], apply: (text) => text.toLowerCase() }),
  upper: () => ({ guess: (text) => [text.toLowerCase(), text], apply: (text) => text.toUpperCase() }),
  title: () => ({
    guess: (text) => [text.toLowerCase(), text],
    apply: (text) => text.replace(/(?<![\w'])[a-z]/g, (letter) => letter.toUpperCase()),
  }),
  trimspace: () => ({ guess: (text) => [text], apply: (text) => text.trim() }),
  chomp: () => ({ guess: (text) => [text], apply: (text) => text.replace(/[\r\n]+$/, '') }),
  trimprefix: ([prefix = '']) => ({
    guess: (text) => [prefix + text],
    apply: (text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text),
  }),
  trimsuffix: ([suffix = '']) => ({
    guess: (text) => [text + suffix],
    apply: (text) => (suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text),
  }),
  replace: ([from = '', to = '']) => ({
    guess: (text) => (to === '' ? [text] : [text.replaceAll(to, from), text]),
    apply: (text) => (from === '' ? text : text.replaceAll(from, to)),
  }),
};

/** The text of a format with plain verbs, as far as it is known. */
function formatted([format, ...args]: readonly Value[]): UnknownValue | undefined {
  if (format?.kind !== 'string' || !/^(?:[^%]|%%|%[svd])*$/.test(format.value)) return undefined;
  const texts = format.value.split(/(%%|%[svd])/);
  let next = 0;
  const pieces = texts.map((text): Piece | undefined => {
    if (text === '%%') return '%';
    if (!/^%[svd]$/.test(text)) return text;
    const value = args[next++];
    if (value?.kind === 'number' && Number.isSafeInteger(value.value)) return String(value.value);
    if (text === '%d') return undefined;
    if (value?.kind === 'string') return value.value;
    return value?.kind === 'unknown' && value.type.kind === 'string' ? value : undefined;
  });
  if (next !== args.length || pieces.some((piece) => piece === undefined)) return undefined;
  return stringOfPieces(pieces as readonly Piece[]);
}

/** What each item of a list of formats is, as far as it is known. */
function formattedList(result: Value, [format, ...args]: readonly Value[]): Value {
  const lengths = args.flatMap((arg) => (isSequence(arg) ? [arg.items.length] : []));
  const [length] = lengths;
  const isUnknown = (arg: Value): boolean => arg.kind === 'unknown' && arg.type.kind !== 'string';
  const of = (item: (arg: Value) => Value): Value | undefined => {
    const made = formatted([format!, ...args.map(item)]);
    const [only, ...others] = made?.pieces ?? [];
    return typeof only === 'string' && others.length === 0 ? stringValue(only) : made;
  };
  const at = (index: number): Value | undefined => of((arg) => (isSequence(arg) ? arg.items[index]! : arg));
  if (result.kind === 'list') {
    const items = result.items.map((item, index) => (item.kind === 'unknown' ? (at(index) ?? item) : item));
    return { ...result, items };
  }
  if (result.kind !== 'unknown' || result.item !== undefined) return result;
  if (args.some(isUnknown)) {
    const item = of((arg) =>
      arg.kind === 'unknown' && isUnknown(arg)
        ? (arg.item ?? unknownFrom([arg], stringType))
        : isSequence(arg)
          ? unknownFrom([result], stringType)
          : arg,
    );
    return { ...result, item };
  }
  if (length === undefined || length > maximumListed || lengths.some((each) => each !== length)) return result;
  const items = Array.from({ length }, (_, index) => at(index));
  return items.some((item) => item === undefined) ? result : listValue(items as Value[], stringType);
}

/** Items of longer lists are not formatted one by one. */
const maximumListed = 256;

/**
 * What a function makes of an unknown string, with how to tell that string from it, where the function is one of plain text.
 *
 * @param prefix what it takes off in front, whatever that is there; undefined where it does not
 */
export function withSource(result: Value, name: string, args: readonly Value[], prefix: string | undefined): Value {
  const [of, ...others] = args;
  if (prefix !== undefined && result.kind === 'unknown' && of?.kind === 'unknown') {
    const apply = (text: string): string => text.slice(prefix.length);
    return { ...result, madeBy: { of, guess: (text) => [prefix + text], apply } };
  }
  if (result.kind === 'unknown' && name === 'format' && result.pieces === undefined) {
    const pieces = formatted(args)?.pieces;
    return pieces === undefined ? result : { ...result, pieces };
  }
  if (name === 'formatlist') return formattedList(result, args);
  const make = ofPlainText[name];
  if (result.kind !== 'unknown' || of?.kind !== 'unknown' || make === undefined) return result;
  const rest = others.flatMap((each) => (each.kind === 'string' ? [each.value] : []));
  // A pattern between slashes is a regular expression.
  if (rest.length !== others.length || (name === 'replace' && /^\/.*\/$/s.test(rest[0] ?? ''))) return result;
  return { ...result, madeBy: { of, ...make(rest) } };
}
