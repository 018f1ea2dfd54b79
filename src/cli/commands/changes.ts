/** `tfsg changes`: what a change opens and closes, on stdout and in files. */

import type { AccessChange, Comparison } from '../../changes/change.ts';
import { asOfOlderState } from '../../changes/compare.ts';
import type { Config } from '../../config/config.ts';
import type { Configs } from '../../config/discover.ts';
import { diskFileSystem, readOnce } from '../../files.ts';
import { changes } from '../../lint-changes.ts';
import { loadChangesFormat, type RenderChanges } from '../../report/changes/index.ts';
import { failsRun } from '../../report/changes/rows.ts';
import type { ChangesLook } from '../../report/changes/shown.ts';
import type { ExitCode } from '../../report/exit-code.ts';
import { mainFileIn } from '../../source/path.ts';
import { type Problem, problemKey } from '../../source/problem.ts';
import { isBelow } from '../../terraform/affected/tree.ts';
import { suppressionsOf } from '../accepted.ts';
import { writeOutput } from '../files/destination.ts';
import { locateTree } from '../files/tree.ts';
import { urlsOfFiles } from '../hosted-files.ts';
import { type Io, isColored } from '../io.ts';
import type { ChangesArguments } from '../options/arguments.ts';
import { inOrder, printProblems } from '../problems.ts';
import { isMistaken, openSession } from '../session.ts';
import { appendStepSummary } from '../step-summary.ts';
import { rulesBefore, withOlderBase } from './base-rules.ts';
import { affectedPart, baseOf } from './base-state.ts';

export async function runChanges(given: ChangesArguments, io: Io): Promise<ExitCode> {
  const asGiven = await openSession(given, io, (root, admits) => readOnce(diskFileSystem(root, admits)));
  for (const path of asGiven.paths) asGiven.configs.configFor(path);
  const state = baseOf(given, asGiven, io);
  const { name, changedPaths = [] } = state;
  const locked = withOlderBase(given, asGiven, state, io);
  const opened = locked?.session ?? asGiven;
  const { tree, configs } = opened;
  for (const path of opened.paths) configs.configFor(path);
  const older = rulesBefore(given, opened, state, io);
  const configFor = older?.rules.configFor ?? configs.configFor;
  for (const path of opened.paths) {
    older?.rules.configFor(mainFileIn(path));
    for (const changed of changedPaths) if (isBelow(path, changed)) older?.rules.configFor(changed);
  }
  const options = {
    ...opened.options,
    configFor,
    suppressions: suppressionsOf({ reportUnusedSuppressions: false }, io),
  };
  const { before, after, unchangedDirectories } = affectedPart(state, options);
  const compared = isMistaken(configs)
    ? nothing(name)
    : await changes(before, after, options, {
        base: name,
        unchangedDirectories,
        configBefore: older?.rules.configBefore,
      });
  const mistaken = isMistaken(configs);
  const found = [
    ...opened.problems,
    ...configs.problems,
    ...state.problems,
    ...(locked === undefined ? [] : [locked.problem]),
    // Of what nobody can read now, nothing is in force.
    ...(older === undefined || mistaken ? [] : older.rules.problems()),
    ...(older === undefined ? [] : mistakesBefore(older.configs, configs)),
    ...compared.problems,
  ];
  const comparison: Comparison = { ...(mistaken ? nothing(name) : compared), problems: inOrder(found) };
  const isFailing = failingIn(configFor);
  const look: ChangesLook = {
    shownPath: (path) => path,
    color: false,
    urlOf: given.links ?? urlsOfFiles(io, tree.root),
    noNewAccess: levelOf(opened.paths.map(configFor)),
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
  return isComplete ? codeOf(comparison, isFailing, configFor) : 2;
}

/** Nothing of the newer state is wrong because of them, but rules may be missing. */
function mistakesBefore(before: Configs, { problems: told }: Configs): readonly Problem[] {
  const known = new Set(told.map(problemKey));
  const mistakes = before.problems.filter((problem) => problem.severity === 'error' && !known.has(problemKey(problem)));
  if (mistakes.length === 0) return [];
  const message =
    'The configuration before the change cannot be read in full: own rules that it has may not be in force.';
  return [{ kind: 'configuration', severity: 'warning', message }, ...mistakes.map(asOfOlderState)];
}

function nothing(base: string): Comparison {
  const counts = { groups: 0, roots: 0, unchangedDirectories: 0, suppressed: 0, files: 0 };
  return {
    changes: [],
    undecided: [],
    reach: [],
    problems: [],
    rules: [],
    suppressedRules: [],
    base,
    isReachUnknown: false,
    counts,
  };
}

/** The strictest of what the configurations of the given paths say. */
function levelOf(configs: readonly Config[]): ChangesLook['noNewAccess'] {
  const levels = new Set(configs.map(({ noNewAccess }) => noNewAccess));
  return levels.has('any') ? 'any' : levels.has('internet') ? 'internet' : undefined;
}

function failingIn(configFor: Configs['configFor']): (change: AccessChange) => boolean {
  return ({ kind, isAllowed, internet, span }) => {
    const { noNewAccess } = configFor(span.file.path);
    if (kind === 'closed' || isAllowed || noNewAccess === 'off') return false;
    return noNewAccess === 'any' || internet;
  };
}

function codeOf(
  { changes: rows, undecided, problems }: Comparison,
  isFailing: (change: AccessChange) => boolean,
  configFor: Configs['configFor'],
): ExitCode {
  if (problems.some(({ severity }) => severity === 'error')) return 2;
  if (rows.some((row) => failsRun({ isFailing: isFailing(row), findings: row.findings }))) return 1;
  const failsOn = (path: string): boolean => configFor(path).failOnUnresolved;
  const isUnread = ({ kind, span }: Problem): boolean => kind === 'module' && failsOn(span?.file.path ?? '');
  const isOpen =
    undecided.some(({ kind, span }) => kind === 'opened' && failsOn(span.file.path)) ||
    rows.some(({ questions, span }) => questions.some((each) => each.isFailing) && failsOn(span.file.path));
  return isOpen || problems.some(isUnread) ? 1 : 0;
}
