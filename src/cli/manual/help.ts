/** The text of --help. */

import { type Command, commands, defaultCommand, optionGroupsOf, usageOf } from '../options/command-table.ts';
import type { Option } from '../options/option.ts';

/** Beyond this, lines are hard to read. */
const MAX_COLUMNS = 110;

/** Columns in front of descriptions; a longer name has a line of its own. */
const NAME_COLUMNS = 30;

/** What a command has in common with no other is in front; undefined for tfsg as a whole, with the options of the default command. */
export function helpText(command: Command | undefined, columns: number): string {
  const width = Math.max(50, Math.min(columns, MAX_COLUMNS));
  const table = (rows: readonly (readonly [name: string, text: string])[]) => rowsOf(rows, width);
  const shown = command ?? defaultCommand;
  const head =
    command === undefined
      ? ['tfsg: security-group analyzer for Terraform', '', 'Usage: tfsg [command] [options] [path...]']
      : [...wrapped(`${command.summary}.`, width), '', `Usage: ${usageOf(command)}`];
  const sections: (readonly string[])[] = [head];
  if (command === undefined) {
    sections.push(['Commands:', ...table(commands.map(({ name, summary }) => [name, summary]))]);
  }
  if (shown.examples.length > 0) sections.push(['Examples:', ...table(shown.examples)]);
  for (const { title, options } of optionGroupsOf(shown)) {
    const rows = Object.entries(options).filter(([, { isHidden }]) => !isHidden);
    sections.push([`${title}:`, ...table(rows.map(([name, option]) => [nameOf(name, option), describe(option)]))]);
  }
  sections.push(wrapped(ENVIRONMENT, width), wrapped(EXIT_CODES, width));
  if (command === undefined) sections.push(['"tfsg help COMMAND" shows the options of another command.']);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

export const ENVIRONMENT =
  'Environment: TFSG_FAIL_ON=high is --fail-on=high at the start of the command line, and so for every option; flags take 1 or 0, repeatable options one value per line.';

export const EXIT_CODES =
  'Exit code: 0 no findings that fail the run; 1 findings; 2 error: bad usage, bad configuration or unreadable files.';

/** `-f, --format FORMAT`, with room for a letter where there is none. */
function nameOf(name: string, { alias, value }: Option): string {
  return `${alias === undefined ? '    ' : `-${alias}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
}

/** With the values that there are, and the default. */
export function describe({ describe: text, choices, default: usual, defaultDescription }: Option): string {
  const values = choices === undefined ? '' : `: ${choices.join(', ')}`;
  const otherwise = defaultDescription ?? usual;
  return `${text}${values}${otherwise === undefined ? '' : ` [default: ${otherwise}]`}`;
}

function rowsOf(rows: readonly (readonly [name: string, text: string])[], width: number): string[] {
  const widest = Math.max(...rows.map(([name]) => name.length + 2));
  const indent = Math.min(NAME_COLUMNS, widest);
  return rows.flatMap(([name, text]) => {
    const [first = '', ...rest] = wrapped(text, width - indent - 2);
    const lines = rest.map((line) => `${' '.repeat(indent + 2)}${line}`);
    if (name.length + 2 <= indent) return [`  ${name.padEnd(indent)}${first}`.trimEnd(), ...lines];
    return [`  ${name}`, ...(text === '' ? [] : [`${' '.repeat(indent + 2)}${first}`]), ...lines];
  });
}

/** Lines of so many columns, unless a word is longer. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
