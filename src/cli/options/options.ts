/** The command line -> what to do. */

import parse from 'yargs-parser';
import { type CommandArguments, lintArguments, type ParsedArguments } from './arguments.ts';
import {
  commandNames,
  commonOptions,
  configOptions,
  inputOptions,
  lintOptions,
  parserConfiguration,
} from './option-tables.ts';

/**
 * Reads a command line.
 *
 * @param argv without the program and its script
 * @param columns of the terminal, for help
 * @throws UsageError that says what is wrong with it
 */
export async function parseArguments(argv: readonly string[], columns: number): Promise<ParsedArguments> {
  const end = argv.indexOf('--');
  const options = withDashes(end === -1 ? argv : argv.slice(0, end));
  const operands = end === -1 ? [] : argv.slice(end + 1);
  const quick = parseQuickly(options, operands);
  if (quick !== undefined) return { kind: 'command', arguments: quick };
  return (await import('./full-parser.ts')).parseFully(commandFirst(options), operands, columns);
}

/** yargs takes `-` for no value of an option that is repeatable. */
function withDashes(options: readonly string[]): readonly string[] {
  return options.flatMap((each, at) =>
    each === '--plan' && options[at + 1] === '-'
      ? '--plan=-'
      : each === '-' && options[at - 1] === '--plan'
        ? []
        : each,
  );
}

/** The command before its options: yargs knows them only once it has seen the command, and would take it for the value of a flag. */
function commandFirst(options: readonly string[]): readonly string[] {
  const [command, ...rest] = readWords(options).argv._.map(String);
  if (command === undefined || !commandNames.includes(command) || options[0] === command) return options;
  const without = (index: number) => options.filter((_, each) => each !== index);
  const isCommand = (index: number) =>
    options[index] === command && readWords(without(index)).argv._.map(String).join('\n') === rest.join('\n');
  const at = options.findIndex((_, index) => isCommand(index));
  return at === -1 ? options : [command, ...without(at)];
}

/** As far as the quick way needs to know options. */
interface QuickOption {
  readonly type: 'string' | 'boolean';
  readonly alias?: string;
  readonly array?: true;
  readonly choices?: readonly string[];
  readonly default?: unknown;
}

const quickOptions: Readonly<Record<string, QuickOption>> = {
  ...commonOptions,
  ...configOptions,
  ...inputOptions,
  ...lintOptions,
};

/**
 * `tfsg lint` with nothing to explain, through yargs's own parser alone: the rest of yargs takes longer to start than a small file to
 * lint. Undefined for whatever yargs has to look at.
 */
function parseQuickly(options: readonly string[], operands: readonly string[]): CommandArguments | undefined {
  const { argv, error } = readWords(options);
  const [first, ...rest] = argv._.map(String);
  if (error !== null || (first !== undefined && first !== 'lint' && commandNames.includes(first))) return undefined;
  const { _, ...values } = argv;
  const aliases = new Set(Object.values(quickOptions).map(({ alias }) => alias));
  for (const [name, value] of Object.entries(values)) {
    if (aliases.has(name)) continue;
    const option = quickOptions[name];
    if (option === undefined || !isSound(option, value)) return undefined;
  }
  const paths = first === 'lint' || first === undefined ? rest : [first, ...rest];
  return lintArguments({ ...values, paths, operands }, options);
}

/** A command line as yargs's parser reads it, with the options of all commands. */
function readWords(options: readonly string[]) {
  const entries = Object.entries(quickOptions);
  const named = (isWanted: (option: QuickOption) => boolean) =>
    entries.flatMap(([name, option]) => (isWanted(option) ? [name] : []));
  return parse.detailed([...options], {
    configuration: parserConfiguration,
    alias: Object.fromEntries(entries.flatMap(([name, { alias }]) => (alias === undefined ? [] : [[name, [alias]]]))),
    array: named((option) => option.array === true),
    boolean: named(({ type }) => type === 'boolean'),
    narg: Object.fromEntries(named(({ type }) => type === 'string').map((name) => [name, 1])),
    string: ['_', ...named(({ type }) => type === 'string')],
    default: Object.fromEntries(
      entries.flatMap(([name, option]) => ('default' in option ? [[name, option.default]] : [])),
    ),
  });
}

function isSound({ type, choices }: QuickOption, value: unknown): boolean {
  return [value].flat().every((each) => {
    if (each === undefined) return true;
    if (type === 'boolean') return typeof each === 'boolean';
    return typeof each === 'string' && each !== '' && (choices === undefined || choices.includes(each));
  });
}
