/** `tfsg lint`: the report on stdout and in files, the summary on stderr. */

import type { BaselineUse } from '../../findings/baseline/configured.ts';
import type { Undecided } from '../../findings/finding.ts';
import { lint } from '../../lint.ts';
import { safe } from '../../report/escape.ts';
import { type ExitCode, exitCode, isAtLeast } from '../../report/exit-code.ts';
import { DEFAULT_FORMAT, type Format, type RenderOptions } from '../../report/format.ts';
import { formatNamed, renderAs } from '../../report/render.ts';
import { countsOf, emptySummary, type FailOn, type Report } from '../../report/report.ts';
import { describeUnresolved, type Unresolved, unresolvedIn } from '../../report/unresolved.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { formatCount } from '../../text/count.ts';
import { suppressionsOf } from '../accepted.ts';
import { deliver, loadFormats } from '../deliver.ts';
import { locateTree } from '../files/tree.ts';
import type { LintState } from '../fix.ts';
import { type Io, UsageError } from '../io.ts';
import type { LintArguments } from '../options/arguments.ts';
import { inOrder, nothingLinted } from '../problems.ts';
import { progressLine } from '../progress.ts';
import { isMistaken, openSession, type Session } from '../session.ts';
import { shownIn } from '../shown.ts';
import { writeSummary } from '../summary.ts';

export async function runLint(given: LintArguments, io: Io): Promise<ExitCode> {
  return lintOnce(given, await openSession(given, io), io);
}

/** @throws UsageError for `--check` with a rule about what a change opens, which would find nothing here */
function refuseOpenedRules({ checks, selection: { only } }: Session['configs']): void {
  const opened = checks.find(({ id, about }) => about === 'opened' && only?.has(id) === true);
  if (opened !== undefined)
    throw new UsageError(`--check ${opened.id}: "tfsg changes" asks this rule, which is about what a change opens.`);
}

/** @param session of the command line */
export async function lintOnce(given: LintArguments, session: Session, outer: Io): Promise<ExitCode> {
  const { fileSystem, paths, configs, options, problems, tree } = session;
  // Fixes change the configuration and not the plan, and a plan is no part of a sharded run.
  const excluded = given.fix !== undefined ? 'Fixes' : given.shard !== undefined ? '--shard' : undefined;
  if (options.plans !== undefined && excluded !== undefined)
    throw new UsageError(`${excluded} cannot be used with a plan.`);
  const keepTouched =
    given.diff === undefined ? undefined : (await import('../changes.ts')).readChanges(given.diff, outer);
  const roots = [session.tree.root, locateTree(outer.cwd, []).root] as const;
  const { baseline: file, updatesBaseline: updates } = given.accepted;
  const baseline =
    file === undefined || file === false
      ? undefined
      : (await import('../baseline.ts')).openBaseline({ file, updates, quiet: given.quiet }, fileSystem, outer, roots);
  let uses: readonly BaselineUse[] = [];
  const accepting = {
    suppressions: suppressionsOf(given.accepted, outer),
    baseline: file === false ? file : baseline?.filter,
    onBaselines: (used: readonly BaselineUse[]) => {
      uses = used;
    },
  };
  const progress = progressLine(outer, given.quiet);
  const lintState: LintState = async (state, stateOptions) => {
    if (isMistaken(configs)) return stopped;
    const report = await lint(state, paths, { ...stateOptions, ...accepting, onProgress: progress.show });
    progress.clear();
    // Configurations further down, baselines and environments are read on the way.
    const mistakes = report.problems.filter(isMistake);
    if (isMistaken(configs) || mistakes.length > 0) return { ...stopped, problems: mistakes };
    return given.onlyGiven ? onlyIn(report, paths.map(fileSystem.real)) : report;
  };
  for (const path of paths) configs.configFor(path);
  refuseOpenedRules(configs);
  const fixed =
    given.fix === undefined
      ? { report: await lintState(fileSystem, options), io: outer }
      : await (await import('../fix.ts')).fixFirst(given.fix, given, outer, session, lintState);
  const { io } = fixed;
  const linted = keepTouched === undefined ? fixed.report : keepTouched(fixed.report);
  const found = [...problems, ...configs.problems, ...linted.problems];
  const empty = emptyProblem(linted, given);
  const isEmpty = empty !== undefined && !found.some(({ severity }) => severity === 'error');
  const whole: Report = { ...linted, problems: inOrder(isEmpty ? [...found, empty] : found) };
  const failOn = (path: string): FailOn => configs.configFor(path).failOn;
  const unresolved = failingUnresolved(whole, session, failOn);
  const unknown = given.unknown || unresolved.questions.length > 0;
  const delivery = await loadFormats({ ...given, unknown }, formatNamed);

  const render = async (format: Format, renderOptions: RenderOptions, target: 'stdout' | 'file') => {
    const isForReader = format.audience === 'people' && target === 'stdout';
    // What is said on stderr anyway is not said twice to the same reader.
    const told = isEmpty && isForReader ? without(whole, empty) : whole;
    const shown = shownIn(told, format, given);
    const isBrief = given.quiet && isForReader;
    return renderAs(format, isBrief ? onlyFailing(shown, failOn, unresolved) : shown, renderOptions);
  };
  const reasons = describeUnresolved(unresolved);
  const ofFindings = exitCode(whole, ({ span }) => failOn(span.file.path));
  const code = ofFindings === 0 && reasons !== '' ? 1 : ofFindings;
  const { isComplete, printed } = await deliver<Format>(delivery, io, render, {
    checks: configs.checks,
    roots,
    shownPath: tree.shownPath,
    exitCode: code,
  });
  const isStopped = whole.problems.some(isMistake);
  const saved = isStopped || (baseline?.save(whole) ?? true);
  if (whole.summary.groups > 0) outer.onJudged?.();
  if (isStopped) io.stderr.write(safe`tfsg: nothing was checked because the configuration has errors.\n`);
  else if (isEmpty) io.stderr.write(safe`tfsg: ${empty.message}\n`);
  const quiet = given.quiet || isEmpty || isStopped;
  writeSummary(
    {
      report: whole,
      shown: shownIn(whole, delivery.format, given).findings,
      listsUnknown: unknown,
      isFixed: given.fix !== undefined,
      failOn: ({ span }) => failOn(span.file.path),
      unresolved: reasons,
      printed: delivery.format.name === DEFAULT_FORMAT ? printed : safe``,
      quiet,
      color: given.color,
    },
    io,
  );
  if (!quiet && given.accepted.seesAll) for (const use of uses) tellGone(use, io);
  return isComplete && saved ? code : 2;
}

