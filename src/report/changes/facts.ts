/** What was compared, what fails the run, and what was not read. */

import type { Comparison } from '../../changes/change.ts';
import { formatCount, formatList, withRestCounted } from '../../text/count.ts';
import type { ChangeRow } from './rows.ts';
import { unreadIn } from './sentence.ts';
import type { ChangesLook } from './shown.ts';
import type { TextPiece } from './words.ts';

/** `2 changes allow new access that is neither trusted nor allowed by a policy.`; none where the run does not fail because of them. */
export function failureOf(rows: readonly ChangeRow[], { noNewAccess }: Pick<ChangesLook, 'noNewAccess'>): string {
  const failing = rows.filter(({ isFailing }) => isFailing).length;
  if (failing === 0) return '';
  const access = noNewAccess === 'internet' ? 'new access from or to the internet' : 'new access';
  return `${formatCount(failing, 'change')} ${failing === 1 ? 'allows' : 'allow'} ${access} that is neither trusted nor allowed by a policy.`;
}

/** `Compared with origin/main (3f2a1b9): 12 files, 2 root modules, 5 groups. The change cannot touch 199 other directories, which were not evaluated.` */
export function comparedWith({ base, counts, suppressedRules, isReachUnknown }: Comparison): readonly TextPiece[] {
  const { files, roots, groups, unchangedDirectories, suppressed } = counts;
  const read = [formatCount(files, 'file'), formatCount(roots, 'root module'), formatCount(groups, 'group')];
  const unchanged = unchangedOf(unchangedDirectories);
  return [
    'Compared with ',
    { code: base },
    `: ${read.join(', ')}.`,
    ...(unchanged === '' ? [] : [` ${unchanged}`]),
    ...(suppressed === 0 ? [] : [` ${suppressedText(suppressed, suppressedRules)}`]),
    ...(isReachUnknown ? [' It does not say what the internet reached before.'] : []),
  ];
}

/** Ids that one sentence names; more are counted. */
const MAX_NAMED = 5;

function suppressedText(count: number, ids: readonly string[]): string {
  const named = formatList(withRestCounted(ids, MAX_NAMED, 'rule'));
  return `${formatCount(count, 'finding')} of ${named} ${count === 1 ? 'is' : 'are'} suppressed by comments.`;
}

/** Empty for none. */
export function unchangedOf(count: number): string {
  if (count === 0) return '';
  const directories = formatCount(count, 'other directory', 'other directories');
  return `The change cannot touch ${directories}, which ${count === 1 ? 'was' : 'were'} not evaluated.`;
}

/** `Not read in full: 1 module was not read.`; empty where everything was. */
export function notInFull(comparison: Pick<Comparison, 'problems'>): string {
  const unread = unreadIn(comparison);
  return unread === '' ? '' : `Not read in full: ${unread}.`;
}
