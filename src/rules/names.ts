/** Names in conditions: every object, attribute, option and function has to be one that there is. */

import type { Call, Expression, TemplatePart } from '../hcl/syntax.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { functionNames } from '../terraform/functions/index.ts';
import { regexFunctions } from '../terraform/functions/regex.ts';
import { EvaluationError } from '../terraform/values/errors.ts';
import { stringValue } from '../terraform/values/value.ts';
import { nearestName } from '../text/nearest-name.ts';
import { functionTexts, refusalOf } from './functions.ts';
import { mistakeAt } from './mistake.ts';
import { attributesOfObject } from './objects.ts';
import { readPortTexts } from './port-set.ts';
import { readSourceTexts } from './source-set.ts';
import type { AskedType } from './world.ts';

/** What a part of a condition is; undefined where that depends on values. */
export type NameType = AskedType | { readonly options: ReadonlySet<string> } | undefined;

/** What names mean. */
export type NameTypes = ReadonlyMap<string, NameType>;

/** What the names of an expression tell. */
export interface NamesTold {
  /** Whether it asks for more than one unit of a model holds. */
  readonly isOfModel: boolean;
  /** Whether it asks for the sources of what it is about. */
  readonly asksSources: boolean;
  /** What the whole is. */
  readonly type: NameType;
}

export function checkNames(expression: Expression, names: NameTypes, problems: Problem[]): NamesTold {
  const check = new NameCheck(problems);
  check.type = check.of(expression, names);
  return check;
}

/** What every condition can name; `each`, `self` and their like mean nothing here. */
const ofTerraform = new Set([
  'var',
  'local',
  'data',
  'module',
  'path',
  'terraform',
  'each',
  'count',
  'self',
  'resource',
]);

class NameCheck implements NamesTold {
  isOfModel = false;
  asksSources = false;
  type: NameType;
  readonly #problems: Problem[];
  /** Of splats, the innermost last. */
  readonly #items: NameType[] = [];

  constructor(problems: Problem[]) {
    this.#problems = problems;
  }

  of(expression: Expression, names: NameTypes): NameType {
    switch (expression.kind) {
      case 'string':
        return 'string';
      case 'number':
        return 'number';
      case 'boolean':
        return 'bool';
      case 'null':
      case 'invalid':
        return undefined;
      case 'template':
        this.#ofParts(expression.parts, names);
        return undefined;
      case 'tuple':
        for (const item of expression.items) this.of(item, names);
        return undefined;
      case 'object':
        for (const { key, value } of expression.entries) {
          if (key.kind !== 'identifier') this.of(key, names);
          this.of(value, names);
        }
        return undefined;
      case 'for': {
        const of = this.of(expression.collection, names);
        const inner = withFor(names, expression.keyName?.name, expression.valueName.name, of);
        for (const part of [expression.key, expression.value, expression.condition])
          if (part !== undefined) this.of(part, inner);
        return undefined;
      }
      case 'conditional': {
        for (const part of [expression.condition, expression.whenTrue, expression.whenFalse]) this.of(part, names);
        return undefined;
      }
      case 'binary': {
        const [left, right] = [this.of(expression.left, names), this.of(expression.right, names)];
        if (expression.operator === '==' || expression.operator === '!=') {
          this.#checkWord(expression.right, left);
          this.#checkWord(expression.left, right);
        }
        return undefined;
      }
      case 'unary':
        this.of(expression.operand, names);
        return undefined;
      case 'parentheses':
        return this.of(expression.inner, names);
      case 'call':
        return this.#ofCall(expression, names);
      case 'reference':
        return this.#ofName(expression.name, expression, names);
      case 'get':
        return this.#attribute(this.of(expression.object, names), expression.name.name, expression.name);
      case 'index': {
        const of = this.of(expression.object, names);
        this.of(expression.index, names);
        if (typeof of === 'object' && 'listOf' in of) return { object: of.listOf };
        if (of === 'tags') return 'string';
        return of === 'texts' || of === 'sources' || of === 'ports' ? 'string' : undefined;
      }
      case 'splat': {
        const of = this.of(expression.source, names);
        this.#items.push(typeof of === 'object' && 'listOf' in of ? { object: of.listOf } : undefined);
        this.of(expression.each, names);
        this.#items.pop();
        return undefined;
      }
      case 'splat-item':
        return this.#items.at(-1);
    }
  }

