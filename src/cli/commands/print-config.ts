/** `tfsg --print-config FILE`: the effective config for a file and the origin of each value. */

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { printConfig } from '../../config/print.ts';
import { diskFileSystem } from '../../files.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { mainFileIn } from '../../source/path.ts';
import { locateTree } from '../files/tree.ts';
import type { Io } from '../io.ts';
import type { LintArguments } from '../options/arguments.ts';
import { printProblems } from '../problems.ts';
import { isMistaken, openConfigs } from '../session.ts';

/**
 * Of a config with mistakes nothing is printed but these.
 *
 * @param file as given; it need not exist, and a directory stands for the files in it
 */
export async function runPrintConfig(file: string, given: LintArguments, io: Io): Promise<ExitCode> {
  const tree = locateTree(io.cwd, [file]);
  const fileSystem = diskFileSystem(tree.root);
  const configs = openConfigs(given, io, tree, fileSystem);
  const isDirectory = statSync(resolve(io.cwd, file), { throwIfNoEntry: false })?.isDirectory() === true;
  const path = isDirectory ? mainFileIn(tree.pathOf(file)) : tree.pathOf(file);
  const layers = configs.layersFor(path);
  printProblems(configs.problems, given, io, tree.shownPath);
  if (isMistaken(configs)) return 2;
  const { ownChecks } = configs.configFor(path);
  const checks = [...configs.checks.filter(({ own }) => own === undefined), ...ownChecks];
  io.stdout.write(printConfig({ path, layers, checks, fileSystem, selection: configs.selection }));
  return 0;
}
