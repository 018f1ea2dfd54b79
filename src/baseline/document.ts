/** The text of a baseline file. */

import { type JsonNode, parseJsonc, propertyOf } from '../config/jsonc.ts';
import { positionAt } from '../source/position.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import { type Entry, keyOf } from './entry.ts';

/** Counts up where an older tfsg would misread the file. */
const SCHEMA_VERSION = 1;

/** A file that is no baseline; the message starts with line and column. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';

  constructor({ file, start }: Span, message: string) {
    const { line, column } = positionAt(file, start);
    super(`line ${line}, column ${column}: ${message}`);
  }
}

/**
 * One line for each entry, sorted. Every line of an entry ends with a comma, so that git can put lines of two branches together in
 * whatever way; `null` ends the list.
 */
export function baselineText(entries: readonly Entry[]): string {
  const lines = [...entries]
    .map(({ check, file, subject, content, traffic, count }) => {
      const entry = { file, check, subject, content, ...(traffic !== undefined && { traffic }), count };
      return { key: keyOf(entry), line: `    ${JSON.stringify(entry)},` };
    })
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ line }) => line);
  return `${['{', `  "schemaVersion": ${SCHEMA_VERSION},`, '  "findings": [', ...lines, '    null', '  ]', '}'].join('\n')}\n`;
}

/**
 * The entries of a file, each once: of lines that two branches brought, the one that counts more holds.
 *
 * @throws BaselineError at the first mistake
 */
export function readBaseline(file: SourceFile): readonly Entry[] {
  const read = readWhole(file.text);
  if (read !== undefined) return distinct(read);
  if (file.text.length > LARGEST_WITH_MISTAKES)
    throw new BaselineError({ file, start: 0, end: 0 }, 'This is no baseline, and too large to find out where not.');
  const { value: root, problems } = parseJsonc(file);
  const whole = { file, start: 0, end: 0 };
  const [problem] = problems;
  if (problem !== undefined) throw new BaselineError(problem.span ?? whole, problem.message);
  if (root?.kind !== 'object') throw new BaselineError(root ?? whole, 'A baseline is an object.');
  for (const { name, key } of root.entries) {
    if (name !== 'schemaVersion' && name !== 'findings' && name !== '$schema')
      throw new BaselineError(key, `A baseline has no key ${JSON.stringify(name)}.`);
  }
  const version = propertyOf(root, 'schemaVersion');
  if (version?.kind !== 'scalar' || version.value !== SCHEMA_VERSION)
    throw new BaselineError(version ?? root, `Expected "schemaVersion": ${SCHEMA_VERSION}.`);
  const findings = propertyOf(root, 'findings');
  if (findings?.kind !== 'array') throw new BaselineError(findings ?? root, 'Expected a list of "findings".');
  return distinct(
    findings.items.filter((item) => item.kind !== 'scalar' || item.value !== null).map((item) => readEntry(item)),
  );
}

/** Code units: a tree with places takes 60 times the memory of its text. */
const LARGEST_WITH_MISTAKES = 4 * 1024 * 1024;

function distinct(all: Iterable<Entry>): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const entry of all) {
    const key = keyOf(entry);
    if ((entries.get(key)?.count ?? 0) < entry.count) entries.set(key, entry);
  }
  return [...entries.values()];
}

const texts = ['file', 'check', 'subject', 'content'] as const;

/** The entries of a file without a mistake; undefined for any other, whose mistake has to be found. */
function readWhole(text: string): readonly Entry[] | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
  if (!isRecord(root) || !Object.keys(root).every((key) => ['$schema', 'schemaVersion', 'findings'].includes(key)))
    return undefined;
  const { schemaVersion, findings } = root;
  if (schemaVersion !== SCHEMA_VERSION || !Array.isArray(findings)) return undefined;
  const entries: unknown[] = findings.filter((each) => each !== null);
  return entries.every(isEntry) ? entries : undefined;
}

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value)) return false;
  let known = 0;
  for (const name of texts) if (typeof value[name] === 'string') known += 1;
  if (typeof value['traffic'] === 'string') known += 1;
  const { count } = value;
  return (
    known + 1 === Object.keys(value).length &&
    texts.every((name) => typeof value[name] === 'string') &&
    Number.isSafeInteger(count) &&
    Number(count) >= 1
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readEntry(node: JsonNode): Entry {
  if (node.kind !== 'object') throw new BaselineError(node, 'Expected an object with "file", "check" and so on.');
  for (const { name, key } of node.entries) {
    if (![...texts, 'traffic', 'count'].includes(name))
      throw new BaselineError(key, `An entry has no key ${JSON.stringify(name)}.`);
  }
  const [file, check, subject, content] = texts.map((name) => textOf(node, name)) as [string, string, string, string];
  const count = propertyOf(node, 'count');
  if (count?.kind !== 'scalar' || !Number.isSafeInteger(count.value) || Number(count.value) < 1)
    throw new BaselineError(count ?? node, 'Expected a "count" from 1 up.');
  const traffic = propertyOf(node, 'traffic') === undefined ? {} : { traffic: textOf(node, 'traffic') };
  return { file, check, subject, content, ...traffic, count: Number(count.value) };
}

function textOf(node: JsonNode, name: string): string {
  const value = propertyOf(node, name);
  if (value?.kind === 'scalar' && typeof value.value === 'string') return value.value;
  throw new BaselineError(value ?? node, `Expected a text for "${name}".`);
}
