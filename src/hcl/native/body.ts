/** Bodies of files and blocks: attributes and blocks, line by line. */

import type { Attribute, Block, Body, Expression, Identifier } from '../syntax.ts';
import { block } from './block.ts';
import { quoted } from './characters.ts';
import { expression } from './expression.ts';
import { looseText, semicolon } from './habits.ts';
import { indentationAt } from './indentation.ts';
import { startsItem } from './item-start.ts';
import {
  endsStringInString,
  found,
  hintFor,
  isFirstOnLine,
  isLastOfLine,
  isStrayInLine,
  QUOTE_HINT,
  QUOTE_IN_STRING,
  skipLine,
} from './recovery.ts';
import type { ParserState } from './state.ts';
import { quotedString } from './template.ts';
import * as kind from './token-kind.ts';

export type Item = Attribute | Block;

/** A whole file's body. */
export function body(s: ParserState): Body {
  const { file } = s;
  const items: Item[] = [];
  readItems(s, items, -1, s.start, false);
  return { kind: 'body', file, start: file.textStart, end: file.text.length, items };
}

/**
 * Reads items up to the body's closing brace or the end of the text, and leaves that as the current token; where braces go
 * by indentation, up to a line that shows that the brace was lost.
 * @param column of the line on which the block around the body opens, from 0; -1 for the body of a file
 * @param from where the text before the first item ends
 * @param told whether it was reported that the body does not keep to its lines
 * @returns where the last item ends, or `from`
 */
export function readItems(s: ParserState, items: Item[], column: number, from: number, told: boolean): number {
  const names = new AttributeNames();
  for (const item of items) if (item.kind === 'attribute') names.add(s, item);
  const inBlock = column !== -1;
  let lastEnd = from;
  for (;;) {
    let item: Item | undefined;
    switch (s.kind) {
      case kind.NEWLINE:
        s.advance();
        continue;
      case kind.END:
        return lastEnd;
      case kind.CLOSE_BRACE:
        if (inBlock && !isStray(s, items, column)) return lastEnd;
        s.unbalanced = true;
        s.report('Unexpected "}": there is no open block', s.start, s.end, 'Remove it, or add the missing "{".');
        s.advance();
        continue;
      case kind.CLOSE_BRACKET:
      case kind.CLOSE_PARENTHESIS:
        if (inBlock && closesBlock(s)) return lastEnd;
        if (!s.toldOnLineOf(s.start)) s.report(`This ${found(s)} closes nothing`, s.start, s.end, 'Remove it.');
        s.advance();
        continue;
      case kind.IDENTIFIER:
        if (s.byIndentation && inBlock && isFirstOnLine(s, s.start) && indentationAt(s.file, s.start) <= column)
          return lastEnd;
        item = readItem(s);
        break;
      default:
        item = wrongStart(s);
    }
    if (item !== undefined) {
      lastEnd = item.end;
      if (item.kind === 'block' || names.add(s, item)) items.push(item);
    }
    if (s.kind === kind.NEWLINE && !s.recovering) s.advance();
    else endItem(s, inBlock, told);
  }
}

/** An attribute or a block, from its name. */
function readItem(s: ParserState): Item | undefined {
  const name = s.identifier();
  if (s.kind !== kind.EQUALS) return block(s, name);
  s.advance();
  const value = expression(s);
  if (s.recovering || s.kind === kind.NEWLINE) return attribute(s, name, value);
  if (s.kind !== kind.EQUALS) return attribute(s, name, looseText(s, value) ?? value);
  s.fail('Expected a new line, found "="', s.start, s.end, 'To compare, write "==".');
  return attribute(s, name, s.invalid(value.start, value.end));
}

export function attribute(s: ParserState, name: Identifier, value: Expression): Attribute {
  s.brokenLine = false;
  return { kind: 'attribute', file: s.file, start: name.start, end: value.end, name, value };
}

