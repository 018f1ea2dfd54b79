/** What people write out of the habits of other languages, or of a word processor: told once, and read as it is meant. */

import type { Expression, Invalid, StringLiteral } from '../syntax.ts';
import { startsItem } from './item-start.ts';
import type { ParserState } from './state.ts';
import * as kind from './token-kind.ts';

/** What closes a string on its line, by what opens it. */
const CLOSERS: Readonly<Record<string, string>> = {
  "'": "'",
  '`': '`',
  '‘': "’'",
  '’': "’'",
  '“': '”“"',
  '”': '”“"',
  '„': '”“"',
  '«': '»',
};

/** A string in other quotes than HCL's, if the current token opens one that is closed on its line; leaves the token after it. */
export function looseString(s: ParserState): StringLiteral | Invalid | undefined {
  const { file, text, start } = s;
  const closers = s.kind === kind.INVALID ? CLOSERS[text.slice(start, s.end)] : undefined;
  if (closers === undefined || text.startsWith('```', start)) return undefined;
  let end = s.end;
  while (end < text.length && text.charAt(end) !== '\n' && !closers.includes(text.charAt(end))) end += 1;
  if (end === text.length || text.charAt(end) === '\n') {
    s.spend(end - start);
    return undefined;
  }
  const value = text.slice(s.end, end);
  const quote = text.slice(start, s.end);
  const message = `Strings need straight double quotes ("), not ${quote}`;
  const hint = value.length > 60 || /["\\]/.test(value) ? undefined : `Write "${value}".`;
  s.reportOnce(`quote ${closers}`, message, start, end + 1, hint);
  s.seek(end + 1);
  s.advance();
  s.height = 1;
  if (/[$%]\{/.test(value)) return { kind: 'invalid', file, start, end: end + 1 };
  return { kind: 'string', file, start, end: end + 1, value };
}

/** Reports the semicolon that is the current token, and goes on behind it; else false. */
export function semicolon(s: ParserState): boolean {
  if (s.kind !== kind.INVALID || s.text.charAt(s.start) !== ';') return false;
  s.reportOnce('semicolon', 'HCL has no semicolons', s.start, s.end, 'Remove it; each argument has its own line.');
  s.advance();
  return true;
}

/** The kind of the operator that the current token is meant to be, which is reported; else the token's own. */
export function operatorMeant(s: ParserState): number {
  const word = s.text.slice(s.start, Math.min(s.end, s.start + 4));
  const isOr = word === '|' || word === 'or' || word === 'OR';
  if (!isOr && word !== '&' && word !== 'and' && word !== 'AND') return s.kind;
  const operator = isOr ? '||' : '&&';
  s.reportOnce(`operator ${word}`, `HCL has no operator "${word}"`, s.start, s.end, `Write "${operator}".`);
  return isOr ? kind.OR : kind.AND;
}

/**
 * `${value}` or `$value` outside of strings, from the dollar sign, which is the current token: the value.
 * @param read reads the expression at the current token
 */
export function looseInterpolation(s: ParserState, read: (s: ParserState) => Expression): Expression | undefined {
  const { text, start } = s;
  if (s.kind !== kind.INVALID || text.charAt(start) !== '$' || !/[{\p{ID_Start}_]/u.test(text.charAt(s.end)))
    return undefined;
  const outer = s.newlines;
  const inBraces = text.charAt(s.end) === '{';
  const message = inBraces ? '"${ }" is for strings only' : 'Names have no "$" before them';
  const hint = inBraces ? 'Write the expression alone, without "${" and "}".' : 'Remove the "$".';
  s.reportOnce(`dollar ${inBraces}`, message, start, s.end + (inBraces ? 1 : 0), hint);
  s.advanceWith(inBraces ? false : outer);
  if (!inBraces) return read(s);
  s.openBraces += 1;
  s.advance();
  const value = read(s);
  s.openBraces -= 1;
  if (!s.recovering && s.kind !== kind.CLOSE_BRACE) s.fail('The "${" has no "}"', start, start + 2);
  if (!s.recovering) s.advanceWith(outer);
  else s.newlines = outer;
  return value;
}

/** `<your value>`, from the `<` that is the current token: reported, and skipped. */
export function placeholder(s: ParserState): Invalid | undefined {
  const { file, text, start } = s;
  const match = /^<[\p{L}_][^<>"\n=]{0,80}>/u.exec(text.slice(start, start + 100));
  if (match === null) return undefined;
  const end = start + match[0].length;
  s.report(`"${match[0]}" is a placeholder`, start, end, 'Replace it with a value.');
  s.seek(end);
  s.advance();
  s.height = 1;
  return { kind: 'invalid', file, start, end };
}

/** An IP address or CIDR block without quotes, if one starts at the current token: the string that is meant. */
export function looseCidr(s: ParserState): StringLiteral | undefined {
  const { file, start } = s;
  const piece = s.text.slice(start, start + 50);
  const match = /^(?:\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\w.])|::\/0(?![\w.:]))/.exec(piece);
  if (match === null) return undefined;
  const value = match[0];
  const isClosed = s.text.charAt(start + value.length) === '"';
  const end = start + value.length + (isClosed ? 1 : 0);
  if (isClosed) s.report(`The string "${value}" has no opening quote`, start, end, `Write "${value}".`);
  else s.reportOnce('cidr', `${value} needs quotes`, start, end, `Write "${value}".`);
  s.seek(end);
  s.advance();
  s.height = 1;
  return { kind: 'string', file, start, end, value };
}

/** A text without quotes, or without its first one, that is the rest of its line: the string that is meant, which is reported. */
export function looseText(s: ParserState, value: Expression): StringLiteral | undefined {
  const { file, text } = s;
  const { start } = value;
  const isWord = value.kind === 'reference' || value.kind === 'number';
  const goesOn = isWord && (s.kind === kind.IDENTIFIER || s.kind === kind.NUMBER) && !startsItem(text, s.start);
  if (!goesOn && (s.kind !== kind.QUOTE || s.start !== s.previousEnd || value.kind === 'string')) return undefined;
  const feed = text.indexOf('\n', start);
  const line = text.slice(start, Math.min(feed === -1 ? text.length : feed, start + 500)).trimEnd();
  if (!/^[\p{L}\p{N}_][^"={}[\]()$#;]*"?$/u.test(line) || line.endsWith('"') === goesOn) return undefined;
  const end = start + line.length;
  const written = goesOn ? line : line.slice(0, -1);
  const message = goesOn ? 'This text needs quotes' : `The string "${written}" has no opening quote`;
  s.report(message, start, end, line.length > 60 ? undefined : `Write "${written}".`);
  s.seek(end);
  s.advance();
  s.height = 1;
  return { kind: 'string', file, start, end, value: written };
}
