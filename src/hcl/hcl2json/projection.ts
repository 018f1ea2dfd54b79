/** A syntax tree as the JSON that @cdktf/hcl2json would give for its file. */

import type { Outcome, Problem } from '../../source/problem.ts';
import { textOf } from '../../source/span.ts';
import { rawText } from '../json/blocks.ts';
import type {
  Block,
  Body,
  Conditional,
  Expression,
  Identifier,
  ObjectEntry,
  SyntaxTree,
  TemplateIf,
  TemplatePart,
} from '../syntax.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** Without prototype, so that `__proto__` is a property like any other. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

type MutableObject = { [name: string]: JsonValue };

/**
 * The tree as Terraform's JSON syntax, by the rules of https://github.com/tmccombs/hcl2json/blob/v0.6.5/convert/convert.go
 * without simplification; equal to what JSON.parse makes of hcl2json's output, down to its choices:
 * - Blocks are objects in an array, under a property for their type and for each label; an attribute of the same name wins.
 * - Literals are JSON values; strings escape what would start a template; every other expression is `"${text}"`, its text as in the file.
 * - A conditional inside a longer template becomes `%{if}`. Of equal keys the last holds. Comments are lost.
 * - Numbers are doubles, as JSON.parse makes them.
 *
 * A tree of JSON syntax gives its own JSON, without the comments in its root.
 *
 * A block that can't stand in JSON beside an earlier one (`a {}` and `a "b" {}`) is left out, with a problem: hcl2json rejects
 * the whole file then. The same holds for a sign or `!` before a literal that has no such value (`-true`), which stays text here.
 */
export function toJson(tree: SyntaxTree): Outcome<JsonObject> {
  const problems: Problem[] = [];
  if (tree.syntax === 'json') return { value: rawObject(tree.body.items.map(rawProperty)), problems };
  return { value: bodyToJson(tree.body, problems), problems };
}

function rawProperty(item: Body['items'][number]): readonly [string, JsonValue] {
  return item.kind === 'attribute' ? [item.name.name, rawJson(item.value)] : [item.type.name, null];
}

function rawObject(properties: Iterable<readonly [string, JsonValue]>): JsonObject {
  const result: MutableObject = Object.create(null);
  for (const [name, value] of properties) result[name] = value;
  return result;
}

function rawJson(value: Expression): JsonValue {
  switch (value.kind) {
    case 'string':
    case 'template':
      return rawText(value);
    case 'number':
      return Number(value.text);
    case 'boolean':
      return value.value;
    case 'unary':
      return value.operand.kind === 'number' ? -Number(value.operand.text) : null;
    case 'tuple':
      return value.items.map(rawJson);
    case 'object':
      return rawObject(value.entries.map((entry) => [rawText(entry.key), rawJson(entry.value)]));
    default:
      return null;
  }
}

function bodyToJson(body: Body, problems: Problem[]): JsonObject {
  const result: MutableObject = Object.create(null);
  for (const item of body.items) if (item.kind === 'block') addBlock(item, result, problems);
  for (const item of body.items) if (item.kind === 'attribute') result[nameOf(item.name)] = valueToJson(item.value);
  return result;
}

function addBlock(block: Block, target: MutableObject, problems: Problem[]): void {
  const path = [nameOf(block.type), ...block.labels.map((label) => (label.quoted ? label.name : textOf(label)))];
  const last = path.pop()!;
  let parent = target;
  for (const name of path) {
    const next = (parent[name] ??= Object.create(null) as JsonObject);
    if (!isObject(next)) {
      clash(block, problems);
      return;
    }
    parent = next as MutableObject;
  }
  const blocks = (parent[last] ??= []);
  if (Array.isArray(blocks)) blocks.push(bodyToJson(block.body, problems));
  else clash(block, problems);
}

function clash(block: Block, problems: Problem[]): void {
  const message = `JSON cannot represent blocks "${block.type.name}" with different numbers of labels.`;
  problems.push({ kind: 'syntax', severity: 'error', message, span: block.header });
}

