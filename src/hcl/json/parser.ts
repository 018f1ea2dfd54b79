/** Terraform's JSON syntax (.tf.json, .tfvars.json) as the same syntax tree, with exact places. */

import type { Outcome, Problem } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { type Span, textOf } from '../../source/span.ts';
import { toNormalForm } from '../../text/normal-form.ts';
import { parseTemplateText } from '../native/template.ts';
import type { Expression, ObjectEntry, ObjectExpression, SyntaxTree, Tuple } from '../syntax.ts';
import { bodyOf } from './blocks.ts';
import { commentsOf } from './comments.ts';
import { JsonScanner, type JsonToken, type JsonTokenKind } from './scanner.ts';
import { readJsonString } from './string.ts';

/** Arrays and objects inside each other; deeper ones are not read, so that no stage after this one runs out of stack. */
const MAX_DEPTH = 256;

/** A file with more faults than this is something other than JSON, and more problems would tell no more. */
const MAX_PROBLEMS = 100;

/**
 * How strings are read. HCL evaluates them as templates wherever there is a scope (`templates`), and takes them literally,
 * `${` and all, where there is none: in .tfvars.json files (`literal`). A .tfvars.json file is also one object of
 * attributes, none twice.
 */
export type JsonStrings = 'templates' | 'literal';

/**
 * The file as a tree of attributes; `blocksOf` reads one of them as blocks. A property named `//` in the root is a comment
 * alone. Strings are StringLiterals, or Templates where they hold an interpolation or a directive; a property's name in
 * an object is its key, as a string. What is not JSON (RFC 8259) is a `syntax` problem, and reading goes on after it.
 * Properties of the same name all stay, in order: HCL allows them for blocks.
 */
export function parseJson(file: SourceFile, strings: JsonStrings = 'templates'): Outcome<SyntaxTree> {
  const parser = new JsonParser(file, strings);
  const root = parser.parseRoot();
  const problems = [...parser.problems];
  const body = bodyOf(root, problems);
  if (strings === 'literal') {
    if (root.kind === 'tuple')
      problems.push(syntaxProblem(root, 'A JSON variable file must contain an object, not an array.'));
    const seen = new Set<string>();
    for (const item of body.items) {
      if (item.kind !== 'attribute') continue;
      if (seen.has(item.name.name))
        problems.push(syntaxProblem(item.name, `"${item.name.name}" already has a value in this file.`));
      seen.add(item.name.name);
    }
  }
  return { value: { file, body, comments: commentsOf(root), syntax: 'json' }, problems };
}

function syntaxProblem(span: Span, message: string, hint?: string): Problem {
  const { file, start, end } = span;
  return {
    kind: 'syntax',
    severity: 'error',
    message,
    span: { file, start, end },
    ...(hint !== undefined && { hint }),
  };
}

/** Reads one file by recursive descent; the current token is the first that is not yet part of a value. */
class JsonParser {
  readonly problems: Problem[] = [];
  readonly #file: SourceFile;
  readonly #strings: JsonStrings;
  readonly #scanner: JsonScanner;
  #token: JsonToken;
  #depth = 0;
  #openArrays = 0;
  #openObjects = 0;
  #commentsSeen = false;
  /** Where the last string without a closing quote ends: a comma missing there was most likely in the string. */
  #unclosedEnd = -1;

  constructor(file: SourceFile, strings: JsonStrings) {
    this.#file = file;
    this.#strings = strings;
    this.#scanner = new JsonScanner(file);
    this.#token = this.#read();
  }

  /** Always an object or an array: an empty object stands for anything else. */
  parseRoot(): ObjectExpression | Tuple {
    const empty: ObjectExpression = {
      kind: 'object',
      file: this.#file,
      start: this.#file.textStart,
      end: this.#file.text.length,
      entries: [],
    };
    if (this.#token.kind === 'end') {
      this.#report(this.#token, 'The file is empty; write `{}` for an empty JSON file.');
      return empty;
    }
    const root = this.#value();
    const rest = this.#token;
    if (rest.kind !== 'end') this.#report(rest, `Unexpected ${excerpt(rest)} after the end of the JSON value.`);
    if (root.kind === 'object' || root.kind === 'tuple') return root;
    if (root.kind !== 'invalid') this.#report(root, 'A JSON configuration file must contain an object.');
    return empty;
  }

