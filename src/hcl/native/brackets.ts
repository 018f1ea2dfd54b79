/** Expressions between brackets: lists, objects, calls and parentheses. */

import type { Expression, Identifier, ObjectEntry } from '../syntax.ts';
import { quoted } from './characters.ts';
import { expression } from './expression.ts';
import { forExpression } from './for.ts';
import { semicolon } from './habits.ts';
import { indentationAt } from './indentation.ts';
import { startsItem } from './item-start.ts';
import {
  endsStringInString,
  found,
  hintFor,
  isCloser,
  isFirstOnLine,
  QUOTE_HINT,
  QUOTE_IN_STRING,
  skipInside,
  standsOnItem,
  startsValue,
} from './recovery.ts';
import type { Mark, ParserState } from './state.ts';
import * as kind from './token-kind.ts';

/** What the functions here need to know of the construct that they are in. */
interface Opened {
  /** As messages call it: `list`. */
  readonly what: string;
  readonly start: number;
  /** The mode of line ends around it. */
  readonly outer: boolean;
  readonly closer: number;
}

function bracketText(closer: number): string {
  if (closer === kind.CLOSE_BRACE) return '}';
  return closer === kind.CLOSE_BRACKET ? ']' : ')';
}

/** `[a, b]`, and `[for ...]`. */
export function tuple(s: ParserState): Expression {
  const { start } = s;
  const outer = s.newlines;
  s.advanceWith(false);
  if (s.isWord('for')) return forExpression(s, start, outer, 'tuple');
  const items: Expression[] = [];
  const end = list(s, { what: 'list', start, outer, closer: kind.CLOSE_BRACKET }, items);
  return { kind: 'tuple', file: s.file, start, end, items };
}

/** The same without its opening bracket, from the line end that is the current token. */
export function tupleWithoutBracket(s: ParserState): Expression {
  const start = s.previousEnd;
  const outer = s.newlines;
  s.report('Expected "[" before the end of the line', start, start, 'Add the "[".');
  s.advanceWith(false);
  const items: Expression[] = [];
  const end = list(s, { what: 'list', start, outer, closer: kind.CLOSE_BRACKET }, items);
  return { kind: 'tuple', file: s.file, start, end, items };
}

/** `name(arguments)`. The current token is the one after the first part of the name, which is all of it but for `a::b`. */
export function call(s: ParserState, start: number, firstEnd: number, first: string): Expression {
  let name = first;
  let nameEnd = firstEnd;
  while (s.kind === kind.DOUBLE_COLON) {
    s.advance();
    if (s.kind !== kind.IDENTIFIER) {
      s.fail(`Expected a function's name after "${name}::", found ${found(s)}`, s.start, s.end);
      return s.invalid(start, nameEnd);
    }
    name = `${name}::${s.name()}`;
    nameEnd = s.end;
    s.advance();
  }
  const { file } = s;
  const identifier = { kind: 'identifier', file, start, end: nameEnd, name } as const;
  if (s.kind !== kind.OPEN_PARENTHESIS) {
    s.fail(`Expected "(" after the function's name "${name}", found ${found(s)}`, start, nameEnd);
    return s.invalid(start, nameEnd);
  }
  const outer = s.newlines;
  const opened = { what: `call of "${name}"`, start, outer, closer: kind.CLOSE_PARENTHESIS };
  s.advanceWith(false);
  const items: Expression[] = [];
  const end = list(s, opened, items);
  const expandFinal = s.expanded;
  s.expanded = false;
  return { kind: 'call', file, start, end, name: identifier, arguments: items, expandFinal };
}

/** `(inner)`. */
export function parentheses(s: ParserState): Expression {
  const { start } = s;
  const opened = { what: 'parenthesis', start, outer: s.newlines, closer: kind.CLOSE_PARENTHESIS };
  s.advanceWith(false);
  const before = s.previousEnd;
  const first = s.start;
  s.openParentheses += 1;
  const inner = expression(s);
  s.openParentheses -= 1;
  const { height } = s;
  let end: number;
  if (!s.recovering && s.kind === kind.CLOSE_PARENTHESIS) {
    end = close(s, opened);
  } else if (!s.recovering && closedByAnother(s, opened)) {
    end = close(s, opened);
  } else if (itemLost(s, first)) {
    end = unclosed(s, opened, before, first);
  } else if (s.kind === kind.END || standsOnItem(s) || (s.kind === kind.CLOSE_BRACE && !s.recovering)) {
    end = unclosed(s, opened, s.previousEnd, -1);
  } else {
    s.fail(`Expected ")" before ${found(s)}`, s.start, s.end, hintFor(s));
    end = skipInside(s, opened.closer, 0) ? close(s, opened) : abandon(s, opened, s.previousEnd);
  }
  s.height = height + 1;
  return { kind: 'parentheses', file: s.file, start, end, inner };
}

