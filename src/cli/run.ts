/** Runs a command line. */

import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
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
    const parsed = await parseArguments(argv, io.environment, io.stdout.columns ?? HELP_COLUMNS);
    if (parsed.kind === 'text') {
      io.stdout.write(safeDocument(parsed.text));
      return 0;
    }
    for (const note of parsed.notes) io.stderr.write(safe`tfsg: ${note}\n`);
    const there = parsed.directory === undefined ? io : { ...io, cwd: directoryOf(io.cwd, parsed.directory) };
    if (parsed.isDefault) await rejectMistyped(parsed.arguments, there.cwd);
    return await carryOut(parsed.arguments, there);
  } catch (error) {
    io.stderr.write(safe`tfsg: ${describeError(error)}\n`);
    return 2;
  }
}

async function carryOut(given: CommandArguments, io: Io): Promise<ExitCode> {
  switch (given.command) {
    case 'lint':
      if (given.printConfig !== undefined)
        return (await import('./commands/print-config.ts')).runPrintConfig(given.printConfig, given, io);
      if (given.watch) return (await import('./commands/watch.ts')).watchAndLint(given, io);
      if (given.hasCache) return (await import('./cache/cached-lint.ts')).lintCached(given, io);
      return runLint(given, io);
    case 'merge':
      return (await import('./commands/merge.ts')).runMerge(given, io);
    case 'inspect':
      return (await import('./commands/inspect.ts')).runInspect(given, io);
    case 'exposure':
      return (await import('./commands/exposure.ts')).runExposure(given, io);
    case 'changes':
      return (await import('./commands/changes.ts')).runChanges(given, io);
    case 'modules':
      return (await import('./commands/modules.ts')).runModules(given, io);
    case 'baseline':
      return (await import('./commands/baseline.ts')).runBaseline(given, io);
    case 'parse':
      return (await import('./commands/parse.ts')).runParse(given, io);
    case 'checks':
      return (await import('./commands/checks.ts')).runListChecks(given, io);
    case 'explain':
      return (await import('./commands/explain.ts')).runExplain(given, io);
    case 'lsp':
      return (await import('./commands/lsp.ts')).runLsp(given, io);
    case 'rules':
      return (await import('./commands/rules.ts')).runRules(given, io);
    case 'init':
      return (await import('./commands/init.ts')).runInit(given, io);
  }
}

/** @throws UsageError if there is no such directory */
function directoryOf(cwd: string, given: string): string {
  const path = resolve(cwd, given);
  const there = statSync(path, { throwIfNoEntry: false });
  if (there?.isDirectory()) return path;
  throw new UsageError(`--chdir ${given}: ${there === undefined ? 'no such directory' : 'it is not a directory'}.`);
}

/** @throws UsageError if the first path, which is not there, is nearly the name of a command */
async function rejectMistyped(given: CommandArguments, cwd: string): Promise<void> {
  const word = given.command === 'lint' ? given.paths[0]! : '';
  if (!/^[a-z]+$/i.test(word) || existsSync(resolve(cwd, word))) return;
  const nearest = (await import('./options/mistakes.ts')).nearestCommand(word);
  if (nearest === undefined) return;
  throw new UsageError(`${word}: neither a file, a directory nor a command. Did you mean "tfsg ${nearest}"?`);
}

function describeError(error: unknown): string {
  if (error instanceof UsageError) {
    return `${error.message} See tfsg ${error.command === undefined ? '' : `${error.command} `}--help.`;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  // One frame tells where to look without burying the message.
  const frame =
    stack
      ?.split('\n')
      .find((line) => line.trimStart().startsWith('at '))
      ?.trim() ?? '';
  return `internal error, please report it: ${message} ${frame}`.trimEnd();
}
