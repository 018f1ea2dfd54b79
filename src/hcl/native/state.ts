/** What the parser's functions share while they read one text: the scanner, the problems so far, and how deep they are. */

import { positionAt } from '../../source/position.ts';
import type { Problem } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { toNormalForm } from '../../text/normal-form.ts';
import type { Identifier, Invalid } from '../syntax.ts';
import { isWhiteSpace } from './characters.ts';
import { startsItem } from './item-start.ts';
import type { NamedLines } from './named-lines.ts';
import { Scanner } from './scanner.ts';
import * as kind from './token-kind.ts';

/**
 * Levels of a syntax tree, blocks and chains such as `a.b.c` and `1 + 2 + 3` included: whoever walks a tree by recursion needs a
 * few stack frames for each, and Node's stack has room for some ten thousand.
 */
export const DEEPEST = 500;

/** Syntax problems of one file that are told one by one; the others are counted. */
const MAX_PROBLEMS = 100;

/** The parser gives up on the text after so many. */
const MAX_COUNTED = 10_000;

/** Lines that a problem names where the same slip is made again. */
const MAX_NAMED_LINES = 3;

/** Code units that may be read again, or looked at ahead of time, for each code unit of a text: to find out where its faults end. */
const REREADS = 8;

/** What short texts may take on top of that. */
const FEWEST_REREADS = 20_000;

/** How much was reported at some time. */
export interface Mark {
  readonly problems: number;
  readonly unshown: number;
  readonly reports: number;
  readonly lastReport: number;
  readonly slips: number;
}

/** A slip that is made again and again, and told once. */
interface Slip {
  readonly start: number;
  /** Absent if it is one of those that are not told. */
  readonly problem: Problem | undefined;
  /** Where it is made after that, in order of place. */
  readonly again: number[];
}

export class ParserState extends Scanner {
  /** What was reported; `allProblems` has what is not told one by one, too. */
  readonly problems: Problem[] = [];
  /** A fault was reported, and the tokens up to the next place where parsing can go on are of no meaning. */
  recovering = false;
  /** Faults are consequences of one that was reported, or of no interest, while this is above 0. */
  muted = 0;
  /** Expressions, blocks and directives around the current token. */
  depth = 0;
  /** Levels of the expression that was parsed last. */
  height = 0;
  /** Braces of objects and interpolations that are open here. */
  openBraces = 0;
  /** The call that was read last expands its last argument: `...` came before its end. */
  expanded = false;
  /** Where a string that misses its closing quote was taken to end: it has swallowed whatever closes on that line. */
  brokenString = -1;
  /** A heredoc or a comment without its end was taken to go to the end of the text, with whatever closes there. */
  swallowedRest = false;
  /** A block or an object lacks its closing brace, or a closing brace has nothing to close. */
  unbalanced = false;
  /** Columns of the lines on which the blocks around the current token open, outermost first. */
  readonly columns: number[] = [];
  /** Known once a heredoc without its end was found. */
  namedLines: NamedLines | undefined;
  /** What `standsOnItem` found out last, and about which offset. */
  itemAt = -1;
  isItem = false;
  /** In this value a line break was reported: one more belongs to the same slip. */
  brokenLine = false;
  /** Brackets of lists, and parentheses, that are open here. */
  openBrackets = 0;
  openParentheses = 0;
  /** Where the innermost block starts; -1 in the body of a file. */
  blockStart = -1;
  /** Where its brace is, or what stands in place of it. */
  blockBrace = -1;
  /** How much was reported, slips that are told once counted each time. */
  reports = 0;
  /** The same with what was taken for consequences, and never less than before. */
  faults = 0;
  /** Where the last report is, shown or not. */
  private lastReport = -1;
  /** By what is meant to be the same slip. */
  private readonly slips = new Map<string, Slip>();
  private unshown = 0;
  private firstUnshown = -1;
  /** Code units that may yet be read again. */
  private rereads: number;

  /**
   * @param byIndentation whether a block or object ends where a line stands at or left of the line that opens it
   * @param text what to read in place of the file's text: as long, and with the same line ends
   */
  constructor(
    file: SourceFile,
    readonly byIndentation: boolean,
    text: string = file.text,
  ) {
    super(file, text);
    this.rereads = FEWEST_REREADS + REREADS * file.text.length;
  }

  /** Reports a fault after which the parser is out of step. */
  fail(message: string, start: number, end: number, hint?: string): void {
    if (!this.recovering) this.report(message, start, end, hint);
    this.recovering = true;
  }

