/** Blocks: `type label... { body }`, also with missing parts. */

import type { Attribute, Block, Identifier, Label } from '../syntax.ts';
import { attribute, type Item, readItems } from './body.ts';
import { quoted } from './characters.ts';
import { expression } from './expression.ts';
import { looseString, semicolon } from './habits.ts';
import { indentationAt } from './indentation.ts';
import { startsItem } from './item-start.ts';
import { found, hintFor, isFirstOnLine, standsOnItem, startsValue } from './recovery.ts';
import { DEEPEST, type ParserState } from './state.ts';
import { quotedString } from './template.ts';
import * as kind from './token-kind.ts';

/** A block, after its type. Undefined, or an attribute, where a fault shows that it is none. */
export function block(s: ParserState, type: Identifier): Item | undefined {
  const labels: Label[] = [];
  for (;;) {
    switch (s.kind) {
      case kind.OPEN_BRACE:
        return bracedBlock(s, type, labels);
      case kind.QUOTE:
        labels.push(quotedLabel(s));
        break;
      case kind.IDENTIFIER: {
        const { file, start, end, name } = s.identifier();
        labels.push({ kind: 'label', file, start, end, name, quoted: false });
        break;
      }
      default: {
        const label = labelMeant(s, type, labels);
        if (label === undefined) return headerFault(s, type, labels);
        labels.push(label);
      }
    }
  }
}

/** A label in other quotes than HCL's, or behind a sign that belongs between no labels; reported. */
function labelMeant(s: ParserState, type: Identifier, labels: readonly Label[]): Label | undefined {
  if ((s.kind === kind.COMMA || s.kind === kind.DOT || s.kind === kind.COLON) && labels.length > 0) {
    if (braceAtLineEnd(s) === -1) return undefined;
    const sign = found(s);
    const { start, end } = s;
    s.advance();
    if (s.kind === kind.IDENTIFIER || s.kind === kind.QUOTE) {
      s.report(`Expected no ${sign} between the labels of "${type.name}"`, start, end, 'Write a space.');
      if (s.kind === kind.QUOTE) return quotedLabel(s);
      const { file, start: nameStart, end: nameEnd, name } = s.identifier();
      return { kind: 'label', file, start: nameStart, end: nameEnd, name, quoted: false };
    }
    s.rewind(start, true);
    return undefined;
  }
  if (s.kind !== kind.INVALID || braceAtLineEnd(s) === -1) return undefined;
  const string = looseString(s);
  if (string?.kind !== 'string') return undefined;
  const { file, start, end, value } = string;
  return { kind: 'label', file, start, end, name: value, quoted: true };
}

