/** What a command line asks for, as the commands take it. */

import type { Severity } from '../checks/check.ts';
import { type FormatName, formatNames } from '../report/render.ts';
import type { FailOn } from '../report/report.ts';
import { nearestName } from '../source/nearest-name.ts';
import { UsageError } from './io.ts';

export const colors = ['auto', 'always', 'never'] as const;
export const parsers = ['native', 'hcl2json'] as const;
export const tableFormats = ['pretty', 'json'] as const;

interface Common {
  readonly color: (typeof colors)[number];
  readonly quiet: boolean;
}

/** Which configuration holds, and what the command line changes of it. */
export interface ConfigArguments {
  /** Path as given; undefined for discovery. */
  readonly config: string | undefined;
  /** Defaults instead of any file. */
  readonly noConfig: boolean;
  /** Ids, of tfsg or other tools; empty for all checks. */
  readonly check: readonly string[];
  readonly disable: readonly string[];
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
  readonly workspace: string;
  /** The file whose text comes from standard input. */
  readonly stdinFilename: string | undefined;
}

export interface LintArguments extends Common, ConfigArguments, InputArguments {
  readonly command: 'lint';
  readonly format: FormatName;
  readonly outputs: readonly { readonly format: FormatName; readonly file: string }[];
  /** Undefined: what the configuration says. */
  readonly failOn: FailOn | undefined;
  readonly minSeverity: Severity;
  readonly unknown: boolean;
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

export type Arguments = LintArguments | InspectArguments | ParseArguments | ChecksArguments | ExplainArguments;

/** What yargs read, and under `operands` what stands behind `--`. */
export type RawValues = Readonly<Record<string, unknown>>;

/** @param argv the command line up to `--`, which alone knows how --var and --var-file follow each other */
export function lintArguments(raw: RawValues, argv: readonly string[]): LintArguments {
  return {
    command: 'lint',
    ...common(raw),
    ...configArguments(raw),
    ...inputArguments(raw, argv),
    format: last(raw, 'format') as FormatName,
    outputs: all(raw, 'output').map(outputOf),
    failOn: last(raw, 'fail-on') as FailOn | undefined,
    minSeverity: last(raw, 'min-severity') as Severity,
    unknown: last(raw, 'unknown') === true,
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

export function explainArguments(raw: RawValues): ExplainArguments {
  return { command: 'explain', ...common(raw), check: String(raw['check']) };
}

function common(raw: RawValues): Common {
  return { color: last(raw, 'color') as Common['color'], quiet: last(raw, 'quiet') === true };
}

function configArguments(raw: RawValues): ConfigArguments {
  const config = last(raw, 'config') as string | undefined;
  const noConfig = last(raw, 'no-config') === true;
  if (noConfig && config !== undefined) throw new UsageError('--config and --no-config exclude each other.');
  return { config, noConfig, check: all(raw, 'check'), disable: all(raw, 'disable') };
}

function inputArguments(raw: RawValues, argv: readonly string[]): InputArguments {
  const stdinFilename = last(raw, 'stdin-filename') as string | undefined;
  const paths = [...all(raw, 'paths'), ...all(raw, 'operands')];
  if (paths.includes('') || stdinFilename === '') throw new UsageError('A path is empty.');
  return {
    paths: paths.length > 0 ? paths : [stdinFilename ?? '.'],
    parser: last(raw, 'parser') as InputArguments['parser'],
    variables: variablesOf(raw, argv),
    readsEnvironment: last(raw, 'tf-var-env') === true,
    workspace: last(raw, 'workspace') as string,
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
      throw new UsageError(`--var takes NAME=VALUE, not ${JSON.stringify(text)}.`);
    return [{ kind, text }];
  });
}

function outputOf(text: string): LintArguments['outputs'][number] {
  const at = text.indexOf('=');
  const [format, file] = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  if (!formatNames.includes(format as FormatName)) {
    const nearest = nearestName(format, formatNames);
    const hint = nearest === undefined ? `Formats are ${formatNames.join(', ')}.` : `Did you mean ${nearest}?`;
    throw new UsageError(`--output takes FORMAT=FILE, and ${JSON.stringify(format)} is no format. ${hint}`);
  }
  if (file === '') throw new UsageError(`--output takes FORMAT=FILE, and ${JSON.stringify(text)} names no file.`);
  return { format: format as FormatName, file };
}

/** The value of an option that takes one; of several the last. */
function last(raw: RawValues, name: string): unknown {
  const value = [raw[name]].flat().at(-1);
  if (value === '') throw new UsageError(`--${name} takes a value.`);
  return value;
}

function all(raw: RawValues, name: string): string[] {
  return [raw[name] ?? []].flat().map(String);
}
