/** The functions of Terraform's own provider: values as the text of variable files and expressions, and back. */

import { EvaluationError } from '../values/errors.ts';
import { numberText } from '../values/number-text.ts';
import { anyType, stringType } from '../values/type.ts';
import { isMapping, isSequence, type MappingValue, stringValue, type Value } from '../values/value.ts';
import { asText } from './arguments.ts';
import type { FunctionTable, Invocation } from './definition.ts';
import { graphemesOf } from './grapheme.ts';
import { checkItemCount, checkTextLength } from './limits.ts';

/**
 * https://developer.hashicorp.com/terraform/language/functions/terraform-encode_tfvars; Terraform:
 * internal/builtin/providers/terraform/functions.go.
 */
export const tfvarsFunctions: FunctionTable = {
  'provider::terraform::decode_tfvars': {
    parameters: [{ name: 'src', type: stringType }],
    returns: anyType,
    call: (args, { context, span }) => context.decodeVariables(asText(args[0]), span, context.budget),
  },
  'provider::terraform::encode_expr': {
    parameters: [{ name: 'value', type: anyType, known: 'wholly' }],
    returns: stringType,
    call: ([value], invocation) => {
      const writer = new Writer(invocation);
      writer.value(value!);
      return stringValue(writer.text());
    },
  },
  'provider::terraform::encode_tfvars': {
    parameters: [{ name: 'value', type: anyType, known: 'wholly' }],
    returns: stringType,
    call: ([value], invocation) => {
      if (!isMapping(value!)) {
        throw new EvaluationError(
          'invalid value to encode: must be an object whose attribute names will become the encoded variable names',
        );
      }
      for (const name of value.entries.keys()) {
        if (isIdentifier(name)) continue;
        throw new EvaluationError(
          `invalid variable name ${JSON.stringify(name)}: must be a valid identifier, per Terraform's rules for input variable declarations`,
        );
      }
      const writer = new Writer(invocation);
      writer.entries(value);
      return stringValue(writer.text());
    },
  },
};

const isIdentifier = (name: string): boolean => /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name);

interface Line {
  /** What stands before ` = `; absent where the line is no assignment. */
  key: string | undefined;
  text: string;
  /** Brackets that it opens, less those that it closes. */
  depth: number;
}

/**
 * Writes tokens as HCL does, and formats them as it does. hclwrite: TokensForValue in generate.go, and format.go.
 *
 * Source: https://github.com/hashicorp/hcl/blob/v2.24.0/hclwrite/format.go
 */
class Writer {
  readonly #call: Invocation;
  readonly #lines: Line[] = [{ key: undefined, text: '', depth: 0 }];
  #length = 0;

  constructor(call: Invocation) {
    this.#call = call;
  }

  /** Each entry on a line of its own, and a line break after the last. */
  entries({ entries }: MappingValue): void {
    for (const [name, value] of entries) {
      const key = isIdentifier(name) ? name : quoted(name);
      this.#line.key = key;
      this.#length += key.length;
      this.value(value);
      this.#lines.push({ key: undefined, text: '', depth: 0 });
      checkItemCount(this.#lines.length, this.#call);
    }
  }

  value(value: Value): void {
    if (isSequence(value)) {
      this.#open('[');
      for (const [index, item] of value.items.entries()) {
        if (index > 0) this.#add(', ');
        this.value(item);
      }
      this.#close(']');
    } else if (isMapping(value)) {
      this.#open('{');
      if (value.entries.size > 0) {
        this.#lines.push({ key: undefined, text: '', depth: 0 });
        this.entries(value);
      }
      this.#close('}');
    } else this.#add(scalarText(value));
  }

  text(): string {
    const columns = this.#alignedColumns();
    const opened: number[] = [];
    const texts = this.#lines.map(({ key, text, depth }, index) => {
      if (depth < 0) closeBrackets(opened, -depth);
      const indent = '  '.repeat(opened.length);
      if (depth > 0) opened.push(depth);
      if (key === undefined) return text === '' ? '' : indent + text;
      return `${indent}${key}${' '.repeat(columns[index]! - this.#columnsOf(key))} = ${text}`;
    });
    return texts.join('\n');
  }

  /** For each line, where its `=` stands: in assignments of one line each that follow one another, at the same column. */
  #alignedColumns(): readonly number[] {
    const columns = this.#lines.map(({ key }) => (key === undefined ? 0 : this.#columnsOf(key)));
    const isCell = (line: Line | undefined): boolean => line?.key !== undefined && line.depth === 0;
    for (let start = 0; start < this.#lines.length; start++) {
      let end = start;
      while (isCell(this.#lines[end])) end++;
      if (end === start) continue;
      columns.fill(
        columns.slice(start, end).reduce((a, b) => Math.max(a, b)),
        start,
        end,
      );
      start = end;
    }
    return columns;
  }

  #columnsOf(key: string): number {
    return graphemesOf(key, this.#call).length;
  }

  get #line(): Line {
    return this.#lines.at(-1)!;
  }

  #open(bracket: string): void {
    this.#add(bracket);
    this.#line.depth++;
  }

  #close(bracket: string): void {
    this.#add(bracket);
    this.#line.depth--;
  }

  #add(text: string): void {
    this.#line.text += text;
    this.#length += text.length;
    checkTextLength(this.#length, this.#call);
  }
}

/** @param opened how many brackets each line opened that indents what follows */
function closeBrackets(opened: number[], count: number): void {
  let left = count;
  while (left > 0 && opened.length > 0) {
    const last = opened.pop()!;
    if (left < last) opened.push(last - left);
    left -= last;
  }
}

function scalarText(value: Value): string {
  switch (value.kind) {
    case 'string':
      return quoted(value.value);
    case 'number':
      return numberText(value.value);
    case 'bool':
      return String(value.value);
    default:
      return 'null';
  }
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);

function quoted(text: string): string {
  const escaped = text.replace(/[$%](?=\{)|["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => {
    if (character === '$' || character === '%') return character + character;
    const short = shortEscapes.get(character);
    if (short !== undefined) return short;
    const code = character.codePointAt(0)!;
    const hex = code.toString(16);
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}
