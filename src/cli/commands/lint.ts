/** `tfsg lint`: the report on stdout and in files, its summary on stderr. */

import { lint } from '../../lint.ts';
import { type ExitCode, exitCode, isAtLeast } from '../../report/exit-code.ts';
import { loadFormat } from '../../report/render.ts';
import type { FailOn, Report } from '../../report/report.ts';
import { summaryLine } from '../../report/summary.ts';
import { suppressionsOf } from '../accepted.ts';
import type { LintArguments } from '../arguments.ts';
import { deliver } from '../deliver.ts';
import type { LintState } from '../fix.ts';
import type { Io } from '../io.ts';
import { inOrder } from '../problems.ts';
import { progressLine } from '../progress.ts';
import { openSession } from '../session.ts';
import { shownIn } from '../shown.ts';

export async function runLint(given: LintArguments, outer: Io): Promise<ExitCode> {
  const session = openSession(given, outer);
  const { fileSystem, paths, configurations, options, problems } = session;
  const keepTouched =
    given.diff === undefined ? undefined : (await import('../changes.ts')).readChanges(given.diff, outer);
  const { baseline: file, updatesBaseline: updates } = given.accepted;
  const baseline =
    file === undefined
      ? undefined
      : (await import('../baseline.ts')).openBaseline({ file, updates, quiet: given.quiet }, fileSystem, outer);
  const accepting = { suppressions: suppressionsOf(given.accepted, outer), baseline: baseline?.sift };
  const progress = progressLine(outer, given.quiet);
  const lintState: LintState = async (state, stateOptions) => {
    const report = await lint(state, paths, { ...stateOptions, ...accepting, onProgress: progress.show });
    progress.clear();
    return report;
  };
  const fixed =
    given.fix === undefined
      ? { report: await lintState(fileSystem, options), io: outer }
      : await (await import('../fix.ts')).fixFirst(given.fix, given, outer, session, lintState);
  const { io } = fixed;
  const linted = keepTouched === undefined ? fixed.report : keepTouched(fixed.report);
  const whole: Report = { ...linted, problems: inOrder([...problems, ...configurations.problems, ...linted.problems]) };
  const failOn = (path: string): FailOn => given.failOn ?? configurations.configFor(path).failOn;

  const delivered = await deliver(given, io, async (format, renderOptions, target) => {
    const isForPeople = format === 'pretty' || format === 'unix';
    const isBrief = given.quiet && isForPeople && target === 'stdout';
    const shown = shownIn(whole, format, given);
    return (await loadFormat(format))(isBrief ? onlyFailing(shown, failOn) : shown, renderOptions);
  });
  const saved = baseline?.save(whole) ?? true;
  if (whole.summary.groups > 0) outer.onJudged?.();
  if (!given.quiet) io.stderr.write(`${closingLine(whole, shownIn(whole, given.format, given), given.unknown)}\n`);
  return delivered && saved ? exitCode(whole, ({ span }) => failOn(span.file.path)) : 2;
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
