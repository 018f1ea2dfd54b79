/** The command line -> what to do. */

import parse from 'yargs-parser';
import { noNewAccessLevels } from '../../config/names.ts';
import { version } from '../../version.ts';
import { UsageError } from '../io.ts';
import type { ParsedArguments } from './arguments.ts';
import { type Command, commandNamed, commands, defaultCommand, optionGroupsOf } from './command-table.ts';
import { environmentWords } from './environment.ts';
import { isChoice, type Option } from './option.ts';

/**
 * Reads a command line, with what the environment says of options before it.
 *
 * @param argv without the program and its script
 * @param environment whose variables TFSG_... are options
 * @param columns of the terminal, for help
 * @throws UsageError that says what is wrong with it
 */
export async function parseArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  columns: number,
): Promise<ParsedArguments> {
  const end = argv.indexOf('--');
  const given = withDashes(end === -1 ? argv : argv.slice(0, end));
  const behind = end === -1 ? [] : argv.slice(end + 1);
  const [first] = readWords(given).operands;
  const named = first === undefined ? undefined : commandNamed(first);
  const command = named ?? defaultCommand;
  const { words, names, notes } = await environmentWords(environment, command);
  const options = [...words, ...given];
  const read = readWords(options);
  const operands = [...read.operands.slice(named === undefined ? 0 : 1), ...behind];
  if (read.values['help'] === true) {
    const topic = named ?? (operands.length === 0 ? undefined : command);
    return { kind: 'text', text: await helpOf(topic, columns) };
  }
  if (read.values['version'] === true || command.name === 'version') return { kind: 'text', text: `${version}\n` };
  try {
    await reject(command, options, read, operands);
    if (command.convert === undefined) return { kind: 'text', text: await textOf(command, operands, columns) };
    const { chdir } = read.values;
    const directory = [chdir].flat().at(-1) as string | undefined;
    const raw = { ...defaultsOf(command), ...read.values, operands };
    return {
      kind: 'command',
      arguments: command.convert(raw, options, environment),
      directory,
      isDefault: named === undefined,
      notes,
    };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const origin = names.length === 0 ? '' : ` The environment sets ${names.join(', ')}.`;
    throw new UsageError(`${error.message}${origin}`, named?.name);
  }
}

/** The parser takes `-` for no value of an option that is repeatable, and knows no value that may be left out. */
function withDashes(words: readonly string[]): readonly string[] {
  return words.flatMap((each, at) => {
    const levels: readonly string[] = noNewAccessLevels;
    if (each === '--no-new-access' && !levels.includes(words[at + 1] ?? '')) return '--no-new-access=any';
    if (each === '--plan' && words[at + 1] === '-') return '--plan=-';
    return each === '-' && words[at - 1] === '--plan' ? [] : each;
  });
}

interface ReadWords {
  /** By the names of options; an alias is not among them. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
  /** What the parser can't make sense of. */
  readonly error: string | undefined;
}

/** Every option of any command: a name has one type in all of them. */
const allOptions: ReadonlyMap<string, Option> = new Map(
  commands.flatMap((command) => optionGroupsOf(command).flatMap(({ options }) => Object.entries(options))),
);

const aliases: ReadonlyMap<string, string> = new Map(
  [...allOptions].flatMap(([name, { alias }]) => (alias === undefined ? [] : [[alias, name]])),
);

/** A command line as yargs's parser reads it, with the options of all commands. */
function readWords(words: readonly string[]): ReadWords {
  const entries = [...allOptions];
  const named = (isWanted: (option: Option) => boolean) =>
    entries.flatMap(([name, option]) => (isWanted(option) ? [name] : []));
  const { argv, error } = parse.detailed([...words], {
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    },
    alias: Object.fromEntries([...aliases].map(([alias, name]) => [name, [alias]])),
    array: named((option) => option.array === true),
    boolean: named(({ type }) => type === 'boolean'),
    narg: Object.fromEntries(named(({ type }) => type === 'string').map((name) => [name, 1])),
    string: ['_', ...named(({ type }) => type === 'string')],
  });
  const { _, ...values } = argv;
  return {
    values: Object.fromEntries(
      Object.entries(values).filter(([name, value]) => !aliases.has(name) && value !== undefined),
    ),
    operands: _.map(String),
    error: error?.message,
  };
}

/** @throws UsageError for what the command can't take */
async function reject(command: Command, words: readonly string[], read: ReadWords, operands: readonly string[]) {
  const { operands: wanted } = command;
  const options = new Map(optionGroupsOf(command).flatMap((group) => Object.entries(group.options)));
  const isSound =
    read.error === undefined &&
    Object.entries(read.values).every(([name, value]) => isSoundValue(options.get(name), value)) &&
    !words.some((word) => options.get(/^--([^=]+)=/.exec(word)?.[1] ?? '')?.type === 'boolean') &&
    (operands.length > 0 || wanted?.isRequired !== true) &&
    (operands.length < 2 || wanted?.isMany === true) &&
    (operands.length === 0 || wanted !== undefined) &&
    operands.every((operand) => wanted?.choices?.includes(operand) ?? true);
  if (!isSound) throw (await import('./mistakes.ts')).mistakeIn(command, options, words, read, operands);
}

function isSoundValue(option: Option | undefined, value: unknown): boolean {
  if (option === undefined) return false;
  return [value].flat().every((each) => {
    if (option.type === 'boolean') return typeof each === 'boolean';
    return typeof each === 'string' && each !== '' && isChoice(option, each);
  });
}

function defaultsOf(command: Command): Readonly<Record<string, string>> {
  const options = optionGroupsOf(command).flatMap((group) => Object.entries(group.options));
  return Object.fromEntries(
    options.flatMap(([name, option]) => (option.default === undefined ? [] : [[name, option.default]])),
  );
}

async function helpOf(command: Command | undefined, columns: number): Promise<string> {
  return (await import('../manual/help.ts')).helpText(command, columns);
}

/** What a command prints that says something of tfsg itself. */
async function textOf({ name }: Command, [operand]: readonly string[], columns: number): Promise<string> {
  if (name === 'completion') return (await import('../manual/completion.ts')).completionScript(operand!);
  const command = operand === undefined ? undefined : commandNamed(operand);
  if (operand !== undefined && command === undefined) {
    throw (await import('./mistakes.ts')).unknownCommand(operand);
  }
  return helpOf(command, columns);
}
