/** The rows that scripts/record-console.ts recorded, and values as they write them. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ConsoleRow } from '../../scripts/record-console.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { parseExpression } from '../../src/hcl/native/expression.ts';
import type { Expression } from '../../src/hcl/syntax.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { evaluate } from '../../src/terraform/expressions/evaluate.ts';
import { createFunctionContext } from '../../src/terraform/expressions/function-context.ts';
import type { Scope } from '../../src/terraform/expressions/scope.ts';
import { parseTypeConstraint } from '../../src/terraform/expressions/type-constraint.ts';
import { Budget, Pool } from '../../src/terraform/values/budget.ts';
import { convert } from '../../src/terraform/values/convert.ts';
import { EvaluationError } from '../../src/terraform/values/errors.ts';
import { numberText } from '../../src/terraform/values/number-text.ts';
import type { Type } from '../../src/terraform/values/type.ts';
import { isWhollyKnown, typeOf, type Value } from '../../src/terraform/values/value.ts';

const folder = fileURLToPath(new URL('../../fixtures/terraform-console/', import.meta.url));

export function consoleTopics(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

/** A row that is not recorded yet has neither result nor error. */
export function consoleRows(topic: string): readonly ConsoleRow[] {
  const rows = JSON.parse(readFileSync(`${folder}${topic}.json`, 'utf8')) as readonly (ConsoleRow | string)[];
  return rows.map((row) => (typeof row === 'string' ? { expression: row } : row));
}

/** A scope without names and without files. */
const emptyScope: Scope = {
  budget: new Budget(new Pool({ shared: 0, own: 0 }), Number.POSITIVE_INFINITY),
  names: {
    member(root, name, span) {
      throw new EvaluationError(`There is no ${root}.${name}.`, { span });
    },
  },
  functions: createFunctionContext(memoryFileSystem({}), ''),
};

/** What tfsg makes of a row's expression and, if it has one, constraint. */
export function answer(
  row: Pick<ConsoleRow, 'expression' | 'constraint'>,
): Pick<ConsoleRow, 'result' | 'type' | 'error'> {
  try {
    let value = evaluate(parsed(row.expression), emptyScope);
    if (row.constraint !== undefined) {
      const read = parseTypeConstraint(parsed(row.constraint), (expression) => evaluate(expression, emptyScope));
      for (const problem of read.problems) throw new EvaluationError(problem.message);
      value = convert(value, read.value);
    }
    const result = resultText(value);
    return isWhollyKnown(value) ? { result, type: typeText(typeOf(value)) } : { result };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { error: error.message };
  }
}

function parsed(text: string): Expression {
  const { value, problems } = parseExpression(new SourceFile('console', text));
  for (const problem of problems) throw new EvaluationError(problem.message);
  return value;
}

function resultText(value: Value): string {
  switch (value.kind) {
    case 'unknown':
      return 'unknown';
    case 'null':
      return 'null';
    case 'string':
      return JSON.stringify(value.value);
    case 'number':
      // A plan has no negative zero.
      return Object.is(value.value, -0) ? '0' : numberText(value.value);
    case 'bool':
      return String(value.value);
    case 'list':
    case 'set':
    case 'tuple':
      return `[${value.items.map(resultText).join(',')}]`;
    case 'map':
    case 'object': {
      const texts = [...value.entries].map(([key, entry]) => `${JSON.stringify(key)}:${resultText(entry)}`);
      return `{${texts.join(',')}}`;
    }
  }
}

function typeText(type: Type): string {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return `${type.kind}(${typeText(type.element)})`;
    case 'tuple':
      return `tuple([${type.items.map(typeText).join(',')}])`;
    case 'object': {
      const sorted = [...type.attributes].sort(([a], [b]) => (a < b ? -1 : 1));
      return `object({${sorted.map(([name, attribute]) => `${name}=${typeText(attribute.type)}`).join(',')}})`;
    }
    default:
      return type.kind;
  }
}
