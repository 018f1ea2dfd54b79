/** For-expressions: `[for key, value in collection : value if condition]` and the same with braces. */

import type { Expression, Identifier } from '../syntax.ts';
import { expression } from './expression.ts';
import { found, hintFor, skipInside } from './recovery.ts';
import type { ParserState } from './state.ts';
import * as kind from './token-kind.ts';

/** The names and the collection that a for-expression and a `%{ for }` start with. */
export interface ForIntroduction {
  readonly keyName: Identifier | undefined;
  readonly valueName: Identifier;
  readonly collection: Expression;
}

/** `key, value in collection`, after the word `for`; undefined where a fault was reported. */
export function forIntroduction(s: ParserState): ForIntroduction | undefined {
  if (s.kind !== kind.IDENTIFIER) return failed(s, 'Expected a name after "for"');
  let valueName = s.identifier();
  let keyName: Identifier | undefined;
  if (s.kind === kind.COMMA) {
    s.advance();
    if (s.kind !== kind.IDENTIFIER) return failed(s, 'Expected the name of the value after ","');
    keyName = valueName;
    valueName = s.identifier();
  }
  if (s.isWord('of')) s.report('Expected "in" after the names of "for", found "of"', s.start, s.end);
  else if (!s.isWord('in')) return failed(s, 'Expected "in" after the names of "for"');
  s.advance();
  return { keyName, valueName, collection: expression(s) };
}

function failed(s: ParserState, expected: string): undefined {
  s.fail(`${expected}, found ${found(s)}`, s.start, s.end, hintFor(s));
  return undefined;
}

/** From the word `for`, which is the current token; `start` is the offset of the bracket before it. */
export function forExpression(s: ParserState, start: number, outer: boolean, form: 'tuple' | 'object'): Expression {
  const closer = form === 'tuple' ? kind.CLOSE_BRACKET : kind.CLOSE_BRACE;
  s.openBraces += 1;
  if (form === 'tuple') s.openBrackets += 1;
  s.advanceWith(false);
  const value = forParts(s, start, form);
  if (form === 'tuple') s.openBrackets -= 1;
  s.openBraces -= 1;
  if (!s.recovering && s.kind !== closer) {
    s.fail(
      `Expected "${form === 'tuple' ? ']' : '}'}" at the end of the "for" expression, found ${found(s)}`,
      s.start,
      s.end,
      hintFor(s),
    );
  }
  if (s.recovering) {
    if (!skipInside(s, closer, 0)) {
      const end = s.previousEnd;
      s.rewind(end, outer);
      s.unbalanced ||= form === 'object';
      return s.invalid(start, end);
    }
    s.recovering = false;
  }
  const { end } = s;
  s.advanceWith(outer);
  if (value === undefined) return s.invalid(start, end);
  s.height += 1;
  return { ...value, start, end };
}

function forParts(s: ParserState, start: number, form: 'tuple' | 'object'): Expression | undefined {
  const introduction = forIntroduction(s);
  if (introduction === undefined || s.recovering) return undefined;
  let { height } = s;
  if (s.kind === kind.ARROW) s.report('Expected ":" after the collection of "for", found "=>"', s.start, s.end);
  else if (s.kind !== kind.COLON) return failed(s, 'Expected ":" after the collection of "for"');
  s.advance();
  let value = expression(s);
  height = Math.max(height, s.height);
  if (s.recovering) return undefined;
  let key: Expression | undefined;
  if (s.kind === kind.ARROW || (form === 'object' && s.kind === kind.EQUALS)) {
    if (s.kind === kind.EQUALS) s.report('Expected "=>" after the key, found "="', s.start, s.end);
    if (form === 'tuple') {
      s.report(
        'A "for" expression in "[]" cannot have keys',
        s.start,
        s.end,
        'Remove the key, or use "{}" to build an object.',
      );
    }
    s.advance();
    key = value;
    value = expression(s);
    height = Math.max(height, s.height);
    if (s.recovering) return undefined;
  } else if (form === 'object') {
    s.report('A "for" expression in "{}" needs a key, "=>" and a value', value.start, value.end);
  }
  const grouped = s.kind === kind.ELLIPSIS;
  if (grouped) {
    if (form === 'tuple') s.report('A "for" expression in "[]" cannot group with "..."', s.start, s.end);
    s.advance();
  }
  let condition: Expression | undefined;
  if (s.isWord('if')) {
    s.advance();
    condition = expression(s);
    height = Math.max(height, s.height);
    if (s.recovering) return undefined;
  }
  s.height = height;
  const { keyName, valueName, collection } = introduction;
  return {
    kind: 'for',
    file: s.file,
    start,
    end: s.end,
    form,
    ...(keyName === undefined ? {} : { keyName }),
    valueName,
    collection,
    ...(key === undefined ? {} : { key }),
    value,
    ...(condition === undefined ? {} : { condition }),
    grouped,
  };
}
