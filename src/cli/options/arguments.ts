/** Parsed arguments of a command line, as the commands use them. */

import type { OptionSetting } from '../../config/layer.ts';
import type { Severity } from '../../findings/severity.ts';
import { DEFAULT_FORMAT, type Sort } from '../../report/format.ts';
import { type DocumentFormatName, documentFormatNames, type FormatName, formatNames } from '../../report/render.ts';
import type { FailOn } from '../../report/report.ts';
import { MAX_SHARDS, type Shard } from '../../terraform/modules/shard.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { type AcceptedArguments, acceptedArguments } from '../accepted.ts';
import { UsageError } from '../io.ts';

export const colors = ['auto', 'always', 'never'] as const;
export const parsers = ['native', 'hcl2json'] as const;
export const worldChoices = ['all', 'one'] as const;
export const tableFormats = ['pretty', 'json'] as const;

interface Common {
  readonly color: (typeof colors)[number];
  readonly quiet: boolean;
}

/** Which config holds, and what the command line changes of it. */
export interface ConfigArguments {
  /** Path as given; undefined for discovery. */
  readonly config: string | undefined;
  /** Defaults instead of any file. */
  readonly noConfig: boolean;
  /** Ids, of tfsg or other tools; empty for all checks. */
  readonly check: readonly string[];
  readonly disable: readonly string[];
  /** Options that say what keys of the config say. */
  readonly settings: readonly OptionSetting[];
}

/** A --var or --var-file, in the order given. */
export interface VariableArgument {
  readonly kind: 'var' | 'var-file';
  readonly text: string;
}

/** What is read, and how. */
export interface InputArguments {
  /** As given; at least one, unless standard input alone is linted. */
  readonly paths: readonly string[];
  readonly parser: (typeof parsers)[number];
  readonly variables: readonly VariableArgument[];
  /** Whether TF_VAR_ variables of the environment are read. */
  readonly readsEnvironment: boolean;
  readonly workspace: string | undefined;
  readonly worlds: (typeof worldChoices)[number];
  readonly anyInput: boolean;
  /** The only environment of the config that counts. */
  readonly environment: string | undefined;
  /** The file whose text comes from standard input. */
  readonly stdinFilename: string | undefined;
}

export interface LintArguments extends Common, ConfigArguments, InputArguments {
  readonly command: 'lint';
  readonly format: FormatName;
  readonly outputs: readonly { readonly format: FormatName; readonly file: string }[];
  /** Undefined: `info` for programs; for people `low`, unless checks are named. */
  readonly minSeverity: Severity | undefined;
  readonly unknown: boolean;
  /** Undefined: as the format has it. */
  readonly sort: Sort | undefined;
  /** Whether only the table of what was found is printed. */
  readonly statistics: boolean;
  readonly failsOnEmpty: boolean;
  readonly shard: Shard | undefined;
  /** `write` the safe fixes, or `print` them as a diff. */
  readonly fix: 'write' | 'print' | undefined;
  /** With `fix`: suggestions too. */
  readonly unsafeFixes: boolean;
  /** A unified diff as given, `-` for standard input: only what it touches is reported. */
  readonly diff: string | undefined;
  /** The file whose config is printed instead of linting. */
  readonly printConfig: string | undefined;
  readonly accepted: AcceptedArguments;
}

/** Reports of shards as one. */
export interface MergeArguments extends Common {
  readonly command: 'merge';
  /** As given; at least one. */
  readonly files: readonly string[];
  /** Undefined: that of the first file. */
  readonly format: DocumentFormatName | undefined;
  readonly outputs: readonly { readonly format: DocumentFormatName; readonly file: string }[];
  readonly failOn: FailOn;
  /** Undefined: `info` for programs; for people `low`, unless checks are named. */
  readonly minSeverity: Severity | undefined;
  readonly unknown: boolean;
  /** Undefined: as the format has it. */
  readonly sort: Sort | undefined;
  readonly failsOnUnresolved: boolean;
}

export interface InspectArguments extends Common, ConfigArguments, InputArguments {
  readonly command: 'inspect';
  readonly format: (typeof tableFormats)[number];
}

export interface ParseArguments extends Common {
  readonly command: 'parse';
  readonly paths: readonly string[];
  readonly parser: (typeof parsers)[number];
}

export interface ChecksArguments extends Common, ConfigArguments {
  readonly command: 'checks';
  readonly format: (typeof tableFormats)[number];
}

export interface ExplainArguments extends Common {
  readonly command: 'explain';
  readonly check: string;
}

export interface InitArguments extends Common {
  readonly command: 'init';
}

