/** `tfsg exposure`: what the internet reaches, on stdout. */

import { exposure } from '../../lint.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { loadExposureFormat } from '../../report/exposure/index.ts';
import { urlsOfFiles } from '../hosted-files.ts';
import { type Io, isColored } from '../io.ts';
import type { ExposureArguments } from '../options/arguments.ts';
import { printProblems, problemsOf } from '../problems.ts';
import { isMistaken, openSession } from '../session.ts';

export async function runExposure(given: ExposureArguments, io: Io): Promise<ExitCode> {
  const { fileSystem, paths, configs, options, problems: missing, tree } = await openSession(given, io);
  const { render, isForPeople } = await loadExposureFormat(given.format);
  const result = await exposure(fileSystem, paths, options);
  const shown = isMistaken(configs) ? { roots: [], files: 0, problems: [], excluded: 0 } : result;
  const { problems, isEmpty, code } = problemsOf([...missing, ...configs.problems], shown);
  const look = {
    // A report is the same wherever it is made.
    shownPath: given.format === 'text' ? tree.shownPath : (path: string) => path,
    color: isColored(io, io.stdout, given.color),
    urlOf: given.links ?? urlsOfFiles(io, tree.root),
  };
  const text = render({ ...shown, problems }, look);
  if (!isEmpty || !isForPeople) io.stdout.write(text);
  if (isForPeople) printProblems(problems, given, io, tree.shownPath);
  return code;
}
