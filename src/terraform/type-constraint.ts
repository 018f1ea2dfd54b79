/** The types that variables declare: `type = list(object({ port = number, name = optional(string, "x") }))`. */

import type { Call, Expression, ObjectEntry } from '../hcl/syntax.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { convert } from './convert.ts';
import { EvaluationError } from './errors.ts';
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
} from './type.ts';
import type { Value } from './value.ts';

/**
 * The type that an expression stands for; `any` where it stands for none. Also the shorthands `list` and `map` and,
 * with a warning, the quoted ones of Terraform 0.11, which newer ones refuse. Text in JSON syntax has to be parsed as an expression first.
 *
 * @param evaluate the value of a default: without scope, as Terraform has it. May throw EvaluationError
 */
export function parseTypeConstraint(
  expression: Expression,
  evaluate: (expression: Expression) => Value,
): Outcome<Type> {
  const problems: Problem[] = [];
  const reader = new TypeReader(evaluate, problems);
  return { value: reader.readDeclared(expression), problems };
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

class TypeReader {
  readonly #evaluate: (expression: Expression) => Value;
  readonly #problems: Problem[];

  constructor(evaluate: (expression: Expression) => Value, problems: Problem[]) {
    this.#evaluate = evaluate;
    this.#problems = problems;
  }

  /** What stands at the top of a declaration may be a shorthand. */
  readDeclared(expression: Expression): Type {
    if (expression.kind === 'string') return this.#readQuoted(expression.value, expression);
    const shorthand = expression.kind === 'reference' ? shorthands.get(expression.name) : undefined;
    return shorthand ?? this.#read(expression);
  }

  #readQuoted(name: string, span: Span): Type {
    const type = name === 'string' ? stringType : shorthands.get(name);
    if (type === undefined) {
      return this.#fault(
        span,
        'To provide a full type expression, remove the surrounding quotes and give it directly.',
      );
    }
    this.#problems.push({
      kind: 'terraform',
      severity: 'warning',
      message: `The type "${name}" is quoted, which only Terraform 0.11 and earlier required.`,
      span,
      hint: 'Remove the quotes.',
    });
    return type;
  }

  #read(expression: Expression): Type {
    if (expression.kind === 'invalid') return anyType;
    if (expression.kind === 'reference') {
      const { name } = expression;
      const type = primitives.get(name);
      if (type !== undefined) return type;
      return this.#fault(
        expression,
        constructors.get(name) ?? `The keyword ${JSON.stringify(name)} is not a valid type specification.`,
      );
    }
    if (expression.kind === 'call') return this.#readCall(expression);
    return this.#fault(
      expression,
      'A type specification is either a primitive type keyword (bool, number, string) or a complex type constructor call, like list(string).',
    );
  }

  #readCall(call: Call): Type {
    const { name } = call.name;
    if (primitives.has(name)) {
      const what = name === 'any' ? 'Type constraint keyword' : 'Primitive type keyword';
      return this.#fault(call, `${what} ${JSON.stringify(name)} does not expect arguments.`);
    }
    const [argument] = call.arguments;
    const expectation = constructors.get(name);
    if (expectation === undefined) {
      return this.#fault(
        call,
        name === 'optional'
          ? 'Keyword "optional" is valid only as a modifier for object type attributes.'
          : `Keyword ${JSON.stringify(name)} is not a valid type constructor.`,
      );
    }
    if (argument === undefined || call.arguments.length > 1) return this.#fault(call.arguments[1] ?? call, expectation);
    switch (name) {
      case 'list':
        return listType(this.#read(argument));
      case 'set':
        return setType(this.#read(argument));
      case 'map':
        return mapType(this.#read(argument));
      case 'tuple':
        if (argument.kind !== 'tuple')
          return this.#fault(argument, 'Tuple type constructor requires a list of element types.');
        return { kind: 'tuple', items: argument.items.map((item) => this.#read(item)) };
      default:
        return this.#readObject(argument);
    }
  }

  #readObject(argument: Expression): Type {
    if (argument.kind !== 'object') {
      return this.#fault(
        argument,
        'Object type constructor requires a map whose keys are attribute names and whose values are the corresponding attribute types.',
      );
    }
    const attributes = new Map<string, ObjectAttribute>();
    for (const entry of argument.entries) {
      const name = attributeName(entry);
      if (name === undefined) this.#fault(entry.key, 'Object constructor map keys must be attribute names.');
      else if (attributes.has(name)) this.#fault(entry.key, 'Object constructor map keys must be unique.');
      else attributes.set(name, this.#readAttribute(entry.value));
    }
    return { kind: 'object', attributes };
  }

  #readAttribute(expression: Expression): ObjectAttribute {
    if (expression.kind !== 'call' || expression.name.name !== 'optional') return { type: this.#read(expression) };
    const [argument, fallback, further] = expression.arguments;
    if (argument === undefined) {
      const message = 'Optional attribute modifier requires the attribute type as its argument.';
      return { type: this.#fault(expression, message), optional: true };
    }
    if (further !== undefined) {
      this.#fault(
        further,
        'Optional attribute modifier expects at most two arguments: the attribute type, and a default value.',
      );
    }
    const type = this.#read(argument);
    const value = fallback === undefined ? undefined : this.#readDefault(fallback, type);
    return value === undefined ? { type, optional: true } : { type, optional: true, default: value };
  }

  #readDefault(expression: Expression, type: Type): Value | undefined {
    let value: Value;
    try {
      value = this.#evaluate(expression);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      this.#fault(error.span ?? expression, error.message);
      return undefined;
    }
    try {
      return convert(value, type);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const message = `This default value is not compatible with the attribute's type constraint: ${error.message}.`;
      this.#fault(error.span ?? expression, message);
      return undefined;
    }
  }

  #fault(span: Span, message: string): Type {
    this.#problems.push({ kind: 'terraform', severity: 'warning', message, span });
    return anyType;
  }
}

function attributeName({ key }: ObjectEntry): string | undefined {
  if (key.kind === 'identifier' || key.kind === 'reference') return key.name;
  return undefined;
}
