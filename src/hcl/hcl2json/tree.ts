/** hcl2json's JSON as a syntax tree of native syntax, each node at its place in the text that the JSON came from. */

import type { Outcome, Problem } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { type Span, textOf } from '../../source/span.ts';
import type { Attribute, Block, Body, Expression, Identifier, Label, ObjectEntry, SyntaxTree } from '../syntax.ts';
import {
  elementsOf,
  entriesOf,
  isString,
  type OutlineAttribute,
  type OutlineBlock,
  type OutlineBody,
  outlineOf,
} from './outline.ts';
import type { JsonObject, JsonValue } from './projection.ts';
import { anchoredExpression, anchoredTemplate, textLiteral, unquoted } from './template.ts';

/**
 * Values are those of the JSON: expressions given as text go through the JSON front end. Blocks, attributes, list elements
 * and object entries stand where the text has them; so does what is inside expressions and templates as far as the JSON's
 * text is the file's, else it stands where the whole of its expression does. What is in the JSON and not found in the text is
 * a problem, and missing from the tree.
 * @param json what hcl2json gives for `file`
 */
export function anchor(file: SourceFile, json: JsonObject): Outcome<SyntaxTree> {
  const outline = outlineOf(file);
  const builder = new TreeBuilder();
  const span = { file, start: file.textStart, end: file.text.length };
  const body = builder.body(json, outline.body, span);
  return { value: { file, body, comments: outline.comments, syntax: 'native' }, problems: builder.problems };
}

class TreeBuilder {
  readonly problems: Problem[] = [];

  body(json: JsonObject, outline: OutlineBody, span: Span): Body {
    const { file, start, end } = span;
    const found = new Map<string, number>();
    const items: (Attribute | Block)[] = [];
    for (const item of outline.items) {
      const node = item.kind === 'attribute' ? this.#attribute(item, json, found) : this.#block(item, json, found);
      if (node !== undefined) items.push(node);
    }
    for (const [name, value] of Object.entries(json)) {
      const missing = blockCount(value, outline, name) - (found.get(name) ?? 0);
      if (missing > 0) this.#lost(name, { file, start, end: start });
    }
    return { kind: 'body', file, start, end, items };
  }

  #attribute(item: OutlineAttribute, json: JsonObject, found: Map<string, number>): Attribute | undefined {
    const name = identifierAt(item.name);
    const text = textOf(item.name);
    if (!Object.hasOwn(json, text)) return undefined;
    found.set(text, Number.POSITIVE_INFINITY);
    const value = this.expression(json[text]!, item.value);
    return { kind: 'attribute', file: item.name.file, start: item.name.start, end: item.value.end, name, value };
  }

  #block(item: OutlineBlock, json: JsonObject, found: Map<string, number>): Block | undefined {
    const { file, start } = item.type;
    const type = identifierAt(item.type);
    const labels = item.labels.map(labelAt);
    const path = [textOf(item.type), ...labels.map((label) => (label.quoted ? label.name : textOf(label)))];
    let blocks: JsonValue | undefined = json;
    for (const name of path) blocks = isObject(blocks) && Object.hasOwn(blocks, name) ? blocks[name] : undefined;
    const key = path.join('\0');
    const index = found.get(key) ?? 0;
    const content = Array.isArray(blocks) ? (blocks as readonly JsonValue[])[index] : undefined;
    if (!isObject(content)) return undefined;
    found.set(key, index + 1);
    if (path.length > 1) found.set(path[0]!, (found.get(path[0]!) ?? 0) + 1);
    const { body } = item;
    const header = { file, start, end: item.labels.at(-1)?.end ?? item.type.end };
    return { kind: 'block', file, start, end: body.end, type, labels, body: this.body(content, body, body), header };
  }

  expression(json: JsonValue, span: Span): Expression {
    const { file, start, end } = span;
    const text = textOf(span);
    if (typeof json === 'string') return this.#string(json, span);
    if (isString(span)) {
      const inner = interpolationIn(span);
      const expression = this.expression(json, inner);
      const part = { kind: 'interpolation', file, start, end, expression } as const;
      return { kind: 'template', file, start, end, form: 'quoted', parts: [part] };
    }
    if (json === null) return { kind: 'null', file, start, end };
    if (typeof json === 'boolean') return booleanAt(json, span, text);
    if (typeof json === 'number') return numberAt(json, span, text);
    if (Array.isArray(json)) {
      const elements = elementsOf(span);
      const places = elements?.length === json.length ? elements : undefined;
      const items = (json as readonly JsonValue[]).map((value, index) =>
        this.expression(value, places?.[index] ?? span),
      );
      return { kind: 'tuple', file, start, end, items };
    }
    return { kind: 'object', file, start, end, entries: this.#entries(json as JsonObject, span) };
  }

  #string(json: string, span: Span): Expression {
    if (isString(span)) return this.#take(anchoredTemplate(json, span));
    const inner = /^\$\{(.*)\}$/s.exec(json)?.[1];
    if (inner === undefined) return textLiteral(json, span);
    return this.#take(anchoredExpression(inner, span));
  }

  /** In the order of the text; where it has a key twice, the last is the one that hcl2json gives. */
  #entries(json: JsonObject, span: Span): readonly ObjectEntry[] {
    const { file } = span;
    const places = new Map<string, { key: Span; value: Span }>();
    for (const entry of entriesOf(span) ?? []) {
      const name = keysOf(textOf(entry.key)).find((key) => Object.hasOwn(json, key));
      if (name === undefined) continue;
      places.delete(name);
      places.set(name, entry);
    }
    const entries = [...places].map(([name, { key, value }]): ObjectEntry => {
      const isName = textOf(key) === name && /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name);
      const keyNode = isName ? identifierAt(key) : this.#key(name, key);
      const end = value.end;
      return { kind: 'entry', file, start: key.start, end, key: keyNode, value: this.expression(json[name]!, value) };
    });
    for (const [name, value] of Object.entries(json)) {
      if (places.has(name)) continue;
      const { start, end } = span;
      const placed = this.expression(value, span);
      entries.push({ kind: 'entry', file, start, end, key: this.#take(anchoredTemplate(name, span)), value: placed });
    }
    return entries;
  }

  #key(name: string, key: Span): Expression {
    const text = textOf(key);
    if (text.startsWith('"')) return this.#take(anchoredTemplate(name, key));
    if (/^[0-9]/.test(text)) return { kind: 'number', file: key.file, start: key.start, end: key.end, text };
    return this.#take(anchoredExpression(text, key));
  }

  #take(outcome: Outcome<Expression>): Expression {
    for (const problem of outcome.problems) this.problems.push({ ...problem, severity: 'warning' });
    return outcome.value;
  }

  #lost(name: string, span: Span): void {
    const message = `tfsg could not locate "${name}" in ${span.file.path}, so it was not checked.`;
    this.problems.push({ kind: 'internal', severity: 'error', message, span });
  }
}

