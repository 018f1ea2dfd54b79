/** The options of the command line, in the groups of its help. */

import { failOnLevels, noNewAccessLevels } from '../../config/names.ts';
import { presetNames } from '../../config/presets.ts';
import { severities } from '../../findings/severity.ts';
import { changesFormatNames, DEFAULT_CHANGES_FORMAT } from '../../report/changes/index.ts';
import { DEFAULT_EXPOSURE_FORMAT, exposureFormatNames } from '../../report/exposure/index.ts';
import { DEFAULT_FORMAT, sorts } from '../../report/format.ts';
import { documentFormatNames, formatNames } from '../../report/render.ts';
import { colors, parsers, planScopes, tableFormats, worldChoices } from './arguments.ts';
import { flag, multiple, type OptionGroup, single } from './option.ts';

/** Of every command. */
export const commonOptions = {
  title: 'General',
  options: {
    chdir: { ...single('Work as if started in this directory', 'DIR'), alias: 'C' },
    quiet: { ...flag('Print only findings and errors that fail the run'), alias: 'q' },
    color: {
      ...single('When to use colour (NO_COLOR and FORCE_COLOR are respected)', 'WHEN'),
      choices: colors,
      default: 'auto',
    },
    'no-color': flag('The same as --color never'),
    // Looked for by main.ts, which runs before command lines are read.
    'no-compile-cache': flag('Do not use the cache of compiled code in your cache directory'),
    help: { ...flag('Show help'), alias: 'h' },
    version: { ...flag('Show the version'), alias: 'V' },
  },
} as const satisfies OptionGroup;

export const parserOptions = {
  parser: {
    ...single("Use tfsg's own parser or HashiCorp's", 'PARSER'),
    choices: parsers,
    default: 'native',
  },
} as const satisfies OptionGroup['options'];

/** Without what leaves out findings that are there. */
export const rootInputOptions = {
  title: 'Inputs',
  options: {
    var: multiple('Set a root variable; repeatable', 'NAME=VALUE'),
    'var-file': multiple('Load root variables from this file; repeatable', 'FILE'),
    'tf-var-env': flag('Use the TF_VAR_ environment variables'),
    workspace: single('Value of terraform.workspace', 'NAME'),
    worlds: {
      ...single('Check all values of missing inputs that the configuration names, or only the defaults', 'WORLDS'),
      choices: worldChoices,
      default: 'all',
    },
    'any-input': flag('Check all values of inputs that have a value, too'),
    ...parserOptions,
  },
} as const satisfies OptionGroup;

export const inputOptions = {
  title: 'Inputs',
  options: {
    ...rootInputOptions.options,
    env: single('Evaluate only this environment of the configuration', 'NAME'),
    plan: multiple('Check a plan (output of terraform show -json); - for standard input; repeatable', 'FILE'),
    'plan-scope': {
      ...single('With --plan: report what the plan changes, or all that is there after it', 'SCOPE'),
      choices: planScopes,
      default: 'changes',
    },
    'stdin-filename': single('Read the content of this file from standard input', 'FILE'),
  },
} as const satisfies OptionGroup;

/** Which files decide, without options that do. */
export const fileConfigOptions = {
  title: 'Configuration',
  options: {
    config: { ...single('Use this configuration file instead of the nearest .tfsgrc.json', 'FILE'), alias: 'c' },
    'no-config': flag('Ignore configuration files and use the defaults'),
    'base-config': single('Lay this configuration below all others, which may only tighten what it locks', 'FILE'),
  },
} as const satisfies OptionGroup;

export const configOptions = {
  title: fileConfigOptions.title,
  options: {
    ...fileConfigOptions.options,
    preset: { ...single('Start from this preset instead of the configured ones', 'PRESET'), choices: presetNames },
    check: { ...multiple('Run only these checks (CHECK,...); repeatable', 'CHECK'), isList: true },
    disable: { ...multiple('Skip these checks (CHECK,...); repeatable', 'CHECK'), isList: true },
  },
} as const satisfies OptionGroup;

export const printConfigOptions = {
  title: configOptions.title,
  options: {
    ...configOptions.options,
    'print-config': single('Print the effective configuration for this file and the origin of each value', 'FILE'),
  },
} as const satisfies OptionGroup;

const output = { ...multiple('Also write a report to a file; repeatable', 'FORMAT=FILE'), alias: 'o' } as const;

const shownOptions = {
  'min-severity': {
    ...single('Show findings of this severity or higher', 'SEVERITY'),
    choices: severities,
    defaultDescription: 'low in pretty and markdown; info in other formats and with --check',
  },
  sort: {
    ...single('Order of findings in text: by file, or the most severe last', 'ORDER'),
    choices: sorts,
    defaultDescription: 'severity in pretty, file in unix',
  },
  unknown: flag('Also list what is undecided because of unknown values, and why'),
} as const satisfies OptionGroup['options'];

const failOptions = {
  'fail-on': {
    ...single('Exit 1 for findings of this severity or higher', 'SEVERITY'),
    choices: failOnLevels,
    defaultDescription: 'as configured, or low',
  },
  'fail-on-unresolved': flag('Exit 1 if a module was not read or an exposure check is undecided'),
} as const satisfies OptionGroup['options'];

export const reportOptions = {
  title: 'Report',
  options: {
    format: {
      ...single('Format of the report', 'FORMAT'),
      alias: 'f',
      choices: formatNames,
      default: DEFAULT_FORMAT,
    },
    output,
    ...shownOptions,
    statistics: flag('Print only the number of findings of each check'),
    watch: { ...flag('Check again after each change, until interrupted'), alias: 'w' },
  },
} as const satisfies OptionGroup;