  #ofParts(parts: readonly TemplatePart[], names: NameTypes): void {
    for (const part of parts) {
      if (part.kind === 'interpolation') this.of(part.expression, names);
      else if (part.kind === 'template-if') {
        this.of(part.condition, names);
        this.#ofParts([...part.whenTrue, ...part.whenFalse], names);
      } else if (part.kind === 'template-for') {
        const of = this.of(part.collection, names);
        this.#ofParts(part.body, withFor(names, part.keyName?.name, part.valueName.name, of));
      }
    }
  }

  #ofName(name: string, span: Span, names: NameTypes): NameType {
    if (names.has(name)) return names.get(name);
    const known = [...names.keys()];
    const message = ofTerraform.has(name)
      ? `"${name}" is of configurations; own rules ask ${known.join(', ')}.`
      : `There is no "${name}" here.`;
    this.#say(span, message, nameHint(name, known));
    return undefined;
  }

  #attribute(of: NameType, name: string, span: Span): NameType {
    if (of === undefined || of === 'tags') return of === undefined ? undefined : 'string';
    if (typeof of === 'string' || 'words' in of) {
      const isList = of === 'ports' || of === 'sources' || of === 'texts';
      this.#say(
        span,
        `This is a ${isList ? 'list' : typeof of === 'string' ? of : 'string'} and has no attribute "${name}".`,
      );
      return undefined;
    }
    if ('listOf' in of) {
      const { article, noun } = { article: 'a', noun: of.listOf };
      const message = `This is a list of objects, and "${name}" is asked of one.`;
      this.#say(span, message, `Write [for x in ... : x.${name}] or [*].${name} for each ${noun} of ${article} list.`);
      return undefined;
    }
    if ('options' in of) {
      if (of.options.has(name)) return undefined;
      this.#say(span, `There is no option "${name}".`, nameHint(name, [...of.options]));
      return undefined;
    }
    const attributes = attributesOfObject(of.object);
    if (Object.hasOwn(attributes, name)) {
      const { type, isOfModel } = attributes[name]!;
      if (isOfModel === true) this.isOfModel = true;
      if (type === 'sources' || name === 'cidrs' || name === 'source_groups') this.asksSources = true;
      return type;
    }
    this.#say(span, `"${of.object}" has no attribute "${name}".`, nameHint(name, Object.keys(attributes)));
    return undefined;
  }

  #ofCall(call: Call, names: NameTypes): NameType {
    const name = call.name.name.replace(/^core::/, '');
    const refusal = refusalOf(name);
    if (refusal !== undefined) this.#say(call.name, `The function "${name}" ${refusal}.`);
    else if (!Object.hasOwn(functionTexts, name) && !callable.has(name)) {
      const hint = nameHint(name, [...Object.keys(functionTexts), ...callable]);
      this.#say(call.name, `There is no function "${name}".`, hint);
    }
    if (name === 'convert') {
      // The second argument is a type.
      if (call.arguments[0] !== undefined) this.of(call.arguments[0], names);
      return undefined;
    }
    if (name === 'reaches') this.isOfModel = true;
    const types = call.arguments.map((each) => this.of(each, names));
    if (name === 'regex' || name === 'regexall') this.#checkPattern(call.arguments[0]);
    if (name === 'contains' && call.arguments[0]?.kind === 'tuple')
      for (const item of call.arguments[0].items) this.#checkWord(item, types[1]);
    if (name === 'overlaps' || name === 'within') this.#checkSets(call, types);
    if (name === 'reaches' && call.arguments[2] !== undefined) this.#checkTexts(call.arguments[2], 'ports');
    return undefined;
  }

  /** `can` would take a pattern that is none for one that does not match. */
  #checkPattern(pattern: Expression | undefined): void {
    if (pattern?.kind !== 'string') return;
    const { returns } = regexFunctions['regex']!;
    try {
      if (typeof returns === 'function') returns([stringValue(pattern.value)]);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      this.#say(pattern, `Invalid regular expression: ${error.message}.`);
    }
  }

  /** A text that is compared with one of a few has to be one of them. */
  #checkWord(text: Expression, other: NameType): void {
    if (text.kind !== 'string' || typeof other !== 'object' || !('words' in other)) return;
    if (other.words.includes(text.value) || /^\d+$/.test(text.value)) return;
    const words = other.words.map((word) => `"${word}"`).join(', ');
    this.#say(text, `This is never "${text.value}": expected one of ${words}.`, nearestHint(text.value, other.words));
  }

  /** Texts beside a set of the model have to be of its kind. */
  #checkSets({ arguments: [one, other] }: Call, types: readonly NameType[]): void {
    const kinds = types.map((type) => (type === 'ports' || type === 'sources' ? type : undefined));
    const [first, second] = kinds;
    if (first !== undefined && second !== undefined && first !== second)
      this.#say(other!, 'Ports and sources have nothing in common: compare ports with ports, sources with sources.');
    if (other !== undefined && first !== undefined && second === undefined) this.#checkTexts(other, first);
    if (one !== undefined && second !== undefined && first === undefined) this.#checkTexts(one, second);
  }

  #checkTexts(expression: Expression, kind: 'ports' | 'sources'): void {
    const items = expression.kind === 'tuple' ? expression.items : [expression];
    for (const item of items) {
      const text = item.kind === 'string' ? item.value : item.kind === 'number' ? Number(item.text) : undefined;
      if (text === undefined) continue;
      const read = kind === 'ports' ? readPortTexts([text]) : readSourceTexts([String(text)]);
      if (read.kind === 'invalid') this.#say(item, read.message);
    }
  }

  #say(span: Span, message: string, hint?: string): void {
    this.#problems.push(mistakeAt(span, message, hint));
  }
}

const callable: ReadonlySet<string> = new Set(functionNames().filter((name) => refusalOf(name) === undefined));

function withFor(names: NameTypes, key: string | undefined, value: string, of: NameType): NameTypes {
  const inner = new Map(names);
  if (key !== undefined) inner.set(key, of === 'tags' ? 'string' : undefined);
  const isObjects = typeof of === 'object' && 'listOf' in of;
  const isTexts = of === 'tags' || of === 'texts' || of === 'sources' || of === 'ports';
  inner.set(value, isObjects ? { object: of.listOf } : isTexts ? 'string' : undefined);
  return inner;
}

function nearestHint(name: string, known: readonly string[]): string | undefined {
  const nearest = nearestName(name, known);
  return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
}

/** `Did you mean "ports"?`, or what there is. */
export function nameHint(name: string, known: readonly string[]): string | undefined {
  const nearest = nearestName(name, known);
  if (nearest !== undefined) return `Did you mean "${nearest}"?`;
  return known.length > 0 && known.length <= 24 ? `Known: ${known.join(', ')}.` : undefined;
}
