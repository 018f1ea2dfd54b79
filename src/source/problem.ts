/** What tfsg could not read or evaluate. Not a finding: a finding is an issue in the user's security groups. */

import { groupBy } from '../collections/group-by.ts';
import { compareSpans, type Span } from './span.ts';

/**
 * What kind of input was at fault:
 * - `file`: could not be read, or is not text
 * - `syntax`: is not HCL, or not JSON
 * - `terraform`: is HCL, but Terraform would reject it
 * - `evaluation`: an expression has no value
 * - `limit`: too large or too deep to go on with
 * - `module`: a module that was not read
 * - `unread`: something else that is there and that tfsg does not read
 * - `configuration`: .tfsgrc.json
 * - `suppression`: a comment that is meant to suppress findings, and does not
 * - `internal`: tfsg itself failed
 */
export type ProblemKind =
  | 'file'
  | 'syntax'
  | 'terraform'
  | 'evaluation'
  | 'limit'
  | 'module'
  | 'unread'
  | 'configuration'
  | 'suppression'
  | 'internal';

/** An `error` makes the exit code 2; a `warning` is shown and changes nothing. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly severity: 'error' | 'warning';
  /** One sentence: what is wrong with which text. */
  readonly message: string;
  /** Absent only where there is no text: a path that does not exist. Then the message names the path. */
  readonly span?: Span;
  /** The next step, where one is known. */
  readonly hint?: string;
}

/** What each stage gives: its result, and what it could not read or decide on the way. */
export interface Outcome<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

/** Order of reports: those without a place first, then by file and place, then by message. */
export function compareProblems(a: Problem, b: Problem): number {
  const places =
    a.span === undefined || b.span === undefined
      ? Number(a.span !== undefined) - Number(b.span !== undefined)
      : compareSpans(a.span, b.span);
  return places || (a.message < b.message ? -1 : Number(a.message > b.message));
}

/** The same text for problems that say the same of the same place. */
export function problemKey({ span, message }: Problem): string {
  return span === undefined ? message : `${span.file.path}\n${span.start}\n${span.end}\n${message}`;
}

/** Each once, where the first is. */
export const distinctProblems = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [problemKey(problem), problem])).values(),
];

/** More problems of one file than these tell nobody anything. */
const MAX_PER_FILE = 1000;

/**
 * The first 1,000 problems of each file, and one that counts the others.
 *
 * @param problems in the order of reports
 */
export function firstOfEachFile(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MAX_PER_FILE) return problems;
  return [...groupBy(problems, ({ span }) => span?.file.path).values()].flatMap((ofFile) => {
    const [next, ...others] = ofFile.slice(MAX_PER_FILE);
    if (next === undefined) return ofFile;
    const rest: Problem = {
      ...next,
      severity: [next, ...others].some(({ severity }) => severity === 'error') ? 'error' : 'warning',
      message: `${others.length + 1} more problems ${next.span === undefined ? '' : 'in this file '}are not shown.`,
    };
    return [...ofFile.slice(0, MAX_PER_FILE), rest];
  });
}