/** The language server, which takes its settings from the editor. */
export interface ServerArguments {
  readonly command: 'lsp';
}

export type CommandArguments =
  | LintArguments
  | MergeArguments
  | InspectArguments
  | ParseArguments
  | ChecksArguments
  | ExplainArguments
  | ServerArguments
  | InitArguments;

/** `text`: help or the version, for stdout. */
export type ParsedArguments =
  | { readonly kind: 'command'; readonly arguments: CommandArguments }
  | { readonly kind: 'text'; readonly text: string };

/** What yargs read, and under `operands` what stands behind `--`. */
export type RawValues = Readonly<Record<string, unknown>>;

/** @param argv the command line up to `--`, which alone knows how --var and --var-file follow each other */
export function lintArguments(raw: RawValues, argv: readonly string[]): LintArguments {
  const chosen = ['fix', 'fix-dry-run', 'shard', 'diff'].filter((name) => (last(raw, name) ?? false) !== false);
  if (chosen.length > 1) throw new UsageError(`--${chosen[0]} cannot be used with --${chosen[1]}.`);
  const unsafeFixes = last(raw, 'unsafe-fixes') === true;
  if (unsafeFixes && last(raw, 'fix') !== true && last(raw, 'fix-dry-run') !== true) {
    throw new UsageError('--unsafe-fixes needs --fix or --fix-dry-run.');
  }
  const statistics = last(raw, 'statistics') === true;
  if (statistics && last(raw, 'format') !== DEFAULT_FORMAT)
    throw new UsageError(`--statistics is text for people, and cannot be used with --format ${last(raw, 'format')}.`);
  const diff = last(raw, 'diff') as string | undefined;
  if (diff === '-' && last(raw, 'stdin-filename') !== undefined) {
    throw new UsageError('--diff - and --stdin-filename both read standard input.');
  }
  return {
    command: 'lint',
    ...common(raw),
    ...configArguments(raw),
    ...inputArguments(raw, argv),
    format: last(raw, 'format') as FormatName,
    outputs: all(raw, 'output').map((text) => outputOf(text, formatNames)),
    minSeverity: last(raw, 'min-severity') as Severity | undefined,
    unknown: last(raw, 'unknown') === true,
    sort: last(raw, 'sort') as Sort | undefined,
    statistics,
    failsOnEmpty: last(raw, 'fail-on-empty') === true,
    shard: shardOf(last(raw, 'shard') as string | undefined),
    fix: last(raw, 'fix') === true ? 'write' : last(raw, 'fix-dry-run') === true ? 'print' : undefined,
    unsafeFixes,
    diff,
    printConfig: printConfigOf(raw),
    accepted: acceptedArguments((name) => last(raw, name)),
  };
}

export function mergeArguments(raw: RawValues): MergeArguments {
  return {
    command: 'merge',
    ...common(raw),
    files: [...all(raw, 'files'), ...all(raw, 'operands')],
    format: last(raw, 'format') as DocumentFormatName | undefined,
    outputs: all(raw, 'output').map((text) => outputOf(text, documentFormatNames)),
    failOn: (last(raw, 'fail-on') as FailOn | undefined) ?? 'low',
    minSeverity: last(raw, 'min-severity') as Severity | undefined,
    unknown: last(raw, 'unknown') === true,
    sort: last(raw, 'sort') as Sort | undefined,
    failsOnUnresolved: last(raw, 'fail-on-unresolved') === true,
  };
}

export function inspectArguments(raw: RawValues, argv: readonly string[]): InspectArguments {
  return {
    command: 'inspect',
    ...common(raw),
    ...configArguments(raw),
    ...inputArguments(raw, argv),
    format: last(raw, 'format') as InspectArguments['format'],
  };
}

export function parseCommandArguments(raw: RawValues): ParseArguments {
  return {
    command: 'parse',
    ...common(raw),
    paths: [...all(raw, 'files'), ...all(raw, 'operands')],
    parser: last(raw, 'parser') as ParseArguments['parser'],
  };
}

export function checksArguments(raw: RawValues): ChecksArguments {
  const format = last(raw, 'format') as ChecksArguments['format'];
  return { command: 'checks', ...common(raw), ...configArguments(raw), format };
}

export function initArguments(raw: RawValues): InitArguments {
  return { command: 'init', ...common(raw) };
}

export function explainArguments(raw: RawValues): ExplainArguments {
  return { command: 'explain', ...common(raw), check: String(raw['check']) };
}

function printConfigOf(raw: RawValues): string | undefined {
  const path = last(raw, 'print-config') as string | undefined;
  const [other] = [...all(raw, 'paths'), ...all(raw, 'operands')];
  if (path === undefined || other === undefined) return path;
  throw new UsageError(`--print-config takes one file; unexpected argument ${JSON.stringify(other)}.`);
}

