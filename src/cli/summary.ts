/** The end of a run, on stderr: what was found in short, and what makes the exit code. */

import type { FixOf } from '../findings/finding.ts';
import type { Severity } from '../findings/severity.ts';
import { escapeControls, joinPlain, type PlainText, plain, type SafeText, safe, safeLines } from '../report/escape.ts';
import { failureBy, isAtLeast } from '../report/exit-code.ts';
import type { FailOn, Summary } from '../report/report.ts';
import { type Paint, painter, severityColours, strong } from '../report/style.ts';
import { summaryParts } from '../report/summary.ts';
import { displayWidth } from '../report/width.ts';
import type { Problem } from '../source/problem.ts';
import { type Io, isColored } from './io.ts';

interface Counted {
  readonly severity: Severity;
  readonly fix: FixOf<unknown> | null;
  readonly suggestions: readonly FixOf<unknown>[];
  readonly members?: readonly Pick<Counted, 'fix' | 'suggestions'>[];
}

/** More findings at once are the past of an estate, and not what somebody has just written. */
const MANY = 50;

/** What a run comes to. */
export interface Ending<F extends Counted> {
  readonly report: {
    readonly summary: Summary;
    readonly problems: readonly Pick<Problem, 'kind' | 'severity'>[];
    readonly findings: readonly F[];
  };
  /** The findings that are in what was printed. */
  readonly shown: readonly F[];
  readonly listsUnknown: boolean;
  /** Whether it was said already which findings can be fixed. */
  readonly isFixed: boolean;
  readonly failOn: (finding: F) => FailOn;
  /** What fails the run beside findings, as part of a sentence; empty for nothing. */
  readonly unresolved: string;
  /** What was printed on stdout before. */
  readonly printed: SafeText;
  readonly quiet: boolean;
  readonly color: 'auto' | 'always' | 'never';
}

/** Prints what there is to say; with `quiet` only what fails the run beside findings. */
export function writeSummary<F extends Counted>(ending: Ending<F>, io: Io): void {
  const { report, shown, listsUnknown, isFixed, quiet, printed, unresolved, color } = ending;
  if (!quiet) {
    const hidden = report.findings.length - shown.length;
    const fixes = isFixed ? [] : fixableParts(report.findings);
    const [first = '', ...rest] = summaryParts(report, hidden, listsUnknown);
    const paint = painter(isColored(io, io.stderr, color));
    const lines = linesOf([first, ...fixes, ...rest], io.stderr.columns ?? Number.POSITIVE_INFINITY);
    const painted = lines.map((line, index) => (index === 0 ? withColours(line, paint) : escapeControls(line)));
    io.stderr.write(safeLines([...(printed === '' ? [] : [plain``]), ...painted]));
  }
  const findings = quiet || report.problems.some(({ severity }) => severity === 'error') ? '' : failingFindings(ending);
  const reasons = [findings, ...(unresolved === '' ? [] : [unresolved])].filter((reason) => reason !== '');
  if (reasons.length > 0) io.stderr.write(safe`tfsg: this run fails because ${reasons.join(', and because ')}.\n`);
  if (!quiet && shown.length > MANY && report.summary.baselined === 0)
    io.stderr.write(
      safe`tfsg: start with --min-severity high, or run "tfsg baseline" to record what is there and see only what is new.\n`,
    );
}

/** `2 fixable with --fix, 1 more with --unsafe-fixes`. */
function fixableParts(findings: readonly Counted[]): readonly string[] {
  // A copy would have a fingerprint, which takes long to load.
  const each = findings.flatMap((finding) => finding.members ?? [finding]);
  const safe = each.filter(({ fix }) => fix !== null).length;
  const more = each.filter(({ fix, suggestions }) => fix === null && suggestions.length > 0).length;
  if (safe === 0) return more === 0 ? [] : [`${more} fixable with --fix --unsafe-fixes`];
  return [`${safe} fixable with --fix${more === 0 ? '' : `, ${more} more with --unsafe-fixes`}`];
}

/** The parts with semicolons, in lines of some columns. */
function linesOf(parts: readonly string[], columns: number): readonly string[] {
  const lines: string[] = [];
  for (const [index, part] of parts.entries()) {
    const last = lines.at(-1);
    const text = index < parts.length - 1 ? `${part};` : part;
    if (last === undefined) lines.push(`tfsg: ${text}`);
    else if (displayWidth(`${last} ${text}`) <= columns) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(`      ${text}`);
  }
  return lines;
}

/** The counts of severities in their colours. */
function withColours(line: string, paint: Paint): PlainText {
  const colours = { ...severityColours, 'nothing found': 'green' } as const;
  const pieces = line.split(/((?:\d+ )?\b(?:critical|high|medium|low|info|errors?|nothing found)\b)/);
  return joinPlain(
    pieces.map((piece, index) => {
      const text = escapeControls(piece);
      const word = piece.replace(/^\d+ /, '').replace(/^errors$/, 'error');
      return index % 2 === 1 && word in colours ? strong(paint, colours[word as keyof typeof colours], text) : text;
    }),
    '',
  );
}

/**
 * `of 44 low findings; --fail-on medium would pass`: what the printed findings don't say by themselves, which critical ones do.
 *
 * @returns empty for nothing
 */
function failingFindings<F extends Counted>({ report, shown, failOn, unresolved }: Ending<F>): string {
  const failing = report.findings.filter((finding) => isAtLeast(finding.severity, failOn(finding)));
  const failure = failureBy(failing);
  if (failure === undefined) return '';
  const visible = new Set(shown);
  const hidden = failing.filter((finding) => !visible.has(finding)).length;
  if (failure.worst === 'critical' && hidden === 0) return '';
  const unseen = hidden === 0 ? '' : hidden === failing.length ? ' that are hidden' : `, ${hidden} of them hidden`;
  return `of ${failure.counted}${unseen}${unresolved === '' ? failure.way : ''}`;
}
