/** Templates -> text. */

import type { Expression, TemplatePart } from '../../hcl/syntax.ts';
import type { Span } from '../../source/span.ts';
import { madeAt } from '../functions/origin.ts';
import { EvaluationError } from '../values/errors.ts';
import { type Piece, stringOfPieces } from '../values/pieces.ts';
import { boolType, stringType } from '../values/type.ts';
import {
  isSensitive,
  marked,
  mergeReasons,
  sensitivityOf,
  stringValue,
  unknownFrom,
  type Value,
} from '../values/value.ts';
import { convertAt, evaluate } from './evaluate.ts';
import { templateForItems } from './for.ts';
import { bind, type Scope } from './scope.ts';

/** The text that a template makes. */
export function renderTemplate(parts: readonly TemplatePart[], span: Span, scope: Scope): Value {
  const used: Value[] = [];
  const pieces = renderParts(parts, span, scope, used);
  const origin = madeAt(span, used);
  const isKnown = pieces.every((piece) => typeof piece === 'string');
  const value = isKnown
    ? stringValue(pieces.join(''), origin)
    : // A condition or collection that is not known decides too, and is no piece of the text.
      { ...stringOfPieces(pieces), reasons: mergeReasons(used), origin };
  return marked(value, sensitivityOf(used));
}

const maximumTextLength = 16 * 1024 * 1024;

/** `used` takes every value that went in. */
function renderParts(parts: readonly TemplatePart[], span: Span, scope: Scope, used: Value[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let length = 0;
  const append = (piece: Piece): void => {
    const size = typeof piece === 'string' ? piece.length : 1;
    length += size;
    scope.budget.spend(1 + (size >> 4), span);
    pieces.push(piece);
    if (length > maximumTextLength) {
      throw new EvaluationError('The result of this template is larger than 16 MiB.', { kind: 'limit' });
    }
  };
  for (const part of parts) {
    switch (part.kind) {
      case 'text':
        append(part.value);
        break;
      case 'interpolation':
        append(interpolated(part.expression, scope, used));
        break;
      case 'template-if': {
        const condition = convertAt(
          evaluate(part.condition, scope),
          boolType,
          part.condition,
          'The condition expression must be of type bool',
        );
        used.push(condition);
        if (condition.kind === 'null') {
          throw new EvaluationError('The condition value is null. Conditions must either be true or false.', {
            span: part.condition,
          });
        }
        const isChosen = (branch: boolean): boolean => condition.kind === 'bool' && condition.value === branch;
        if (!isChosen(true)) used.push(...sensitiveParts(part.whenTrue, span, scope));
        if (!isChosen(false)) used.push(...sensitiveParts(part.whenFalse, span, scope));
        if (condition.kind === 'bool')
          renderParts(condition.value ? part.whenTrue : part.whenFalse, span, scope, used).forEach(append);
        else append(unknownFrom([condition], stringType));
        break;
      }
      case 'template-for': {
        const items = templateForItems(part, evaluate(part.collection, scope), used);
        if (items === undefined) append(unknownFrom([used.at(-1)!], stringType));
        else {
          for (const { key, value } of items) {
            scope.budget.spend(2, part.valueName);
            const inner = part.keyName === undefined ? scope : bind(scope, part.keyName.name, key);
            renderParts(part.body, span, bind(inner, part.valueName.name, value), used).forEach(append);
          }
        }
        break;
      }
    }
  }
  return pieces;
}

/** The sensitive values in a branch that is not chosen: they make the whole sensitive. Its faults are nobody's. */
function sensitiveParts(parts: readonly TemplatePart[], span: Span, scope: Scope): readonly Value[] {
  const used: Value[] = [];
  try {
    renderParts(parts, span, scope, used);
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
  }
  return used.filter((value) => value.kind !== 'null' && isSensitive(value));
}

function interpolated(expression: Expression, scope: Scope, used: Value[]): Piece {
  const value = evaluate(expression, scope);
  used.push(value);
  if (value.kind === 'unknown') return value;
  if (value.kind === 'null') {
    throw new EvaluationError('The expression result is null. Cannot include a null value in a string template.', {
      span: expression,
    });
  }
  const text = convertAt(value, stringType, expression, 'Cannot include the given value in a string template');
  return text.kind === 'string' ? text.value : unknownFrom([value], stringType);
}
