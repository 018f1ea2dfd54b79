/** The command line's options: what there is, and what is wrong with a command line. */

import yargs, { type Argv, type Options } from 'yargs';
import { severities } from '../checks/check.ts';
import { failOnLevels } from '../config/names.ts';
import { formatNames } from '../report/render.ts';
import { nearestName } from '../source/nearest-name.ts';
import { version } from '../version.ts';
import {
  type Arguments,
  checksArguments,
  colors,
  explainArguments,
  inspectArguments,
  lintArguments,
  parseCommandArguments,
  parsers,
  type RawValues,
  tableFormats,
} from './arguments.ts';
import { UsageError } from './io.ts';

/** `text`: help or the version, for stdout. `error`: what is wrong with the command line, as sentences. */
export type ParsedArguments =
  | { readonly kind: 'command'; readonly arguments: Arguments }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Reads a command line.
 *
 * @param argv without the program and its script
 * @param columns of the terminal, for help
 */
export function parseArguments(argv: readonly string[], columns: number): ParsedArguments {
  let chosen: ParsedArguments | undefined;
  let failure: string | undefined;
  let text = '';
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  const operands = end === -1 ? [] : argv.slice(end + 1);
  const take: Take = (convert) => (raw) => {
    try {
      chosen = { kind: 'command', arguments: convert({ ...raw, operands }, options) };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      chosen = { kind: 'error', message: error.message };
    }
  };
  const parser = build(columns, take).fail((message, error) => {
    failure ??= message ?? error.message;
  });
  parser.parse([...options], {}, (_error: unknown, _argv: unknown, output: string) => {
    text = output;
  });
  if (failure !== undefined) return { kind: 'error', message: explainFailure(failure, options) };
  if (chosen !== undefined) return chosen;
  return { kind: 'text', text: text.endsWith('\n') ? text : `${text}\n` };
}

/** Makes the handler of a command, which keeps what the command line asks for. */
type Take = (convert: (raw: RawValues, argv: readonly string[]) => Arguments) => (raw: object) => void;

function build(columns: number, take: Take): Argv {
  return yargs()
    .scriptName('tfsg')
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .detectLocale(false)
    .exitProcess(false)
    .strict()
    .wrap(Math.min(columns, 120))
    .version(version)
    .alias('help', 'h')
    .usage('tfsg: security-group analyzer for Terraform\n\nUsage: tfsg [command] [paths...] [options]')
    .epilogue('Exit code: 0 nothing found that fails; 1 findings that do; 2 tfsg could not do its work.')
    .command(
      ['lint [paths..]', '$0'],
      'Find faults of security groups',
      (command) => command.positional('paths', paths).options({ ...lintOptions, ...inputOptions, ...configOptions }),
      take(lintArguments),
    )
    .command(
      'inspect [paths..]',
      'Show every group and rule that the configuration would create',
      (command) => command.positional('paths', paths).options({ ...tableOptions, ...inputOptions, ...configOptions }),
      take(inspectArguments),
    )
    .command(
      'parse <files..>',
      "Print files as Terraform's JSON syntax",
      (command) => command.positional('files', files).options(parserOptions),
      take(parseCommandArguments),
    )
    .command(
      'checks',
      'List the checks and whether they are on here',
      (command) => command.options({ ...tableOptions, ...configOptions }),
      take(checksArguments),
    )
    .command(
      'explain <check>',
      "Print a check's page; also by another tool's id",
      (command) =>
        command.positional('check', { type: 'string', describe: 'For instance admin-port-open, CKV_AWS_24' }),
      take(explainArguments),
    )
    .options(commonOptions);
}

function single(describe: string) {
  return { type: 'string', requiresArg: true, describe } as const;
}

function multiple(describe: string) {
  return { type: 'string', array: true, requiresArg: true, nargs: 1, describe } as const;
}

function flag(describe: string) {
  return { type: 'boolean', default: false, describe } as const;
}