function quotedLabel(s: ParserState): Label {
  const string = quotedString(s);
  const { file, start, end } = string;
  if (string.kind === 'string') {
    const name = end === s.brokenString ? string.value.replace(/\s*\{\s*$/, '') : string.value;
    return { kind: 'label', file, start, end, name, quoted: true };
  }
  const name = s.text.slice(start + 1, end - 1);
  if (!s.recovering) {
    const hint = 'For a literal "${" write "$${".';
    s.report(`The label ${quoted(name)} contains a template, which is not allowed in labels`, start, end, hint);
  }
  return { kind: 'label', file, start, end, name, quoted: true };
}

/** From the opening brace, which is the current token. */
export function bracedBlock(s: ParserState, type: Identifier, labels: readonly Label[]): Block {
  const brace = s.start;
  const braceEnd = s.end;
  if (s.depth >= DEEPEST) {
    s.tooDeep();
    return blockNode(s, type, labels, [], braceEnd, braceEnd, braceEnd);
  }
  s.advance();
  return finishBlock(s, type, labels, brace, braceEnd);
}

/** From the token after the brace, or after where the brace should be. */
function finishBlock(
  s: ParserState,
  type: Identifier,
  labels: readonly Label[],
  brace: number,
  braceEnd: number,
): Block {
  const items: Item[] = [];
  const { blockStart, blockBrace } = s;
  s.blockStart = type.start;
  s.blockBrace = brace;
  const column = s.byIndentation ? indentationAt(s.file, type.start) : 0;
  s.depth += 1;
  s.columns.push(column);
  let lastEnd = braceEnd;
  let told = false;
  if (s.kind === kind.IDENTIFIER && !isFirstOnLine(s, s.start)) {
    told = inlineItem(s, items);
    lastEnd = items.at(-1)?.end ?? braceEnd;
  }
  if (s.kind !== kind.CLOSE_BRACE || told || s.recovering) lastEnd = readItems(s, items, column, lastEnd, told);
  s.columns.pop();
  s.blockStart = blockStart;
  s.blockBrace = blockBrace;
  s.depth -= 1;
  if (s.kind !== kind.CLOSE_BRACE || (s.byIndentation && closesOuterBlock(s, column))) {
    unclosed(s, type, lastEnd, told);
    return blockNode(s, type, labels, items, brace, lastEnd, lastEnd);
  }
  const { end } = s;
  s.advance();
  return blockNode(s, type, labels, items, brace, end, end);
}

/** The one argument of a block on one line. True if it was reported that the block is not of that form. */
function inlineItem(s: ParserState, items: Item[]): boolean {
  const name = s.identifier();
  if (s.kind !== kind.EQUALS) {
    const hint = 'Put the content of the block on separate lines.';
    s.report(
      `A one-line block can contain only one argument, and ${quoted(name.name)} is not an argument`,
      name.start,
      name.end,
      hint,
    );
    const inner = block(s, name);
    if (inner !== undefined) items.push(inner);
  } else {
    s.advance();
    items.push(attribute(s, name, expression(s)));
    if (s.recovering || s.kind === kind.END || semicolon(s)) return true;
    if (s.kind === kind.CLOSE_BRACE) return false;
    const hint = 'Put each argument on its own line.';
    if (s.kind === kind.COMMA) s.report('A one-line block can contain only one argument', s.start, s.end, hint);
    else if (s.kind === kind.NEWLINE)
      s.report('The argument of a multi-line block must not be on the line of its "{"', name.start, name.end, hint);
    else s.report(`Expected "}" after the argument of a one-line block, found ${found(s)}`, s.start, s.end, hint);
  }
  if (s.kind === kind.COMMA) s.advance();
  return true;
}

/** What stands after a header that no brace follows. */
function headerFault(s: ParserState, type: Identifier, labels: readonly Label[]): Item | undefined {
  const headerEnd = labels.at(-1)?.end ?? type.end;
  const header = quoted(s.text.slice(type.start, headerEnd));
  if (s.brokenString === s.previousEnd && lastOfLine(s.text, s.previousEnd) === '{') {
    return finishBlock(s, type, labels, s.previousEnd, s.previousEnd);
  }
  if (s.kind === kind.NEWLINE || s.kind === kind.END) return headerAlone(s, type, labels, header, headerEnd);
  if (labels.length === 0 && (s.kind === kind.COLON || s.kind === kind.EQUAL || s.kind === kind.ARROW)) {
    const isWalrus = s.kind === kind.COLON && s.text.charAt(s.end) === '=';
    const sign = isWalrus ? '":="' : found(s);
    s.reportOnce(`separator ${sign}`, `Expected "=" after ${header}, found ${sign}`, s.start, s.end);
    s.advance();
    if (s.kind === kind.EQUALS) s.advance();
    return attribute(s, type, expression(s));
  }
  const early = startsLostValue(s, labels) ? lostEquals(s, type) : undefined;
  if (early !== undefined) return early;
  const brace = braceAtLineEnd(s);
  if (brace !== -1) {
    s.report(`Expected "{" after ${header}, found ${found(s)}`, s.start, s.end, hintFor(s));
    s.rewind(brace, true);
    return bracedBlock(s, type, labels);
  }
  const bracketEnd = bracketForBrace(s);
  if (bracketEnd !== -1) {
    s.report(`Expected "{" after ${header}, found ${found(s)}`, s.start, s.end, 'Write "{" here and "}" at its end.');
    s.advance();
    return finishBlock(s, type, labels, bracketEnd - 1, bracketEnd);
  }
  const value = lostEquals(s, type);
  if (value === undefined) s.fail(headerMessage(s, labels, header), type.start, s.end, hintFor(s));
  return value;
}

function headerMessage(s: ParserState, labels: readonly Label[], header: string): string {
  if (s.kind === kind.DOT || s.kind === kind.OPEN_BRACKET)
    return `An argument is set as a whole, not by ${quoted(pathFrom(s, s.text.lastIndexOf('\n', s.start) + 1))}`;
  if (s.kind === kind.EQUALS && labels.length > 0) return `Expected a single name before "=", found ${header}`;
  return `Expected "=" or "{" after ${header}, found ${found(s)}`;
}

/** A header that is all of its line: the brace stands on the next, or was lost, or `=` was; or it is just a word. */
function headerAlone(
  s: ParserState,
  type: Identifier,
  labels: readonly Label[],
  header: string,
  headerEnd: number,
): Item | undefined {
  const line = s.line(type.start);
  while (s.kind === kind.NEWLINE) s.advance();
  if (s.kind === kind.EQUALS && labels.length === 0) {
    s.report('Line break before "="', headerEnd, headerEnd, `Put the "=" on line ${line}.`);
    s.advance();
    return attribute(s, type, expression(s));
  }
  if (s.kind === kind.OPEN_BRACE) {
    s.report(`The "{" of the block ${header} must be on line ${line}, after its header`, s.start, s.end);
    return bracedBlock(s, type, labels);
  }
  if (standsOnItem(s) && indentationAt(s.file, s.start) > indentationAt(s.file, type.start)) {
    s.report(`The block ${header} has no "{"`, type.start, headerEnd, `Add "{" at the end of line ${line}.`);
    return finishBlock(s, type, labels, headerEnd, headerEnd);
  }
  const label = labels[0];
  const isConstant = label?.name === 'true' || label?.name === 'false';
  if (labels.length === 1 && label !== undefined && (label.quoted || isConstant)) {
    s.report(`Expected "=" between "${type.name}" and its value`, type.end, label.start);
    const { file, start, end, name } = label;
    if (!label.quoted) return attribute(s, type, { kind: 'boolean', file, start, end, value: name === 'true' });
    return attribute(s, type, { kind: 'string', file, start, end, value: name });
  }
  s.report(`${header} is neither an argument nor a block: no "=" or "{" follows it`, type.start, headerEnd);
  return undefined;
}

/** `name value`, where the rest of the line after the name is a value. */
function lostEquals(s: ParserState, type: Identifier): Attribute | undefined {
  const faultStart = s.start;
  s.rewind(type.end, true);
  const valueStart = s.start;
  if (startsValue(s) && (s.kind !== kind.OPEN_BRACKET || s.start > s.previousEnd)) {
    s.muted += 1;
    const value = expression(s);
    s.muted -= 1;
    if (!s.recovering && (s.kind === kind.NEWLINE || s.kind === kind.END || s.kind === kind.CLOSE_BRACE)) {
      s.report(`Expected "=" between "${type.name}" and its value`, type.end, valueStart);
      return attribute(s, type, value);
    }
  }
  s.recovering = false;
  s.rewind(faultStart, true);
  return undefined;
}

/** Whether a list or a call after a name is more likely to be its value than the body of a block. */
function startsLostValue(s: ParserState, labels: readonly Label[]): boolean {
  if (s.kind === kind.OPEN_BRACKET)
    return labels.length === 0 && s.start > s.previousEnd && (bracketForBrace(s) === -1 || !itemFollows(s));
  return s.kind === kind.OPEN_PARENTHESIS && labels.length === 1 && s.start === s.previousEnd;
}

/** Whether an attribute or a block starts on the line after the current token. */
function itemFollows(s: ParserState): boolean {
  const space = /^\s*/.exec(s.text.slice(s.end, s.end + 500))![0];
  return startsItem(s.text, s.end + space.length);
}

/** The offset of the opening brace that is the last of the current token's line, else -1. */
function braceAtLineEnd(s: ParserState): number {
  const feed = s.text.indexOf('\n', s.start);
  const line = s.text.slice(s.start, feed === -1 ? s.text.length : feed).trimEnd();
  s.spend(line.length);
  return line.endsWith('{') ? s.start + line.length - 1 : -1;
}

/** Where a bracket ends that opens a block in place of its brace: the current token, if it is the last of its line; else -1. */
function bracketForBrace(s: ParserState): number {
  if ((s.kind !== kind.OPEN_BRACKET && s.kind !== kind.OPEN_PARENTHESIS) || s.depth >= DEEPEST) return -1;
  return /[ \t]*\r?(?:\n|$)/y.test(s.text.slice(s.end, s.end + 20)) ? s.end : -1;
}

/** The text from an offset on its line up to the `=`. */
function pathFrom(s: ParserState, lineStart: number): string {
  const line = s.text.slice(lineStart, Math.min(s.text.length, lineStart + 200));
  return /^[^=\n]*/.exec(line)![0].trim();
}

function lastOfLine(text: string, lineEnd: number): string {
  return (
    text
      .slice(Math.max(0, lineEnd - 100), lineEnd)
      .trimEnd()
      .at(-1) ?? ''
  );
}

/** Whether the closing brace that is the current token stands under a block further out, by its column. */
function closesOuterBlock(s: ParserState, column: number): boolean {
  if (!isFirstOnLine(s, s.start)) return false;
  const own = indentationAt(s.file, s.start);
  return own < column && s.columns.includes(own);
}

/** Reports that the brace of a block was lost, where it should stand: after its last item. */
function unclosed(s: ParserState, type: Identifier, at: number, told: boolean): void {
  if (s.kind === kind.END && s.swallowedRest) return;
  s.unbalanced = true;
  const line = s.line(at);
  const where = s.kind === kind.END ? 'before the end of the file' : `before line ${s.line(s.start)}`;
  const message = `The block "${type.name}" that opens on line ${s.line(type.start)} is not closed: expected "}" ${where}`;
  s.report(message, at, at, `Add "}" on its own line after line ${line}.`, 'syntax', !told);
}

function blockNode(
  s: ParserState,
  type: Identifier,
  labels: readonly Label[],
  items: readonly Item[],
  bodyStart: number,
  bodyEnd: number,
  end: number,
): Block {
  const { file } = s;
  const { start } = type;
  return {
    kind: 'block',
    file,
    start,
    end,
    type,
    labels,
    body: { kind: 'body', file, start: bodyStart, end: bodyEnd, items },
    header: { file, start, end: labels.at(-1)?.end ?? type.end },
  };
}
