/**
 * Records what Terraform makes of each expression in fixtures/terraform-console: `npx tsx scripts/record-console.ts [TOPIC...]`.
 *
 * A topic is a JSON file of rows. A new row is an expression alone, as text; this script turns it into a ConsoleRow. `terraform console`
 * stops at the first fault and shows nothing that is unknown, so the rows of a topic become the outputs of one configuration,
 * and its plan gives all values, types and faults.
 */

import { type ExecFileSyncOptionsWithStringEncoding, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareStrings } from '../src/terraform/values/value.ts';

/** What Terraform says of one expression: a result or an error. */
export interface ConsoleRow {
  readonly expression: string;
  /** The type of a module's variable that the expression is given to: the result is the variable's value. */
  readonly constraint?: string;
  /** As JSON without spaces, keys in order, numbers exact; `unknown` stands where only apply knows. */
  readonly result?: string;
  /** As a type constraint: `list(string)`, `object({a=number})`. Absent where something is unknown. */
  readonly type?: string;
  /** The detail of Terraform's first error, in one line. */
  readonly error?: string;
  /** Where tfsg deliberately says something else: what, and why. Written by hand. */
  readonly tfsg?: { readonly result?: string; readonly type?: string; readonly error?: string; readonly why: string };
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Terraform's own provider, whose functions can be called only where it is required. */
const ownProvider =
  'terraform {\n  required_providers {\n    terraform = { source = "terraform.io/builtin/terraform" }\n  }\n}\n';

const folder = fileURLToPath(new URL('../fixtures/terraform-console/', import.meta.url));

if (spawnSync('terraform', ['version']).error !== undefined) {
  process.stdout.write('skipped: there is no terraform on PATH\n');
} else {
  const asked = process.argv.slice(2);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  for (const file of files.sort()) {
    const topic = file.slice(0, -'.json'.length);
    if (asked.length > 0 && !asked.includes(topic)) continue;
    const rows = readRows(join(folder, file));
    const recorded = record(rows);
    writeFileSync(join(folder, file), `[\n${recorded.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`);
    const changed = recorded.filter((row, i) => JSON.stringify(row) !== JSON.stringify(rows[i])).length;
    process.stdout.write(`${topic}: ${recorded.length} rows, ${changed} changed\n`);
  }
}

function readRows(path: string): readonly ConsoleRow[] {
  const rows = JSON.parse(readFileSync(path, 'utf8')) as readonly (ConsoleRow | string)[];
  return rows.map((row) => (typeof row === 'string' ? { expression: row } : row));
}

function record(rows: readonly ConsoleRow[]): readonly ConsoleRow[] {
  const directory = mkdtempSync(join(tmpdir(), 'tfsg-console-'));
  try {
    const errors = new Map<number, string>();
    while (addErrors(directory, rows, errors));
    const plan = errors.size < rows.length ? plannedOutputs(directory) : undefined;
    return rows.map(({ expression, constraint, tfsg }, index) => {
      const error = errors.get(index);
      const answer = error === undefined ? answerOf(plan!, index) : { error };
      const question = constraint === undefined ? { expression } : { constraint, expression };
      return tfsg === undefined ? { ...question, ...answer } : { ...question, ...answer, tfsg };
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Plans the rows that are not at fault so far; whether there were further faults. */
function addErrors(directory: string, rows: readonly ConsoleRow[], errors: Map<number, string>): boolean {
  const pending = [...rows.keys()].filter((index) => !errors.has(index));
  if (pending.length === 0) return false;
  const rowOfLine = writeConfiguration(directory, rows, pending);
  const usesModules = pending.some((index) => rows[index]!.constraint !== undefined);
  const loaded = usesModules ? faultsOf(terraform(directory, ['init', '-json', '-backend=false'])) : [];
  const faults =
    loaded.length > 0 ? loaded : faultsOf(terraform(directory, ['plan', '-json', '-input=false', '-out=plan']));
  for (const { summary, detail, range } of faults) {
    const [, module] = /^m([0-9]+)\//.exec(range?.filename ?? '') ?? [];
    const index = module === undefined ? rowOfLine[(range?.start.line ?? 0) - 1] : Number(module);
    if (index === undefined) throw new Error(`a fault without a place: ${summary}: ${detail}`);
    if (!errors.has(index)) errors.set(index, errorText(detail === '' ? summary : detail));
  }
  return faults.length > 0;
}

/** On one line, without the names and places that this script made up. */
function errorText(detail: string): string {
  const line = detail.replace(/\s+/g, ' ').trim();
  return line.replace(/^The given value is not suitable for \S+ declared at \S+: /, '');
}

/** One output for each row, and a module for each that has a constraint. Gives the row of each line of main.tf. */
function writeConfiguration(
  directory: string,
  rows: readonly ConsoleRow[],
  pending: readonly number[],
): readonly number[] {
  let text = ownProvider;
  const rowOfLine: number[] = Array.from({ length: ownProvider.split('\n').length - 1 }, () => -1);
  for (const index of pending) {
    const { expression, constraint } = rows[index]!;
    let block = `output "r${index}" {\n  value = [\n${expression}\n  ]\n}\n`;
    if (constraint !== undefined) {
      mkdirSync(join(directory, `m${index}`), { recursive: true });
      const module = `variable "v" {\n  type = ${constraint}\n}\n\noutput "v" {\n  value = [var.v]\n}\n`;
      writeFileSync(join(directory, `m${index}`, 'main.tf'), module);
      block = `module "r${index}" {\n  source = "./m${index}"\n  v = ${expression}\n}\noutput "r${index}" {\n  value = module.r${index}.v\n}\n`;
    }
    text += block;
    for (let line = block.split('\n').length - 1; line > 0; line--) rowOfLine.push(index);
  }
  writeFileSync(join(directory, 'main.tf'), text);
  return rowOfLine;
}

/** In order of place. */
function faultsOf({ stdout }: { stdout: string }): readonly Diagnostic[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => (JSON.parse(line) as { diagnostic?: Diagnostic }).diagnostic)
    .filter((diagnostic) => diagnostic !== undefined)
    .filter((diagnostic) => diagnostic.severity === 'error')
    .sort((a, b) => (a.range?.start.byte ?? 0) - (b.range?.start.byte ?? 0));
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number; readonly byte: number } };
}

interface Plan {
  readonly planned_values: { readonly outputs?: { readonly [name: string]: { readonly type?: Json } } };
  readonly output_changes: { readonly [name: string]: { readonly after?: Json; readonly after_unknown: Json } };
}

/** Numbers are kept as text: a NUL character and their digits. */
function plannedOutputs(directory: string): Plan {
  const { stdout } = terraform(directory, ['show', '-json', 'plan']);
  const exact = stdout.replace(/"(?:[^"\\]|\\.)*"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/g, (token) =>
    token.startsWith('"') ? token : `"\\u0000${token}"`,
  );
  return JSON.parse(exact) as Plan;
}