export const exitOptions = {
  title: 'Exit code',
  options: {
    ...failOptions,
    'fail-on-empty': flag('Exit 2 if there are no Terraform files'),
    'allow-empty': flag('Skip named files that are not Terraform, instead of exiting with 2'),
  },
} as const satisfies OptionGroup;

export const lessOptions = {
  title: 'Filters',
  options: {
    'only-given': flag('Report only findings in the files and directories of the command line'),
    diff: single('Report only findings on lines that this unified diff changes (- for standard input)', 'FILE'),
    baseline: {
      ...single('Ignore findings recorded in this baseline file', 'FILE'),
      defaultDescription: 'as configured, or .tfsg-baseline.json at the repository root',
    },
    'no-baseline': flag('Report findings of the baseline too'),
    'update-baseline': flag('Rewrite the baseline file with the current findings'),
    'no-inline-suppressions': flag('Ignore suppression comments'),
    'report-unused-suppressions': flag('Warn about suppression comments that have no effect'),
    shard: single('Check only part I of N of the root modules, for tfsg merge; ci: the part of this CI job', 'I/N'),
  },
} as const satisfies OptionGroup;

export const baselineOptions = {
  title: 'Baseline',
  options: {
    baseline: lessOptions.options.baseline,
    prune: flag('Only remove findings that no longer occur; add none'),
    show: flag('Print what is in the baseline, and change nothing'),
    'dry-run': flag('Write nothing; exit 1 if the baseline would change'),
  },
} as const satisfies OptionGroup;

export const fixOptions = {
  title: 'Fixes',
  options: {
    fix: flag('Apply safe fixes, then report the remaining findings'),
    'fix-dry-run': flag('Print safe fixes as a diff instead of the report'),
    'unsafe-fixes': flag('With --fix: also apply suggestions, which may change the allowed traffic'),
  },
} as const satisfies OptionGroup;

export const cacheOptions = {
  title: 'Cache',
  options: {
    cache: flag('Keep results, and print them again if nothing has changed'),
    'cache-location': {
      ...single('With --cache: keep results in this directory', 'DIR'),
      defaultDescription: '.git/tfsg, or without .git your cache directory',
    },
  },
} as const satisfies OptionGroup;

export const mergeOptions = {
  title: 'Report',
  options: {
    repositories: flag('Each file is the report of a repository, which has the name of the file'),
    format: {
      ...single('Format of the report', 'FORMAT'),
      alias: 'f',
      choices: documentFormatNames,
      defaultDescription: 'the format of the first file',
    },
    output,
    ...shownOptions,
    ...failOptions,
  },
} as const satisfies OptionGroup;

export const tableOptions = {
  title: 'Report',
  options: { format: { ...single('Format', 'FORMAT'), alias: 'f', choices: tableFormats, default: 'pretty' } },
} as const satisfies OptionGroup;

export const exposureOptions = {
  title: 'Report',
  options: {
    format: {
      ...single('Format', 'FORMAT'),
      alias: 'f',
      choices: exposureFormatNames,
      default: DEFAULT_EXPOSURE_FORMAT,
    },
    links: {
      ...single('Address of a line of a file, with {path}, {line} and {endLine}, for html and markdown', 'TEMPLATE'),
      defaultDescription: 'the commit on the server of a CI job',
    },
  },
} as const satisfies OptionGroup;

export const changesOptions = {
  title: 'Report',
  options: {
    base: single('Compare with this revision, directory or report of tfsg inspect --format json', 'BASE'),
    staged: flag('Compare what is staged in git, instead of the working tree'),
    format: {
      ...single('Format', 'FORMAT'),
      alias: 'f',
      choices: changesFormatNames,
      default: DEFAULT_CHANGES_FORMAT,
    },
    output,
    links: exposureOptions.options.links,
    'no-new-access': {
      ...single(
        'Exit 1 for new access that is neither trusted nor allowed by a policy: any, or from the internet',
        'ACCESS',
      ),
      choices: noNewAccessLevels,
      defaultDescription: 'as configured, or off; any without a value',
    },
    'fail-on': {
      ...single('Exit 1 for findings of own rules of this severity or higher', 'SEVERITY'),
      choices: failOnLevels,
      defaultDescription: 'as configured, or low',
    },
    'fail-on-unresolved': flag('Exit 1 if a module was not read or a change is undecided'),
  },
} as const satisfies OptionGroup;

export const modulesOptions = {
  title: 'Report',
  options: { ...tableOptions.options, all: flag('List local modules too') },
} as const satisfies OptionGroup;

/** What the source of a module may depend on. */
export const moduleInputOptions = {
  title: 'Inputs',
  options: {
    var: rootInputOptions.options.var,
    'var-file': rootInputOptions.options['var-file'],
    'tf-var-env': rootInputOptions.options['tf-var-env'],
    workspace: rootInputOptions.options.workspace,
    env: inputOptions.options.env,
    ...parserOptions,
  },
} as const satisfies OptionGroup;

export const explainOptions = {
  title: 'Report',
  options: {
    ...tableOptions.options,
    examples: flag('Include configurations, and what tfsg finds in them'),
  },
} as const satisfies OptionGroup;

export const serverOptions = {
  title: 'Language server',
  options: {
    stdio: flag('Communicate over stdin and stdout (the only transport)'),
    'base-config': fileConfigOptions.options['base-config'],
    // Node clients of the protocol give it to every server.
    clientProcessId: { ...single('Process that started the server', 'NAME'), isHidden: true },
  },
} as const satisfies OptionGroup;
