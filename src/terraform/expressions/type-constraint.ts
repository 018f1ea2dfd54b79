/** The types that variables declare: `type = list(object({ port = number, name = optional(string, "x") }))`. */

import type { Call, Expression, ObjectEntry } from '../../hcl/syntax.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import {
  anyType,
  boolType,
  listType,
  mapType,
  numberType,
  type ObjectAttribute,
  setType,
  stringType,
  type Type,
} from '../values/type.ts';
import type { Value } from '../values/value.ts';

/**
 * The type that an expression stands for; `any` where it stands for none. Also the shorthands `list` and `map` and,
 * the quoted ones of Terraform 0.11, which newer ones reject (the check removed-syntax says so). Text in JSON syntax has to be parsed as an expression first.
 *
 * @param evaluate the value of a default: without scope, as Terraform has it. May throw EvaluationError
 */
export function parseTypeConstraint(
  expression: Expression,
  evaluate: (expression: Expression) => Value,
): Outcome<Type> {
  const reader: Reader = { evaluate, problems: [] };
  return { value: readDeclared(reader, expression), problems: reader.problems };
}

const primitives: ReadonlyMap<string, Type> = new Map([
  ['string', stringType],
  ['number', numberType],
  ['bool', boolType],
  ['any', anyType],
]);

const constructors: ReadonlyMap<string, string> = new Map([
  ['list', 'The list type constructor requires one argument specifying the element type.'],
  ['set', 'The set type constructor requires one argument specifying the element type.'],
  ['map', 'The map type constructor requires one argument specifying the element type.'],
  ['object', 'The object type constructor requires one argument specifying the attribute types and values as a map.'],
  ['tuple', 'The tuple type constructor requires one argument specifying the element types as a list.'],
]);

const shorthands: ReadonlyMap<string, Type> = new Map([
  ['list', listType(anyType)],
  ['map', mapType(anyType)],
]);

interface Reader {
  readonly evaluate: (expression: Expression) => Value;
  readonly problems: Problem[];
}

/** What stands at the top of a declaration may be a shorthand. */
function readDeclared(reader: Reader, expression: Expression): Type {
  if (expression.kind === 'string') return readQuoted(reader, expression.value, expression);
  const shorthand = expression.kind === 'reference' ? shorthands.get(expression.name) : undefined;
  return shorthand ?? read(reader, expression);
}

function readQuoted(reader: Reader, name: string, span: Span): Type {
  const type = name === 'string' ? stringType : shorthands.get(name);
  if (type === undefined) {
    return fault(
      reader,
      span,
      'To provide a full type expression, remove the surrounding quotes and give the type expression directly.',
    );
  }
  return type;
}

function read(reader: Reader, expression: Expression): Type {
  if (expression.kind === 'invalid') return anyType;
  const name = keywordOf(expression);
  if (name !== undefined) {
    const type = primitives.get(name);
    if (type !== undefined) return type;
    return fault(
      reader,
      expression,
      constructors.get(name) ?? `The keyword ${JSON.stringify(name)} is not a valid type specification.`,
    );
  }
  if (expression.kind === 'call') return readCall(reader, expression);
  return fault(
    reader,
    expression,
    'A type specification is either a primitive type keyword (bool, number, string) or a complex type constructor call, like list(string).',
  );
}

function readCall(reader: Reader, call: Call): Type {
  const { name } = call.name;
  if (primitives.has(name)) {
    const what = name === 'any' ? 'Type constraint keyword' : 'Primitive type keyword';
    return fault(reader, call, `${what} ${JSON.stringify(name)} does not expect arguments.`);
  }
  const [argument] = call.arguments;
  const expectation = constructors.get(name);
  if (expectation === undefined) {
    return fault(
      reader,
      call,
      name === 'optional'
        ? 'Keyword "optional" is valid only as a modifier for object type attributes.'
        : `Keyword ${JSON.stringify(name)} is not a valid type constructor.`,
    );
  }
  if (argument === undefined || call.arguments.length > 1) return fault(reader, call.arguments[1] ?? call, expectation);
  switch (name) {
    case 'list':
      return listType(read(reader, argument));
    case 'set':
      return setType(read(reader, argument));
    case 'map':
      return mapType(read(reader, argument));
    case 'tuple':
      if (argument.kind !== 'tuple')
        return fault(reader, argument, 'Tuple type constructor requires a list of element types.');
      return { kind: 'tuple', items: argument.items.map((item) => read(reader, item)) };
    default:
      return readObject(reader, argument);
  }
}

function readObject(reader: Reader, argument: Expression): Type {
  if (argument.kind !== 'object') {
    return fault(
      reader,
      argument,
      'Object type constructor requires a map whose keys are attribute names and whose values are the corresponding attribute types.',
    );
  }
  const attributes = new Map<string, ObjectAttribute>();
  for (const entry of argument.entries) {
    const name = attributeName(entry);
    if (name === undefined) fault(reader, entry.key, 'Object constructor map keys must be attribute names.');
    else if (attributes.has(name)) fault(reader, entry.key, 'Object constructor map keys must be unique.');
    else attributes.set(name, readAttribute(reader, entry.value));
  }
  return { kind: 'object', attributes };
}

function readAttribute(reader: Reader, expression: Expression): ObjectAttribute {
  if (expression.kind !== 'call' || expression.name.name !== 'optional') return { type: read(reader, expression) };
  const [argument, fallback, further] = expression.arguments;
  if (argument === undefined) {
    const message = 'Optional attribute modifier requires the attribute type as its argument.';
    return { type: fault(reader, expression, message), optional: true };
  }
  if (further !== undefined) {
    fault(
      reader,
      further,
      'Optional attribute modifier expects at most two arguments: the attribute type, and a default value.',
    );
  }
  const type = read(reader, argument);
  const value = fallback === undefined ? undefined : readDefault(reader, fallback, type);
  return value === undefined ? { type, optional: true } : { type, optional: true, default: value };
}

function readDefault(reader: Reader, expression: Expression, type: Type): Value | undefined {
  let value: Value;
  try {
    value = reader.evaluate(expression);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    fault(reader, error.span ?? expression, error.message);
    return undefined;
  }
  try {
    const converted = convert(value, type);
    return { ...converted, origin: converted.origin && { ...converted.origin, isDefault: true } };
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const message = `This default value is not compatible with the attribute's type constraint: ${error.message}.`;
    fault(reader, error.span ?? expression, message);
    return undefined;
  }
}

function fault(reader: Reader, span: Span, message: string): Type {
  reader.problems.push({ kind: 'terraform', severity: 'warning', message, span });
  return anyType;
}

/** A bare word, which the parser may take for a literal. */
function keywordOf(expression: Expression): string | undefined {
  if (expression.kind === 'reference') return expression.name;
  if (expression.kind === 'boolean') return String(expression.value);
  return expression.kind === 'null' ? 'null' : undefined;
}

function attributeName({ key }: ObjectEntry): string | undefined {
  if (key.kind === 'identifier' || key.kind === 'reference') return key.name;
  return undefined;
}
