/** The options of the command line, as yargs takes them. */

import type { Options } from 'yargs';
import { failOnLevels } from '../../config/names.ts';
import { severities } from '../../findings/severity.ts';
import { DEFAULT_FORMAT } from '../../report/format.ts';
import { documentFormatNames, formatNames } from '../../report/render.ts';
import { colors, parsers, tableFormats } from './arguments.ts';

/** The commands by name; the first is the default. */
export const commandNames: readonly string[] = [
  'lint',
  'merge',
  'inspect',
  'parse',
  'checks',
  'explain',
  'init',
  'lsp',
];

/** Values stay the text that they are, names what they are called. */
export const parserConfiguration = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'greedy-arrays': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
} as const;

function single(describe: string) {
  return { type: 'string', requiresArg: true, describe } as const;
}

function multiple(describe: string) {
  return { type: 'string', array: true, requiresArg: true, nargs: 1, describe } as const;
}

function flag(describe: string) {
  return { type: 'boolean', default: false, describe } as const;
}

export const paths = {
  type: 'string',
  array: true,
  default: [],
  defaultDescription: '.',
  describe: 'Files and directories',
} as const;

export const files = { type: 'string', array: true, demandOption: true } as const;

export const commonOptions = {
  color: { ...single('Colour; NO_COLOR and FORCE_COLOR hold'), choices: colors, default: 'auto' },
  quiet: { ...flag('Print only what makes the exit code other than 0'), alias: 'q' },
  // Looked for by main.ts, which runs before command lines are read.
  'no-compile-cache': flag('Neither read nor keep compiled code of tfsg in your folder for caches'),
} satisfies Record<string, Options>;

export const parserOptions = {
  parser: { ...single("tfsg's own parser or HashiCorp's"), choices: parsers, default: 'native' },
} satisfies Record<string, Options>;

export const inputOptions = {
  var: multiple('NAME=VALUE of a root variable; repeatable'),
  'var-file': multiple('File with values of root variables; repeatable'),
  'tf-var-env': flag('Read the TF_VAR_ variables of the environment'),
  workspace: { ...single('What terraform.workspace is'), defaultDescription: 'default' },
  env: single('Only this one of the configured environments'),
  'stdin-filename': single('Read the text of this file from standard input'),
  ...parserOptions,
} satisfies Record<string, Options>;

export const configOptions = {
  config: { ...single('Use this configuration instead of the nearest .tfsgrc.json'), alias: 'c' },
  'no-config': flag('Use the defaults instead of any configuration'),
  check: multiple('Only this check; repeatable'),
  disable: multiple('Without this check; repeatable'),
} satisfies Record<string, Options>;

const reportOptions = {
  output: { ...multiple('FORMAT=FILE: another report in a file; repeatable'), alias: 'o' },
  'fail-on': { ...single('Exit 1 from this severity up; default: as configured, or low'), choices: failOnLevels },
  'min-severity': {
    ...single('Show findings from this severity up'),
    choices: severities,
    defaultDescription: 'low in text for people, info in formats for programs and with --check',
  },
  'fail-on-unresolved': flag("Exit 1 where a module was not read, or a question of exposure can't be decided"),
  unknown: flag("List what can't be decided before apply, and because of what"),
} satisfies Record<string, Options>;

export const lintOptions = {
  format: { ...single('Format of the report'), alias: 'f', choices: formatNames, default: DEFAULT_FORMAT },
  ...reportOptions,
  'print-config': single('Print what holds for this file, and where each value comes from, instead of linting'),
  diff: single('A unified diff, - for standard input: report only what it touches'),
  fix: flag('Make the safe fixes, then report what is left'),
  'fix-dry-run': flag('Print the safe fixes as a diff instead of the report'),
  'unsafe-fixes': flag('With --fix: suggestions too, which may change what is let in'),
  baseline: single('Report only what is not in this file'),
  'update-baseline': flag('Write what is there now to the file of --baseline'),
  'no-inline-suppressions': flag('Let no comment suppress anything'),
  'report-unused-suppressions': flag('Warn of comments that suppress nothing'),
  'fail-on-empty': flag('Exit 2 where there is no Terraform'),
  shard: single('I/N: only the I-th of N parts of the root modules, for tfsg merge'),
} satisfies Record<string, Options>;

export const mergeOptions = {
  format: {
    ...single('Format of the report'),
    alias: 'f',
    choices: documentFormatNames,
    defaultDescription: 'that of the first file',
  },
  ...reportOptions,
} satisfies Record<string, Options>;

export const tableOptions = {
  format: { ...single('Format'), alias: 'f', choices: tableFormats, default: 'pretty' },
} satisfies Record<string, Options>;

export const serverOptions = {
  stdio: flag('Over standard input and output, which is the only way'),
  // Node clients of the protocol give it to every server.
  clientProcessId: { ...single('The process that started the server'), hidden: true },
} satisfies Record<string, Options>;

/** Every option of any command. */
export const optionNames: readonly string[] = Object.keys({
  ...lintOptions,
  ...inputOptions,
  ...configOptions,
  ...commonOptions,
  stdio: serverOptions.stdio,
  help: {},
  version: {},
});
