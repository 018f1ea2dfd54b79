/** The commands: what each takes, and in which words help describes it. */

import { type CommandArguments, ruleActions } from './arguments.ts';
import {
  baselineArguments,
  changesArguments,
  checksArguments,
  explainArguments,
  exposureArguments,
  initArguments,
  inspectArguments,
  lintArguments,
  mergeArguments,
  modulesArguments,
  parseCommandArguments,
  type RawValues,
  rulesArguments,
  serverArguments,
} from './convert.ts';
import type { OptionGroup } from './option.ts';
import {
  baselineOptions,
  cacheOptions,
  changesOptions,
  commonOptions,
  configOptions,
  exitOptions,
  explainOptions,
  exposureOptions,
  fileConfigOptions,
  fixOptions,
  inputOptions,
  lessOptions,
  mergeOptions,
  moduleInputOptions,
  modulesOptions,
  parserOptions,
  printConfigOptions,
  reportOptions,
  rootInputOptions,
  serverOptions,
  tableOptions,
} from './option-tables.ts';

export interface Command {
  readonly name: string;
  /** Without a final full stop. */
  readonly summary: string;
  /** What stands beside options. */
  readonly operands?: Operands;
  /** Without the options of every command. */
  readonly groups: readonly OptionGroup[];
  /** Command lines, and what they do. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  /** Absent for what only prints text about tfsg itself. */
  readonly convert?: (
    raw: RawValues,
    argv: readonly string[],
    environment: Readonly<Record<string, string | undefined>>,
  ) => CommandArguments;
}

export interface Operands {
  readonly name: 'path' | 'file' | 'check' | 'command' | 'shell' | 'action';
  readonly isRequired: boolean;
  readonly isMany: boolean;
  /** What the first has to be, where the others are something else. */
  readonly first?: readonly string[];
  /** All that there are. */
  readonly choices?: readonly string[];
}

const somePaths: Operands = { name: 'path', isRequired: false, isMany: true };
const files: Operands = { name: 'file', isRequired: true, isMany: true };

/** The shells that `tfsg completion` knows. */
export const shells = ['bash', 'zsh', 'fish'] as const;

