/** Expressions of HCL's native syntax, from operators down to names and numbers. */

import type { Outcome } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { BinaryOperator, Expression } from '../syntax.ts';
import { call, object, parentheses, tuple, tupleWithoutBracket } from './brackets.ts';
import { quoted } from './characters.ts';
import { looseCidr, looseInterpolation, looseString, operatorMeant, placeholder } from './habits.ts';
import { joinCall, joinColon, joinOperator, joinValue, listOnNextLines, valueOnNextLine } from './line-break.ts';
import { found, hintFor, isCloser } from './recovery.ts';
import { DEEPEST, ParserState } from './state.ts';
import { heredoc, quotedString, strayHeredoc } from './template.ts';
import * as kind from './token-kind.ts';
import { traversals } from './traversal.ts';

/** How tightly the operators of two operands bind, by token kind: 0 is no operator. */
const PRECEDENCE = Uint8Array.from({ length: kind.LAST_OPERATOR + 1 }, (_, tokenKind) => {
  if (tokenKind < kind.FIRST_OPERATOR) return 0;
  if (tokenKind >= kind.TIMES) return 6;
  if (tokenKind >= kind.PLUS) return 5;
  if (tokenKind >= kind.LESS) return 4;
  if (tokenKind >= kind.EQUAL) return 3;
  return tokenKind === kind.AND ? 2 : 1;
});

/** By token kind, from `FIRST_OPERATOR`. */
const OPERATORS: readonly BinaryOperator[] = ['||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%'];

/**
 * A text that is one expression, such as a variable's value from the command line. Line ends in it are white space.
 * There is always a value: `invalid` where there is no expression. Never throws.
 */
export function parseExpression(file: SourceFile): Outcome<Expression> {
  const s = new ParserState(file, false);
  s.advanceWith(false);
  const value = expression(s);
  if (s.kind !== kind.END) s.fail(`Expected the expression to end before ${found(s)}`, s.start, s.end, hintFor(s));
  return { value, problems: s.allProblems() };
}

/** The expression that starts at the current token. Where none does, that is a fault, the value is `invalid` and no token is taken. */
export function expression(s: ParserState): Expression {
  if (s.depth >= DEEPEST) return s.tooDeep();
  s.depth += 1;
  const condition = operation(s, 1);
  const value = s.kind === kind.QUESTION && !s.recovering ? conditional(s, condition) : condition;
  s.depth -= 1;
  return value;
}

function conditional(s: ParserState, condition: Expression): Expression {
  let { height } = s;
  s.advance();
  if (s.kind === kind.NEWLINE && valueOnNextLine(s, true)) joinValue(s);
  const whenTrue = expression(s);
  height = Math.max(height, s.height);
  if (s.recovering) return s.invalid(condition.start, whenTrue.end);
  if (s.kind === kind.NEWLINE) joinColon(s);
  if (s.kind !== kind.COLON) {
    const condText = quoted(s.text.slice(condition.start, condition.end));
    s.fail(
      `The conditional on ${condText} has no ":" with the value for false before ${found(s)}`,
      s.start,
      s.end,
      hintFor(s),
    );
    return s.invalid(condition.start, whenTrue.end);
  }
  s.advance();
  const whenFalse = expression(s);
  s.height = Math.max(height, s.height) + 1;
  return {
    kind: 'conditional',
    file: s.file,
    start: condition.start,
    end: whenFalse.end,
    condition,
    whenTrue,
    whenFalse,
  };
}

/** Operands joined by operators that bind at least as tightly as `weakest`. */
function operation(s: ParserState, weakest: number): Expression {
  let left = term(s);
  for (;;) {
    const isWord = (s.kind === kind.IDENTIFIER || s.kind === kind.INVALID) && !s.recovering;
    const tokenKind = isWord ? operatorMeant(s) : s.kind;
    const precedence = tokenKind < kind.FIRST_OPERATOR ? 0 : PRECEDENCE[tokenKind]!;
    if (precedence < weakest || s.recovering) return left;
    const operator = OPERATORS[tokenKind - kind.FIRST_OPERATOR]!;
    const { height } = s;
    if (s.depth + height >= DEEPEST) return s.tooDeep();
    s.advance();
    const right = operation(s, precedence + 1);
    s.height = Math.max(height, s.height) + 1;
    left = { kind: 'binary', file: s.file, start: left.start, end: right.end, operator, left, right };
  }
}

