/** The text of a baseline file. */

import { type JsonNode, parseJsonc, plainValue, propertyOf } from '../../config/jsonc.ts';
import { positionAt } from '../../source/position.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { isWhen, type When } from '../when.ts';
import type { Entries } from './baseline.ts';
import type { BaselineEntry } from './entry.ts';
import type { OldEntry } from './version-1.ts';

/** Counts up where an older tfsg would misread the file. */
const SCHEMA_VERSION = 2;

/** A file that is no baseline; the message starts with line and column. */
export class BaselineError extends Error {
  override readonly name = 'BaselineError';
  readonly span: Span;
  /** The message without line and column. */
  readonly reason: string;

  constructor(span: Span, reason: string) {
    const { line, column } = positionAt(span.file, span.start);
    super(`line ${line}, column ${column}: ${reason}`);
    this.span = { file: span.file, start: span.start, end: span.end };
    this.reason = reason;
  }
}

/**
 * One line for each entry, sorted. Every line of an entry ends with a comma, so that git can put lines of two branches together in
 * whatever way; `null` ends the list.
 */
export function baselineText({ entries, old }: Entries): string {
  const lines = [
    ...entries.map((entry) => ({ key: keyOf(entry), line: lineOf(entry) })),
    ...old.map((entry) => ({ key: keyOf(entry), line: lineOf({ schemaVersion: 1, ...entry }) })),
  ]
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ line }) => line);
  return `${['{', `  "schemaVersion": ${SCHEMA_VERSION},`, '  "findings": [', ...lines, '    null', '  ]', '}'].join('\n')}\n`;
}

/** In the order in which an entry is written. */
const texts = ['file', 'check', 'subject', 'direction', 'content', 'traffic', 'peers'] as const;
type Texts = Readonly<Partial<Record<(typeof texts)[number], string>>>;

type Written = Texts & Pick<BaselineEntry, 'when'>;

/** An entry of either version. */
export type RecordedEntry = Written & { readonly count: number };

function lineOf(entry: Written & { readonly schemaVersion?: 1; readonly count: number }): string {
  const names = ['schemaVersion', ...texts, 'when', 'count'] as const;
  const members = names.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]] as const]));
  return `    ${JSON.stringify(Object.fromEntries(members))},`;
}

/** The same text for entries that differ at most in their count. */
const keyOf = ({ when = [], ...entry }: Written): string =>
  JSON.stringify([...texts.map((name) => entry[name] ?? ''), ...when]);

/**
 * The entries of a file, each once: of lines that two branches brought, the one that counts more holds. Entries of version 1 are
 * those of a file of that version, and those that say so.
 *
 * @throws BaselineError at the first mistake
 */
export function readBaseline(file: SourceFile): Entries {
  const read = readWhole(file.text);
  if (read !== undefined) return { entries: distinct(read), old: [] };
  if (file.text.length > MAX_LENGTH_WITH_MISTAKES)
    throw new BaselineError({ file, start: 0, end: 0 }, 'Invalid baseline, too large to show where.');
  const { value: root, problems } = parseJsonc(file);
  const whole = { file, start: 0, end: 0 };
  const [problem] = problems;
  if (problem !== undefined) throw new BaselineError(problem.span ?? whole, problem.message);
  if (root?.kind !== 'object') throw new BaselineError(root ?? whole, 'A baseline must be an object.');
  for (const { name, key } of root.entries) {
    if (!keys.includes(name)) throw new BaselineError(key, `Unknown key ${JSON.stringify(name)} in the baseline.`);
  }
  const version = propertyOf(root, 'schemaVersion');
  if (version?.kind !== 'scalar' || (version.value !== SCHEMA_VERSION && version.value !== 1))
    throw new BaselineError(version ?? root, `Expected "schemaVersion": ${SCHEMA_VERSION}, or 1.`);
  const findings = propertyOf(root, 'findings');
  if (findings?.kind !== 'array') throw new BaselineError(findings ?? root, 'Expected an array "findings".');
  const entries: BaselineEntry[] = [];
  const old: OldEntry[] = [];
  for (const item of findings.items) {
    if (item.kind === 'scalar' && item.value === null) continue;
    if (item.kind !== 'object') throw new BaselineError(item, 'Expected an object with "file", "check" and so on.');
    if (version.value === 1 || propertyOf(item, 'schemaVersion') !== undefined) old.push(readOldEntry(item));
    else entries.push(readEntry(item));
  }
  return { entries: distinct(entries), old: distinct(old) };
}

