/** The words of a command line -> the arguments of a command. */

import type { OptionSetting } from '../../config/layer.ts';
import type { Preset } from '../../config/presets.ts';
import type { Severity } from '../../findings/severity.ts';
import { changesFormatNames } from '../../report/changes/index.ts';
import { linksByTemplate } from '../../report/exposure/place-url.ts';
import { DEFAULT_FORMAT, type Sort } from '../../report/format.ts';
import { type DocumentFormatName, documentFormatNames, type FormatName, formatNames } from '../../report/render.ts';
import type { FailOn } from '../../report/report.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { acceptedArguments } from '../accepted.ts';
import { UsageError } from '../io.ts';
import type {
  BaselineArguments,
  ChangesArguments,
  ChecksArguments,
  Common,
  ConfigArguments,
  ExplainArguments,
  ExposureArguments,
  InitArguments,
  InputArguments,
  InspectArguments,
  LintArguments,
  MergeArguments,
  ModulesArguments,
  ParseArguments,
  RulesArguments,
  ServerArguments,
  VariableArgument,
} from './arguments.ts';
import { readShard } from './shard.ts';

/** What the parser read by option, and under `operands` everything else. */
export type RawValues = Readonly<Record<string, unknown>>;

/** What `tfsg -` calls the text from standard input. */
const STDIN_NAME = 'stdin.tf';

/**
 * @param argv the options of the command line, which alone knows how --var and --var-file follow each other
 * @param environment which is read only where an option asks for it
 */
export function lintArguments(
  raw: RawValues,
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): LintArguments {
  const shard = last(raw, 'shard') as string | undefined;
  const chosen = ['fix', 'fix-dry-run', 'shard', 'diff'].filter((name) => (last(raw, name) ?? false) !== false);
  if (chosen.length > 1) throw new UsageError(`--${chosen[0]} cannot be used with --${chosen[1]}.`);
  const unsafeFixes = last(raw, 'unsafe-fixes') === true;
  if (unsafeFixes && last(raw, 'fix') !== true && last(raw, 'fix-dry-run') !== true) {
    throw new UsageError('--unsafe-fixes needs --fix or --fix-dry-run.');
  }
  if (last(raw, 'fail-on-empty') === true && last(raw, 'allow-empty') === true) {
    throw new UsageError('--fail-on-empty cannot be used with --allow-empty.');
  }
  const diff = last(raw, 'diff') as string | undefined;
  if (diff === '-' && (last(raw, 'stdin-filename') !== undefined || all(raw, 'operands').includes('-'))) {
    throw new UsageError('--diff - and the text of a file cannot both come from standard input.');
  }
  const hasCache = last(raw, 'cache') === true;
  const cacheLocation = last(raw, 'cache-location') as string | undefined;
  if (cacheLocation !== undefined && !hasCache) throw new UsageError('--cache-location needs --cache.');
  const statistics = last(raw, 'statistics') === true;
  if (statistics && last(raw, 'format') !== DEFAULT_FORMAT)
    throw new UsageError(`--statistics is text for people, and cannot be used with --format ${last(raw, 'format')}.`);
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
    allowsEmpty: last(raw, 'allow-empty') === true,
    watch: watchOf(raw),
    onlyGiven: last(raw, 'only-given') === true,
    shard: shard === undefined ? undefined : readShard(shard, environment),
    fix: last(raw, 'fix') === true ? 'write' : last(raw, 'fix-dry-run') === true ? 'print' : undefined,
    unsafeFixes,
    diff,
    printConfig: printConfigOf(raw),
    accepted: acceptedArguments((name) => last(raw, name)),
    hasCache,
    cacheLocation,
  };
}

