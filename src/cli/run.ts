/** Runs a command line. */

import { safe, safeDocument } from '../report/escape.ts';
import type { ExitCode } from '../report/exit-code.ts';
import { runLint } from './commands/lint.ts';
import { type Io, UsageError } from './io.ts';
import type { CommandArguments } from './options/arguments.ts';
import { parseArguments } from './options/options.ts';

/** Columns of help where there is no terminal to ask. */
const HELP_COLUMNS = 80;

/**
 * Does what a command line asks for. Never rejects: what goes wrong is said on stderr.
 *
 * @param argv without the program and its script
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    const parsed = await parseArguments(argv, io.stdout.columns ?? HELP_COLUMNS);
    if (parsed.kind === 'text') {
      io.stdout.write(safeDocument(parsed.text));
      return 0;
    }
    return await carryOut(parsed.arguments, io);
  } catch (error) {
    io.stderr.write(safe`tfsg: ${describeError(error)}\n`);
    return 2;
  }
}

async function carryOut(given: CommandArguments, io: Io): Promise<ExitCode> {
  switch (given.command) {
    case 'lint':
      if (given.printConfig === undefined) return runLint(given, io);
      return (await import('./commands/print-config.ts')).runPrintConfig(given.printConfig, given, io);
    case 'merge':
      return (await import('./commands/merge.ts')).runMerge(given, io);
    case 'inspect':
      return (await import('./commands/inspect.ts')).runInspect(given, io);
    case 'parse':
      return (await import('./commands/parse.ts')).runParse(given, io);
    case 'checks':
      return (await import('./commands/checks.ts')).runListChecks(given, io);
    case 'explain':
      return (await import('./commands/explain.ts')).runExplain(given, io);
    case 'lsp':
      return (await import('./commands/lsp.ts')).runLsp(() => io.now());
    case 'init':
      return (await import('./commands/init.ts')).runInit(given, io);
  }
}

function describeError(error: unknown): string {
  if (error instanceof UsageError) return `${error.message} See tfsg --help.`;
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  // One frame tells where to look without burying the message.
  const frame =
    stack
      ?.split('\n')
      .find((line) => line.trimStart().startsWith('at '))
      ?.trim() ?? '';
  return `internal error, please report it: ${message} ${frame}`.trimEnd();
}
