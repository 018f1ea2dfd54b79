/** What is wrong with a command line, with the nearest name that there is. */

import { nearestName } from '../../text/nearest-name.ts';
import { UsageError } from '../io.ts';
import { type Command, commands, optionGroupsOf } from './command-table.ts';
import { isChoice, type Option } from './option.ts';

interface Read {
  readonly values: Readonly<Record<string, unknown>>;
  readonly error: string | undefined;
}

/**
 * The first mistake of a command line that has one.
 *
 * @param options of the command
 * @param words of the command line that are options and their values
 */
export function mistakeIn(
  command: Command,
  options: ReadonlyMap<string, Option>,
  words: readonly string[],
  { values, error }: Read,
  operands: readonly string[],
): UsageError {
  const mistake = (message: string) => new UsageError(message);
  const lacking = /^Not enough arguments following: (.+)$/s.exec(error ?? '')?.[1];
  if (lacking !== undefined) return mistake(`${dashed(lacking)} needs a value.`);
  const empty = Object.entries(values).find(([name, value]) => options.has(name) && [value].flat().includes(''));
  if (empty !== undefined) return mistake(`--${empty[0]} needs a value.`);
  const unknown = Object.keys(values).filter((name) => !options.has(name));
  if (unknown.length > 0) return mistake(unknown.map((name) => unknownOption(name, options)).join(' '));
  for (const word of words) {
    const [, name = '', value] = /^--([^=]+)=(.*)/s.exec(word) ?? [];
    if (options.get(name)?.type === 'boolean')
      return mistake(`--${name} takes no value, but got ${JSON.stringify(value)}.`);
  }
  for (const [name, value] of Object.entries(values)) {
    const option = options.get(name)!;
    for (const each of [value].flat()) {
      if (!isChoice(option, String(each))) {
        return valueMistake(`--${name}`, option, String(each));
      }
    }
  }
  const { operands: wanted } = command;
  if (operands.length === 0 && wanted !== undefined) return mistake(`Missing argument <${wanted.name}>.`);
  const other = operands.find((operand) => wanted?.choices?.includes(operand) === false);
  if (other !== undefined) {
    return mistake(`<${wanted!.name}> must be one of ${wanted!.choices!.join(', ')}, not ${JSON.stringify(other)}.`);
  }
  const extra = operands[wanted === undefined ? 0 : 1];
  if (extra !== undefined) return mistake(`Unexpected argument ${JSON.stringify(extra)}.`);
  // What the parser says, which none of the above is.
  return mistake(error ?? 'The command line cannot be read.');
}

function unknownOption(name: string, own: ReadonlyMap<string, Option>): string {
  const all = commands.flatMap(optionGroupsOf).flatMap((group) => Object.entries(group.options));
  if (all.some(([each]) => each === name)) return `This command has no option ${dashed(name)}.`;
  const shown = [...own].flatMap(([each, { isHidden }]) => (isHidden ? [] : [each]));
  const nearest = name.length === 1 ? undefined : nearestName(name, shown);
  return `Unknown option ${dashed(name)}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`;
}

const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);

/** @param name of the option or variable */
export function valueMistake(name: string, option: Option, given: string): UsageError {
  const shown = JSON.stringify(given);
  if (option.type === 'boolean') return new UsageError(`${name} must be 1, true, 0 or false, not ${shown}.`);
  const { choices = [] } = option;
  const nearest = nearestName(given, choices);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return new UsageError(`${name} must be one of ${choices.join(', ')}, not ${shown}.${hint}`);
}

/** The command that was probably meant by a word. */
export function nearestCommand(word: string): string | undefined {
  return nearestName(
    word,
    commands.map(({ name }) => name),
  );
}

export function unknownCommand(word: string): UsageError {
  const nearest = nearestCommand(word);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return new UsageError(`Unknown command ${JSON.stringify(word)}.${hint}`);
}

/** A sentence about a variable of the environment that is no option. */
export function unknownVariable(variable: string, known: readonly string[]): string {
  const nearest = nearestName(variable, known);
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return `The environment variable ${variable} is not an option of tfsg.${hint}`;
}