  /**
   * Reports a fault that leaves no doubt how to go on. More faults on the line of the last report are taken for its consequences.
   * @param isOther whether the fault is one of its own, whatever was reported before
   */
  report(
    message: string,
    start: number,
    end: number,
    hint?: string,
    problemKind: 'syntax' | 'limit' = 'syntax',
    isOther = false,
  ): void {
    if (this.muted > 0 || this.isStopped) return;
    this.faults += 1;
    if (!isOther && problemKind === 'syntax' && this.toldOnLineOf(start)) return;
    this.lastReport = start;
    this.reports += 1;
    if (this.problems.length >= MAX_PROBLEMS) {
      if (this.unshown === 0) this.firstUnshown = start;
      this.unshown += 1;
      if (this.unshown === MAX_COUNTED) this.stop(`This file has more than ${MAX_COUNTED} syntax errors`, start, end);
      return;
    }
    const span = { file: this.file, start, end };
    const problem = { kind: problemKind, severity: 'error', message, span } as const;
    this.problems.push(hint === undefined ? problem : { ...problem, hint });
  }

  /** Reports a slip that whoever makes it makes on many lines: the first is told, and how many more there are. */
  reportOnce(slip: string, message: string, start: number, end: number, hint?: string): void {
    if (this.muted > 0 || this.isStopped) return;
    const told = this.slips.get(slip);
    if (this.toldOnLineOf(start)) {
      this.faults += 1;
      return;
    }
    if (told === undefined) {
      const { length } = this.problems;
      this.report(message, start, end, hint);
      this.slips.set(slip, { start, problem: this.problems[length], again: [] });
    } else if (start > (told.again.at(-1) ?? told.start)) {
      this.lastReport = start;
      this.faults += 1;
      this.reports += 1;
      told.again.push(start);
    }
  }

  /** The same for a fault after which the parser is out of step. */
  failOnce(slip: string, message: string, start: number, end: number, hint?: string): void {
    if (!this.recovering) this.reportOnce(slip, message, start, end, hint);
    this.recovering = true;
  }

  /** The problems in order of place, with how often a slip is made again, and a last one that counts those that are not told. */
  allProblems(): readonly Problem[] {
    const again = new Map([...this.slips.values()].map((slip) => [slip.problem, slip.again]));
    const told = this.problems.map((problem) => {
      const lines = this.linesOf(problem.span!.start, again.get(problem) ?? []);
      return lines === '' ? problem : { ...problem, message: `${problem.message} (${lines})` };
    });
    if (told.length > 1) told.sort((a, b) => a.span!.start - b.span!.start);
    if (this.unshown === 0 || this.unshown >= MAX_COUNTED) return told;
    const message = `This file has ${this.unshown} more syntax error${this.unshown === 1 ? '' : 's'}, the first of them here`;
    const span = { file: this.file, start: this.firstUnshown, end: this.firstUnshown };
    return [...told, { kind: 'syntax', severity: 'error', message, span }];
  }

  /** `also on line 3`, for offsets in order of place; empty where they are all on the line of the first. */
  private linesOf(first: number, offsets: readonly number[]): string {
    const lines: number[] = [];
    let last = this.line(first);
    for (const offset of offsets) {
      const line = this.line(offset);
      if (line !== last) lines.push(line);
      last = line;
    }
    if (lines.length === 0) return '';
    if (lines.length > MAX_NAMED_LINES) return `also on ${lines.length} more lines, up to line ${last}`;
    const head = lines.slice(0, -1).join(', ');
    return lines.length === 1 ? `also on line ${last}` : `also on lines ${head} and ${last}`;
  }

  /** Counts code units that were read in vain or ahead of time. Where that is too many, the rest of the text is not read. */
  spend(units: number): void {
    const { isStopped } = this;
    this.rereads -= units;
    if (this.rereads < 0 && !isStopped) this.stop('Too many syntax errors to continue', this.start, this.end);
  }

  /** What `takeBack` needs to know of what was reported so far. */
  get mark(): Mark {
    const { problems, unshown, reports, lastReport, slips } = this;
    return { problems: problems.length, unshown, reports, lastReport, slips: slips.size };
  }

  /** Takes back what was reported since a mark was made, which was at an offset. */
  takeBack(mark: Mark, offset: number): void {
    if (this.isStopped) return;
    this.problems.length = Math.min(this.problems.length, mark.problems);
    this.unshown = mark.unshown;
    this.reports = mark.reports;
    this.lastReport = mark.lastReport;
    for (const [slip, { start, again }] of this.slips) {
      while (again.length > 0 && again.at(-1)! >= offset) again.pop();
      if (start >= offset && this.slips.size > mark.slips) this.slips.delete(slip);
    }
  }

