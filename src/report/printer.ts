/** Findings, problems and undecided results in lines for people. */

import { groupBy } from '../collections/group-by.ts';
import type { Finding, Located, Related } from '../findings/finding.ts';
import { spans } from '../findings/places.ts';
import { placeOf } from '../source/position.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { formatCount, formatList } from '../text/count.ts';
import type { CauseOf } from './causes.ts';
import { escapeControls, type PlainText, plain } from './escape.ts';
import { firstLine } from './excerpt.ts';
import { reachTextOf } from './exposure/reach-text.ts';
import type { RenderOptions } from './format.ts';
import { type FrameRow, frameOf, type PlaceMark } from './frame.ts';
import { type Headline, headLines } from './headline.ts';
import { otherPlaces } from './report.ts';
import { type Colour, type Paint, painter, severityColours, strong } from './style.ts';
import { wrapped } from './width.ts';

/** More instances, roots or lines than these are counted. */
const MAX_INSTANCES = 5;
const MAX_LINES = 10;

/** Of more related places than these, those in the middle are counted: a module may be called from many. */
const MAX_RELATED = 4;

/** More uses and calls than these are counted. */
const MAX_BRIEF = 3;

/** A space where no line is broken. */
const NO_BREAK = '\u00a0';

/** What the lines depend on. */
type PrinterOptions = Omit<RenderOptions, 'pageOf' | 'limit'>;

export class Printer {
  readonly #paint: Paint;
  readonly #options: PrinterOptions;
  readonly #labels: ReadonlyMap<string, string>;

  constructor(options: PrinterOptions) {
    this.#paint = painter(options.color);
    this.#options = options;
    this.#labels = new Map(options.checks.map(({ id, label }) => [id, label]));
  }

