/** format and formatlist. */

import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { isWhole } from '../values/number.ts';
import { anyType, boolType, listType, numberType, stringType, type Type } from '../values/type.ts';
import {
  isSequence,
  isWhollyKnown,
  listValue,
  stringValue,
  unknownFrom,
  unknownValue,
  type Value,
} from '../values/value.ts';
import { asNumber, asText } from './arguments.ts';
import type { FunctionTable, Invocation, Parameter } from './definition.ts';
import { graphemesOf } from './grapheme.ts';
import { jsonText } from './json-text.ts';
import { checkItemCount, checkTextLength } from './limits.ts';
import { formatFloat, formatInteger, type NumberFormat, shortestText } from './number-format.ts';
import { madeAt } from './origin.ts';
import { hasKnownSize, sureItems } from './partial.ts';

const parameters: readonly Parameter[] = [{ name: 'format', type: stringType }];
const variadic: Parameter = { name: 'args', type: anyType, allowNull: true, known: 'nothing' };

/** go-cty: cty/function/stdlib/format.go. */
export const formatFunctions: FunctionTable = {
  format: {
    parameters,
    variadic,
    returns: stringType,
    call: ([format, ...values], invocation) => {
      const untyped = untypedNull(values, stringType);
      if (untyped !== undefined) return untyped;
      if (!values.every(isWhollyKnown)) return { ...unknownFrom(values, stringType), notNull: true };
      return stringValue(formatText(asText(format), values, invocation));
    },
  },
  formatlist: {
    parameters,
    variadic,
    returns: listType(stringType),
    call: ([format, ...values], invocation) =>
      untypedNull(values, listType(stringType)) ?? formatList(asText(format), values, invocation),
  },
};

/** Terraform never knows the text of a null that no type was given: not before apply, and not after. */
function untypedNull(values: readonly Value[], type: Type): Value | undefined {
  const untyped = values.find((value) => value.kind === 'null' && value.type.kind === 'any');
  return untyped === undefined ? undefined : unknownValue({ name: 'null', ...spanOf(untyped) }, type);
}

const spanOf = (value: Value) => (value.origin === undefined ? {} : { span: value.origin.span });

function formatList(format: string, values: readonly Value[], call: Invocation): Value {
  const { span } = call;
  const lists = values.map((value) => (isSequence(value) && hasKnownSize(value) ? sureItems(value) : undefined));
  const chooser = lists.findIndex((list) => list !== undefined);
  const length = lists[chooser]?.length;
  for (const [index, list] of lists.entries()) {
    if (list === undefined || list.length === length) continue;
    throw new EvaluationError(
      `argument ${index + 1} has length ${list.length}, which is inconsistent with argument ${chooser + 1} of length ${length}`,
      { argument: index + 1 },
    );
  }
  const row = (items: readonly Value[], index: number): Value => {
    const origin = madeAt(span, items);
    if (!items.every(isWhollyKnown)) return { ...unknownFrom(items, stringType, origin), notNull: true };
    try {
      return stringValue(formatText(format, items, call), origin);
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
      if (values.length === 0) throw error;
      throw new EvaluationError(`error on format iteration ${index}: ${error.message}`);
    }
  };
  const isOpen = (value: Value): boolean =>
    value.kind === 'unknown' ? mayBeList(value.type) : value.kind === 'set' && !hasKnownSize(value);
  const open = values.filter(isOpen);
  if (open.length > 0) {
    const [only] = open;
    const known =
      open.length === 1 && length === undefined
        ? sureItems(only!).map((item, index) =>
            row(
              values.map((value) => (value === only ? item : value)),
              index,
            ),
          )
        : [];
    return { ...unknownFrom(values, listType(stringType)), notNull: true, known };
  }
  const count = length ?? 1;
  checkItemCount(count, call);
  const rows: Value[] = [];
  let textLength = 0;
  for (let index = 0; index < count; index++) {
    const result = row(
      values.map((value, column) => lists[column]?.[index] ?? value),
      index,
    );
    if (result.kind === 'string') checkTextLength((textLength += result.value.length), call);
    rows.push(result);
  }
  return listValue(rows, stringType);
}

const mayBeList = ({ kind }: Type): boolean => kind === 'any' || kind === 'list' || kind === 'set' || kind === 'tuple';

interface Verb extends NumberFormat {
  readonly raw: string;
  /** In bytes of UTF-8, as Terraform's messages count. */
  readonly offset: number;
  /** From 1. */
  readonly argument: number;
}