/** Values between commas up to the closing bracket; gives where that ends, and leaves the token after it. */
function list(s: ParserState, opened: Opened, items: Expression[]): number {
  let height = 0;
  let end = -1;
  const isCall = opened.closer === kind.CLOSE_PARENTHESIS;
  if (isCall) s.openParentheses += 1;
  else s.openBrackets += 1;
  while (end === -1) {
    if (s.kind === opened.closer) {
      end = close(s, opened);
      break;
    }
    if (s.kind === kind.END) {
      end = unclosed(s, opened, s.previousEnd, -1);
      break;
    }
    const before = s.previousEnd;
    const first = s.start;
    const item = expression(s);
    if (s.height > height) height = s.height;
    if (s.recovering || (s.kind !== kind.COMMA && s.kind !== opened.closer)) {
      if (itemLost(s, first)) {
        end = unclosed(s, opened, before, first);
        break;
      }
      items.push(item);
      end = afterItem(s, opened, items);
    } else {
      items.push(item);
      if (s.kind === kind.COMMA) s.advance();
    }
  }
  if (isCall) s.openParentheses -= 1;
  else s.openBrackets -= 1;
  s.height = height + 1;
  return end;
}

/** Reports that the current token, a bracket that nothing else around has opened, closes a construct in place of its own. */
function closedByAnother(s: ParserState, opened: Opened): boolean {
  const isStray =
    (s.kind === kind.CLOSE_BRACE && s.openBraces === 0 && s.line(s.start) === s.line(opened.start)) ||
    (s.kind === kind.CLOSE_BRACKET && s.openBrackets === 0) ||
    (s.kind === kind.CLOSE_PARENTHESIS && s.openParentheses === 0);
  if (!isStray) return false;
  const closer = bracketText(opened.closer);
  const message = `The ${opened.what} is closed by ${found(s)} instead of "${closer}"`;
  s.report(message, s.start, s.end, `Write "${closer}".`);
  return true;
}

/** After an item that no comma and no closer follows: where the list ends, or -1 if it goes on with the current token. */
function afterItem(s: ParserState, opened: Opened, items: Expression[]): number {
  const callOf = opened.closer === kind.CLOSE_PARENTHESIS;
  if (!s.recovering) {
    if (callOf && s.kind === kind.ELLIPSIS) {
      s.expanded = true;
      s.advance();
      if (s.kind === opened.closer) return close(s, opened);
      s.fail(
        `Expected ")" after "...", found ${found(s)}`,
        s.start,
        s.end,
        'Only the last argument can be expanded with "...".',
      );
    } else if (closedByAnother(s, opened)) {
      return close(s, opened);
    } else if (semicolon(s)) {
      return -1;
    } else if (s.kind === kind.EQUALS || (s.kind === kind.COLON && !callOf)) {
      afterKey(s, callOf, items);
      if (!s.recovering) return -1;
    } else if (s.kind === kind.END || isCloser(s.kind) || standsOnItem(s)) {
      return unclosed(s, opened, s.previousEnd, -1);
    } else if (startsValue(s)) {
      if (!lostQuote(s, items)) missingComma(s, opened);
      return -1;
    } else {
      s.fail(`Expected "," or "${bracketText(opened.closer)}", found ${found(s)}`, s.start, s.end, hintFor(s));
    }
  }
  if (!skipInside(s, opened.closer, kind.COMMA)) return abandon(s, opened, s.previousEnd);
  s.recovering = false;
  if (s.kind === opened.closer) return close(s, opened);
  s.advance();
  return -1;
}