  #value(): Expression {
    const token = this.#token;
    switch (token.kind) {
      case '{':
        return this.#nested(token, () => this.#object(token));
      case '[':
        return this.#nested(token, () => this.#array(token));
      case 'string':
        this.#advance();
        return this.#string(token);
      case 'number':
        this.#advance();
        return this.#number(token);
      case 'word':
        this.#advance();
        return this.#word(token);
      default:
        this.#report(token, `Expected a value, found ${excerpt(token)}.`);
        if (token.kind === 'unexpected' || token.kind === '=' || token.kind === ':') this.#advance();
        return {
          kind: 'invalid',
          file: this.#file,
          start: token.start,
          end: token.kind === 'unexpected' ? token.end : token.start,
        };
    }
  }

  #nested(open: JsonToken, read: () => Expression): Expression {
    if (this.#depth >= MAX_DEPTH) return this.#skip(open);
    this.#depth += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  /** Passes over an array or object and all that is in it. */
  #skip(open: JsonToken): Expression {
    this.#add({
      kind: 'limit',
      severity: 'error',
      message: `Arrays and objects are nested more than ${MAX_DEPTH} levels deep, the limit of tfsg.`,
      span: this.#span(open.start, open.end),
    });
    let depth = 0;
    let end = open.end;
    do {
      if (this.#token.kind === '{' || this.#token.kind === '[') depth += 1;
      if (this.#token.kind === '}' || this.#token.kind === ']') depth -= 1;
      end = this.#token.end;
      this.#advance();
    } while (depth > 0 && this.#token.kind !== 'end');
    return { kind: 'invalid', file: this.#file, start: open.start, end };
  }

  #object(open: JsonToken): ObjectExpression {
    this.#advance();
    this.#openObjects += 1;
    const entries: ObjectEntry[] = [];
    const end = this.#members(open, '}', () => {
      const token = this.#token;
      if (token.kind === 'string' || token.kind === 'word') {
        entries.push(this.#property(token));
        return;
      }
      this.#report(token, `Expected a property name, found ${excerpt(token)}.`);
      if (token.kind === '{' || token.kind === '[') this.#value();
      else this.#advance();
    });
    this.#openObjects -= 1;
    return { kind: 'object', file: this.#file, start: open.start, end, entries };
  }

  #property(name: JsonToken): ObjectEntry {
    this.#advance();
    if (name.kind === 'word') this.#report(name, `The property name ${excerpt(name)} must be in double quotes.`);
    const key: Expression =
      name.kind === 'string'
        ? this.#string(name)
        : { kind: 'string', file: this.#file, start: name.start, end: name.end, value: textOf(name) };
    const delimiter = this.#token;
    if (delimiter.kind === ':' || delimiter.kind === '=') {
      if (delimiter.kind === '=')
        this.#report(delimiter, 'Use a colon between a JSON property and its value, not `=`.');
      this.#advance();
    } else {
      this.#report(name, `The property ${excerpt(name)} has no value: expected a colon after it.`);
      if (!startsValue(this.#token.kind)) {
        const nothing: Expression = { kind: 'invalid', file: this.#file, start: name.end, end: name.end };
        return { kind: 'entry', file: this.#file, start: name.start, end: name.end, key, value: nothing };
      }
    }
    const value = this.#value();
    return { kind: 'entry', ...this.#span(name.start, Math.max(value.end, name.end)), key, value };
  }

  #array(open: JsonToken): Tuple {
    this.#advance();
    this.#openArrays += 1;
    const items: Expression[] = [];
    const end = this.#members(open, ']', () => {
      if (startsValue(this.#token.kind)) {
        items.push(this.#value());
        return;
      }
      this.#report(this.#token, `Expected a value, found ${excerpt(this.#token)}.`);
      this.#advance();
    });
    this.#openArrays -= 1;
    return { kind: 'tuple', file: this.#file, start: open.start, end, items };
  }

  /**
   * Reads what stands between two brackets.
   * @param read reads one member, and always at least one token
   * @returns where the array or object ends
   */
  #members(open: JsonToken, close: '}' | ']', read: () => void): number {
    const what = close === '}' ? 'object' : 'array';
    let end = open.end;
    let comma: JsonToken | undefined;
    for (let first = true; ; first = false) {
      const token = this.#token;
      if (token.kind === 'end') {
        this.#report(open, `This ${what} is not closed with \`${close}\`.`);
        return end;
      }
      if (token.kind === close) {
        if (comma !== undefined) this.#report(comma, `JSON allows no comma after the last member of an ${what}.`);
        this.#advance();
        return token.end;
      }
      if (token.kind === '}' || token.kind === ']') {
        if ((token.kind === '}' ? this.#openObjects : this.#openArrays) > 0) {
          this.#report(token, `Expected \`${close}\` at the end of the ${what}, found \`${token.kind}\`.`);
          return end;
        }
        this.#report(token, `Unexpected \`${token.kind}\`: there is nothing to close.`);
        this.#advance();
        end = token.end;
        continue;
      }
      if (token.kind === ',') {
        this.#report(token, `Expected ${close === '}' ? 'a property' : 'a value'}, found a comma.`);
        this.#advance();
        end = token.end;
        continue;
      }
      if (!first && comma === undefined && end !== this.#unclosedEnd && startsValue(token.kind))
        this.#report(token, `A comma is missing before ${excerpt(token)}.`);
      read();
      end = Math.max(end, this.#previousEnd);
      comma = undefined;
      if ((this.#token.kind as JsonTokenKind) === ',') {
        comma = this.#token;
        end = comma.end;
        this.#advance();
      }
    }
  }

  #string(token: JsonToken): Expression {
    const string = readJsonString(this.#file, token.start, token.end);
    for (const fault of string.faults) {
      switch (fault.what) {
        case 'unclosed':
          this.#unclosedEnd = token.end;
          this.#report(fault, `The string ${excerpt(token)} has no closing quote on its line.`);
          break;
        case 'escape':
          this.#report(fault, `\`${textOf(fault)}\` is not a JSON escape.`);
          break;
        case 'control character':
          this.#report(fault, `${controlName(textOf(fault))} is not allowed in a JSON string; write it as an escape.`);
      }
    }
    if (this.#strings === 'literal' || !/[$%]\{/.test(string.value))
      return {
        kind: 'string',
        file: this.#file,
        start: token.start,
        end: token.end,
        value: toNormalForm(string.value),
      };
    const template = parseTemplateText(this.#span(token.start, token.end), string.value, string.offsetOf);
    for (const problem of template.problems) this.#add(problem);
    return template.value;
  }

  #number(token: JsonToken): Expression {
    const text = textOf(token);
    const span = this.#span(token.start, token.end);
    if (!/^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/.test(text)) {
      this.#report(token, `${excerpt(token)} is not a JSON number.`);
      return { kind: 'invalid', ...span };
    }
    if (!text.startsWith('-')) return { kind: 'number', ...span, text };
    const operand = {
      kind: 'number',
      file: this.#file,
      start: token.start + 1,
      end: token.end,
      text: text.slice(1),
    } as const;
    return { kind: 'unary', ...span, operator: '-', operand };
  }

  #word(token: JsonToken): Expression {
    const { file, start, end } = token;
    switch (textOf(token)) {
      case 'true':
        return { kind: 'boolean', file, start, end, value: true };
      case 'false':
        return { kind: 'boolean', file, start, end, value: false };
      case 'null':
        return { kind: 'null', file, start, end };
      default:
        this.#report(
          token,
          `${excerpt(token)} is not a JSON value.`,
          'Put strings in double quotes and expressions in "${...}".',
        );
        return { kind: 'invalid', file, start, end };
    }
  }

  #span(start: number, end: number): Span {
    return { file: this.#file, start, end };
  }

  #previousEnd = 0;

  #advance(): void {
    this.#previousEnd = this.#token.end;
    this.#token = this.#read();
  }

  #read(): JsonToken {
    for (;;) {
      const token = this.#scanner.next();
      if (token.kind !== 'comment') return token;
      if (!this.#commentsSeen)
        this.#report(token, 'JSON has no comments.', 'Terraform ignores a property named "//": { "//": "a comment" }.');
      this.#commentsSeen = true;
    }
  }

  #report(span: Span, message: string, hint?: string): void {
    this.#add(syntaxProblem(span, message, hint));
  }

  #add(problem: Problem): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(problem);
    else if (this.problems.length === MAX_PROBLEMS) {
      const message = `This file has more than ${MAX_PROBLEMS} syntax errors; the rest are not shown.`;
      const span = problem.span ?? this.#span(0, 0);
      this.problems.push({ kind: 'limit', severity: 'error', message, span });
    }
  }
}

function startsValue(kind: JsonTokenKind): boolean {
  return kind === '{' || kind === '[' || kind === 'string' || kind === 'number' || kind === 'word';
}

/** A token as a message names it. */
function excerpt(token: JsonToken): string {
  if (token.kind === 'end') return 'The end of the file';
  const text = textOf(token);
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return `\`${shown.replace(/[\u0000-\u001f\u007f]/g, (character) => controlName(character))}\``;
}

function controlName(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