const keys: readonly string[] = ['$schema', 'schemaVersion', 'findings'];

/** Code units: a tree with places takes 60 times the memory of its text. */
const MAX_LENGTH_WITH_MISTAKES = 4 * 1024 * 1024;

function distinct<T extends Written & { readonly count: number }>(all: Iterable<T>): readonly T[] {
  const entries = new Map<string, T>();
  for (const entry of all) {
    const key = keyOf(entry);
    if ((entries.get(key)?.count ?? 0) < entry.count) entries.set(key, entry);
  }
  return [...entries.values()];
}

/** The entries of a file of this version without a mistake; undefined for any other, whose mistake has to be found. */
function readWhole(text: string): readonly BaselineEntry[] | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
  if (!isRecord(root) || !Object.keys(root).every((key) => keys.includes(key))) return undefined;
  const { schemaVersion, findings } = root;
  if (schemaVersion !== SCHEMA_VERSION || !Array.isArray(findings)) return undefined;
  const entries: unknown[] = findings.filter((each) => each !== null);
  return entries.every(isEntry) ? entries : undefined;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value)) return false;
  const { count, when } = value;
  const known = texts.filter((name) => typeof value[name] === 'string');
  return (
    known.length + (when === undefined ? 1 : 2) === Object.keys(value).length &&
    (when === undefined || isWorlds(when)) &&
    required.every((name) => known.includes(name)) &&
    Number.isSafeInteger(count) &&
    Number(count) >= 1
  );
}

const isWorlds = (value: unknown): value is readonly When[] =>
  Array.isArray(value) && value.length > 0 && value.every(isWhen);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type JsonObject = Extract<JsonNode, { readonly kind: 'object' }>;

/** Of each entry. */
const required = texts.slice(0, 3);

function readEntry(node: JsonObject): BaselineEntry {
  refuseOthers(node, [...texts, 'when', 'count']);
  const rest = texts.slice(3).filter((name) => propertyOf(node, name) !== undefined);
  return {
    file: textOf(node, 'file'),
    check: textOf(node, 'check'),
    subject: textOf(node, 'subject'),
    ...Object.fromEntries(rest.map((name) => [name, textOf(node, name)])),
    ...worldsOf(node),
    count: countOf(node),
  };
}

function readOldEntry(node: JsonObject): OldEntry {
  refuseOthers(node, ['schemaVersion', 'file', 'check', 'subject', 'content', 'traffic', 'count']);
  const version = propertyOf(node, 'schemaVersion');
  if (version !== undefined && (version.kind !== 'scalar' || version.value !== 1))
    throw new BaselineError(version, 'Expected "schemaVersion": 1 in an entry, or no version.');
  return {
    file: textOf(node, 'file'),
    check: textOf(node, 'check'),
    subject: textOf(node, 'subject'),
    content: textOf(node, 'content'),
    ...(propertyOf(node, 'traffic') !== undefined && { traffic: textOf(node, 'traffic') }),
    count: countOf(node),
  };
}

function refuseOthers(node: JsonObject, names: readonly string[]): void {
  const other = node.entries.find(({ name }) => !names.includes(name));
  if (other !== undefined) throw new BaselineError(other.key, `Unknown key ${JSON.stringify(other.name)} in an entry.`);
}

function worldsOf(node: JsonObject): Pick<BaselineEntry, 'when'> {
  const member = propertyOf(node, 'when');
  if (member === undefined) return {};
  const when = plainValue(member);
  if (!isWorlds(when))
    throw new BaselineError(member, 'Expected a list of worlds for "when", such as [{"var.environment":"dev"}].');
  return { when };
}

function countOf(node: JsonObject): number {
  const count = propertyOf(node, 'count');
  if (count?.kind !== 'scalar' || !Number.isSafeInteger(count.value) || Number(count.value) < 1)
    throw new BaselineError(count ?? node, 'Expected a "count" of 1 or more.');
  return Number(count.value);
}

function textOf(node: JsonObject, name: string): string {
  const value = propertyOf(node, name);
  if (value?.kind === 'scalar' && typeof value.value === 'string') return value.value;
  throw new BaselineError(value ?? node, `Expected a string for "${name}".`);
}
