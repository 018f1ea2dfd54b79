/** Access to parts of values: `.name`, `[index]`, the legacy `.0`, and both splats. */

import type { Expression, SplatItem } from '../syntax.ts';
import { quoted } from './characters.ts';
import { expression } from './expression.ts';
import { joinValue, valueOnNextLine } from './line-break.ts';
import { found, hintFor, isCloser, skipInside } from './recovery.ts';
import { DEEPEST, type ParserState } from './state.ts';
import * as kind from './token-kind.ts';

/** A value with all the steps that follow it. The current token is the one after the value. */
export function traversals(s: ParserState, from: Expression): Expression {
  let value = from;
  while (!s.recovering) {
    if (s.kind !== kind.DOT && s.kind !== kind.OPEN_BRACKET) return value;
    if (s.depth + s.height >= DEEPEST) return s.tooDeep();
    value = s.kind === kind.DOT ? dot(s, value) : bracket(s, value);
  }
  return value;
}

function dot(s: ParserState, object: Expression): Expression {
  const dotStart = s.start;
  s.advance();
  if (s.kind === kind.NEWLINE && valueOnNextLine(s)) joinValue(s);
  if (s.kind === kind.IDENTIFIER) return getAttribute(s, object);
  if (s.kind === kind.NUMBER) return legacyIndex(s, object);
  if (s.kind === kind.TIMES) return attributeSplat(s, object, dotStart);
  s.fail(
    `Expected a name after the dot, found ${found(s)}`,
    dotStart,
    s.kind === kind.NEWLINE ? s.start : s.end,
    hintFor(s),
  );
  return s.invalid(object.start, dotStart + 1);
}

function getAttribute(s: ParserState, object: Expression): Expression {
  const { height } = s;
  const name = s.identifier();
  s.height = height + 1;
  return { kind: 'get', file: s.file, start: object.start, end: name.end, object, name };
}

/** `object.0`. In `object.0.1` the scanner has read the number 0.1, which HCL rejects. */
function legacyIndex(s: ParserState, object: Expression): Expression {
  const { file, start, end } = s;
  const text = s.text.slice(start, end);
  if (/[.]/.test(text)) {
    s.report(
      `${quoted(`.${text}`)} is read as the index ${text}, which is not a whole number`,
      start,
      end,
      `Write ${text
        .split('.')
        .map((part) => `[${part}]`)
        .join('')}.`,
    );
    s.advance();
    return s.invalid(object.start, end);
  }
  s.advance();
  s.height += 1;
  const index = { kind: 'number', file, start, end, text } as const;
  return { kind: 'index', file, start: object.start, end, object, index, legacy: true };
}

/** `source.*`, and the names and numbers that follow it with dots; other steps apply to the result as a whole. */
function attributeSplat(s: ParserState, source: Expression, dotStart: number): Expression {
  const item = splatItem(s, dotStart, s.end);
  const sourceHeight = s.height;
  s.advance();
  let each: Expression = item;
  s.height = 1;
  while (s.kind === kind.DOT && !s.recovering) {
    if (s.depth + s.height >= DEEPEST) return s.tooDeep();
    const stepStart = s.start;
    s.advance();
    if (s.kind === kind.IDENTIFIER) each = getAttribute(s, each);
    else if (s.kind === kind.NUMBER) each = legacyIndex(s, each);
    else if (s.kind === kind.TIMES)
      s.fail('".*" cannot follow another ".*"', stepStart, s.end, 'Use "[*]" for lists of lists.');
    else s.fail(`Expected a name after the dot, found ${found(s)}`, stepStart, s.end, hintFor(s));
  }
  s.height = Math.max(sourceHeight, s.height) + 1;
  const end = Math.max(each.end, item.end);
  return { kind: 'splat', file: s.file, start: source.start, end, source, full: false, each };
}

function bracket(s: ParserState, object: Expression): Expression {
  const open = s.start;
  const outer = s.newlines;
  const { height } = s;
  s.advance();
  // Whether `*` may follow on the next line depends on what is around the bracket; any other index may.
  if (s.kind === kind.TIMES) return fullSplat(s, object, open);
  s.newlines = false;
  if (s.kind === kind.NEWLINE) s.advance();
  s.openBrackets += 1;
  const index = expression(s);
  s.openBrackets -= 1;
  let end = s.end;
  if (!s.recovering && s.kind !== kind.CLOSE_BRACKET) {
    s.fail(`Expected "]" after the index, found ${found(s)}`, s.start, s.end, hintFor(s));
  }
  if (s.recovering && skipInside(s, kind.CLOSE_BRACKET, 0)) s.recovering = false;
  if (s.recovering) {
    end = Math.max(index.end, open + 1);
    s.newlines = outer;
  } else {
    end = s.end;
    s.advanceWith(outer);
  }
  s.height = Math.max(height, s.height) + 1;
  return { kind: 'index', file: s.file, start: object.start, end, object, index, legacy: false };
}

/** `source[*]` and every step that follows. */
function fullSplat(s: ParserState, source: Expression, open: number): Expression {
  const sourceHeight = s.height;
  s.advance();
  if (s.kind !== kind.CLOSE_BRACKET) {
    s.fail(`Expected "]" after "[*", found ${found(s)}`, s.start, isCloser(s.kind) ? s.end : s.start, hintFor(s));
    return s.invalid(source.start, open + 1);
  }
  const item = splatItem(s, open, s.end);
  s.advance();
  s.height = 1;
  s.depth += 1;
  const each = s.depth >= DEEPEST ? s.tooDeep() : traversals(s, item);
  s.depth -= 1;
  s.height = Math.max(sourceHeight, s.height) + 1;
  const end = Math.max(each.end, item.end);
  return { kind: 'splat', file: s.file, start: source.start, end, source, full: true, each };
}

function splatItem(s: ParserState, start: number, end: number): SplatItem {
  return { kind: 'splat-item', file: s.file, start, end };
}
