/** `tfsg inspect`: the rule model on stdout. */

import { inspectWorlds } from '../../lint.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { renderInspection, renderInspectionJson } from '../../report/inspect.ts';
import { type Io, isColored } from '../io.ts';
import type { InspectArguments } from '../options/arguments.ts';
import { printProblems, problemsOf } from '../problems.ts';
import { isMistaken, openSession } from '../session.ts';

export async function runInspect(given: InspectArguments, io: Io): Promise<ExitCode> {
  const { fileSystem, paths, configs, options, problems: missing, tree } = await openSession(given, io);
  const result = await inspectWorlds(fileSystem, paths, options);
  const inspected = isMistaken(configs) ? { roots: [], problems: [], excluded: 0 } : result;
  const { problems, code } = problemsOf([...missing, ...configs.problems], inspected);
  const isJson = given.format === 'json';
  const text = isJson
    ? renderInspectionJson(inspected.roots, problems)
    : renderInspection(inspected.roots, {
        shownPath: tree.shownPath,
        color: isColored(io, io.stdout, given.color),
      });
  if (text !== '') io.stdout.write(text);
  if (!isJson) printProblems(problems, given, io, tree.shownPath);
  return code;
}