/** From the `=` behind what seemed to be an item, and is the name or the key of one, which is reported. */
function afterKey(s: ParserState, callOf: boolean, items: Expression[]): void {
  if (callOf) {
    const hint = 'Remove the name and the "=".';
    s.reportOnce('named argument', 'Arguments of a function have no names', s.start, s.end, hint);
  } else {
    const hint = 'For keys with values write { } instead of [ ].';
    s.reportOnce('key in list', 'A list has no keys', s.start, s.end, hint);
  }
  s.advance();
  const value = expression(s);
  const key = items.pop();
  items.push(callOf ? value : s.invalid(key?.start ?? value.start, value.end));
  if (!s.recovering && s.kind === kind.COMMA) s.advance();
}

/** Whether the last item is a string that lacks its closing quote before a comma, and has taken the next one's for it: read as meant. */
function lostQuote(s: ParserState, items: Expression[]): boolean {
  const last = items.at(-1);
  if (!endsStringInString(s) || last?.kind !== 'string' || last.end !== s.start) return false;
  const comma = /,[ \t]*"$/.exec(s.text.slice(last.start, last.end));
  if (comma === null || comma.index < 2) return false;
  const end = last.start + comma.index;
  const value = s.text.slice(last.start + 1, end);
  const hint = 'Add the quote before the comma.';
  if (!s.toldOnLineOf(s.start)) s.report(`The string ${quoted(value)} has no closing quote`, last.start, end, hint);
  items[items.length - 1] = { ...last, end, value };
  s.rewind(last.end - 1, false);
  return true;
}

/** Reports that a comma is missing before the current token; once for each list. */
function missingComma(s: ParserState, opened: Opened): void {
  if (endsStringInString(s)) {
    if (!s.toldOnLineOf(s.start)) s.report(QUOTE_IN_STRING, s.previousEnd - 1, s.previousEnd, QUOTE_HINT);
    return;
  }
  const what = opened.closer === kind.CLOSE_PARENTHESIS ? 'arguments' : 'list items';
  const message = `Expected "," before ${found(s)}: ${what} must be separated by commas`;
  if (!s.toldOnLineOf(s.start)) s.reportOnce(`comma ${opened.start}`, message, s.start, s.end);
}

/** Whether an item that seems to be one of this construct is the next argument of the body: `name`, then `=` or a block's header. */
function itemLost(s: ParserState, first: number): boolean {
  return !s.recovering && s.kind !== kind.COMMA && isFirstOnLine(s, first) && startsItem(s.text, first);
}

function close(s: ParserState, opened: Opened): number {
  const { end } = s;
  s.recovering = false;
  s.advanceWith(opened.outer);
  return end;
}

/**
 * Reports that a bracket is not closed, and goes on behind it.
 * @param at where the closing bracket should stand
 * @param next where the token starts that showed it, if the parser has gone on past it, else -1
 */
function unclosed(s: ParserState, opened: Opened, at: number, next: number): number {
  const start = next === -1 ? s.start : next;
  const isSwallowed = s.kind === kind.END && s.swallowedRest;
  if (at !== s.brokenString && !isSwallowed && !s.recovering && !s.toldOnLineOf(at)) {
    const closer = bracketText(opened.closer);
    const where = start >= s.text.length ? 'the end of the file' : `line ${s.line(start)}`;
    const message = `The ${opened.what} that opens on line ${s.line(opened.start)} is not closed: expected "${closer}" before ${where}`;
    s.report(message, at, at, `Add "${closer}" after line ${s.line(at)}, or at its end.`);
  }
  return abandon(s, opened, at);
}

/** Goes on behind a construct that is not closed, as if it ended at an offset. */
function abandon(s: ParserState, opened: Opened, end: number): number {
  s.rewind(end, opened.outer);
  return end;
}

/** `{ key = value }`, and `{for ...}`. */
export function object(s: ParserState): Expression {
  const { start } = s;
  const outer = s.newlines;
  s.openBraces += 1;
  s.advanceWith(true);
  const afterBrace = s.previousEnd;
  if (s.kind === kind.NEWLINE || s.kind === kind.IDENTIFIER) {
    while (s.kind === kind.NEWLINE) s.advance();
    if (s.isWord('for')) {
      s.openBraces -= 1;
      return forExpression(s, start, outer, 'object');
    }
  }
  const entries: ObjectEntry[] = [];
  const { faults } = s;
  const opened = { what: 'object', start, outer, closer: kind.CLOSE_BRACE };
  const end = objectEntries(s, opened, entries, afterBrace);
  // Nothing is known of an object that lost all entries, or that another tool puts a value in place of.
  if (s.faults > faults && (entries.length === 0 || s.text.startsWith('{{', start))) return s.invalid(start, end);
  return { kind: 'object', file: s.file, start, end, entries };
}

