/** What the parser's functions share while they read one text: the scanner, the problems so far, and how deep they are. */

import { positionAt } from '../../source/position.ts';
import type { Problem } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { toNormalForm } from '../../text/normal-form.ts';
import type { Identifier, Invalid } from '../syntax.ts';
import { Scanner } from './scanner.ts';
import * as kind from './token-kind.ts';

/**
 * Levels of a syntax tree, blocks and chains such as `a.b.c` and `1 + 2 + 3` included: whoever walks a tree by recursion needs a
 * few stack frames for each, and Node's stack has room for some ten thousand.
 */
export const DEEPEST = 500;

/** Syntax problems of one file; the parser gives up on the text after the last of them. */
const MOST_PROBLEMS = 100;

/** Code units that may be read again, or looked at ahead of time, for each code unit of a text: to find out where its faults end. */
const REREADS = 8;

/** What short texts may take on top of that. */
const FEWEST_REREADS = 20_000;

/** For each name, where the last line starts that begins with it, and the last that is nothing else. */
export interface NamedLines {
  readonly first: ReadonlyMap<string, number>;
  readonly alone: ReadonlyMap<string, number>;
}

export class ParserState extends Scanner {
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
  /** A block or an object lacks its closing brace, or a closing brace has nothing to close. */
  unbalanced = false;
  /** Columns of the lines on which the blocks around the current token open, outermost first. */
  readonly columns: number[] = [];
  /** Known once a heredoc without its end was found. */
  namedLines: NamedLines | undefined;
  /** What `standsOnItem` found out last, and about which offset. */
  itemAt = -1;
  isItem = false;
  /** Code units that may yet be read again. */
  private rereads: number;

  /** @param byIndentation whether a block or object ends where a line stands at or left of the line that opens it */
  constructor(
    file: SourceFile,
    readonly byIndentation: boolean,
  ) {
    super(file);
    this.rereads = FEWEST_REREADS + REREADS * file.text.length;
  }

  /** Reports a fault after which the parser is out of step. */
  fail(message: string, start: number, end: number, hint?: string): void {
    if (!this.recovering) this.report(message, start, end, hint);
    this.recovering = true;
  }

  /** Reports a fault that leaves no doubt how to go on. */
  report(message: string, start: number, end: number, hint?: string, problemKind: 'syntax' | 'limit' = 'syntax'): void {
    if (this.muted > 0 || this.isStopped) return;
    const span = { file: this.file, start, end };
    if (this.problems.length < MOST_PROBLEMS) {
      const problem = { kind: problemKind, severity: 'error', message, span } as const;
      this.problems.push(hint === undefined ? problem : { ...problem, hint });
    } else this.stop(`This file has more than ${MOST_PROBLEMS} syntax errors`, start, end);
  }

  /** Counts code units that were read in vain or ahead of time. Where that is too many, the rest of the text is not read. */
  spend(units: number): void {
    const { isStopped } = this;
    this.rereads -= units;
    if (this.rereads < 0 && !isStopped) this.stop('Too many syntax errors to continue', this.start, this.end);
  }

  /** Takes back what was reported since there were `count` problems. */
  takeBack(count: number): void {
    if (this.rereads >= 0) this.problems.length = Math.min(this.problems.length, count);
  }

  /** Whether the parser has given up on the rest of the text. */
  get isStopped(): boolean {
    return this.rereads < 0 || this.problems.length > MOST_PROBLEMS;
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

  /** Whether the last problem is on the line of an offset: more faults on it may well be its consequences. */
  toldOnLineOf(offset: number): boolean {
    const last = this.problems.at(-1)?.span;
    return last !== undefined && this.line(last.start) === this.line(offset);
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