  /** Whether the parser has given up on the rest of the text. */
  get isStopped(): boolean {
    return this.rereads < 0 || this.unshown >= MAX_COUNTED;
  }

  /** Reports that what starts at the current token is too deep to be read. */
  tooDeep(): Invalid {
    const { start, end } = this;
    if (!this.recovering)
      this.report(`This is nested more than ${DEEPEST} levels deep, the limit of tfsg`, start, end, undefined, 'limit');
    this.recovering = true;
    return this.invalid(start, start);
  }

  override seek(offset: number): void {
    if (offset < this.end) this.spend(this.end - offset);
    if (!this.isStopped) super.seek(offset);
  }

  /** Reports a character that looks like a blank, or like nothing, and is none for HCL. */
  protected override isOddSpace(at: number): boolean {
    const code = this.text.charCodeAt(at);
    const zeroWidth = (code >= 0x200b && code <= 0x200d) || code === 0x2060 || code === 0xfeff;
    if (!zeroWidth && !isWhiteSpace(code)) return false;
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    if (zeroWidth) this.reportOnce('invisible', `Invisible character ${name}`, at, at + 1, 'Remove it.');
    else this.reportOnce('space', `${name} is not a space in HCL`, at, at + 1, 'Replace it with a space.');
    return true;
  }

  /** Reports a comment without its end; it is taken to end before the next line that looks like HCL. */
  protected override openComment(at: number): number {
    const { text } = this;
    this.reportOnce('comment', 'This comment has no "*/"', at, at + 2, 'Add "*/" where it ends.');
    const behind = /^\s*/.exec(text.slice(at + 2, at + 100))![0];
    if (!behind.includes('\n') && startsItem(text, at + 2 + behind.length)) return at + 2;
    for (let feed = text.indexOf('\n', at); feed !== -1; feed = text.indexOf('\n', feed + 1)) {
      let first = feed + 1;
      while (text.charCodeAt(first) === 0x20 || text.charCodeAt(first) === 0x09) first += 1;
      if (text.charAt(first) === '}' || startsItem(text, first))
        return text.charCodeAt(feed - 1) === 0x0d ? feed - 1 : feed;
    }
    this.swallowedRest = true;
    return text.length;
  }

  /** Goes back to an offset and reads the token that follows it. */
  rewind(offset: number, newlines: boolean): void {
    this.seek(offset);
    this.newlines = newlines;
    this.advance();
  }

  /** Reads the token after the current one, of which `newlines` is the mode. */
  advanceWith(newlines: boolean): void {
    this.newlines = newlines;
    this.advance();
  }

  isWord(word: string): boolean {
    return (
      this.kind === kind.IDENTIFIER && this.end - this.start === word.length && this.text.startsWith(word, this.start)
    );
  }

  /** The current token, which is an identifier; moves on. */
  identifier(): Identifier {
    const { file, start, end } = this;
    const name = this.name();
    this.advance();
    return { kind: 'identifier', file, start, end, name };
  }

  /** The text of the current token as a name. */
  name(): string {
    return toNormalForm(this.text.slice(this.start, this.end));
  }

  invalid(start: number, end: number): Invalid {
    this.height = 1;
    return { kind: 'invalid', file: this.file, start, end };
  }

  /** A line's number, from 1. */
  line(offset: number): number {
    return positionAt(this.file, offset).line;
  }

  /** Whether the last report is on the line of an offset: more faults on it may well be its consequences. */
  toldOnLineOf(offset: number): boolean {
    return this.lastReport !== -1 && this.line(this.lastReport) === this.line(offset);
  }

  /** Takes more faults on the line of an offset for consequences of the last report. */
  expectMoreAt(offset: number): void {
    if (this.muted === 0) this.lastReport = offset;
  }

  /** Whether the last report is at an offset. */
  toldAt(offset: number): boolean {
    return this.lastReport === offset;
  }

  /** Reports that the rest of the text is not read, and goes to its end for good. */
  private stop(why: string, start: number, end: number): void {
    this.problems.push({
      kind: 'limit',
      severity: 'error',
      message: `${why}: the text after line ${this.line(start)} was not read`,
      span: { file: this.file, start, end },
    });
    this.kind = kind.END;
    this.start = this.text.length;
    this.end = this.text.length;
  }
}