const verbSyntax = /%([0#+\- ]*)([1-9][0-9]*)?(?:\.([0-9]*))?(?:\[([1-9][0-9]*)\])?([A-Za-z])/y;

/** `values` begin with the call's second argument. */
function formatText(format: string, values: readonly Value[], call: Invocation): string {
  let text = '';
  let next = 1;
  let highest = 0;
  let position = 0;
  while (position < format.length) {
    const percent = format.indexOf('%', position);
    if (percent === -1) {
      text += format.slice(position);
      break;
    }
    text += format.slice(position, percent);
    if (format[percent + 1] === '%') {
      text += '%';
      position = percent + 2;
      continue;
    }
    verbSyntax.lastIndex = percent;
    const match = verbSyntax.exec(format);
    if (match === null) throw malformedVerb(format, percent);
    const [raw, flags = '', width, precision, argument, verb = ''] = match;
    const current: Verb = {
      raw,
      offset: bytesBefore(format, percent),
      argument: argument === undefined ? next : Number(argument),
      verb,
      plus: flags.includes('+'),
      minus: flags.includes('-'),
      sharp: flags.includes('#'),
      space: flags.includes(' '),
      zero: flags.includes('0'),
      width: Number(width ?? 0),
      precision: precision === undefined ? undefined : Number(precision),
    };
    highest = Math.max(highest, current.argument);
    checkTextLength(text.length + current.width + (current.precision ?? 0), call);
    text += formatValue(current, values, call);
    next = current.argument + 1;
    position = percent + raw.length;
  }
  checkTextLength(text.length, call);
  if (highest < values.length) {
    const used = highest === 0 ? 'no verbs in format string' : `only ${highest} used by format string`;
    throw new EvaluationError(`too many arguments; ${used}`, { argument: highest + 1 });
  }
  return text;
}

/** Says where the text stops being the start of a verb. */
function malformedVerb(format: string, percent: number): EvaluationError {
  const start = /^%[0#+\- ]*(?:[1-9][0-9]*)?(?:\.[0-9]*)?(?:\[(?:[1-9][0-9]*\]?)?)?/.exec(format.slice(percent))![0];
  const end = percent + start.length;
  const offset = bytesBefore(format, end);
  if (end >= format.length) return new EvaluationError(`invalid format string starting at offset ${offset}`);
  const character = String.fromCodePoint(format.codePointAt(end)!);
  return new EvaluationError(`unrecognized format character '${character}' at offset ${offset}`);
}

const bytesBefore = (text: string, end: number): number => Buffer.byteLength(text.slice(0, end));

function formatValue(verb: Verb, values: readonly Value[], call: Invocation): string {
  const value = values[verb.argument - 1];
  const raw = JSON.stringify(verb.raw);
  if (value === undefined) {
    throw new EvaluationError(
      `not enough arguments for ${raw} at ${verb.offset}: need index ${verb.argument} but have ${values.length} total`,
    );
  }
  const unsupported = (reason: string): never => {
    throw new EvaluationError(`unsupported value for ${raw} at ${verb.offset}: ${reason}`);
  };
  const converted = (type: Type): Value => {
    try {
      return convert(value, type);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return unsupported(error.message);
    }
  };
  if (verb.verb !== 'v' && value.kind === 'null') return unsupported('null value cannot be formatted');
  switch (verb.verb) {
    case 'v': {
      if (value.kind === 'string' && !verb.sharp) return padded(verb, value.value, call);
      if (value.kind === 'number' && !verb.sharp) return padded(verb, shortestText(value.value), call);
      try {
        return padded(verb, jsonText(value, call), call);
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error;
        return unsupported(error.message);
      }
    }
    case 't': {
      const bool = converted(boolType);
      return bool.kind === 'bool' && bool.value ? 'true' : 'false';
    }
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X': {
      const number = asNumber(converted(numberType));
      return isWhole(number) ? formatInteger(number, verb) : unsupported('an integer is required');
    }
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
      return formatFloat(asNumber(converted(numberType)), verb);
    case 's':
    case 'q': {
      const text = asText(converted(stringType));
      // A precision of 0 is no bound.
      const cut = (verb.precision ?? 0) > 0 ? graphemesOf(text, call).slice(0, verb.precision).join('') : text;
      return padded(verb, verb.verb === 'q' ? jsonText(stringValue(cut)) : cut, call);
    }
    default:
      throw new EvaluationError(`unsupported format verb '${verb.verb}' in ${raw} at offset ${verb.offset}`);
  }
}

function padded(verb: Verb, text: string, call: Invocation): string {
  if (verb.width === 0) return text;
  const missing = verb.width - graphemesOf(text, call).length;
  if (missing <= 0) return text;
  const padding = (verb.zero ? '0' : ' ').repeat(missing);
  return verb.minus ? text + padding : padding + text;
}