/** An operand: a value with whatever is asked of it (`.name`, `[index]`), signs before it included. */
function term(s: ParserState): Expression {
  let value = primary(s);
  do {
    if (s.kind === kind.DOT || s.kind === kind.OPEN_BRACKET) value = traversals(s, value);
  } while (s.kind === kind.NEWLINE && !s.recovering && joinOperator(s));
  return value;
}

function primary(s: ParserState): Expression {
  switch (s.kind) {
    case kind.IDENTIFIER:
      return word(s);
    case kind.QUOTE:
      return quotedString(s);
    case kind.NUMBER:
      return number(s);
    case kind.OPEN_BRACKET:
      return tuple(s);
    case kind.OPEN_BRACE:
      return object(s);
    case kind.OPEN_PARENTHESIS:
      return parentheses(s);
    case kind.HEREDOC:
      return heredoc(s);
    case kind.MINUS:
    case kind.NOT:
      return sign(s);
    default:
      return missing(s);
  }
}

function word(s: ParserState): Expression {
  const { file, text, start, end } = s;
  const length = end - start;
  if (length === 4 && text.startsWith('true', start)) return constant(s, true);
  if (length === 5 && text.startsWith('false', start)) return constant(s, false);
  if (length === 4 && text.startsWith('null', start)) return constant(s, null);
  const name = s.name();
  s.advance();
  if (s.kind === kind.NEWLINE) joinCall(s);
  if (s.kind === kind.OPEN_PARENTHESIS || s.kind === kind.DOUBLE_COLON) return call(s, start, end, name);
  s.height = 1;
  if ((name === 'not' || name === 'if') && (s.kind === kind.IDENTIFIER || s.kind === kind.QUOTE))
    return wordOfOthers(s, name, start, end);
  return { kind: 'reference', file, start, end, name };
}

/** `not` and `if` before a value. */
function wordOfOthers(s: ParserState, name: string, start: number, end: number): Expression {
  if (name === 'if') {
    s.fail('HCL has no "if" expression', start, end, 'Write condition ? value : other.');
    return s.invalid(start, end);
  }
  s.reportOnce('not', 'HCL has no operator "not"', start, end, 'Write "!".');
  if (s.depth >= DEEPEST) return s.tooDeep();
  s.depth += 1;
  const operand = term(s);
  s.depth -= 1;
  s.height += 1;
  return { kind: 'unary', file: s.file, start, end: operand.end, operator: '!', operand };
}

function constant(s: ParserState, value: boolean | null): Expression {
  const { file, start, end } = s;
  s.advance();
  if (s.kind === kind.OPEN_PARENTHESIS || s.kind === kind.DOUBLE_COLON) return call(s, start, end, String(value));
  s.height = 1;
  return value === null ? { kind: 'null', file, start, end } : { kind: 'boolean', file, start, end, value };
}

function number(s: ParserState): Expression {
  const { file, start, end } = s;
  const text = s.text.slice(start, end);
  if (end - start > 1 && !isNumber(text)) {
    const cidr = looseCidr(s);
    if (cidr !== undefined) return cidr;
    s.report(`${quoted(text)} is not a number`, start, end);
    s.advance();
    return s.invalid(start, end);
  }
  s.advance();
  s.height = 1;
  if (s.start === end && !s.recovering && (s.kind === kind.IDENTIFIER || s.kind === kind.COMMA)) {
    const meant = unlikeNumber(s, start);
    if (meant !== undefined) return meant;
  }
  return { kind: 'number', file, start, end, text };
}

