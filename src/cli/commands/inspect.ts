/** `tfsg inspect`: the rule model on stdout. */

import { inspectWorlds } from '../../lint.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { renderInspection, renderInspectionJson } from '../../report/inspect.ts';
import { type Io, isColored } from '../io.ts';
import type { InspectArguments } from '../options/arguments.ts';
import { inOrder, nothingLinted, printProblems } from '../problems.ts';
import { isMistaken, openSession } from '../session.ts';

export async function runInspect(given: InspectArguments, io: Io): Promise<ExitCode> {
  const { fileSystem, paths, configs, options, problems: missing, tree } = await openSession(given, io);
  const result = await inspectWorlds(fileSystem, paths, options);
  const inspected = isMistaken(configs) ? { roots: [], problems: [], excluded: 0 } : result;
  const found = [...missing, ...configs.problems, ...inspected.problems];
  const isEmpty = inspected.roots.length === 0 && !found.some(({ severity }) => severity === 'error');
  const problems = inOrder(isEmpty ? [...found, nothingLinted(inspected.excluded, 'warning')] : found);
  const isJson = given.format === 'json';
  const text = isJson
    ? renderInspectionJson(inspected.roots, problems)
    : renderInspection(inspected.roots, {
        shownPath: tree.shownPath,
        color: isColored(io, io.stdout, given.color),
      });
  if (text !== '') io.stdout.write(text);
  if (!isJson) printProblems(problems, given, io, tree.shownPath);
  return problems.some(({ severity }) => severity === 'error') ? 2 : 0;
}
