/** The text of an expression or template in hcl2json's JSON, parsed, with the places of the same text in the file. */

import type { Outcome } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { type Span, textOf } from '../../source/span.ts';
import { ParserState } from '../native/state.ts';
import { heredoc, parseTemplateText, quotedString } from '../native/template.ts';
import type { Expression, StringLiteral, Template } from '../syntax.ts';
import { valueToJson } from './projection.ts';

/**
 * The line end before the brace closes a heredoc that the expression ends with.
 * @param json an expression's text
 * @param span where the file has the expression
 */
export function anchoredExpression(json: string, span: Span): Outcome<Expression> {
  const at = textOf(span).indexOf(json);
  const offset = (index: number): number => span.start + at + Math.max(0, Math.min(index - 2, json.length));
  const outcome = parseTemplateText(span, `\${${json}\n}`, at === -1 ? () => span.start : offset);
  const { value } = outcome;
  const part = value.kind === 'template' && value.parts.length === 1 ? value.parts[0]! : undefined;
  const { file, start, end } = span;
  if (part?.kind !== 'interpolation')
    return { value: { kind: 'invalid', file, start, end }, problems: outcome.problems };
  return { value: at === -1 ? spread(part.expression, span) : part.expression, problems: outcome.problems };
}

/**
 * @param json a string as HCL's JSON syntax has it: `${` starts an interpolation, and there are no backslashes
 * @param span where the file has it, from quote to quote or from `<<` to the end of the heredoc; else every node stands there
 */
export function anchoredTemplate(json: string, span: Span): Outcome<Expression> {
  const { file, start, end } = span;
  if (!/^(?:"|<<)/.test(textOf(span))) {
    const { value, problems } = parseTemplateText(span, json, () => start);
    return { value: spread(value, span), problems };
  }
  const isHeredoc = file.text[start] === '<';
  const contentStart = isHeredoc ? file.text.indexOf('\n', start) + 1 : start + 1;
  const offsets = align(file, contentStart, isHeredoc ? end : end - 1, json, !isHeredoc);
  const written = offsets === undefined ? asWritten(span, json) : undefined;
  if (written !== undefined) return { value: written, problems: [] };
  const toOffset = offsets === undefined ? () => start : (index: number) => offsets[index]!;
  const { value: parsed, problems } = parseTemplateText(span, json, toOffset);
  const value = offsets === undefined ? spread(parsed, span) : parsed;
  return { value: isHeredoc ? asHeredoc(value) : value, problems };
}

/** A literal that the file does not have as a string. */
export function textLiteral(json: string, { file, start, end }: Span): StringLiteral {
  return { kind: 'string', file, start, end, value: json.replace(/([$%])\1\{/g, '$1{') };
}

/** The file's own text, if it says what `json` says: hcl2json rewrites a conditional in a longer template as `%{if}`. */
function asWritten(span: Span, json: string): Expression | undefined {
  const state = new ParserState(span.file, false);
  state.seek(span.start);
  state.advance();
  const value = span.file.text[span.start] === '"' ? quotedString(state) : heredoc(state);
  return state.problems.length === 0 && valueToJson(value) === json ? value : undefined;
}

function asHeredoc(value: StringLiteral | Template): Template {
  if (value.kind === 'template') return { ...value, form: 'heredoc' };
  const { file, start, end } = value;
  return {
    kind: 'template',
    file,
    start,
    end,
    form: 'heredoc',
    parts: [{ kind: 'text', file, start, end, value: value.value }],
  };
}

/**
 * Where each code unit of `json`, and its end, stands in the file's text from `start` to `end`. The file may have escapes where
 * the JSON has characters, and white space and strip markers that the JSON lacks; undefined if there is any other difference. A
 * closing brace counts from the white space before it, where the expression that it closes ends.
 */
function align(file: SourceFile, start: number, end: number, json: string, escapes: boolean): Uint32Array | undefined {
  const { text } = file;
  const offsets = new Uint32Array(json.length + 1);
  let at = start;
  let braces = 0;
  let matched = start;
  for (let index = 0; index < json.length; ) {
    if (escapes && braces === 0 && text[at] === '\\') {
      const written =
        /^\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/.exec(text.slice(at, Math.min(at + 10, end)))?.[0] ?? '';
      const value = written === '' ? '' : readEscape(written);
      if (value === '' || !json.startsWith(value, index)) return undefined;
      for (let unit = 0; unit < value.length; unit += 1) offsets[index + unit] = at;
      index += value.length;
      at += written.length;
      matched = at;
    } else if (at < end && text[at] === json[index]) {
      const sign = json[index - 1];
      const isOpening = (sign === '$' || sign === '%') && json[index - 2] !== sign;
      if (json[index] === '{' && (braces > 0 || isOpening)) braces += 1;
      else if (json[index] === '}' && braces > 0) braces -= 1;
      offsets[index] = json[index] === '}' ? matched : at;
      index += 1;
      at += 1;
      matched = at;
    } else if (at < end && /[\s~]/.test(text[at]!)) at += 1;
    else return undefined;
  }
  offsets[json.length] = at;
  return offsets;
}

/** The character of one escape of a quoted string; empty for what is none. */
function readEscape(written: string): string {
  const letter = written[1] ?? '';
  if (letter === 'u' || letter === 'U') {
    const code = Number.parseInt(written.slice(2), 16);
    return written.length > 2 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  }
  return { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }[letter] ?? '';
}

/** A quoted string's contents with its escapes resolved; templates stay as they are written. */
export function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/gs, (written) => readEscape(written) || written);
}

/** The same nodes, all of them standing where the whole does. */
function spread<Node extends object>(node: Node, span: Span): Node {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    const members = Object.entries(value).map(([name, member]) => [name, name === 'file' ? member : copy(member)]);
    const { file, start, end } = span;
    return 'start' in value ? { ...Object.fromEntries(members), file, start, end } : Object.fromEntries(members);
  };
  return copy(node) as Node;
}
