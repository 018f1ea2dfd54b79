/** HCL's operators, conditionals and access to members, on values. */

import type { BinaryOperator } from '../../hcl/syntax.ts';
import type { Numeric } from '../values/big-float.ts';
import { convert } from '../values/convert.ts';
import { equalValues } from '../values/equality.ts';
import { EvaluationError } from '../values/errors.ts';
import {
  addNumbers,
  compareNumbers,
  divideNumbers,
  moduloNumbers,
  multiplyNumbers,
  negateNumber,
  numberValue,
  precisionOf,
  subtractNumbers,
} from '../values/number.ts';
import { equalNumbers } from '../values/number-text.ts';
import { boolType, numberType, type Type } from '../values/type.ts';
import { boolValue, markedBy, type NumberValue, type UnknownValue, unknownFrom, type Value } from '../values/value.ts';

type Arithmetic = '+' | '-' | '*' | '/' | '%';
type Comparison = '<' | '<=' | '>' | '>=';

const arithmetic: Readonly<Record<Arithmetic, (a: Numeric, b: Numeric, precision: number) => Numeric>> = {
  '+': addNumbers,
  '-': subtractNumbers,
  '*': multiplyNumbers,
  '/': divideNumbers,
  '%': moduloNumbers,
};

const comparisons: Readonly<Record<Comparison, (a: Numeric, b: Numeric) => boolean>> = {
  '<': (a, b) => compareNumbers(a, b) < 0,
  '<=': (a, b) => compareNumbers(a, b) < 0 || equalNumbers(a, b),
  '>': (a, b) => compareNumbers(a, b) > 0,
  '>=': (a, b) => compareNumbers(a, b) > 0 || equalNumbers(a, b),
};

/**
 * `-value` or `!value`. The result has no place of its own.
 *
 * @throws EvaluationError with Terraform's sentence where the operand is null or does not convert
 */
export function unary(operator: '-' | '!', value: Value): Value {
  const type = operator === '-' ? numberType : boolType;
  const operand = operandOf(value, type, 'unary', 0);
  return finished([operand], type, () => {
    if (operand.kind === 'number') return numberValue(negateNumber(operand.value), undefined, precisionOf(operand));
    return boolValue(operand.kind === 'bool' && !operand.value);
  });
}

/**
 * The value of `a operator b`. `false && x` and `true || x` are known whatever `x` is, as of Terraform 1.12; every other operation
 * on something unknown is unknown. The result has no place of its own.
 *
 * @throws EvaluationError with Terraform's sentence where an operand is null or does not convert (`argument` tells
 * which), and for 0 / 0
 */
export function binary(operator: BinaryOperator, a: Value, b: Value): Value {
  switch (operator) {
    case '==':
      return equalValues(a, b);
    case '!=': {
      const equal = equalValues(a, b);
      return equal.kind === 'bool' ? { ...equal, value: !equal.value } : equal;
    }
    case '&&':
    case '||': {
      const left = operandOf(a, boolType, 'left', 0);
      const right = operandOf(b, boolType, 'right', 1);
      refuseNull([left, right]);
      const decisive = operator === '||';
      const decided = [left, right].some((operand) => operand.kind === 'bool' && operand.value === decisive);
      if (decided) return markedBy(boolValue(decisive), left, right);
      return finished([left, right], boolType, () => boolValue(!decisive));
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return ofNumbers(a, b, boolType, (x, y) => boolValue(comparisons[operator](x.value, y.value)));
    default:
      return ofNumbers(a, b, numberType, (x, y) => compute(operator, x, y));
  }
}

function compute(operator: Arithmetic, a: NumberValue, b: NumberValue): NumberValue {
  const precision = operator === '%' ? precisionOf(a) : Math.max(precisionOf(a), precisionOf(b));
  return numberValue(arithmetic[operator](a.value, b.value, precision), undefined, precision);
}

function ofNumbers(a: Value, b: Value, type: Type, operate: (a: NumberValue, b: NumberValue) => Value): Value {
  const left = operandOf(a, numberType, 'left', 0);
  const right = operandOf(b, numberType, 'right', 1);
  return finished([left, right], type, () => {
    try {
      return operate(left as NumberValue, right as NumberValue);
    } catch (error) {
      if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
      throw new EvaluationError(`Error during operation: ${error.message}.`);
    }
  });
}

function operandOf(value: Value, type: Type, side: 'left' | 'right' | 'unary', argument: number): Value {
  let operand: Value;
  try {
    operand = convert(value, type);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    throw new EvaluationError(`Unsuitable value for ${side} operand: ${error.message}.`, {
      argument,
      kind: error.kind,
    });
  }
  return operand;
}

/** Both operands convert before either is checked: of two faults, that is the one to show. */
function refuseNull(operands: readonly Value[]): void {
  const argument = operands.findIndex((operand) => operand.kind === 'null');
  if (argument >= 0) throw new EvaluationError('Error during operation: argument must not be null.', { argument });
}

/** What is made of known operands; unknown if one of them is. */
function finished(operands: readonly Value[], type: Type, make: () => Value): Value {
  refuseNull(operands);
  if (operands.every((operand) => operand.kind !== 'unknown')) return markedBy(make(), ...operands);
  const unknown: UnknownValue = { ...unknownFrom(operands, type), notNull: true };
  return unknown;
}
