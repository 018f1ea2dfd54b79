/** JSON with comments and trailing commas as a tree with places. */

import { createRequire } from 'node:module';
import type * as jsonc from 'jsonc-parser';
import type { Outcome, Problem } from '../source/problem.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';

/** Few runs have a config: loaded by the first call. */
const parser = (): typeof jsonc => createRequire(import.meta.url)('jsonc-parser');

/** A JSON value with the span of its text. */
export type JsonNode =
  | (Span & { readonly kind: 'scalar'; readonly value: string | number | boolean | null })
  | (Span & { readonly kind: 'array'; readonly items: readonly JsonNode[] })
  | (Span & { readonly kind: 'object'; readonly entries: readonly JsonEntry[] });

/** A property; `key` is the span of its name with the quotes. Of entries of the same name the last holds. */
export interface JsonEntry {
  readonly name: string;
  readonly key: Span;
  readonly value: JsonNode;
}

/** The file's value, or undefined where there is none; whatever is no JSON is left out and is a problem. */
export function parseJsonc(file: SourceFile): Outcome<JsonNode | undefined> {
  const { parseTree, printParseErrorCode } = parser();
  const problems: Problem[] = [];
  const errors: jsonc.ParseError[] = [];
  // jsonc-parser knows no byte order mark.
  const text = file.textStart === 1 ? ` ${file.text.slice(1)}` : file.text;
  try {
    const tree = parseTree(text, errors, { allowTrailingComma: true });
    for (const { error, offset, length } of errors) {
      const start = Math.min(offset, text.length);
      problems.push({
        kind: 'configuration',
        severity: 'error',
        message: messages[printParseErrorCode(error)] ?? 'Invalid JSON.',
        span: { file, start, end: Math.min(start + length, text.length) },
      });
    }
    return { value: tree && nodeOf(file, tree, problems), problems };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = 'Arrays and objects are nested too deeply.';
    return {
      value: undefined,
      problems: [{ kind: 'configuration', severity: 'error', message, span: { file, start: 0, end: 0 } }],
    };
  }
}

const messages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'Invalid JSON value: strings must be in double quotes.',
  InvalidNumberFormat: 'Invalid JSON number.',
  PropertyNameExpected: 'Expected a key in double quotes.',
  ValueExpected: 'Expected a value here.',
  ColonExpected: 'Expected a colon between key and value.',
  CommaExpected: 'Expected a comma.',
  CloseBraceExpected: 'Expected a closing brace.',
  CloseBracketExpected: 'Expected a closing bracket.',
  EndOfFileExpected: 'Expected the end of the file after its one object.',
  UnexpectedEndOfComment: 'This comment is not closed.',
  UnexpectedEndOfString: 'This string has no closing quote.',
  UnexpectedEndOfNumber: 'This number is incomplete.',
  InvalidUnicode: 'Invalid Unicode escape: \\u needs four hexadecimal digits.',
  InvalidEscapeCharacter: 'Invalid escape in JSON; write a backslash as \\\\.',
  InvalidCharacter: 'Control characters must be escaped in JSON strings.',
};

/** jsonc-parser lets what misses its end go on behind the text. */
function spanOf(file: SourceFile, { offset, length }: jsonc.Node): Span {
  const end = Math.min(offset + length, file.text.length);
  return { file, start: Math.min(offset, end), end };
}

function nodeOf(file: SourceFile, node: jsonc.Node, problems: Problem[]): JsonNode {
  const span = spanOf(file, node);
  if (node.type === 'array')
    return { ...span, kind: 'array', items: (node.children ?? []).map((item) => nodeOf(file, item, problems)) };
  if (node.type !== 'object') return { ...span, kind: 'scalar', value: node.value };
  const entries = new Map<string, JsonEntry>();
  for (const { children } of node.children ?? []) {
    const [name, value] = children ?? [];
    if (name === undefined || value === undefined) continue;
    const key = spanOf(file, name);
    if (entries.has(name.value))
      problems.push({
        kind: 'configuration',
        severity: 'error',
        message: `Duplicate key ${JSON.stringify(name.value)}.`,
        span: key,
      });
    entries.set(name.value, { name: name.value, key, value: nodeOf(file, value, problems) });
  }
  return { ...span, kind: 'object', entries: [...entries.values()] };
}

/** A JSON value as a tree that stands in the whole file. */
export function nodeOfValue(file: SourceFile, value: unknown): JsonNode {
  const span = { file, start: 0, end: file.text.length };
  if (Array.isArray(value)) return { ...span, kind: 'array', items: value.map((item) => nodeOfValue(file, item)) };
  if (typeof value !== 'object' || value === null) {
    return { ...span, kind: 'scalar', value: value as string | number | boolean | null };
  }
  const entries = Object.entries(value).map(([name, each]) => ({ name, key: span, value: nodeOfValue(file, each) }));
  return { ...span, kind: 'object', entries };
}

/** The value alone. Objects have no prototype, so that `__proto__` is a key like any other. */
export function plainValue(node: JsonNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'array') return node.items.map(plainValue);
  const object: Record<string, unknown> = Object.create(null);
  for (const { name, value } of node.entries) object[name] = plainValue(value);
  return object;
}

/** The value of an object's property. */
export function propertyOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.entries.find((entry) => entry.name === name)?.value : undefined;
}

/** The items of an array; none for whatever is no array. */
export function itemsOf(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : [];
}