/** After an item that no line end follows. */
function endItem(s: ParserState, inBlock: boolean, told: boolean): void {
  if (!s.recovering) {
    if (semicolon(s) || s.kind === kind.END || isFirstOnLine(s, s.start)) return;
    const quiet = told || s.toldOnLineOf(s.start);
    if (s.kind === kind.CLOSE_BRACE) {
      if (s.byIndentation && s.text.charAt(s.previousEnd - 1) === '}' && s.start === s.previousEnd) {
        s.report('Unexpected "}": there is no open block', s.start, s.end, 'Remove it.');
        s.advance();
        return;
      }
      if (inBlock && isStrayInLine(s)) {
        if (!quiet) s.report('Unexpected "}": there is no open block', s.start, s.end, 'Remove it.');
        skipLine(s, inBlock);
        return;
      }
      if (inBlock && !quiet) s.report('The "}" of a multi-line block must be on its own line', s.start, s.end);
      return;
    }
    if (s.kind === kind.COMMA) {
      if (!quiet)
        s.reportOnce(
          'comma',
          'Unexpected comma after an argument',
          s.start,
          s.end,
          'Remove the comma: a new line ends an argument.',
        );
      s.advance();
      if (s.kind !== kind.NUMBER || isFirstOnLine(s, s.start)) return;
      s.recovering = true;
    } else if (s.kind === kind.CLOSE_BRACKET || s.kind === kind.CLOSE_PARENTHESIS) {
      if (!quiet) s.fail(`This ${found(s)} closes nothing`, s.start, s.end, 'Remove it.');
    } else if (s.kind === kind.QUOTE && s.start === s.previousEnd && isLastOfLine(s)) {
      const isSecond = s.text.charAt(s.start - 1) === '"';
      const hint = isSecond ? 'Remove it.' : 'Add the quote that opens the string, or remove this one.';
      if (!quiet) s.fail(isSecond ? 'This quote is one too many' : 'This quote closes nothing', s.start, s.end, hint);
    } else if (endsStringInString(s)) {
      if (!quiet) s.fail(QUOTE_IN_STRING, s.previousEnd - 1, s.previousEnd, QUOTE_HINT);
    }
    if (s.kind === kind.IDENTIFIER && startsItem(s.text, s.start)) {
      if (!quiet) s.report(`Expected a new line before ${found(s)}`, s.start, s.end);
      return;
    }
    if (!quiet && !s.recovering)
      s.fail(`Expected a new line, found ${found(s)}`, s.start, s.end, hintFor(s) ?? hintAfterValue(s));
  }
  const atLineEnd = s.kind === kind.NEWLINE;
  skipLine(s, inBlock);
  if (atLineEnd) skipContinuation(s, inBlock);
  s.recovering = false;
}

/** The next step for what stands behind a value on its line. */
function hintAfterValue(s: ParserState): string | undefined {
  const before = s.text.charAt(s.previousEnd - 1);
  if (s.kind === kind.QUOTE && before === '"')
    return 'To join strings, write them as one, such as "${var.a}-${var.b}".';
  const isText = s.kind === kind.IDENTIFIER || s.kind === kind.NUMBER || s.text.charAt(s.start) === '@';
  if (!isText) return undefined;
  return /[\p{L}\d]/u.test(before) ? 'A text needs quotes around it.' : undefined;
}

/** Skips the lines after a line that ended too early, as long as they look like the rest of it. */
function skipContinuation(s: ParserState, inBlock: boolean): void {
  while (s.kind === kind.NEWLINE) {
    s.advance();
    if (s.kind === kind.NEWLINE) continue;
    if (s.kind === kind.CLOSE_BRACE || s.kind === kind.QUOTE || startsItem(s.text, s.start)) return;
    skipLine(s, inBlock);
  }
}

/** What stands where an item should start, but is no name. */
function wrongStart(s: ParserState): Attribute | undefined {
  const { file, start, end } = s;
  if (s.kind === kind.QUOTE) {
    s.muted += 1;
    const string = quotedString(s);
    s.muted -= 1;
    if (string.kind === 'string' && (s.kind === kind.EQUALS || s.kind === kind.COLON)) {
      const text = s.text.slice(string.start, string.end);
      s.reportOnce(
        'quoted name',
        `The argument name ${text} is in quotes`,
        string.start,
        string.end,
        'Remove the quotes.',
      );
      s.advance();
      const name = { kind: 'identifier', file, start: string.start, end: string.end, name: string.value } as const;
      return attribute(s, name, expression(s));
    }
    s.fail(
      `Expected an argument or a block, found ${quoted(s.text.slice(start, s.previousEnd))}`,
      start,
      s.previousEnd,
    );
    return undefined;
  }
  if (semicolon(s)) return undefined;
  if (s.kind === kind.PLUS && isFirstOnLine(s, start) && s.text.charAt(end) !== '+') {
    s.reportOnce('diff', 'This line starts with "+", as in a diff', start, end, 'Remove the "+".');
    s.advance();
    return undefined;
  }
  const sign = SIGNS.find(({ text }) => s.text.startsWith(text, start));
  if (sign === undefined) {
    s.fail(`Expected an argument or a block, found ${found(s)}`, start, end, hintFor(s));
    return undefined;
  }
  const { text, message, hint, closer } = sign;
  s.failOnce(text, message, start, start + text.length, hint);
  const close = closer === undefined ? -1 : s.text.slice(start, start + FARTHEST_CLOSER).indexOf(closer, text.length);
  if (closer !== undefined && close !== -1) {
    s.seek(start + close + closer.length);
    s.advance();
  }
  return undefined;
}

