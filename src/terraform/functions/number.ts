/** Functions of numbers. */

import type { Numeric } from '../values/big-float.ts';
import { EvaluationError } from '../values/errors.ts';
import {
  absoluteNumber,
  ceilNumber,
  compareNumbers,
  floorNumber,
  fromBigInt,
  fromFloat,
  isInfinite,
  numberToJs,
  numberValue,
  precisionOf,
} from '../values/number.ts';
import { anyType, numberType, typeName } from '../values/type.ts';
import { integerValue, type NumberValue, typeOf, unknownFrom, type Value } from '../values/value.ts';
import { asNumber, asNumberValue, asText, int64Of } from './arguments.ts';
import type { FunctionDefinition, FunctionTable, Invocation } from './definition.ts';

const number = (name: string) => ({ name, type: numberType });

const numberFunction = (map: (value: Numeric) => Numeric): FunctionDefinition => ({
  parameters: [number('num')],
  returns: numberType,
  call: (args) => {
    const value = asNumberValue(args[0]);
    return numberValue(map(value.value), undefined, precisionOf(value));
  },
});

/** The first of the numbers that no other one precedes. */
const extreme = (precedes: (a: Numeric, b: Numeric) => boolean): FunctionDefinition => ({
  parameters: [],
  variadic: number('numbers'),
  returns: numberType,
  call: (args) => {
    if (args.length === 0) throw new EvaluationError('must pass at least one number');
    return args.reduce((best, arg) => (precedes(asNumber(arg), asNumber(best)) ? arg : best));
  },
});

/** Terraform: internal/lang/funcs/number.go; go-cty: cty/function/stdlib/number.go. */
export const numberFunctions: FunctionTable = {
  abs: numberFunction(absoluteNumber),
  ceil: numberFunction(ceilNumber),
  floor: numberFunction(floorNumber),
  log: {
    parameters: [number('num'), number('base')],
    returns: numberType,
    call: (args) => floatValue(Math.log(floatOf(args[0])) / Math.log(floatOf(args[1]))),
  },
  max: extreme((a, b) => compareNumbers(a, b) > 0),
  min: extreme((a, b) => compareNumbers(a, b) < 0),
  parseint: {
    parameters: [
      { name: 'number', type: anyType, known: 'nothing' },
      { ...number('base'), known: 'nothing' },
    ],
    returns: numberType,
    call: (args, invocation) => parseInteger(args[0]!, args[1]!, invocation),
  },
  pow: {
    parameters: [number('num'), number('power')],
    returns: numberType,
    call: (args) => floatValue(power(floatOf(args[0]), floatOf(args[1]))),
  },
  signum: {
    parameters: [number('num')],
    returns: numberType,
    call: (args) => {
      const value = int64Of(args[0]);
      return integerValue(value < 0n ? -1 : value > 0n ? 1 : 0);
    },
  },
};

function floatOf(value: Value | undefined): number {
  const exact = asNumber(value);
  const float = numberToJs(exact);
  if (!Number.isFinite(float) && !isInfinite(exact)) {
    const bound = `${BigInt(Number.MAX_VALUE)}.000000`;
    throw new EvaluationError(`value must be between -${bound} and ${bound} inclusive`);
  }
  return float;
}

/** To JavaScript, the first two of these have no answer. */
function power(base: number, exponent: number): number {
  return base === 1 || (base === -1 && Math.abs(exponent) === Infinity) ? 1 : base ** exponent;
}

function floatValue(value: number): NumberValue {
  return numberValue(fromFloat(value), undefined, 53);
}

/** Reading more digits than this takes too long. */
const maximumIntegerLength = 10_000;

function parseInteger(text: Value, base: Value, { context, span }: Invocation): Value {
  const type = typeOf(text);
  if (type.kind !== 'string' && !(type.kind === 'any' && text.kind === 'unknown')) {
    throw new EvaluationError(`first argument must be a string, not ${typeName(type)}`, { argument: 0 });
  }
  if (text.kind === 'unknown' || base.kind === 'unknown') {
    return { ...unknownFrom([text, base], numberType), notNull: true };
  }
  let radix: number;
  try {
    radix = Number(int64Of(base));
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(error.message, { argument: 1 });
  }
  if (radix < 2 || radix > 62) {
    throw new EvaluationError('base must be a whole number between 2 and 62 inclusive', { argument: 1 });
  }
  const { length } = asText(text);
  if (length > maximumIntegerLength)
    throw new EvaluationError('the number has too many digits to work with', { kind: 'limit' });
  context.budget.spend((length ** 2) >> 12, span);
  const value = parseDigits(asText(text), radix);
  if (value === undefined) {
    throw new EvaluationError(`cannot parse ${JSON.stringify(asText(text))} as a base ${radix} integer`, {
      argument: 0,
    });
  }
  return numberValue(fromBigInt(value), undefined, 64);
}

/** Go: big.Int.SetString. Up to base 36 the case of letters makes no difference; above, capitals follow the small ones. */
function parseDigits(text: string, radix: number): bigint | undefined {
  const digits = text.replace(/^[+-]/, '');
  if (digits === '') return undefined;
  let value = 0n;
  for (const digit of digits) {
    const weight = digitOf(digit, radix);
    if (weight === undefined || weight >= radix) return undefined;
    value = value * BigInt(radix) + BigInt(weight);
  }
  return text.startsWith('-') ? -value : value;
}

function digitOf(digit: string, radix: number): number | undefined {
  if (/^[0-9]$/.test(digit)) return Number(digit);
  if (/^[a-z]$/.test(digit)) return digit.charCodeAt(0) - 0x61 + 10;
  if (/^[A-Z]$/.test(digit)) return digit.charCodeAt(0) - 0x41 + (radix <= 36 ? 10 : 36);
  return undefined;
}