  finding(finding: Finding): PlainText[] {
    const { span, severity, check, fix, environments, group, subject } = finding;
    const colour = severityColours[severity];
    const edits = finding.members === undefined ? fix?.edits : undefined;
    const mark: PlaceMark = { span, label: this.#labels.get(check) ?? '', isMain: true, ...(edits && { edits }) };
    return [
      ...this.#head(span, severity, check, colour, { isFixable: fix !== null, about: group ?? subject }),
      ...this.#message(finding.message),
      ...this.#frames(mark, this.#shownRelated(finding), colour),
      ...this.#briefly(finding),
      ...this.#members(finding),
      ...this.#reach(finding),
      ...this.#instances(finding),
      ...(environments.length > 0 ? this.#note('for', environments) : []),
      ...this.#roots(finding),
      ...this.#help(finding),
    ];
  }

  problem(problem: Problem, others: number): PlainText[] {
    const colour = severityColours[problem.severity];
    return [
      ...this.#head(problem.span, problem.severity, problem.kind, colour),
      ...this.#message(problem.message),
      ...this.#frames(problem.span && { span: problem.span, label: '', isMain: true }, [], colour),
      ...this.#others(others),
      ...(problem.hint === undefined ? [] : this.#advice('hint', problem.hint)),
    ];
  }

  cause({ check, message, places, span }: CauseOf<Located>): PlainText[] {
    const colour = severityColours.undecided;
    return [
      ...this.#head(span, 'undecided', check, colour),
      ...this.#message(message),
      ...this.#frames({ span, label: '', isMain: true }, [], colour),
      ...this.#others(places - 1),
    ];
  }

  #others(others: number): PlainText[] {
    return others === 0 ? [] : [plain`  ${this.#paint('dim', escapeControls(otherPlaces(others)))}`];
  }

  #head(
    span: Span | undefined,
    severity: string,
    name: string,
    colour: Colour,
    more: Pick<Headline, 'isFixable' | 'about'> = {},
  ): readonly PlainText[] {
    const place = span && this.#place(span);
    const url = this.#options.linkOf?.(name);
    return headLines({ place, severity, name, url, ...more }, colour, this.#paint, this.#options.width);
  }

  #message(message: string): PlainText[] {
    return this.#wrapped(message, 2).map((line) => plain`  ${line}`);
  }

  /** A text in lines, if it goes to a terminal; else in one. */
  #wrapped(text: string, indentation: number): PlainText[] {
    const safe = escapeControls(text);
    if (this.#options.wraps !== true) return [safe];
    return wrapped(safe, Math.max(20, this.#options.width - indentation)).map(escapeControls);
  }

  /** The places of a finding, file by file; its own comes first. */
  #frames(main: PlaceMark | undefined, related: readonly Related[], colour: Colour): PlainText[] {
    const marks: readonly PlaceMark[] = [
      ...(main === undefined ? [] : [main]),
      ...related.map(({ span, message }) => ({ span, label: message, isMain: false })),
    ];
    const byFile = [...groupBy(marks, ({ span }) => span.file.path).values()];
    const width = this.#options.width - 10;
    const frames = byFile.map((some) => frameOf(some, width, this.#options.wraps === true));
    const gutter = Math.max(3, ...frames.flat().map((row) => (row.kind === 'line' ? String(row.number).length : 0)));
    return frames.flatMap((rows, index) => {
      const [first] = byFile[index]!;
      const isOfMain = first.isMain;
      if (rows.length === 0)
        return isOfMain ? [] : byFile[index]!.flatMap(({ span, label }) => this.#brief(span, label));
      const head = isOfMain
        ? []
        : [
            plain`  ${this.#paint('dim', plain`${escapeControls(':::'.padStart(gutter + 2))}`)} ${this.#place(first.span)}`,
          ];
      return [...head, ...rows.map((row) => this.#row(row, gutter, colour))];
    });
  }

  #row(row: FrameRow, gutter: number, colour: Colour): PlainText {
    if (row.kind === 'gap') return this.#paint('dim', plain`  ${escapeControls('...'.padStart(gutter))}`);
    if (row.kind === 'fixed') {
      const number = this.#paint('dim', escapeControls(String(row.number).padStart(gutter)));
      return plain`  ${number} ${this.#paint('green', plain`+ ${escapeControls(row.text)}`)}`;
    }
    const number = row.kind === 'line' ? String(row.number) : '';
    const bar = this.#paint('dim', plain`${escapeControls(number.padStart(gutter))} |`);
    if (row.kind === 'line') return row.text === '' ? plain`  ${bar}` : plain`  ${bar} ${escapeControls(row.text)}`;
    const text = escapeControls(row.text);
    const painted = row.isMain ? strong(this.#paint, colour, text) : this.#paint('cyan', text);
    return plain`  ${bar} ${escapeControls(' '.repeat(row.indentation))}${painted}`;
  }

  /** Those with a source line. */
  #shownRelated({ related, members }: Finding): readonly Related[] {
    const own = new Set((members ?? []).map(({ span }) => spans.key({ span })));
    const all = related.filter((each) => !isBrief(each) && each.step === undefined && !own.has(spans.key(each)));
    if (all.length <= MAX_RELATED) return all;
    const shown = all.slice(0, MAX_RELATED - 1);
    // What one edits is shown however far it is.
    const [next, ...rest] = all.slice(MAX_RELATED - 1) as [Related, ...Related[]];
    const source = next.isSource === true ? undefined : rest.find(({ isSource }) => isSource);
    return [...shown, source ?? next];
  }

  /** The other related places, each in a line, and how many more of either kind there are. */
  #briefly(finding: Finding): PlainText[] {
    const { members = [] } = finding;
    const related = finding.related.filter(({ step }) => step === undefined);
    const brief = related.filter(isBrief);
    const shown = brief.slice(0, MAX_BRIEF);
    const rest = related.length - Math.max(0, members.length - 1) - this.#shownRelated(finding).length - shown.length;
    return [
      ...shown.flatMap(({ span, message }) => this.#brief(span, message)),
      ...(rest > 0
        ? [plain`  ${this.#paint('dim', plain`and ${escapeControls(formatCount(rest, 'more related place'))}`)}`]
        : []),
    ];
  }

  #brief(span: Span, message: string): PlainText[] {
    return this.#titled('dim', plain`${this.#place(span)}:`, message);
  }

  /** A title and a text behind it, in lines that are indented below the first. */
  #titled(colour: Colour, title: PlainText, text: string): PlainText[] {
    const whole = title.replaceAll(' ', NO_BREAK);
    return this.#wrapped(`${whole} ${text}`, 4).map((line, index) =>
      index === 0
        ? plain`  ${this.#paint(colour, title)}${escapeControls(line.slice(title.length))}`
        : plain`    ${line}`,
    );
  }

  /** The lines of the members but the first. */
  #members({ members = [] }: Finding): PlainText[] {
    const lines = [...new Set(members.map(({ span }) => firstLine(span)))].slice(1).map(String);
    if (lines.length === 0) return [];
    const rest = lines.length - MAX_LINES;
    const shown = rest > 1 ? [...lines.slice(0, MAX_LINES), `${rest} more`] : lines;
    const words = `${lines.length === 1 ? 'line' : 'lines'} ${formatList(shown)}`;
    return this.#wrapped(`also at ${words}`, 2).map((line) => plain`  ${this.#paint('dim', line)}`);
  }

  /** Whether the internet gets there, and by what. */
  #reach(finding: Finding): PlainText[] {
    const told = reachTextOf(finding);
    return told === undefined ? [] : this.#titled('dim', escapeControls(told.title), told.text);
  }

  /** Says which instances have the fault where the resource's own address doesn't. */
  #instances({ subject, instances, members }: Finding): PlainText[] {
    const isTold = instances.length === 1 && instances[0] === subject;
    // Where its members are, their names say nothing more.
    if (instances.length === 0 || isTold || members !== undefined) return [];
    return this.#note('in', instances);
  }