/** Of a run whose configuration is wrong, which would check what nobody wants. */
const stopped: Report = { findings: [], undecided: [], problems: [], summary: emptySummary };

/** What is wrong with a configuration, or with what it names. */
function isMistake({ kind, severity }: Problem): boolean {
  return kind === 'configuration' && severity === 'error';
}

function tellGone({ path, gone }: BaselineUse, io: Io): void {
  const number = gone();
  if (number === 0) return;
  const occur = `${formatCount(number, 'finding')} of ${path} no longer ${number === 1 ? 'occurs' : 'occur'}`;
  io.stderr.write(safe`tfsg: ${occur}: "tfsg baseline --prune" removes ${number === 1 ? 'it' : 'them'}\n`);
}

/** What fails the run although nothing was found: as the command line says, or the config of each place. */
function failingUnresolved(
  report: Report,
  { configs }: Session,
  failOn: (path: string) => FailOn,
): Unresolved<Problem, Undecided> {
  const counts = (path: string): boolean => configs.configFor(path).failOnUnresolved;
  const all = unresolvedIn(report, configs.checks, ({ span }) => failOn(span.file.path));
  return {
    modules: all.modules.filter(({ span }) => counts(span?.file.path ?? '')),
    questions: all.questions.filter(({ span }) => counts(span.file.path)),
  };
}

/** Why nothing was linted; undefined where something was. */
function emptyProblem({ summary }: Report, { failsOnEmpty, shard }: LintArguments): Problem | undefined {
  // A later shard may have nothing to do; the first one always has, if there is anything.
  if (summary.files > 0 || (shard !== undefined && shard.index > 1)) return undefined;
  return nothingLinted(summary.excluded, failsOnEmpty ? 'error' : 'warning');
}

/** @param paths of files and directories of the tree, without links */
function onlyIn(report: Report, paths: readonly string[]): Report {
  const isGiven = (path: string) => paths.some((each) => each === '' || path === each || path.startsWith(`${each}/`));
  const isIn = ({ span }: { readonly span: Span }) => isGiven(span.file.path);
  const kept = { findings: report.findings.filter(isIn), undecided: report.undecided.filter(isIn) };
  const inOtherFiles = report.findings.length - kept.findings.length;
  return {
    ...report,
    ...kept,
    // What could not be read makes the result incomplete, wherever it is.
    problems: report.problems.filter(
      ({ severity, span }) => severity === 'error' || span === undefined || isGiven(span.file.path),
    ),
    summary: { ...report.summary, ...countsOf(kept), inOtherFiles },
  };
}

function without(report: Report, problem: Problem): Report {
  return { ...report, problems: report.problems.filter((each) => each !== problem) };
}

/** What makes the exit code other than 0. */
function onlyFailing(
  report: Report,
  failOn: (path: string) => FailOn,
  unresolved: Unresolved<Problem, Undecided>,
): Report {
  return {
    ...report,
    problems: report.problems.filter((problem) => problem.severity === 'error' || unresolved.modules.includes(problem)),
    findings: report.findings.filter(({ severity, span }) => isAtLeast(severity, failOn(span.file.path))),
    undecided: unresolved.questions,
  };
}
