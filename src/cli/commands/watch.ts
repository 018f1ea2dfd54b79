/** `tfsg lint --watch`: lints again whenever something changes in a directory that a run has read. */

import { dirname, join, resolve } from 'node:path';
import { QueryCache } from '../../collections/query-cache.ts';
import { type RememberingFileSystem, rememberingFileSystem } from '../../files.ts';
import { safe } from '../../report/escape.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { isTemporary } from '../files/whole-file.ts';
import { type Io, UsageError } from '../io.ts';
import type { LintArguments } from '../options/arguments.ts';
import { type OpenDisk, openSession } from '../session.ts';
import { lintOnce } from './lint.ts';

/** Ends only when the process is told to, or `io` has no more changes; then with the code of the last run. */
export async function watchAndLint(given: LintArguments, io: Io): Promise<ExitCode> {
  const written = new Set(given.outputs.map(({ file }) => resolve(io.cwd, file)));
  const watching = await io.watch(
    (path) => written.has(path) || isTemporary(path),
    (reason) => io.stderr.write(safe`tfsg: Some changes will go unnoticed: ${reason}.\n`),
  );
  for (const file of namedFiles(given)) watching.add(dirname(resolve(io.cwd, file)));
  const disks = new Map<string, RememberingFileSystem>();
  const openDisk: OpenDisk = (root, admits) => {
    const disk = disks.get(root) ?? rememberingFileSystem(root, () => io.now(), admits);
    disks.set(root, disk);
    disk.refresh();
    return {
      ...disk,
      // Before it is listed: no change falls in between.
      list(path) {
        watching.add(join(root, path));
        return disk.list(path);
      },
    };
  };
  // What is fixed is linted in states of the tree that are not the disk's.
  const cache = given.fix === undefined ? new QueryCache() : undefined;
  for (;;) {
    // On a terminal alone: a log keeps all runs.
    if (io.stdout.isTerminal) io.stdout.write(safe`\u001b[2J\u001b[3J\u001b[H`);
    const code = await lintNow(given, io, openDisk, cache);
    if (!given.quiet) io.stderr.write(safe`tfsg: watching for changes; press Ctrl+C to stop\n`);
    if (!(await watching.next())) return code;
  }
}

async function lintNow(
  given: LintArguments,
  io: Io,
  openDisk: OpenDisk,
  cache: QueryCache | undefined,
): Promise<ExitCode> {
  try {
    const session = await openSession(given, io, openDisk);
    return await lintOnce(given, { ...session, options: { ...session.options, ...(cache && { cache }) } }, io);
  } catch (error) {
    // A file of the command line that is gone may come back.
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(safe`tfsg: ${error.message}\n`);
    return 2;
  }
}

/** Files of the command line that may lie outside of the tree. */
function namedFiles({ config, baseConfig, diff, accepted, variables, plans }: LintArguments): readonly string[] {
  const files = variables.flatMap(({ kind, text }) => (kind === 'var-file' ? [text] : []));
  return [config, baseConfig, diff, accepted.baseline, ...files, ...plans].filter((file) => typeof file === 'string');
}
