/** The format for people: each place with its source line, underlined. */

import type { Finding, Located, Related } from '../../findings/finding.ts';
import { spans } from '../../findings/places.ts';
import { placeOf } from '../../source/position.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { formatCount } from '../../text/count.ts';
import { type CauseOf, causesOf } from '../causes.ts';
import { escapeControls, joinPlain, joinSafe, type PlainText, plain, type SafeText, safeLines } from '../escape.ts';
import { excerptOf } from '../excerpt.ts';
import type { ReportFormat, TextOptions } from '../format.ts';
import { otherPlaces, type Report, toldProblems } from '../report.ts';
import { type Colour, type Paint, painter, severityColours } from '../style.ts';

export const format: ReportFormat = {
  name: 'pretty',
  audience: 'people',
  input: 'report',
  render: renderPretty,
};

/** More instances than these are counted. */
const MAX_INSTANCES = 5;

/** Of more related places than these, those in the middle are counted: a module may be called from many. */
const MAX_RELATED = 4;

export function renderPretty(report: Report, options: TextOptions): SafeText {
  const print = new Printer(painter(options.color), options);
  const entries = [
    ...toldProblems(report.problems).map(({ problem, others }) => print.problem(problem, others)),
    ...report.findings.map((finding) => print.finding(finding)),
    ...(options.unknown ? causesOf(report.undecided, spans) : []).map((cause) => print.cause(cause)),
  ];
  return joinSafe(entries.map((lines, index) => safeLines(index === 0 ? lines : [plain``, ...lines])));
}

class Printer {
  readonly #paint: Paint;
  readonly #width: number;
  readonly #shownPath: (path: string) => string;

  constructor(paint: Paint, { width, shownPath = (path) => path }: TextOptions) {
    this.#paint = paint;
    this.#width = width;
    this.#shownPath = shownPath;
  }

  finding(finding: Finding): PlainText[] {
    const colour = severityColours[finding.severity];
    return [
      this.#head(finding.span, finding.severity, finding.check, colour),
      ...this.#body(finding.message, finding.span, colour),
      ...this.#related(finding),
      ...this.#instances(finding),
      ...(finding.environments.length > 0
        ? [plain`  ${this.#paint('dim', plain`for`)} ${joinPlain(finding.environments.map(escapeControls), ', ')}`]
        : []),
      ...this.#roots(finding),
    ];
  }

  /** Says which roots share the place, where several do. */
  #roots({ roots }: Finding): PlainText[] {
    if (roots.length < 2) return [];
    const shown = roots.slice(0, MAX_INSTANCES).map((root) => escapeControls(this.#shownPath(root)));
    if (roots.length > MAX_INSTANCES) shown.push(plain`${roots.length - MAX_INSTANCES} more`);
    return [plain`  ${this.#paint('dim', plain`in root modules`)} ${joinPlain(shown, ', ')}`];
  }

  #related({ related }: Finding): PlainText[] {
    const print = ({ message, span, isSecret }: Related): PlainText[] => [
      plain`  ${this.#paint('dim', plain`${this.#place(span)}:`)} ${escapeControls(message)}`,
      ...(isSecret === true ? [] : this.#source(span, '~', 'blue')),
    ];
    if (related.length <= MAX_RELATED) return related.flatMap(print);
    const counted = formatCount(related.length - MAX_RELATED, 'more related place');
    const line = plain`  ${this.#paint('dim', plain`and ${escapeControls(counted)}`)}`;
    const [next, ...rest] = related.slice(MAX_RELATED - 1) as [Related, ...Related[]];
    const shown = related.slice(0, MAX_RELATED - 1).flatMap(print);
    // What one edits is shown however far it is.
    const source = next.isSource === true ? undefined : rest.find(({ isSource }) => isSource);
    return source === undefined ? [...shown, ...print(next), line] : [...shown, line, ...print(source)];
  }

  problem(problem: Problem, others: number): PlainText[] {
    const colour = severityColours[problem.severity];
    return [
      this.#head(problem.span, problem.severity, problem.kind, colour),
      ...this.#body(problem.message, problem.span, colour),
      ...this.#others(others),
      ...(problem.hint === undefined
        ? []
        : [plain`  ${this.#paint('cyan', plain`hint:`)} ${escapeControls(problem.hint)}`]),
    ];
  }

  cause({ check, message, places, span }: CauseOf<Located>): PlainText[] {
    const colour = severityColours.undecided;
    return [
      this.#head(span, 'undecided', check, colour),
      ...this.#body(message, span, colour),
      ...this.#others(places - 1),
    ];
  }

  #others(others: number): PlainText[] {
    return others === 0 ? [] : [plain`  ${this.#paint('dim', escapeControls(otherPlaces(others)))}`];
  }

  #head(span: Span | undefined, severity: string, name: string, colour: Colour): PlainText {
    const place = span === undefined ? plain`` : plain`${this.#paint('bold', this.#place(span))} `;
    return plain`${place}${this.#paint(colour, escapeControls(severity))} ${this.#paint('dim', escapeControls(name))}`;
  }

  /** `path:line:column`; what is in no file has no path that could be another. */
  #place(span: Span): PlainText {
    const { path, isVirtual } = span.file;
    return escapeControls(placeOf(span, isVirtual ? path : this.#shownPath(path)));
  }

  #body(message: string, span: Span | undefined, colour: Colour): PlainText[] {
    return [plain`  ${escapeControls(message)}`, ...(span === undefined ? [] : this.#source(span, '^', colour))];
  }

  #source(span: Span, mark: string, colour: Colour): PlainText[] {
    // Of a file that was not read there is no text to show.
    if (span.file.text === '') return [];
    const lines = excerptOf(span, mark, this.#width - 10);
    const gutter = Math.max(3, ...lines.map(({ number }) => String(number ?? '').length));
    return lines.flatMap(({ number, text, underline }) => {
      const label = number === undefined ? ''.padStart(gutter) : String(number).padStart(gutter);
      const bar = (before: string) => this.#paint('dim', plain`${escapeControls(before)} |`);
      const line = text === '' ? plain`  ${bar(label)}` : plain`  ${bar(label)} ${escapeControls(text)}`;
      if (underline === '') return [line];
      return [line, plain`  ${bar(''.padStart(gutter))} ${this.#paint(colour, escapeControls(underline))}`];
    });
  }

  /** Says which instances have the fault where the resource's own address doesn't. */
  #instances({ subject, instances }: Finding): PlainText[] {
    if (instances.length === 0 || (instances.length === 1 && instances[0] === subject)) return [];
    const shown = instances.slice(0, MAX_INSTANCES).map(escapeControls);
    if (instances.length > MAX_INSTANCES) shown.push(plain`${instances.length - MAX_INSTANCES} more`);
    return [plain`  ${this.#paint('dim', plain`in`)} ${joinPlain(shown, ', ')}`];
  }
}