/** A sign that people put at the start of a line: what is said of it, and where what it opens ends. */
interface Sign {
  readonly text: string;
  readonly message: string;
  readonly hint: string;
  readonly closer?: string;
}

const FARTHEST_CLOSER = 2000;
const COMMENT_HINT = 'Comments start with "#".';
const MISSING_HINT = 'Remove it, or write what is meant.';
const OTHER_TOOL = 'This belongs to another tool, not to HCL';
const OTHER_TOOL_HINT = 'Lint the file that the tool makes of this one.';

const SIGNS: readonly Sign[] = [
  { text: '<!--', message: 'This is not a comment in HCL', hint: COMMENT_HINT, closer: '-->' },
  { text: '--', message: '"--" does not start a comment in HCL', hint: COMMENT_HINT },
  { text: '*/', message: 'This "*/" ends no comment', hint: 'Remove it, or add the "/*" that is missing.' },
  { text: '```', message: 'This is Markdown, not HCL', hint: 'Remove the lines with ```.' },
  { text: '...', message: '"..." is a placeholder', hint: MISSING_HINT },
  { text: '…', message: '"…" is a placeholder', hint: MISSING_HINT },
  { text: '{#', message: OTHER_TOOL, hint: OTHER_TOOL_HINT, closer: '#}' },
  { text: '{%', message: OTHER_TOOL, hint: OTHER_TOOL_HINT, closer: '%}' },
  { text: '{{', message: OTHER_TOOL, hint: OTHER_TOOL_HINT, closer: '}}' },
  { text: '<%', message: OTHER_TOOL, hint: OTHER_TOOL_HINT, closer: '%>' },
  { text: '%{', message: OTHER_TOOL, hint: OTHER_TOOL_HINT, closer: '}' },
];

/** Whether a closing bracket, first on its line, closes the block that is open in place of its brace: by its column. */
function closesBlock(s: ParserState): boolean {
  if (!isFirstOnLine(s, s.start) || !isLastOfLine(s)) return false;
  if (indentationAt(s.file, s.start) !== indentationAt(s.file, s.blockStart)) return false;
  if (s.text.charAt(s.blockBrace) === '{')
    s.report(`The block is closed by ${found(s)} instead of "}"`, s.start, s.end, 'Write "}".');
  s.kind = kind.CLOSE_BRACE;
  return true;
}

/** Whether a closing brace is one too many: it stands under a block that is closed, deeper than the block that it is in. */
function isStray(s: ParserState, items: readonly Item[], column: number): boolean {
  if (!s.byIndentation || !isFirstOnLine(s, s.start)) return false;
  const last = items.at(-1);
  const own = indentationAt(s.file, s.start);
  return last?.kind === 'block' && own > column && own === indentationAt(s.file, last.start);
}

/** Finds the second of two attributes with the same name. */
class AttributeNames {
  private readonly few: Attribute[] = [];
  private many: Map<string, Attribute> | undefined;

  /** False, and a problem, if the name is taken. */
  add(s: ParserState, attribute: Attribute): boolean {
    const first = this.find(attribute.name.name);
    if (first === undefined) {
      if (this.many !== undefined) this.many.set(attribute.name.name, attribute);
      else this.few.push(attribute);
      return true;
    }
    const { start, end, name } = attribute.name;
    s.report(`The argument "${name}" is already set on line ${s.line(first.start)}`, start, end, 'Remove one of them.');
    return false;
  }

  private find(name: string): Attribute | undefined {
    if (this.many !== undefined) return this.many.get(name);
    for (const attribute of this.few) if (attribute.name.name === name) return attribute;
    if (this.few.length >= 16) this.many = new Map(this.few.map((attribute) => [attribute.name.name, attribute]));
    return undefined;
  }
}
