/** `tfsg lint`: the report on stdout and in files, its summary on stderr. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checks } from '../../checks/index.ts';
import { lint } from '../../lint.ts';
import { type ExitCode, exitCode, isAtLeast } from '../../report/exit-code.ts';
import type { RenderOptions } from '../../report/format.ts';
import { loadFormat } from '../../report/render.ts';
import type { FailOn, Report } from '../../report/report.ts';
import { summaryLine } from '../../report/summary.ts';
import type { LintArguments } from '../arguments.ts';
import { DEFAULT_COLUMNS, type Io, isColored } from '../io.ts';
import { readPage } from '../package.ts';
import { inOrder } from '../problems.ts';
import { openSession } from '../session.ts';
import { reasonOf } from '../tree.ts';

export async function runLint(given: LintArguments, io: Io): Promise<ExitCode> {
  const { fileSystem, paths, configurations, options, problems } = openSession(given, io);
  const linted = await lint(fileSystem, paths, options);
  const whole: Report = { ...linted, problems: inOrder([...problems, ...configurations.problems, ...linted.problems]) };
  const failOn = (path: string): FailOn => given.failOn ?? configurations.configFor(path).failOn;
  const shown = { ...whole, findings: whole.findings.filter((each) => isAtLeast(each.severity, given.minSeverity)) };

  const render = await loadFormat(given.format);
  const inFile: RenderOptions = {
    color: false,
    width: DEFAULT_COLUMNS,
    unknown: given.unknown,
    checks,
    pageOf: (check) => readPage(check) ?? '',
  };
  const isForPeople = given.format === 'pretty' || given.format === 'unix';
  const text = render(given.quiet && isForPeople ? onlyFailing(shown, failOn) : shown, {
    ...inFile,
    color: isColored(io, io.stdout, given.color),
    width: io.stdout.columns ?? DEFAULT_COLUMNS,
  });
  if (text !== '') io.stdout.write(text);

  let code = exitCode(whole, failOn);
  for (const { format, file } of given.outputs) {
    const document = (await loadFormat(format))(shown, inFile);
    const fault = writeDocument(resolve(io.cwd, file), document);
    if (fault === undefined) continue;
    io.stderr.write(`tfsg: --output ${file}: ${fault}.\n`);
    code = 2;
  }
  if (!given.quiet) io.stderr.write(`${closingLine(whole, shown, given.unknown)}\n`);
  return code;
}

/** What makes the exit code other than 0. */
function onlyFailing(report: Report, failOn: (path: string) => FailOn): Report {
  return {
    ...report,
    problems: report.problems.filter(({ severity }) => severity === 'error'),
    findings: report.findings.filter(({ severity, span }) => isAtLeast(severity, failOn(span.file.path))),
  };
}

function closingLine(whole: Report, shown: Report, listsUnknown: boolean): string {
  if (whole.summary.files === 0 && whole.problems.length === 0) return 'tfsg: there are no Terraform files here.';
  return `tfsg: ${summaryLine(whole, whole.findings.length - shown.findings.length, listsUnknown)}`;
}

function writeDocument(path: string, text: string): string | undefined {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, text);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** With the folders above it. Node's own recursive mkdirSync never returns for a folder of /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
