/** `tfsg changes`: what a change opens and closes, on stdout and in files. */

import type { AccessChange, Comparison } from '../../changes/change.ts';
import { OF_OLDER_STATE } from '../../changes/compare.ts';
import type { Configs } from '../../config/discover.ts';
import { diskFileSystem, readOnce } from '../../files.ts';
import { changes } from '../../lint-changes.ts';
import { loadChangesFormat, type RenderChanges } from '../../report/changes/index.ts';
import type { ChangesLook } from '../../report/changes/shown.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { type Problem, problemKey } from '../../source/problem.ts';
import { writeOutput } from '../files/destination.ts';
import { locateTree } from '../files/tree.ts';
import { urlsOfFiles } from '../hosted-files.ts';
import { type Io, isColored } from '../io.ts';
import type { ChangesArguments } from '../options/arguments.ts';
import { inOrder, printProblems } from '../problems.ts';
import { isMistaken, openSession, type Session } from '../session.ts';
import { appendStepSummary } from '../step-summary.ts';
import { rulesBefore, withOlderBase } from './base-rules.ts';
import { baseOf } from './base-state.ts';

export async function runChanges(given: ChangesArguments, io: Io): Promise<ExitCode> {
  const asGiven = await openSession(given, io, (root, admits) => readOnce(diskFileSystem(root, admits)));
  for (const path of asGiven.paths) asGiven.configs.configFor(path);
  const asNow = baseOf(given, asGiven, io);
  const locked = withOlderBase(given, asGiven, asNow, io);
  const opened = locked?.session ?? asGiven;
  const { tree, configs, options } = opened;
  for (const path of opened.paths) configs.configFor(path);
  const state = locked === undefined ? asNow : baseOf(given, opened, io);
  const { before, after, name, unchangedDirectories, problems: told } = state;
  const older = rulesBefore(given, opened, state, io);
  for (const path of opened.paths) older?.rules.configFor(path === '' ? 'main.tf' : `${path}/main.tf`);
  const compared = isMistaken(configs)
    ? nothing(name)
    : await changes(
        before,
        after,
        { ...options, suppressions: suppressionsToday(io) },
        { base: name, unchangedDirectories, rulesFor: older?.rules.configFor },
      );
  const mistaken = isMistaken(configs);
  const found = [
    ...opened.problems,
    ...configs.problems,
    ...told,
    ...(locked === undefined ? [] : [locked.problem]),
    ...(older === undefined ? [] : [...older.rules.problems(name), ...mistakesBefore(older.configs, configs)]),
    ...compared.problems,
  ];
  const comparison: Comparison = { ...(mistaken ? nothing(name) : compared), problems: inOrder(found) };
  const isFailing = failingIn(opened);
  const look: ChangesLook = {
    shownPath: (path) => path,
    color: false,
    urlOf: given.links ?? urlsOfFiles(io, tree.root),
    noNewAccess: levelOf(opened),
    failing: isFailing,
    isOneRoot: comparison.counts.roots === 1,
    paths: opened.paths,
  };
  const { isForPeople, render, stepSummary } = await loadChangesFormat(given.format);
  const onTerminal = isForPeople
    ? { ...look, shownPath: tree.shownPath, color: isColored(io, io.stdout, given.color) }
    : look;
  io.stdout.write(render(comparison, onTerminal));
  if (isForPeople) printProblems(comparison.problems, given, io, tree.shownPath);
  const roots = [tree.root, locateTree(io.cwd, []).root] as const;
  let isComplete = true;
  for (const output of given.outputs) {
    const { render: renderFile } = await loadChangesFormat(output.format);
    if (!writeOutput(output.file, renderFile(comparison, look), io, roots)) isComplete = false;
  }
  if (stepSummary !== undefined) {
    const summary: RenderChanges = await stepSummary();
    await appendStepSummary(io, async (limit) => summary(comparison, { ...look, limit }));
  }
  if (comparison.counts.groups > 0) io.onJudged?.();
  return isComplete ? codeOf(comparison, isFailing, opened) : 2;
}

/** Nothing of the newer state is wrong because of them, but rules may be missing. */
function mistakesBefore(before: Configs, { problems: told }: Configs): readonly Problem[] {
  const known = new Set(told.map(problemKey));
  return before.problems
    .filter((problem) => problem.severity === 'error' && !known.has(problemKey(problem)))
    .map((problem) => ({ ...problem, severity: 'warning', message: OF_OLDER_STATE + problem.message }));
}

const suppressionsToday = (io: Io) => ({ today: new Date(io.now()).toISOString().slice(0, 10), reportUnused: false });

function nothing(base: string): Comparison {
  const counts = { groups: 0, roots: 0, unchangedDirectories: 0, suppressed: 0, files: 0 };
  return { changes: [], undecided: [], reach: [], problems: [], rules: [], base, isReachUnknown: false, counts };
}

/** The strictest of what the configurations of the given paths say. */
function levelOf({ configs, paths }: Session): ChangesLook['noNewAccess'] {
  const levels = new Set(paths.map((path) => configs.configFor(path).noNewAccess));
  return levels.has('any') ? 'any' : levels.has('internet') ? 'internet' : undefined;
}

function failingIn({ configs }: Session): (change: AccessChange) => boolean {
  return ({ kind, isAllowed, internet, span }) => {
    const { noNewAccess } = configs.configFor(span.file.path);
    if (kind === 'closed' || isAllowed || noNewAccess === 'off') return false;
    return noNewAccess === 'any' || internet;
  };
}

function codeOf(
  { changes: rows, undecided, problems }: Comparison,
  isFailing: (change: AccessChange) => boolean,
  { configs }: Session,
): ExitCode {
  if (problems.some(({ severity }) => severity === 'error')) return 2;
  if (rows.some((row) => isFailing(row) || row.findings.some((finding) => finding.isFailing))) return 1;
  const failsOn = (path: string): boolean => configs.configFor(path).failOnUnresolved;
  const isUnread = ({ kind, span }: Problem): boolean => kind === 'module' && failsOn(span?.file.path ?? '');
  const isOpen =
    undecided.some(({ kind, span }) => kind === 'opened' && failsOn(span.file.path)) ||
    rows.some(({ questions, span }) => questions.some((each) => each.isFailing) && failsOn(span.file.path));
  return isOpen || problems.some(isUnread) ? 1 : 0;
}