/** A number such as `1_000` or `1,000`, or a word such as `10Gi`, that is reported; undefined if it is none. */
function unlikeNumber(s: ParserState, start: number): Expression | undefined {
  const { file, text } = s;
  const isWord = s.kind === kind.IDENTIFIER;
  // Between brackets a comma stands between values, and `1if` is a number and a word.
  if (isWord ? s.isWord('if') : !s.newlines || s.openBraces > 0) return undefined;
  const match = /^\d{1,3}(?:[,_]\d{3})+(?![\w.,])/.exec(text.slice(start, start + 50));
  if (match === null && !isWord) return undefined;
  const end = match === null ? s.end : start + match[0].length;
  const written = text.slice(start, end);
  const digits = match === null ? '' : written.replace(/[,_]/g, '');
  const hint = match === null ? 'A text needs quotes around it.' : `Write ${digits}.`;
  s.report(`${quoted(written)} is not a number`, start, end, hint);
  s.seek(end);
  s.advance();
  if (match === null) return s.invalid(start, end);
  s.height = 1;
  return { kind: 'number', file, start, end, text: digits };
}

/** Digits, then one fraction and one exponent at most; binary exponents have 32 bits in Go's big.Float, which HCL's numbers are. */
function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) {
      const parts = /^\d+(?:\.\d*)?(?:[eE]([+-]?\d+))?$/.exec(text);
      return parts !== null && (parts[1] === undefined || Math.abs(Number(parts[1])) <= 2_147_483_647);
    }
  }
  return true;
}

/** `-` and `!`, any number of them: each is an operand of its own, and binds tighter than every operator of two. */
function sign(s: ParserState): Expression {
  const starts: number[] = [];
  while (s.kind === kind.MINUS || s.kind === kind.NOT) {
    if (s.depth + starts.length >= DEEPEST) return s.tooDeep();
    starts.push(s.start);
    s.advance();
  }
  s.depth += starts.length;
  let operand = term(s);
  s.depth -= starts.length;
  for (const start of starts.reverse()) {
    const operator = s.text.charCodeAt(start) === 0x2d ? '-' : '!';
    operand = { kind: 'unary', file: s.file, start, end: operand.end, operator, operand };
  }
  s.height += starts.length;
  return operand;
}

function missing(s: ParserState): Expression {
  if (s.kind === kind.LESS && s.text.startsWith('<<', s.start)) return strayHeredoc(s);
  const meant = s.recovering ? undefined : meantValue(s);
  if (meant !== undefined) return meant;
  const { start, end } = s;
  if (s.kind === kind.NEWLINE || s.kind === kind.END || isCloser(s.kind) || s.kind === kind.STRIP_BRACE) {
    s.fail(`Expected a value before ${found(s)}`, start, s.kind === kind.NEWLINE ? start : end);
    return s.invalid(start, start);
  }
  const hint = s.kind === kind.COMMA ? 'Remove this comma, or add the value before it.' : hintFor(s);
  s.fail(`Expected a value, found ${found(s)}`, start, end, hint);
  return s.invalid(start, s.kind === kind.INVALID ? end : start);
}

/** The value that is meant by a token that starts none, which is reported; else undefined. */
function meantValue(s: ParserState): Expression | undefined {
  switch (s.kind) {
    case kind.NEWLINE:
      if (s.muted > 0 || !valueOnNextLine(s)) return undefined;
      if (listOnNextLines(s)) return tupleWithoutBracket(s);
      joinValue(s);
      return term(s);
    case kind.EQUALS:
    case kind.EQUAL:
      if (s.text.charAt(s.previousEnd - 1) !== '=') return undefined;
      s.report('This "=" is one too many', s.start, s.end, 'Remove it.');
      while (s.kind === kind.EQUALS || s.kind === kind.EQUAL) s.advance();
      return term(s);
    case kind.LESS:
      return placeholder(s);
    case kind.DOUBLE_COLON:
      return looseCidr(s);
    case kind.INVALID:
      return looseString(s) ?? looseInterpolation(s, expression);
    default:
      return undefined;
  }
}