function answerOf(plan: Plan, index: number): Pick<ConsoleRow, 'result' | 'type'> {
  const name = `r${index}`;
  const change = plan.output_changes[name]!;
  const result = resultText(first(change.after ?? null), first(change.after_unknown));
  const type = plan.planned_values.outputs?.[name]?.type;
  if (type === undefined) return { result };
  return { result, type: typeText((type as readonly [string, readonly Json[]])[1][0]!) };
}

function first(value: Json): Json {
  return Array.isArray(value) ? ((value as readonly Json[])[0] ?? null) : value;
}

function resultText(value: Json, unknown: Json): string {
  if (unknown === true) return 'unknown';
  if (typeof value === 'string') return value.startsWith('\0') ? value.slice(1) : JSON.stringify(value);
  const inner = (key: string | number): Json =>
    typeof unknown === 'object' && unknown !== null
      ? ((unknown as { readonly [key: string]: Json })[key] ?? false)
      : false;
  if (Array.isArray(value) || (value === null && Array.isArray(unknown))) {
    const items = (value ?? []) as readonly Json[];
    const length = Math.max(items.length, Array.isArray(unknown) ? unknown.length : 0);
    return `[${Array.from({ length }, (_, i) => resultText(items[i] ?? null, inner(i))).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = value as { readonly [key: string]: Json };
  const keys = new Set([...Object.keys(entries), ...Object.keys(Object(unknown))]);
  const texts = [...keys]
    .sort(compareStrings)
    .map((key) => `${JSON.stringify(key)}:${resultText(entries[key] ?? null, inner(key))}`);
  return `{${texts.join(',')}}`;
}

function typeText(type: Json): string {
  if (typeof type === 'string') return type === 'dynamic' ? 'any' : type;
  const [kind, inner] = type as readonly [string, Json];
  if (kind === 'tuple') return `tuple([${(inner as readonly Json[]).map(typeText).join(',')}])`;
  if (kind !== 'object') return `${kind}(${typeText(inner)})`;
  const attributes = Object.entries(inner as { readonly [name: string]: Json }).sort(([a], [b]) => (a < b ? -1 : 1));
  return `object({${attributes.map(([name, each]) => `${name}=${typeText(each)}`).join(',')}})`;
}

function terraform(directory: string, args: readonly string[]): { stdout: string } {
  const options: ExecFileSyncOptionsWithStringEncoding = {
    cwd: directory,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: 'pipe',
  };
  try {
    return { stdout: execFileSync('terraform', args, options) };
  } catch (error) {
    return { stdout: String((error as { stdout?: string }).stdout ?? '') };
  }
}
