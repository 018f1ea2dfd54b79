/** The run in one line, for stderr. */

import { severities } from '../checks/check.ts';
import type { Problem } from '../source/problem.ts';
import { type Summary, shownProblems } from './report.ts';

/**
 * `2 critical, 1 low in 3 files (5 groups, 12 rules); 4 questions can't be decided before apply and 1 warning, --unknown lists them`.
 *
 * @param hidden number of findings that are not shown because of their severity
 * @param listsUnknown whether what can't be decided is listed already
 */
export function summaryLine(
  report: { readonly summary: Summary; readonly problems: readonly Pick<Problem, 'kind' | 'severity'>[] },
  hidden: number,
  listsUnknown: boolean,
): string {
  const { summary, problems } = report;
  const counts = severities.filter((each) => summary[each] > 0).map((each) => `${summary[each]} ${each}`);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const found = [...(errors > 0 ? [count(errors, 'error')] : []), ...counts];
  const scope = `in ${count(summary.files, 'file')} (${count(summary.groups, 'group')}, ${count(summary.rules, 'rule')})`;
  const parts = [`${found.length === 0 ? 'nothing found' : found.join(', ')} ${scope}`];
  if (hidden > 0) parts.push(`${hidden} hidden, --min-severity info shows ${hidden === 1 ? 'it' : 'them'}`);
  if (summary.suppressed > 0) parts.push(`${summary.suppressed} suppressed`);
  if (summary.baselined > 0) parts.push(`${summary.baselined} in the baseline`);
  const warnings = problems.length - shownProblems(report, false).length;
  const open = [
    ...(summary.undecided > 0 ? [`${count(summary.undecided, 'question')} can't be decided before apply`] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ];
  if (open.length > 0) {
    parts.push(
      `${open.join(' and ')}${listsUnknown ? '' : `, --unknown lists ${summary.undecided + warnings === 1 ? 'it' : 'them'}`}`,
    );
  }
  return parts.join('; ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
