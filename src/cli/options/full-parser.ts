/** The command line parsed with yargs: all commands, help and error messages. */

import yargs, { type Argv } from 'yargs';
import { checks } from '../../checks/index.ts';
import { exampleNames } from '../../findings/names.ts';
import { nearestName } from '../../text/nearest-name.ts';
import { version } from '../../version.ts';
import { UsageError } from '../io.ts';
import type { ParsedArguments } from './arguments.ts';
import {
  type CommandArguments,
  checksArguments,
  explainArguments,
  initArguments,
  inspectArguments,
  lintArguments,
  mergeArguments,
  parseCommandArguments,
  type RawValues,
  serverArguments,
} from './arguments.ts';
import {
  commonOptions,
  configOptions,
  files,
  inputOptions,
  lintOptions,
  mergeOptions,
  optionNames,
  parserConfiguration,
  parserOptions,
  paths,
  serverOptions,
  tableOptions,
} from './option-tables.ts';

/**
 * @param options the command line up to `--`
 * @param operands what stands behind it
 * @param columns of the terminal, for help
 * @throws UsageError that says what is wrong with the command line
 */
export function parseFully(options: readonly string[], operands: readonly string[], columns: number): ParsedArguments {
  let chosen: ParsedArguments | undefined;
  let failure: UsageError | undefined;
  let text = '';
  const take: Take = (convert) => (raw) => {
    chosen = { kind: 'command', arguments: convert({ ...raw, operands }, options) };
  };
  const parser = build(columns, take).fail((message, error) => {
    failure ??= error instanceof UsageError ? error : new UsageError(explainFailure(message ?? error.message, options));
  });
  parser.parse([...options], {}, (_error: unknown, _argv: unknown, output: string) => {
    text = output;
  });
  if (failure !== undefined) throw failure;
  if (chosen !== undefined) return chosen;
  return { kind: 'text', text: text.endsWith('\n') ? text : `${text}\n` };
}

/** Makes the handler of a command, which keeps what the command line asks for. */
type Take = (convert: (raw: RawValues, argv: readonly string[]) => CommandArguments) => (raw: object) => void;

function build(columns: number, take: Take): Argv {
  return yargs()
    .scriptName('tfsg')
    .parserConfiguration(parserConfiguration)
    .detectLocale(false)
    .exitProcess(false)
    .strict()
    .wrap(Math.min(columns, 120))
    .version(version)
    .alias('help', 'h')
    .usage('tfsg: security-group analyzer for Terraform\n\nUsage: tfsg [command] [paths...] [options]')
    .epilogue(
      'Exit code: 0 no findings that fail the run; 1 findings; 2 error: bad usage, bad configuration or unreadable files.',
    )
    .command(
      ['lint [paths..]', '$0'],
      'Check security groups',
      (command) => command.positional('paths', paths).options({ ...lintOptions, ...inputOptions, ...configOptions }),
      take(lintArguments),
    )
    .command(
      'merge <files..>',
      'Merge the JSON or SARIF reports of a sharded run (--shard)',
      (command) => command.positional('files', files).options(mergeOptions),
      take(mergeArguments),
    )
    .command(
      'inspect [paths..]',
      'Show every security group and rule that the configuration creates',
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
      'List all checks and whether they are enabled here',
      (command) => command.options({ ...tableOptions, ...configOptions }),
      take(checksArguments),
    )
    .command(
      'explain <check>',
      "Print the documentation of a check (its id or another tool's)",
      (command) =>
        command.positional('check', { type: 'string', describe: `For example ${exampleNames(checks).join(', ')}` }),
      take(explainArguments),
    )
    .command('init', 'Create a .tfsgrc.json for this repository', (command) => command, take(initArguments))
    .command(
      'lsp',
      'Run the language server for editors',
      (command) => command.options(serverOptions),
      take(serverArguments),
    )
    .options(commonOptions);
}

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
        if (!isOption(name)) return `Unexpected argument ${JSON.stringify(name)}.`;
        const option = name.length === 1 ? `-${name}` : `--${name}`;
        if (optionNames.includes(name)) return `This command has no option ${option}.`;
        const nearest = nearestName(name, optionNames);
        return `Unknown option ${option}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`;
      })
      .join(' ');
  }
  const choice = /Argument: (.*), Given: (.*), Choices: (.*)/.exec(failure);
  if (choice !== null) {
    const [, name, given, choices] = choice;
    const nearest = nearestName(given!.replaceAll('"', ''), choices!.replaceAll('"', '').split(', '));
    const suggestion = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    return `--${name} must be one of ${choices!.replaceAll('"', '')}, not ${given}.${suggestion}`;
  }
  const lacking = /^Not enough arguments following: (.+)$/s.exec(failure)?.[1];
  if (lacking !== undefined) return `${lacking.length === 1 ? '-' : '--'}${lacking} needs a value.`;
  const missing = /^Not enough non-option arguments/.test(failure);
  return missing ? 'Missing argument.' : failure.trim();
}