const paths = {
  type: 'string',
  array: true,
  default: [],
  defaultDescription: '.',
  describe: 'Files and directories',
} as const;

const files = { type: 'string', array: true, demandOption: true } as const;

const commonOptions = {
  color: { ...single('Colour; NO_COLOR and FORCE_COLOR hold'), choices: colors, default: 'auto' },
  quiet: { ...flag('Print only what makes the exit code other than 0'), alias: 'q' },
} satisfies Record<string, Options>;

const parserOptions = {
  parser: { ...single("tfsg's own parser or HashiCorp's"), choices: parsers, default: 'native' },
} satisfies Record<string, Options>;

const inputOptions = {
  var: multiple('NAME=VALUE of a root variable; repeatable'),
  'var-file': multiple('File with values of root variables; repeatable'),
  'tf-var-env': flag('Read the TF_VAR_ variables of the environment'),
  workspace: { ...single('What terraform.workspace is'), default: 'default' },
  'stdin-filename': single('Read the text of this file from standard input'),
  ...parserOptions,
} satisfies Record<string, Options>;

const configOptions = {
  config: { ...single('Use this configuration instead of the nearest .tfsgrc.json'), alias: 'c' },
  'no-config': flag('Use the defaults instead of any configuration'),
  check: multiple('Only this check; repeatable'),
  disable: multiple('Without this check; repeatable'),
} satisfies Record<string, Options>;

const lintOptions = {
  format: { ...single('Format of the report'), alias: 'f', choices: formatNames, default: 'pretty' },
  output: { ...multiple('FORMAT=FILE: another report in a file; repeatable'), alias: 'o' },
  'fail-on': { ...single('Exit 1 from this severity up; default: as configured, or low'), choices: failOnLevels },
  'min-severity': { ...single('Show findings from this severity up'), choices: severities, default: 'info' },
  unknown: flag("List what can't be decided before apply, and because of what"),
} satisfies Record<string, Options>;

const tableOptions = {
  format: { ...single('Format'), alias: 'f', choices: tableFormats, default: 'pretty' },
} satisfies Record<string, Options>;

const optionNames = Object.keys({
  ...lintOptions,
  ...inputOptions,
  ...configOptions,
  ...commonOptions,
  help: {},
  version: {},
});

/** yargs's message in tfsg's words, with the nearest name that there is. */
function explainFailure(failure: string, argv: readonly string[]): string {
  const unknown = /^Unknown (?:argument|command)s?: (.+)$/s.exec(failure)?.[1];
  if (unknown !== undefined) {
    const names = unknown.split(', ');
    // yargs names an option without its dashes, and a path like an option.
    const isOption = (name: string) =>
      argv.some(
        (each) =>
          each.replace(/=.*/s, '') === `--${name}` || (name.length === 1 && /^-[^-]/.test(each) && each.includes(name)),
      );
    return [...new Set(names)]
      .map((name) => {
        if (!isOption(name)) return `${JSON.stringify(name)} is one argument too many.`;
        const option = name.length === 1 ? `-${name}` : `--${name}`;
        const nearest = nearestName(name, optionNames);
        return `There is no option ${option}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`;
      })
      .join(' ');
  }
  const choice = /Argument: (.*), Given: (.*), Choices: (.*)/.exec(failure);
  if (choice !== null) {
    const [, name, given, choices] = choice;
    const nearest = nearestName(given!.replaceAll('"', ''), choices!.replaceAll('"', '').split(', '));
    const suggestion = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    return `--${name} takes ${choices!.replaceAll('"', '')}, not ${given}.${suggestion}`;
  }
  const lacking = /^Not enough arguments following: (.+)$/s.exec(failure)?.[1];
  if (lacking !== undefined) return `${lacking.length === 1 ? '-' : '--'}${lacking} takes a value.`;
  const missing = /^Not enough non-option arguments/.test(failure);
  return missing ? 'The command takes an argument: see --help.' : failure.trim();
}
