/** What own rules say of rows, in words. */

import type { OpenedFinding, OpenedQuestion } from '../../changes/change.ts';
import { formatList, withRestCounted } from '../../text/count.ts';
import { failureBy } from '../exit-code.ts';
import type { ChangeRow } from './rows.ts';
import type { ChangesLook } from './shown.ts';
import { rootsText, whereText } from './words.ts';

/** Values that one sentence names; more are counted. */
const MAX_NAMED = 3;

/** `where var.environment is "prod", for prod, in root module live`; empty where it is so wherever the row is. */
export function holdingText(
  { when = [], environments, roots }: OpenedFinding | OpenedQuestion,
  row: ChangeRow,
  look: Pick<ChangesLook, 'shownPath' | 'isOneRoot'>,
): string {
  const differs = (own: unknown, ofRow: unknown): boolean => JSON.stringify(own) !== JSON.stringify(ofRow);
  const where = whereText({
    when: differs(when, row.when) ? when : [],
    environments: differs(environments, row.environments) ? environments : [],
  });
  return [where, differs(roots, row.roots) ? rootsText(roots, look) : ''].filter((text) => text !== '').join(', ');
}

/** `acme-no-new-db is not decided: it depends on var.tier.` */
export function questionText({ check, because }: OpenedQuestion): string {
  return `${check} is not decided: it ${waitsText({ because })}.`;
}

/** `depends on var.tier`. */
export const waitsText = ({ because }: Pick<OpenedQuestion, 'because'>): string =>
  `depends on ${formatList(withRestCounted(because, MAX_NAMED, 'value'))}`;

/** `This run fails because of 1 high finding; --fail-on critical would pass.`; empty where no finding fails it. */
export function findingsFailureOf(rows: readonly Pick<ChangeRow, 'findings'>[]): string {
  const failing = rows.flatMap(({ findings }) => findings.filter(({ isFailing }) => isFailing));
  const failure = failureBy(failing);
  return failure === undefined ? '' : `This run fails because of ${failure.counted}${failure.way}.`;
}