  /** Where several roots share the place, or the only one lies elsewhere and nothing else that is shown leads to it. */
  #roots({ roots, span, related }: Finding): PlainText[] {
    const [only] = roots;
    const isSeen = [span, ...related.map((each) => each.span)].some(
      ({ file: { path } }) => only === '.' || path.startsWith(`${only}/`),
    );
    if (roots.length === 1 && isSeen) return [];
    return this.#note(roots.length === 1 ? 'in root module' : 'in root modules', roots.map(this.#path));
  }

  #note(words: 'in' | 'for' | 'in root module' | 'in root modules', names: readonly string[]): PlainText[] {
    const shown = names.slice(0, MAX_INSTANCES);
    if (names.length > MAX_INSTANCES) shown.push(`${names.length - MAX_INSTANCES} more`);
    return this.#titled('dim', escapeControls(words), shown.join(', '));
  }

  /** What to do, and where more is said of it. */
  #help({ help, fix, members, check }: Finding): PlainText[] {
    const isOwn = fix !== null && members === undefined;
    return this.#advice(isOwn ? 'fix' : 'help', isOwn ? fix.message : help, `(tfsg explain ${check})`);
  }

  /** @param more ends the text, in one line */
  #advice(title: 'help' | 'fix' | 'hint', text: string, more = ''): PlainText[] {
    const tail = more.replaceAll(' ', NO_BREAK);
    const lines = this.#wrapped(`${title}: ${text}${tail === '' ? '' : ` ${tail}`}`, 2);
    const indentation = ' '.repeat(title.length + 2);
    return lines.map((line, index) => {
      const isLast = tail !== '' && index === lines.length - 1;
      const words = (index === 0 ? line.slice(title.length + 1) : `${indentation}${line}`).slice(
        0,
        isLast ? -tail.length : undefined,
      );
      const head = index === 0 ? strong(this.#paint, 'cyan', plain`${title}:`) : plain``;
      const end = isLast ? this.#paint('dim', escapeControls(more)) : plain``;
      return plain`  ${head}${escapeControls(words)}${end}`;
    });
  }

  /** `path:line:column`; what is in no file has no path that could be another. */
  #place(span: Span): PlainText {
    const { path, isVirtual } = span.file;
    return escapeControls(placeOf(span, isVirtual ? path : this.#path(path)));
  }

  readonly #path = (path: string): string => this.#options.shownPath?.(path) ?? path;
}

/** What only uses the group, or calls its module: its source line says nothing more. */
const isBrief = ({ isUse, isCall, isSecret }: Related): boolean =>
  isUse === true || isCall === true || isSecret === true;