export function mergeArguments(raw: RawValues): MergeArguments {
  return {
    command: 'merge',
    ...common(raw),
    files: all(raw, 'operands'),
    ofRepositories: last(raw, 'repositories') === true,
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

export function exposureArguments(raw: RawValues, argv: readonly string[]): ExposureArguments {
  return {
    command: 'exposure',
    ...common(raw),
    ...configArguments(raw),
    ...inputArguments(raw, argv),
    format: last(raw, 'format') as ExposureArguments['format'],
    links: linksOf(last(raw, 'links') as string | undefined),
  };
}

export function changesArguments(raw: RawValues, argv: readonly string[]): ChangesArguments {
  const base = last(raw, 'base') as string | undefined;
  const inputs = inputArguments(raw, argv);
  const isStaged = last(raw, 'staged') === true;
  const hasPlan = inputs.plans.length > 0;
  if (base === undefined && !hasPlan)
    throw new UsageError(
      '--base is required: a revision, a directory or a report. Or compare the states of a plan: --plan.',
    );
  if (base !== undefined && hasPlan) throw new UsageError('--base cannot be used with --plan, which has both states.');
  if (isStaged && hasPlan) throw new UsageError('--staged cannot be used with --plan.');
  if (inputs.stdinFilename !== undefined) throw new UsageError('Changes are read from files, not standard input.');
  return {
    command: 'changes',
    ...common(raw),
    ...configArguments(raw),
    ...inputs,
    base,
    isStaged,
    format: last(raw, 'format') as ChangesArguments['format'],
    outputs: all(raw, 'output').map((text) => outputOf(text, changesFormatNames)),
    links: linksOf(last(raw, 'links') as string | undefined),
  };
}

function linksOf(template: string | undefined): ExposureArguments['links'] {
  const links = template === undefined ? undefined : linksByTemplate(template);
  if (template !== undefined && links === undefined)
    throw new UsageError('--links needs an address with {path}, such as https://example.com/{path}#L{line}.');
  return links;
}

export function modulesArguments(raw: RawValues, argv: readonly string[]): ModulesArguments {
  if (all(raw, 'operands').includes('-')) throw new UsageError('Modules are read from files, not standard input.');
  return {
    command: 'modules',
    ...common(raw),
    ...configArguments(raw),
    ...inputArguments(raw, argv),
    format: last(raw, 'format') as ModulesArguments['format'],
    all: last(raw, 'all') === true,
  };
}

export function baselineArguments(raw: RawValues, argv: readonly string[]): BaselineArguments {
  const [prune, show] = [last(raw, 'prune') === true, last(raw, 'show') === true];
  if (prune && show) throw new UsageError('--prune cannot be used with --show.');
  if (all(raw, 'operands').includes('-')) throw new UsageError('A baseline records files, not standard input.');
  return {
    command: 'baseline',
    ...common(raw),
    ...configArguments(raw),
    ...inputArguments(raw, argv),
    file: last(raw, 'baseline') as string | undefined,
    mode: prune ? 'prune' : show ? 'show' : 'update',
    dryRun: last(raw, 'dry-run') === true,
  };
}

export function parseCommandArguments(raw: RawValues): ParseArguments {
  return {
    command: 'parse',
    ...common(raw),
    paths: all(raw, 'operands'),
    parser: last(raw, 'parser') as ParseArguments['parser'],
  };
}

export function checksArguments(raw: RawValues): ChecksArguments {
  const format = last(raw, 'format') as ChecksArguments['format'];
  return { command: 'checks', ...common(raw), ...configArguments(raw), format };
}

export function rulesArguments(raw: RawValues): RulesArguments {
  const format = last(raw, 'format') as RulesArguments['format'];
  return { command: 'rules', ...common(raw), words: all(raw, 'operands'), format };
}

export function initArguments(raw: RawValues): InitArguments {
  return { command: 'init', ...common(raw) };
}

export function explainArguments(raw: RawValues): ExplainArguments {
  return {
    command: 'explain',
    ...common(raw),
    checks: all(raw, 'operands'),
    examples: last(raw, 'examples') === true,
    format: last(raw, 'format') as ExplainArguments['format'],
  };
}

function watchOf(raw: RawValues): boolean {
  if (last(raw, 'watch') !== true) return false;
  const isStdin =
    last(raw, 'stdin-filename') !== undefined || [...all(raw, 'operands'), ...all(raw, 'plan')].includes('-');
  if (isStdin || last(raw, 'diff') === '-') throw new UsageError('--watch cannot be used with standard input.');
  return true;
}

function printConfigOf(raw: RawValues): string | undefined {
  const path = last(raw, 'print-config') as string | undefined;
  const [other] = all(raw, 'operands');
  if (path === undefined || other === undefined) return path;
  throw new UsageError(`--print-config takes one file; unexpected argument ${JSON.stringify(other)}.`);
}

/** @throws UsageError unless it is to speak over standard input and output */
export function serverArguments(raw: RawValues): ServerArguments {
  if (last(raw, 'stdio') !== true)
    throw new UsageError('tfsg lsp communicates over stdin and stdout only: run "tfsg lsp --stdio".');
  return { command: 'lsp', baseConfig: last(raw, 'base-config') as string | undefined };
}

function common(raw: RawValues): Common {
  const color = last(raw, 'no-color') === true ? 'never' : last(raw, 'color');
  return { color: color as Common['color'], quiet: last(raw, 'quiet') === true };
}

/** What each of these options says, in the shape of a .tfsgrc.json. */
const settingOf: Readonly<Record<string, (value: unknown) => OptionSetting['config']>> = {
  'fail-on': (failOn) => ({ failOn }),
  'fail-on-unresolved': () => ({ failOnUnresolved: true }),
  'no-new-access': (noNewAccess) => ({ noNewAccess }),
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
  const preset = last(raw, 'preset') as string | undefined;
  return {
    config,
    baseConfig: last(raw, 'base-config') as string | undefined,
    noConfig,
    preset: preset === undefined ? undefined : (`tfsg:${preset.replace(/^tfsg:/, '')}` as Preset),
    check: listed(raw, 'check'),
    disable: listed(raw, 'disable'),
    settings: settingsIn(raw),
  };
}

function inputArguments(raw: RawValues, argv: readonly string[]): InputArguments {
  const named = last(raw, 'stdin-filename') as string | undefined;
  const operands = all(raw, 'operands');
  if (operands.includes('')) throw new UsageError('A path must not be empty.');
  const readsStdin = operands.includes('-');
  const isAlone = readsStdin && named === undefined;
  const stdinFilename = isAlone ? STDIN_NAME : named;
  const paths = operands.filter((path) => path !== '-');
  if (isAlone && paths.length > 0) {
    throw new UsageError('- reads one file from standard input and cannot be used with other paths.');
  }
  const plans = all(raw, 'plan');
  if (plans.includes('')) throw new UsageError('A path must not be empty.');
  const readers = [...plans, last(raw, 'diff'), stdinFilename === undefined ? undefined : '-'];
  if (readers.filter((each) => each === '-').length > 1) throw new UsageError('Standard input can be read only once.');
  return {
    paths: paths.length > 0 ? paths : [stdinFilename ?? '.'],
    plans,
    planScope: last(raw, 'plan-scope') as InputArguments['planScope'],
    isStdinAlone: isAlone,
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

/** The parser keeps the order of the values of one option only, so the order of the names comes from the command line itself. */
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

/** The value of an option that takes one; of several the last. */
function last(raw: RawValues, name: string): unknown {
  const value = [raw[name]].flat().at(-1);
  if (value === '') throw new UsageError(`--${name} needs a value.`);
  return value;
}

function all(raw: RawValues, name: string): string[] {
  return [raw[name] ?? []].flat().map(String);
}

/** Values with commas between them, as several. */
function listed(raw: RawValues, name: string): string[] {
  return all(raw, name).flatMap((text) => {
    const items = text.split(',').map((item) => item.trim());
    if (items.includes('')) throw new UsageError(`--${name} needs a value.`);
    return items;
  });
}