function objectEntries(s: ParserState, opened: Opened, entries: ObjectEntry[], afterBrace: number): number {
  let height = 0;
  let lastEnd = afterBrace;
  let end = -1;
  while (end === -1) {
    if (s.kind === kind.NEWLINE) {
      s.advance();
      continue;
    }
    if (s.kind === kind.CLOSE_BRACE && !(s.byIndentation && closesOuterBlock(s, opened))) {
      s.openBraces -= 1;
      end = close(s, opened);
      break;
    }
    if (s.kind === kind.END || s.kind === kind.CLOSE_BRACE || (s.byIndentation && standsOutside(s, opened))) {
      s.unbalanced = true;
      s.openBraces -= 1;
      end = unclosed(s, opened, lastEnd, s.start);
      break;
    }
    if (isCloser(s.kind)) {
      s.fail(`Expected "}" before ${found(s)}`, s.start, s.end, `The object opens on line ${s.line(opened.start)}.`);
    }
    const entry = s.recovering ? undefined : objectEntry(s);
    if (s.height > height) height = s.height;
    if (entry !== undefined) {
      entries.push(entry);
      lastEnd = entry.end;
    }
    if (!s.recovering) {
      if (s.kind === kind.NEWLINE || s.kind === kind.COMMA) {
        s.advance();
        continue;
      }
      if (s.kind === kind.CLOSE_BRACE || s.kind === kind.END || semicolon(s)) continue;
      if ((s.kind === kind.IDENTIFIER || s.kind === kind.QUOTE) && entry !== undefined) {
        if (endsStringInString(s)) {
          s.fail(QUOTE_IN_STRING, s.previousEnd - 1, s.previousEnd, QUOTE_HINT);
        } else {
          const message = `Expected a new line or "," before ${found(s)}`;
          s.reportOnce(`comma ${opened.start}`, message, s.start, s.end);
          continue;
        }
      }
      s.fail(`Expected a new line, "," or "}", found ${found(s)}`, s.start, s.end, hintFor(s));
    }
    if (skipInside(s, kind.CLOSE_BRACE, kind.NEWLINE)) {
      s.recovering = false;
      if (s.kind !== kind.CLOSE_BRACE) s.advance();
    } else if (s.kind === kind.END) {
      s.openBraces -= 1;
      end = abandon(s, opened, lastEnd);
      s.unbalanced = true;
      s.seek(s.text.length);
      s.advance();
    } else s.advance();
  }
  s.height = height + 1;
  return end;
}

function objectEntry(s: ParserState): ObjectEntry | undefined {
  const { file, start } = s;
  const { mark } = s;
  const { faults } = s;
  const key = objectKey(s);
  const keyHeight = s.height;
  if ((s.recovering || s.faults > faults || !separates(s)) && bareKeyEnd(s, start) !== -1)
    return bareKey(s, start, mark);
  if (s.recovering) return undefined;
  if (key.kind === 'binary' && key.operator === '==' && endsEntry(s)) {
    s.reportOnce('separator "=="', 'Expected "=" after the key, found "=="', key.left.end, key.right.start);
    s.height += 1;
    return { kind: 'entry', file, start, end: key.end, key: key.left, value: key.right };
  }
  if (s.kind !== kind.EQUALS && s.kind !== kind.COLON) {
    const keyText = quoted(s.text.slice(key.start, key.end));
    if (s.kind === kind.NEWLINE && separatorFollows(s)) {
      s.report(`The "=" after the key ${keyText} must be on the same line`, key.start, key.end);
      while (s.kind === kind.NEWLINE) s.advance();
      s.advance();
    } else if (s.kind === kind.ARROW) {
      s.reportOnce('separator "=>"', 'Expected "=" after the key, found "=>"', s.start, s.end);
      s.advance();
    } else if (s.kind === kind.COMMA || s.kind === kind.CLOSE_BRACE) {
      const hint = 'Write it as key = value, or write [ ] instead of { } for a list.';
      s.failOnce('no value', `The key ${keyText} has no value`, key.start, key.end, hint);
      return undefined;
    } else if (!startsValue(s)) {
      s.fail(`The key ${keyText} has no value: expected "=" before ${found(s)}`, key.start, key.end, hintFor(s));
      return undefined;
    } else s.report(`Expected "=" after the key ${keyText}, found ${found(s)}`, s.start, s.end);
  } else {
    const isColon = s.kind === kind.COLON;
    s.advance();
    if (isColon && s.kind === kind.EQUALS && s.start === s.previousEnd) {
      s.reportOnce('separator ":="', 'Expected "=" after the key, found ":="', s.start - 1, s.end);
      s.advance();
    }
  }
  const value = entryValue(s);
  if (s.kind === kind.EQUALS && !s.recovering && bareKeyEnd(s, start) !== -1) return bareKey(s, start, mark);
  if (keyHeight > s.height) s.height = keyHeight;
  s.height += 1;
  return { kind: 'entry', file, start, end: value.end, key, value };
}

