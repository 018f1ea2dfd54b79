/** The options of the command line, in yargs' format. */

import type { Options } from 'yargs';
import { failOnLevels } from '../../config/names.ts';
import { severities } from '../../findings/severity.ts';
import { DEFAULT_FORMAT, sorts } from '../../report/format.ts';
import { documentFormatNames, formatNames } from '../../report/render.ts';
import { colors, parsers, tableFormats, worldChoices } from './arguments.ts';

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
  color: { ...single('When to use colour (NO_COLOR and FORCE_COLOR are respected)'), choices: colors, default: 'auto' },
  quiet: { ...flag('Print only findings and errors that fail the run'), alias: 'q' },
  // Looked for by main.ts, which runs before command lines are read.
  'no-compile-cache': flag('Do not use the cache of compiled code in your cache directory'),
} satisfies Record<string, Options>;

export const parserOptions = {
  parser: { ...single("Use tfsg's own parser or HashiCorp's"), choices: parsers, default: 'native' },
} satisfies Record<string, Options>;

export const inputOptions = {
  var: multiple('Set a root variable (NAME=VALUE); repeatable'),
  'var-file': multiple('Load root variables from this file; repeatable'),
  'tf-var-env': flag('Use the TF_VAR_ environment variables'),
  workspace: single('Value of terraform.workspace'),
  worlds: {
    ...single('Check all values of missing inputs that the configuration names, or only the defaults'),
    choices: worldChoices,
    default: 'all',
  },
  'any-input': flag('Check all values of inputs that have a value, too'),
  env: single('Evaluate only this environment'),
  'stdin-filename': single('Read the content of this file from standard input'),
  ...parserOptions,
} satisfies Record<string, Options>;

export const configOptions = {
  config: { ...single('Use this configuration file instead of the nearest .tfsgrc.json'), alias: 'c' },
  'no-config': flag('Ignore configuration files and use the defaults'),
  check: multiple('Run only this check; repeatable'),
  disable: multiple('Skip this check; repeatable'),
} satisfies Record<string, Options>;

const reportOptions = {
  output: { ...multiple('Also write a report to a file (FORMAT=FILE); repeatable'), alias: 'o' },
  'fail-on': {
    ...single('Exit 1 for findings of this severity or higher (default: as configured, or low)'),
    choices: failOnLevels,
  },
  'min-severity': {
    ...single('Show findings of this severity or higher'),
    choices: severities,
    defaultDescription: 'low in pretty and markdown; info in other formats and with --check',
  },
  'fail-on-unresolved': flag('Exit 1 if a module was not read or an exposure check is undecided'),
  sort: {
    ...single('Order of findings in text: by file, or the most severe last'),
    choices: sorts,
    defaultDescription: 'severity in pretty, file in unix',
  },
  unknown: flag('Also list what is undecided because of unknown values, and why'),
} satisfies Record<string, Options>;

export const lintOptions = {
  format: { ...single('Format of the report'), alias: 'f', choices: formatNames, default: DEFAULT_FORMAT },
  ...reportOptions,
  'print-config': single('Print the effective configuration for this file and the origin of each value'),
  diff: single('Report only findings on lines that this unified diff changes (- for standard input)'),
  fix: flag('Apply safe fixes, then report the remaining findings'),
  'fix-dry-run': flag('Print safe fixes as a diff instead of the report'),
  'unsafe-fixes': flag('With --fix: also apply suggestions, which may change the allowed traffic'),
  baseline: single('Ignore findings recorded in this baseline file'),
  'update-baseline': flag('Rewrite the baseline file with the current findings'),
  'no-inline-suppressions': flag('Ignore suppression comments'),
  'report-unused-suppressions': flag('Warn about suppression comments that have no effect'),
  'fail-on-empty': flag('Exit 2 if there are no Terraform files'),
  statistics: flag('Print only the number of findings of each check'),
  shard: single('Check only part I of N of the root modules (I/N), for tfsg merge'),
} satisfies Record<string, Options>;

export const mergeOptions = {
  format: {
    ...single('Format of the report'),
    alias: 'f',
    choices: documentFormatNames,
    defaultDescription: 'the format of the first file',
  },
  ...reportOptions,
} satisfies Record<string, Options>;

export const tableOptions = {
  format: { ...single('Format'), alias: 'f', choices: tableFormats, default: 'pretty' },
} satisfies Record<string, Options>;

export const serverOptions = {
  stdio: flag('Communicate over stdin and stdout (the only transport)'),
  // Node clients of the protocol give it to every server.
  clientProcessId: { ...single('Process that started the server'), hidden: true },
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
