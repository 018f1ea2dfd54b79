/** `tfsg modules`: what was read for the calls of modules, and the command that gets the rest. */

import { moduleCallsIn } from '../../lint.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { listedModules, renderModules, renderModulesJson } from '../../report/tables/modules.ts';
import { type Io, isColored } from '../io.ts';
import type { ModulesArguments } from '../options/arguments.ts';
import { inOrder, nothingLinted, printProblems } from '../problems.ts';
import { isMistaken, openSession } from '../session.ts';

/** 1 if a module was not read. */
export async function runModules(given: ModulesArguments, io: Io): Promise<ExitCode> {
  const { fileSystem, paths, configs, options, problems: missing, tree } = await openSession(given, io);
  const result = await moduleCallsIn(fileSystem, paths, options);
  const found = isMistaken(configs) ? { calls: [], problems: [], excluded: 0, roots: 0 } : result;
  const all = [...missing, ...configs.problems, ...found.problems];
  const isEmpty = found.roots + found.calls.length === 0 && !all.some(({ severity }) => severity === 'error');
  const problems = inOrder(isEmpty ? [...all, nothingLinted(found.excluded, 'warning')] : all);
  const listed = listedModules(found.calls, given.all, tree.shownPath);
  if (given.format === 'json') io.stdout.write(renderModulesJson(listed, problems));
  else {
    const color = isColored(io, io.stdout, given.color);
    if (found.roots + found.calls.length > 0)
      io.stdout.write(renderModules(listed, { shownPath: tree.shownPath, color }));
    printProblems(problems, given, io, tree.shownPath);
  }
  if (problems.some(({ severity }) => severity === 'error')) return 2;
  return listed.unread === 0 ? 0 : 1;
}
