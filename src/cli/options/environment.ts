/** Options from the environment: TFSG_FAIL_ON=high is --fail-on=high at the start of the command line. */

import { type Command, commands, optionGroupsOf } from './command-table.ts';
import { isChoice, type Option } from './option.ts';

const PREFIX = 'TFSG_';

export interface EnvironmentWords {
  /** As they would stand on the command line. */
  readonly words: readonly string[];
  /** The variables that they come from. */
  readonly names: readonly string[];
  /** A sentence about each variable that is no option. */
  readonly notes: readonly string[];
}

/** Options that only a person at a terminal needs. */
const notTaken: ReadonlySet<string> = new Set(['help', 'version']);

export const variableOf = (option: string): string => `${PREFIX}${option.toUpperCase().replaceAll('-', '_')}`;

/**
 * The options of a command that the environment has, in its order. An empty variable says nothing. A value that only the same option of
 * another command can have is that one's.
 *
 * @throws UsageError for a value that no command takes
 */
export async function environmentWords(
  environment: Readonly<Record<string, string | undefined>>,
  command: Command,
): Promise<EnvironmentWords> {
  const set = Object.entries(environment).filter(([name, value]) => name.startsWith(PREFIX) && value);
  const words: string[] = [];
  const names: string[] = [];
  const notes: string[] = [];
  if (set.length === 0) return { words, names, notes };
  const { valueMistake, unknownVariable } = await import('./mistakes.ts');
  const byVariable = variablesOf(commands);
  const own = variablesOf([command]);
  for (const [variable, text] of set as [string, string][]) {
    const known = byVariable.get(variable);
    if (known === undefined) notes.push(unknownVariable(variable, [...byVariable.keys()]));
    else if (!known.some((each) => wordsOf(each, text) !== undefined))
      throw valueMistake(variable, known[0]!.option, text);
    const mine = own.get(variable)?.map((each) => wordsOf(each, text))[0] ?? [];
    words.push(...mine);
    if (mine.length > 0) names.push(variable);
  }
  return { words, names, notes };
}

interface NamedOption {
  readonly name: string;
  readonly option: Option;
}

/** The options by variable, each once for every command that has another of the name. */
function variablesOf(from: readonly Command[]): ReadonlyMap<string, readonly NamedOption[]> {
  const found = new Map<string, NamedOption[]>();
  for (const [name, option] of from.flatMap(optionGroupsOf).flatMap(({ options }) => Object.entries(options))) {
    if (notTaken.has(name) || option.isHidden) continue;
    const variable = variableOf(name);
    found.set(variable, [...(found.get(variable) ?? []), { name, option }]);
  }
  return found;
}

/** Undefined for a value that the option does not have. Of a repeatable option each line is a value. */
function wordsOf({ name, option }: NamedOption, text: string): readonly string[] | undefined {
  if (option.type === 'boolean') {
    if (/^(?:1|true)$/i.test(text)) return [`--${name}`];
    return /^(?:0|false)$/i.test(text) ? [] : undefined;
  }
  const values = option.array === true ? text.split(/\r?\n/).filter((line) => line.trim() !== '') : [text];
  return values.every((value) => isChoice(option, value)) ? values.map((value) => `--${name}=${value}`) : undefined;
}