/** @throws UsageError unless it is to speak over standard input and output */
export function serverArguments(raw: RawValues): ServerArguments {
  if (last(raw, 'stdio') !== true)
    throw new UsageError('tfsg lsp communicates over stdin and stdout only: run "tfsg lsp --stdio".');
  return { command: 'lsp' };
}

function common(raw: RawValues): Common {
  return { color: last(raw, 'color') as Common['color'], quiet: last(raw, 'quiet') === true };
}

/** What each of these options says, in the shape of a .tfsgrc.json. */
const settingOf: Readonly<Record<string, (value: unknown) => OptionSetting['config']>> = {
  'fail-on': (failOn) => ({ failOn }),
  'fail-on-unresolved': () => ({ failOnUnresolved: true }),
  'no-inline-suppressions': () => ({ suppressions: { inline: false } }),
};

function settingsIn(raw: RawValues): readonly OptionSetting[] {
  return Object.entries(settingOf).flatMap(([name, configOf]) => {
    const value = last(raw, name);
    return value === undefined || value === false ? [] : { option: `--${name}`, config: configOf(value) };
  });
}

function configArguments(raw: RawValues): ConfigArguments {
  const config = last(raw, 'config') as string | undefined;
  const noConfig = last(raw, 'no-config') === true;
  if (noConfig && config !== undefined) throw new UsageError('--config cannot be used with --no-config.');
  return { config, noConfig, check: all(raw, 'check'), disable: all(raw, 'disable'), settings: settingsIn(raw) };
}

function inputArguments(raw: RawValues, argv: readonly string[]): InputArguments {
  const stdinFilename = last(raw, 'stdin-filename') as string | undefined;
  const paths = [...all(raw, 'paths'), ...all(raw, 'operands')];
  if (paths.includes('') || stdinFilename === '') throw new UsageError('A path must not be empty.');
  return {
    paths: paths.length > 0 ? paths : [stdinFilename ?? '.'],
    parser: last(raw, 'parser') as InputArguments['parser'],
    variables: variablesOf(raw, argv),
    readsEnvironment: last(raw, 'tf-var-env') === true,
    workspace: last(raw, 'workspace') as string | undefined,
    worlds: last(raw, 'worlds') as InputArguments['worlds'],
    anyInput: last(raw, 'any-input') === true,
    environment: last(raw, 'env') as string | undefined,
    stdinFilename,
  };
}

/** yargs keeps the order of the values of one option only, so the order of the names comes from the command line itself. */
function variablesOf(raw: RawValues, argv: readonly string[]): VariableArgument[] {
  const names = argv.flatMap((each) => {
    const name = /^--(var|var-file)(?:=|$)/.exec(each)?.[1];
    return name === undefined ? [] : [name as VariableArgument['kind']];
  });
  const values = { var: all(raw, 'var').values(), 'var-file': all(raw, 'var-file').values() };
  return names.flatMap((kind) => {
    const text = values[kind].next().value;
    if (text === undefined) return [];
    if (kind === 'var' && !/^[^=]+=/.test(text))
      throw new UsageError('--var needs NAME=VALUE, but the given value has no "=".');
    return [{ kind, text }];
  });
}

function outputOf<F extends string>(
  text: string,
  formats: readonly F[],
): { readonly format: F; readonly file: string } {
  const at = text.indexOf('=');
  const [name, file] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  const format = formats.find((each) => each === name);
  if (format === undefined) {
    const nearest = nearestName(name, formats);
    const hint = nearest === undefined ? `Formats: ${formats.join(', ')}.` : `Did you mean ${nearest}?`;
    throw new UsageError(`--output needs FORMAT=FILE, but ${JSON.stringify(name)} is not a format. ${hint}`);
  }
  if (file === '') throw new UsageError(`--output needs FORMAT=FILE, but ${JSON.stringify(text)} names no file.`);
  return { format, file };
}

function shardOf(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, first, second] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (index <= count && count <= MAX_SHARDS) return { index, count };
  const range = count > MAX_SHARDS ? `N up to ${MAX_SHARDS}` : 'I from 1 to N';
  throw new UsageError(`--shard needs I/N with ${range}, not ${JSON.stringify(text)}.`);
}

/** The value of an option that takes one; of several the last. */
function last(raw: RawValues, name: string): unknown {
  const value = [raw[name]].flat().at(-1);
  if (value === '') throw new UsageError(`--${name} needs a value.`);
  return value;
}

function all(raw: RawValues, name: string): string[] {
  return [raw[name] ?? []].flat().map(String);
}