/** As written: hcl2json leaves names as they are, while `name` is in NFC. */
function nameOf(name: Identifier): string {
  const text = textOf(name);
  return text.startsWith('"') ? name.name : text;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An expression of native syntax, by the rules of `toJson`. */
export function valueToJson(expression: Expression): JsonValue {
  switch (expression.kind) {
    case 'number':
      return Number(expression.text);
    case 'boolean':
      return expression.value;
    case 'null':
      return null;
    case 'unary':
      return unaryToJson(expression.operator, expression.operand) ?? interpolated(expression);
    case 'string':
      return escapeTemplate(expression.value);
    case 'template':
      if (expression.parts.length === 1 && expression.parts[0]!.kind === 'interpolation')
        return valueToJson(expression.parts[0]!.expression);
      return partsToText(expression.parts);
    case 'tuple':
      return expression.items.map((item) => valueToJson(item));
    case 'object': {
      const result: MutableObject = Object.create(null);
      for (const entry of expression.entries) result[keyToText(entry.key)] = valueToJson(entry.value);
      return result;
    }
    default:
      return interpolated(expression);
  }
}

/** The value of a literal with a sign or `!`; undefined for anything else. */
function unaryToJson(operator: '-' | '!', operand: Expression): JsonValue | undefined {
  if (operator === '-' && operand.kind === 'number') return -Number(operand.text);
  if (operator === '!' && operand.kind === 'boolean') return !operand.value;
  return undefined;
}

function keyToText(key: ObjectEntry['key']): string {
  if (key.kind === 'identifier') return nameOf(key);
  return isTraversal(key) ? textOf(key) : inTemplate(key);
}

/** A name with constant attributes and indices after it: as an object's key, hcl2json gives its text without `${}`. */
function isTraversal(expression: Expression): boolean {
  switch (expression.kind) {
    case 'reference':
      return true;
    case 'get':
      return isTraversal(expression.object);
    case 'index':
      return (
        (expression.index.kind === 'number' || expression.index.kind === 'string') && isTraversal(expression.object)
      );
    default:
      return false;
  }
}

function partsToText(parts: readonly TemplatePart[]): string {
  return parts.map(partToText).join('');
}

function partToText(part: TemplatePart): string {
  switch (part.kind) {
    case 'text':
      return escapeTemplate(part.value);
    case 'interpolation':
      return inTemplate(part.expression);
    case 'template-if':
      return conditionalToText(part, partsToText(part.whenTrue), partsToText(part.whenFalse));
    case 'template-for': {
      const names = part.keyName === undefined ? '' : `${textOf(part.keyName)}, `;
      return `%{for ${names}${textOf(part.valueName)} in ${textOf(part.collection)}}${partsToText(part.body)}%{endfor}`;
    }
  }
}

/** What stands for an expression inside a longer template. */
function inTemplate(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return plainDecimal(expression.text);
    case 'boolean':
      return String(expression.value);
    case 'null':
      return 'null';
    case 'string':
      return escapeTemplate(expression.value);
    case 'template':
      return partsToText(expression.parts);
    case 'conditional':
      return conditionalToText(expression, inTemplate(expression.whenTrue), inTemplate(expression.whenFalse));
    default:
      return interpolated(expression);
  }
}

function conditionalToText({ condition }: Conditional | TemplateIf, whenTrue: string, whenFalse: string): string {
  const otherwise = whenFalse === '' ? '' : `%{else}${whenFalse}`;
  return `%{if ${textOf(condition)}}${whenTrue}${otherwise}%{endif}`;
}

function interpolated(expression: Expression): string {
  return `\${${textOf(expression)}}`;
}

/** Text in which HCL's JSON syntax finds no template. */
function escapeTemplate(text: string): string {
  return text.replaceAll('${', () => '$${').replaceAll('%{', '%%{');
}

/** Numbers of more digits than this stay as written: hcl2json's text for them would fill memory. */
const MAX_EXPONENT = 100_000;

/**
 * A number literal without exponent, needless zeros or a bare dot, as HCL converts numbers to strings.
 * HCL holds 512 bits of a number, so beyond 154 digits its last ones can differ from these.
 */
function plainDecimal(text: string): string {
  const match = /^([0-9]+)(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?$/.exec(text);
  if (match === null) return text;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const point = whole.length + Number(exponent);
  if (Math.abs(point) > MAX_EXPONENT) return text;
  const digits = (whole + fraction)
    .padEnd(point, '0')
    .padStart(whole.length + fraction.length + Math.max(0, -point), '0');
  const split = Math.max(0, point);
  const before = digits.slice(0, split).replace(/^0+(?=.)/, '') || '0';
  const after = digits.slice(split).replace(/0+$/, '');
  return after === '' ? before : `${before}.${after}`;
}
