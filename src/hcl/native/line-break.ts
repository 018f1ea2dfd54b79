/** Expressions that go on behind their line, where HCL takes the line's end for theirs: read as they are meant. */

import { startsItem } from './item-start.ts';
import type { ParserState } from './state.ts';
import * as kind from './token-kind.ts';

/**
 * Whether a value starts on the line after the line end that is the current token, and no attribute, block or key.
 * @param beforeColon whether a colon may follow it
 */
export function valueOnNextLine(s: ParserState, beforeColon = false): boolean {
  const { text } = s;
  const first = visibleFrom(text, s.end);
  if (!/[\p{ID_Start}_0-9"({[!-]/u.test(text.charAt(first)) || startsItem(text, first)) return false;
  const entry = beforeColon
    ? /(?:"[^"\n]*"|[\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*=(?![=>])/uy
    : /(?:"[^"\n]*"|[\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*[=:](?![=>])/uy;
  entry.lastIndex = first;
  return !entry.test(text);
}

/** Whether a comma ends the line that a value starts on, after an "=": it is one of a list that lacks its bracket. */
export function listOnNextLines(s: ParserState): boolean {
  if (s.openBraces > 0 || s.text.charAt(s.previousEnd - 1) !== '=') return false;
  const first = visibleFrom(s.text, s.end);
  const line = /^[^\n]{0,500}/.exec(s.text.slice(first, first + 500))![0];
  return /^(?:"[^"]*"|[^"#])+,[ \t\r]*(?:(?:#|\/\/).*)?$/.test(line);
}

/** Goes on to the value on the next line; the current token is the line end before it. */
export function joinValue(s: ParserState): void {
  const after = /(?:[=!<>]=|&&|\|\||[-+*/%?:=<>!.])$/.exec(s.text.slice(Math.max(0, s.previousEnd - 2), s.previousEnd));
  if (after?.[0] === '=') join(s, 'Line break after "="', 'Start the value on the line of the "=".');
  else join(s, `Line break inside an expression, after "${after?.[0] ?? ''}"`);
}

/** Goes on to the operator or the dot that the next line starts with, if it does; the current token is the line end before it. */
export function joinOperator(s: ParserState): boolean {
  const operator = operatorOnNextLine(s);
  if (operator === '' || !readsOn(s.text, visibleFrom(s.text, s.end) + operator.length)) return false;
  join(s, `Line break inside an expression, before "${operator}"`);
  return true;
}

/** Whether what stands behind an operator is an operand, and neither an argument or a block nor the end of one. */
function readsOn(text: string, offset: number): boolean {
  const first = visibleFrom(text, offset);
  if ('}])=,'.includes(text.charAt(first)) || startsItem(text, first)) return false;
  return !/^[^"'({[\n=]*[^"'({[\n=!<>]=(?![=>])/.test(text.slice(first, first + 200));
}

/** The same for the colon of a conditional. */
export function joinColon(s: ParserState): void {
  const first = visibleFrom(s.text, s.end);
  if (s.text.charAt(first) === ':' && s.text.charAt(first + 1) !== ':')
    join(s, 'Line break inside an expression, before ":"');
}

/** The same for the parenthesis of a call, after its name. */
export function joinCall(s: ParserState): void {
  if (s.openBraces === 0 && s.text.charAt(visibleFrom(s.text, s.end)) === '(')
    join(s, 'Line break between a function\'s name and its "("', 'Put the "(" on the line of the name.');
}

function join(s: ParserState, message: string, hint = 'Put the expression on one line, or in parentheses.'): void {
  if (!s.brokenLine) s.report(message, s.start, s.start, hint);
  s.brokenLine = true;
  while (s.kind === kind.NEWLINE) s.advance();
}

/** The operator, the question mark or the dot that the next line starts with, where nothing else could; else empty. */
function operatorOnNextLine(s: ParserState): string {
  const { text } = s;
  const first = visibleFrom(text, s.end);
  const character = text.charAt(first);
  const next = text.charAt(first + 1);
  switch (character) {
    case '?':
      return character;
    case '.':
      return /[\p{ID_Start}_*\d]/u.test(next) ? character : '';
    case '&':
    case '|':
      return next === character && text.charAt(first + 2) !== character ? character + next : '';
    case '=':
      return next === '=' && text.charAt(first + 2) !== '=' ? '==' : '';
    case '!':
      return next === '=' ? '!=' : '';
    case '<':
    case '>':
      if (next === '=') return character + next;
      return next === ' ' ? character : '';
    case '/':
    case '*':
    case '%':
    case '+':
      return next === ' ' ? character : '';
    case '-':
      // In an object it could start a key.
      return next === ' ' && s.openBraces === 0 ? character : '';
    default:
      return '';
  }
}

/** The offset of the next character that is no white space and no line of comment. */
function visibleFrom(text: string, offset: number): number {
  let at = offset;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) at += 1;
    else if (code === 0x23 || (code === 0x2f && text.charCodeAt(at + 1) === 0x2f)) {
      const feed = text.indexOf('\n', at);
      if (feed === -1) return text.length;
      at = feed + 1;
    } else return at;
  }
}