/** The value of an entry: a line break in it is not one of the value around it. */
function entryValue(s: ParserState): Expression {
  const { brokenLine } = s;
  s.brokenLine = false;
  const value = expression(s);
  s.brokenLine = brokenLine;
  return value;
}

function separates(s: ParserState): boolean {
  return s.kind === kind.EQUALS || s.kind === kind.COLON;
}

function endsEntry(s: ParserState): boolean {
  return s.kind === kind.NEWLINE || s.kind === kind.COMMA || s.kind === kind.CLOSE_BRACE;
}

/** Where a key ends that would have to be in quotes, such as `a.1b`, with `=` or `:` behind it; -1 if none starts there. */
function bareKeyEnd(s: ParserState, start: number): number {
  const pattern =
    /[^\s"'=:{}[\]()#,?&|;$%<>](?:[^\s"=:{}[\]()#,?;$%<>]|:(?=[^\s:=])|[ \t](?=[^\s=:#])){0,200}(?=[ \t]*(?:=(?![=>])|:[ \t]))/y;
  pattern.lastIndex = start;
  return pattern.test(s.text) ? pattern.lastIndex : -1;
}

/** An entry whose key lacks its quotes; what was reported of it since a mark is of no meaning. */
function bareKey(s: ParserState, start: number, mark: Mark): ObjectEntry {
  const { file } = s;
  const end = bareKeyEnd(s, start);
  const name = s.text.slice(start, end);
  s.takeBack(mark, start);
  s.recovering = false;
  s.reportOnce('key', `The key ${quoted(name)} needs quotes`, start, end, `Write "${name}" = …`);
  s.rewind(end, true);
  s.advance();
  const value = entryValue(s);
  s.height += 1;
  return { kind: 'entry', file, start, end: value.end, key: { kind: 'string', file, start, end, value: name }, value };
}

/** Whether the first token of the next line is `=` or `:`. */
function separatorFollows(s: ParserState): boolean {
  const at = s.text.slice(s.end, s.end + 200).search(/\S/);
  return at !== -1 && /^(?:=(?![=>])|:(?!:))/.test(s.text.slice(s.end + at, s.end + at + 2));
}

function objectKey(s: ParserState): Identifier | Expression {
  if (s.kind !== kind.IDENTIFIER) return expression(s);
  const before = s.previousEnd;
  const name = s.identifier();
  s.height = 1;
  if (s.kind === kind.EQUALS || s.kind === kind.COLON || s.kind === kind.ARROW) return name;
  const valueFollows =
    startsValue(s) && s.kind !== kind.OPEN_PARENTHESIS && s.kind !== kind.OPEN_BRACKET && s.kind !== kind.MINUS;
  if (s.kind === kind.NEWLINE || s.kind === kind.COMMA || s.kind === kind.CLOSE_BRACE || valueFollows) return name;
  s.rewind(before, s.newlines);
  return expression(s);
}

/** Whether the current token is the first of a line that stands at or left of the line that opens the object. */
function standsOutside(s: ParserState, opened: Opened): boolean {
  if (!isFirstOnLine(s, s.start) || s.kind !== kind.IDENTIFIER) return false;
  if (!isFirstOnLine(s, opened.start) && s.line(s.start) === s.line(opened.start)) return false;
  return indentationAt(s.file, s.start) <= indentationAt(s.file, opened.start);
}

/** Whether the closing brace that is the current token stands on the column of a block around the object, left of the object's line. */
function closesOuterBlock(s: ParserState, opened: Opened): boolean {
  if (!isFirstOnLine(s, s.start)) return false;
  const column = indentationAt(s.file, s.start);
  return column < indentationAt(s.file, opened.start) && s.columns.includes(column);
}