/** How many items of a body have this name in the JSON; blocks are counted only where the text has blocks of that name. */
function blockCount(value: JsonValue, outline: OutlineBody, name: string): number {
  const labels = outline.items.find((item) => item.kind === 'block' && textOf(item.type) === name);
  if (labels === undefined || labels.kind !== 'block') return 1;
  const count = (inner: JsonValue, depth: number): number => {
    if (Array.isArray(inner)) return inner.length;
    if (!isObject(inner) || depth === 0) return 1;
    return Object.values(inner).reduce<number>((sum, each) => sum + count(each, depth - 1), 0);
  };
  return count(value, 20);
}

/** What an object's key can be called in the JSON, the likeliest first. */
function keysOf(text: string): readonly string[] {
  const names = [`\${${text}}`, text];
  if (text.startsWith('"')) {
    const inside = unquoted(text);
    names.unshift(inside, inside.normalize('NFC'), inside.replace(/\$\{~?\s*(.*?)\s*~?\}/gs, '${$1}'));
  }
  if (/^[0-9]/.test(text)) names.push(String(Number(text)));
  return names;
}

/** The expression in `"${expression}"`; the whole span if that is not what it is. */
function interpolationIn(span: Span): Span {
  const match = /^("\$\{~?\s*)(.*?)(\s*~?\}")$/s.exec(textOf(span));
  if (match === null) return span;
  const start = span.start + match[1]!.length;
  return { file: span.file, start, end: start + match[2]!.length };
}

function numberAt(json: number, span: Span, text: string): Expression {
  const { file, start, end } = span;
  const isNegative = json < 0 || Object.is(json, -0) || text.startsWith('-');
  const digits = text.replace(/^-\s*/, '');
  const written = Number(digits) === Math.abs(json) ? digits : String(Math.abs(json));
  if (!isNegative) return { kind: 'number', file, start, end, text: written };
  const operand = { kind: 'number', file, start: end - digits.length, end, text: written } as const;
  return { kind: 'unary', file, start, end, operator: '-', operand };
}

/** hcl2json works `!true` out. */
function booleanAt(value: boolean, { file, start, end }: Span, text: string): Expression {
  const inner = /^!\s*/.exec(text)?.[0];
  if (inner === undefined) return { kind: 'boolean', file, start, end, value };
  const operand = booleanAt(!value, { file, start: start + inner.length, end }, text.slice(inner.length));
  return { kind: 'unary', file, start, end, operator: '!', operand };
}

function identifierAt({ file, start, end }: Span): Identifier {
  return { kind: 'identifier', file, start, end, name: file.text.slice(start, end).normalize('NFC') };
}

function labelAt(span: Span): Label {
  const { file, start, end } = span;
  const text = textOf(span);
  const quoted = text.startsWith('"');
  const name = quoted ? unquoted(text).replaceAll(/([$%])\1\{/g, '$1{') : text;
  return { kind: 'label', file, start, end, name, quoted };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
