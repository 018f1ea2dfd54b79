/** The summary of a run in one line, for stderr. */

import { severities } from '../findings/severity.ts';
import type { Problem } from '../source/problem.ts';
import type { Summary } from './report.ts';

interface Summarized {
  readonly summary: Summary;
  readonly problems: readonly Pick<Problem, 'kind' | 'severity'>[];
}

/**
 * `2 critical, 1 low in 3 files (5 groups, 12 rules); 1 warning; 4 results undecided because of unknown values (list them with --unknown)`.
 *
 * @param hidden number of findings that are not shown because of their severity
 * @param listsUnknown whether what can't be decided is listed already
 */
export function summaryLine(report: Summarized, hidden: number, listsUnknown: boolean): string {
  return summaryParts(report, hidden, listsUnknown).join('; ');
}

/** The same in its parts, of which the first says what was found. */
export function summaryParts(
  ...[report, hidden, listsUnknown]: Parameters<typeof summaryLine>
): readonly [string, ...string[]] {
  return [`${foundText(report)} in ${scopeText(report)}`, ...summaryRest(report, hidden, listsUnknown)];
}

/** `1 error, 2 critical, 1 low`. */
export function foundText({ summary, problems }: Summarized): string {
  const errors = errorsIn(problems);
  const counts = severities.filter((each) => summary[each] > 0).map((each) => `${summary[each]} ${each}`);
  return [...(errors > 0 ? [count(errors, 'error')] : []), ...counts].join(', ') || 'nothing found';
}

/** `3 files (5 groups, 12 rules)`. */
export function scopeText({ summary: { files, groups, rules } }: Summarized): string {
  return `${count(files, 'file')} (${count(groups, 'group')}, ${count(rules, 'rule')})`;
}

/** What is not shown as a finding. */
export function summaryRest(...[report, hidden, listsUnknown]: Parameters<typeof summaryLine>): readonly string[] {
  const { summary, problems } = report;
  const parts: string[] = [];
  if (hidden > 0) parts.push(`${count(hidden, 'finding')} hidden (show with --min-severity info)`);
  if (summary.suppressed > 0) parts.push(`${summary.suppressed} suppressed`);
  if (summary.baselined > 0) parts.push(`${summary.baselined} in the baseline`);
  if (summary.outsideDiff > 0) parts.push(`${summary.outsideDiff} outside the diff`);
  if (summary.unchanged > 0) {
    const [findings, are] = [count(summary.unchanged, 'finding'), isAre(summary.unchanged)];
    parts.push(`${findings} that the plan does not change ${are} not shown (show with --plan-scope all)`);
  }
  if (summary.inOtherFiles > 0) parts.push(`${summary.inOtherFiles} in files that were not given`);
  if (summary.inDownloadedModules > 0) {
    const [findings, are] = [count(summary.inDownloadedModules, 'finding'), isAre(summary.inDownloadedModules)];
    parts.push(`${findings} in downloaded modules ${are} not shown`);
  }
  if (summary.deleted > 0) {
    parts.push(`the plan deletes ${summary.deleted === 1 ? '1 group or rule' : `${summary.deleted} groups and rules`}`);
  }
  if (summary.excluded > 0) parts.push(`${count(summary.excluded, 'file')} excluded`);
  if (summary.switchedOff > 0) parts.push(switchedOff(summary));
  const warnings = problems.length - errorsIn(problems);
  if (warnings > 0) parts.push(count(warnings, 'warning'));
  const listed = (results: number, what: string): void => {
    const hint = listsUnknown ? '' : ` (list ${results === 1 ? 'it' : 'them'} with --unknown)`;
    if (results > 0) parts.push(`${count(results, 'result')} ${what}${hint}`);
  };
  listed(summary.undecided - summary.leftToCallers, 'undecided because of unknown values');
  listed(summary.leftToCallers, 'left to whoever calls these modules');
  return parts;
}

const errorsIn = (problems: Summarized['problems']): number =>
  problems.filter(({ severity }) => severity === 'error').length;

/** `31 groups and rules are switched off (check 4 of them with --any-input)`. */
function switchedOff({ switchedOff: all, switchedOffByInputs: some }: Summary): string {
  const text = all === 1 ? '1 group or rule is switched off' : `${all} groups and rules are switched off`;
  if (some === 0) return text;
  const which = all === 1 ? 'it' : some === all ? 'them' : `${some} of them`;
  return `${text} (check ${which} with --any-input)`;
}

const isAre = (number: number): string => (number === 1 ? 'is' : 'are');

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
