/** The format for people: each place with its source line, underlined. */

import type { Finding, Related, Undecided } from '../checks/finding.ts';
import { formatCount } from '../model/count.ts';
import { placeOf } from '../source/position.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { escapeCommands, escapeControls } from './escape.ts';
import { excerptOf } from './excerpt.ts';
import type { TextOptions } from './format.ts';
import { type Report, shownProblems } from './report.ts';
import { type Colour, type Paint, painter, severityColours } from './style.ts';

/** More instances than these are counted. */
const MAX_INSTANCES = 5;

/** Of more related places than these, those in the middle are counted: a module may be called from many. */
const MAX_RELATED = 4;

export function renderPretty(report: Report, options: TextOptions): string {
  const print = new Printer(painter(options.color), options.width);
  const entries = [
    ...shownProblems(report, options.unknown).map((problem) => print.problem(problem)),
    ...report.findings.map((finding) => print.finding(finding)),
    ...(options.unknown ? report.undecided.map((undecided) => print.undecided(undecided)) : []),
  ];
  return entries.map((lines) => `${lines.map((line) => escapeCommands(line)).join('\n')}\n`).join('\n');
}

class Printer {
  readonly #paint: Paint;
  readonly #width: number;

  constructor(paint: Paint, width: number) {
    this.#paint = paint;
    this.#width = width;
  }

  finding(finding: Finding): string[] {
    const colour = severityColours[finding.severity];
    return [
      this.#head(finding.span, finding.severity, finding.check, colour),
      ...this.#body(finding.message, finding.span, colour),
      ...this.#related(finding),
      ...this.#instances(finding),
      ...(finding.environments.length > 0
        ? [`  ${this.#paint('dim', 'for')} ${finding.environments.map(escapeControls).join(', ')}`]
        : []),
    ];
  }

  #related({ related }: Finding): string[] {
    const print = ({ message, span, isSecret }: Related): string[] => [
      `  ${this.#paint('dim', `${escapeControls(placeOf(span))}:`)} ${escapeControls(message)}`,
      ...(isSecret === true ? [] : this.#source(span, '~', 'blue')),
    ];
    if (related.length <= MAX_RELATED) return related.flatMap(print);
    const counted = formatCount(related.length - MAX_RELATED, 'more related place');
    const line = `  ${this.#paint('dim', `and ${counted}`)}`;
    const [next, ...rest] = related.slice(MAX_RELATED - 1) as [Related, ...Related[]];
    const shown = related.slice(0, MAX_RELATED - 1).flatMap(print);
    // What one edits is shown however far it is.
    const source = next.isSource === true ? undefined : rest.find(({ isSource }) => isSource);
    return source === undefined ? [...shown, ...print(next), line] : [...shown, line, ...print(source)];
  }

  problem(problem: Problem): string[] {
    const colour = severityColours[problem.severity];
    return [
      this.#head(problem.span, problem.severity, problem.kind, colour),
      ...this.#body(problem.message, problem.span, colour),
      ...(problem.hint === undefined ? [] : [`  ${this.#paint('cyan', 'hint:')} ${escapeControls(problem.hint)}`]),
    ];
  }

  undecided({ check, subject, span, because }: Undecided): string[] {
    const colour = severityColours.undecided;
    const reasons = because.length === 0 ? '' : `: it waits for ${because.join(', ')}`;
    return [
      this.#head(span, 'undecided', check, colour),
      ...this.#body(`${subject} can't be decided before apply${reasons}`, span, colour),
    ];
  }

  #head(span: Span | undefined, severity: string, name: string, colour: Colour): string {
    const place = span === undefined ? '' : `${this.#paint('bold', escapeControls(placeOf(span)))} `;
    return `${place}${this.#paint(colour, severity)} ${this.#paint('dim', name)}`;
  }

  #body(message: string, span: Span | undefined, colour: Colour): string[] {
    return [`  ${escapeControls(message)}`, ...(span === undefined ? [] : this.#source(span, '^', colour))];
  }

  #source(span: Span, mark: string, colour: Colour): string[] {
    const lines = excerptOf(span, mark, this.#width - 10);
    const gutter = Math.max(3, ...lines.map(({ number }) => String(number ?? '').length));
    return lines.flatMap(({ number, text, underline }) => {
      const label = number === undefined ? ''.padStart(gutter) : String(number).padStart(gutter);
      const line = `  ${this.#paint('dim', `${label} |`)} ${text}`.trimEnd();
      if (underline === '') return [line];
      return [line, `  ${this.#paint('dim', `${''.padStart(gutter)} |`)} ${this.#paint(colour, underline)}`];
    });
  }

  /** Says which instances have the fault where the resource's own address doesn't. */
  #instances({ subject, instances }: Finding): string[] {
    if (instances.length === 0 || (instances.length === 1 && instances[0] === subject)) return [];
    const shown = instances.slice(0, MAX_INSTANCES).map(escapeControls);
    if (instances.length > MAX_INSTANCES) shown.push(`${instances.length - MAX_INSTANCES} more`);
    return [`  ${this.#paint('dim', 'in')} ${shown.join(', ')}`];
  }
}
