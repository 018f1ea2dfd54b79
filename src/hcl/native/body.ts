/** Bodies of files and blocks: attributes and blocks, line by line. */

import type { Attribute, Block, Body, Expression, Identifier } from '../syntax.ts';
import { block } from './block.ts';
import { quoted } from './characters.ts';
import { expression } from './expression.ts';
import { indentationAt } from './indentation.ts';
import { found, hintFor, isFirstOnLine, skipLine, startsItem } from './recovery.ts';
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
  return attribute(s, name, expression(s));
}

export function attribute(s: ParserState, name: Identifier, value: Expression): Attribute {
  return { kind: 'attribute', file: s.file, start: name.start, end: value.end, name, value };
}

/** After an item that no line end follows. */
function endItem(s: ParserState, inBlock: boolean, told: boolean): void {
  if (!s.recovering) {
    if (s.kind === kind.END || isFirstOnLine(s, s.start)) return;
    const quiet = told || s.toldOnLineOf(s.start);
    if (s.kind === kind.CLOSE_BRACE) {
      if (inBlock && !told) s.report('The "}" of a multi-line block must be on its own line', s.start, s.end);
      return;
    }
    if (s.kind === kind.COMMA) {
      if (!quiet)
        s.report(
          'Unexpected comma after an argument',
          s.start,
          s.end,
          'Remove the comma: a new line ends an argument.',
        );
      s.advance();
      return;
    }
    if (s.kind === kind.IDENTIFIER && startsItem(s.text, s.start)) {
      if (!quiet) s.report(`Expected a new line before ${found(s)}`, s.start, s.end);
      return;
    }
    if (!quiet) s.fail(`Expected a new line, found ${found(s)}`, s.start, s.end, hintFor(s));
  }
  const atLineEnd = s.kind === kind.NEWLINE;
  skipLine(s, inBlock);
  if (atLineEnd) skipContinuation(s, inBlock);
  s.recovering = false;
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
      s.report(`The argument name ${text} is in quotes`, string.start, string.end, 'Remove the quotes.');
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
  s.fail(`Expected an argument or a block, found ${found(s)}`, start, end, hintFor(s));
  return undefined;
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
