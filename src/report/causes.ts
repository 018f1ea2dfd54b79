/** What is undecided, by what decides it. */

import { groupBy } from '../collections/group-by.ts';
import type { Question, UndecidedOf } from '../findings/finding.ts';
import type { PlaceKind } from '../findings/places.ts';
import { type Severity, severities } from '../findings/severity.ts';
import { compareStrings } from '../terraform/values/value.ts';
import { formatCount, formatList } from '../text/count.ts';

/** What decides some results, at the place of the worst of them. `P` as in findings/finding.ts. */
export type CauseOf<P> = P & {
  /** That of the worst result, as its severity is. */
  readonly check: string;
  readonly severity: Severity;
  readonly because: readonly string[];
  readonly decidedBy: 'caller' | 'unknown';
  /** A sentence. */
  readonly message: string;
  /** How many results there are; at least 1. */
  readonly results: number;
  /** At how many places they are. */
  readonly places: number;
  /** Directories of the root modules with such a result, sorted; `.` for the tree's root. */
  readonly roots: readonly string[];
};

/** More ports of one cause are counted. */
const MAX_NAMED = 3;

/**
 * The worst first, then what decides most; what callers decide comes last.
 *
 * @param undecided in the order of the report
 */
export function causesOf<P>(undecided: readonly UndecidedOf<P>[], { key, pick }: PlaceKind<P>): CauseOf<P>[] {
  const keyOf = ({ because, decidedBy, subject }: UndecidedOf<P>): string =>
    JSON.stringify([decidedBy, because, because.length === 0 ? subject : '']);
  const rank = ({ severity }: { readonly severity: Severity }): number => severities.indexOf(severity);
  const causes = [...groupBy(undecided, keyOf).values()].map((same): CauseOf<P> => {
    const [worst] = same.toSorted((a, b) => rank(a) - rank(b)) as [UndecidedOf<P>];
    const { check, severity, because, decidedBy } = worst;
    const roots = [...new Set(same.flatMap((each) => each.roots))].sort(compareStrings);
    const message = messageOf(worst, same, roots.length);
    const places = new Set(same.map(key)).size;
    return { check, severity, ...pick(worst), because, decidedBy, message, results: same.length, places, roots };
  });
  const isCallers = ({ decidedBy }: CauseOf<P>): number => Number(decidedBy === 'caller');
  return causes.sort((a, b) => isCallers(a) - isCallers(b) || rank(a) - rank(b) || b.results - a.results);
}

function messageOf<P>(worst: UndecidedOf<P>, same: readonly UndecidedOf<P>[], roots: number): string {
  const { check, because, decidedBy, subject } = worst;
  const ofCheck = same.filter((each) => each.check === check);
  const what =
    whatOf(ofCheck.flatMap(({ question }) => question ?? [])) ?? `whether ${check} applies to ${subjectsOf(ofCheck)}`;
  const others = [...new Set(same.map((each) => each.check))].filter((each) => each !== check);
  const also = others.length === 0 ? '' : ` Also undecided: ${others.join(', ')}.`;
  if (because.length === 0) return `${check} cannot be decided for ${subject}.${also}`;
  const where = roots > 1 ? `, in ${formatCount(roots, 'root')}` : '';
  if (decidedBy === 'caller') return `Whoever calls this decides ${what}${where}: ${formatList(because)}.${also}`;
  const decides = because.length === 1 ? 'decides' : 'decide';
  return `${formatList(because)} ${decides} ${what}${where}${adviceOf(worst)}.${also}`;
}

/** `whether SSH (22/tcp) is open to the internet`; undefined where the check has no words for it. */
function whatOf(questions: readonly Question[]): string | undefined {
  const [first] = questions;
  if (first === undefined) return undefined;
  const traffics = [...new Set(questions.filter(({ state }) => state === first.state).map(({ traffic }) => traffic))];
  const more = traffics.length - MAX_NAMED;
  const named = more > 0 ? [...traffics.slice(0, MAX_NAMED), `${more} more`] : traffics;
  const isOne = traffics.length === 1 && !/^(?:all|ports) |, | and /.test(first.traffic);
  return `whether ${formatList(named)} ${isOne ? 'is' : 'are'} ${first.state}`;
}

function subjectsOf<P>(same: readonly UndecidedOf<P>[]): string {
  const subjects = [...new Set(same.map(({ subject }) => subject))];
  return subjects.length === 1 ? subjects[0]! : formatCount(subjects.length, 'resource');
}

/** Only variables can be given. */
function adviceOf<P>({ because, question }: UndecidedOf<P>): string {
  if (!because.every((each) => each.startsWith('var.'))) return '';
  return question === null ? ': give --var-file' : ': give --var-file, or a validation that forbids it';
}
