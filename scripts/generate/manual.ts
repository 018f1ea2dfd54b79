/** The man page and the reference of the command line, from the same table as --help. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, ENVIRONMENT, EXIT_CODES } from '../../src/cli/manual/help.ts';
import {
  type Command,
  commands,
  defaultCommand,
  optionGroupsOf,
  usageOf,
} from '../../src/cli/options/command-table.ts';
import type { Option, OptionGroup } from '../../src/cli/options/option.ts';
import { commonOptions } from '../../src/cli/options/option-tables.ts';
import { type Output, replaceBetween } from './output.ts';

/** Options without those that nobody types. */
const shownIn = ({ options }: OptionGroup): readonly (readonly [name: string, option: Option])[] =>
  Object.entries(options).filter(([, { isHidden }]) => !isHidden);

/** man/tfsg.1, in the macros of man(7). */
export function manPage(version: string): Output {
  const lines = [
    '.\\" Written by scripts/generate.ts.',
    `.TH TFSG 1 "" "tfsg ${version}" "User Commands"`,
    '.SH NAME',
    'tfsg \\- security-group analyzer for Terraform',
    '.SH SYNOPSIS',
    ...commands.flatMap((command) => ['.br', `.B ${roff(usageOf(command).replace(' lint ', ' [lint] '))}`]).slice(1),
    '.SH DESCRIPTION',
    'tfsg reads Terraform and OpenTofu configurations, evaluates every AWS security-group rule that they would create, and reports rules that allow too much, are too broad, have no description, or fail to apply.',
    '.SH COMMANDS',
    ...commands.flatMap(({ name, summary }) => ['.TP', `.B ${roff(name)}`, roff(`${summary}.`)]),
    ...commands.flatMap((command) => manOptions(command)),
    '.SH OPTIONS OF EVERY COMMAND',
    ...shownIn(commonOptions).flatMap(manOption),
    '.SH ENVIRONMENT',
    roff(ENVIRONMENT.replace('Environment: ', '')),
    '.SH EXIT STATUS',
    roff(EXIT_CODES.replace('Exit code: ', '')),
    '.SH FILES',
    ...['.TP', '.B .tfsgrc.json', 'Configuration; the nearest one upwards from each file applies.'],
    '.SH EXAMPLES',
    ...commands
      .flatMap(({ examples }) => examples)
      .flatMap(([line, meaning]) => ['.TP', `.B ${roff(line)}`, roff(meaning)].filter((each) => each !== '')),
  ];
  return { path: 'man/tfsg.1', text: `${lines.join('\n')}\n` };
}

function manOptions(command: Command): readonly string[] {
  if (command.groups.length === 0) return [];
  const heading = command === defaultCommand ? 'OPTIONS' : `OPTIONS OF TFSG ${command.name.toUpperCase()}`;
  return [
    `.SH ${heading}`,
    ...command.groups.flatMap((group) => [`.SS ${roff(group.title)}`, ...shownIn(group).flatMap(manOption)]),
  ];
}

function manOption([name, option]: readonly [string, Option]): readonly string[] {
  const { alias, value } = option;
  const names = [...(alias === undefined ? [] : [`-${alias}`]), `--${name}`].map((each) => `\\fB${roff(each)}\\fR`);
  const shown = value === undefined ? '' : ` \\fI${roff(value)}\\fR`;
  return ['.TP', `${names.join(', ')}${shown}`, roff(`${describe(option)}.`)];
}

/** Text in which nothing is a request or an escape; a hyphen-minus stays one, so that it can be copied. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=['.])/, '\\&');
}

/** The tables of docs/command-line.md between its markers. */
export function commandLinePage(root: string): Output {
  const path = 'docs/command-line.md';
  const table = (group: OptionGroup): string =>
    [
      `**${group.title}**\n`,
      '| option | meaning |',
      '| --- | --- |',
      ...shownIn(group).map(([name, option]) => `| ${markdownName(name, option)} | ${cell(describe(option))} |`),
    ].join('\n');
  const sections = commands.map((command) =>
    [
      `### tfsg ${command.name}`,
      `\`${usageOf(command)}\``,
      `${command.summary}.`,
      ...(command === defaultCommand ? optionGroupsOf(command) : command.groups).map(table),
    ].join('\n\n'),
  );
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text: replaceBetween(path, text, 'options', sections.join('\n\n')) };
}

function markdownName(name: string, { alias, value }: Option): string {
  const shown = value === undefined ? '' : ` ${value}`;
  return `\`${alias === undefined ? '' : `-${alias}, `}--${name}${shown}\``;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