/** The first is the default. */
export const commands: readonly Command[] = [
  {
    name: 'lint',
    summary: 'Check security groups (the default command)',
    operands: somePaths,
    groups: [reportOptions, exitOptions, printConfigOptions, inputOptions, lessOptions, fixOptions, cacheOptions],
    examples: [
      ['tfsg', 'check everything below this directory'],
      ['tfsg network main.tf', 'check a directory, and the directory of a file'],
      ['tfsg --fix', 'apply safe fixes first'],
      ['tfsg --preset strict --fail-on high', 'run more checks; fail for high and critical findings only'],
      ['git diff main... | tfsg --diff -', 'report only what a branch touches'],
      ['tfsg -f github -o sarif=tfsg.sarif', 'annotate a pull request, and write a SARIF file'],
    ],
    convert: lintArguments,
  },
  {
    name: 'inspect',
    summary: 'Show every security group and rule that the configuration creates',
    operands: somePaths,
    groups: [tableOptions, configOptions, inputOptions],
    examples: [['tfsg inspect network --env prod', 'show what one environment creates']],
    convert: inspectArguments,
  },
  {
    name: 'exposure',
    summary: 'Show what the internet reaches, on which ports and over which way',
    operands: somePaths,
    groups: [exposureOptions, configOptions, inputOptions],
    examples: [
      ['tfsg exposure', 'show what is open, and what only may be'],
      ['tfsg exposure --plan plan.json', 'show what is open after a plan'],
    ],
    convert: exposureArguments,
  },
  {
    name: 'changes',
    summary: 'Show what a change opens and closes',
    operands: somePaths,
    groups: [changesOptions, configOptions, inputOptions],
    examples: [
      ['tfsg changes --base origin/main', 'compare with where the branch began'],
      ['tfsg changes --base HEAD --staged --no-new-access internet', 'in a hook: fail for what opens to the internet'],
      ['tfsg changes --plan plan.json', 'compare the two states of a plan'],
    ],
    convert: changesArguments,
  },
  {
    name: 'modules',
    summary: 'List module calls, what was read for each, and how to get the rest',
    operands: somePaths,
    groups: [modulesOptions, fileConfigOptions, moduleInputOptions],
    examples: [['tfsg modules', 'in CI: exit 1 if a module was not read']],
    convert: modulesArguments,
  },
  {
    name: 'checks',
    summary: 'List all checks and whether they are enabled here',
    groups: [tableOptions, configOptions],
    examples: [['tfsg checks --preset strict', 'list what the preset enables']],
    convert: checksArguments,
  },
  {
    name: 'explain',
    summary: "Print the documentation of checks, by their ids or another tool's",
    operands: { name: 'check', isRequired: true, isMany: true },
    groups: [explainOptions],
    examples: [
      ['tfsg explain CHECK | less', 'page through it: tfsg starts no pager'],
      ['tfsg explain CKV_AWS_24 AVD-AWS-0104', "explain other tools' ids"],
    ],
    convert: explainArguments,
  },
  {
    name: 'rules',
    summary: 'Test, explain, begin or import own rules (tfsg.rules.hcl)',
    operands: { name: 'action', isRequired: true, isMany: true, first: ruleActions },
    groups: [tableOptions],
    examples: [
      ['tfsg rules test', 'run the examples of all own rules'],
      ['tfsg rules explain', 'list the objects and functions that rules can ask'],
      ['tfsg rules new acme-no-telnet', 'add a rule to tfsg.rules.hcl'],
      ['tfsg rules import _tfchecks.yaml', 'print custom checks of tfsec or policies of checkov as own rules'],
    ],
    convert: rulesArguments,
  },
  {
    name: 'init',
    summary: 'Create a .tfsgrc.json for this repository',
    groups: [],
    examples: [],
    convert: initArguments,
  },
  {
    name: 'baseline',
    summary: 'Record the current findings, so that only new ones are reported',
    operands: somePaths,
    groups: [baselineOptions, fileConfigOptions, rootInputOptions],
    examples: [
      ['tfsg baseline', 'record all findings, and drop fixed ones'],
      ['tfsg baseline --prune', 'drop fixed ones only'],
      ['tfsg baseline --prune --dry-run', 'in CI: exit 1 if there are fixed ones'],
    ],
    convert: baselineArguments,
  },
  {
    name: 'merge',
    summary: 'Merge the JSON or SARIF reports of a sharded run (--shard), or of many repositories',
    operands: files,
    groups: [mergeOptions],
    examples: [
      ['tfsg merge shard-*.json -f github', 'report all shards together'],
      ['tfsg merge --repositories reports/*.json', 'report all repositories together'],
    ],
    convert: mergeArguments,
  },
  {
    name: 'parse',
    summary: "Print files as Terraform's JSON syntax",
    operands: files,
    groups: [{ title: 'Inputs', options: parserOptions }],
    examples: [],
    convert: parseCommandArguments,
  },
  {
    name: 'lsp',
    summary: 'Run the language server for editors',
    groups: [serverOptions],
    examples: [['tfsg lsp --stdio', '']],
    convert: serverArguments,
  },
  {
    name: 'completion',
    summary: 'Print the completion script of a shell',
    operands: { name: 'shell', isRequired: true, isMany: false, choices: shells },
    groups: [],
    examples: [
      ['source <(tfsg completion bash)', 'in ~/.bashrc'],
      ['source <(tfsg completion zsh)', 'in ~/.zshrc, after compinit'],
      ['tfsg completion fish | source', 'in ~/.config/fish/config.fish'],
    ],
  },
  {
    name: 'help',
    summary: 'Show help for a command',
    operands: { name: 'command', isRequired: false, isMany: false },
    groups: [],
    examples: [],
  },
  { name: 'version', summary: 'Show the version', groups: [], examples: [] },
];

export const defaultCommand: Command = commands[0]!;

export function commandNamed(name: string): Command | undefined {
  return commands.find((command) => command.name === name);
}

/** All groups of a command, those of every command last. */
export function optionGroupsOf({ groups }: Command): readonly OptionGroup[] {
  return [...groups, commonOptions];
}

/** `[options] [path...]`. */
export function usageOf({ name, operands }: Command): string {
  if (operands === undefined) return `tfsg ${name} [options]`;
  const { name: operand, isRequired, isMany, first } = operands;
  if (first !== undefined) return `tfsg ${name} [options] <${first.join('|')}> [argument...]`;
  const shown = `${operand}${isMany ? '...' : ''}`;
  return `tfsg ${name} [options] ${isRequired ? `<${shown}>` : `[${shown}]`}`;
}
