/** Values as YAML text, byte for byte as Terraform writes them; no text where the library writes it otherwise. */

import type { Node, ScalarTag } from 'yaml';
import { EvaluationError } from '../values/errors.ts';
import { isInfinite } from '../values/number.ts';
import { numberText } from '../values/number-text.ts';
import { isMapping, isSequence, type Value } from '../values/value.ts';
import type { Invocation } from './definition.ts';
import { yaml } from './libraries.ts';
import { checkTextLength } from './limits.ts';

/**
 * The value as one YAML document without a header, as go-cty-yaml writes it: in block style, strings in double quotes or, of several
 * lines, as literals. It must be wholly known.
 *
 * @returns undefined where Terraform breaks a line of more than 80 columns, puts a key behind `?`, or writes another escape than the library
 * @throws EvaluationError for an infinity, and of kind `limit` for too much text
 */
export function yamlText(value: Value, call: Invocation): string | undefined {
  const maker = new NodeMaker(call);
  // Outside of a collection, the library indents no literal.
  const isText = value.kind === 'string';
  const node = isText ? maker.sequence([value], 0) : maker.node(value, 0);
  if (!maker.isAlike) return undefined;
  const document = new (yaml().Document)(node, { customTags: [numberTag] });
  const text = document.toString({ lineWidth: 0, indentSeq: false, doubleQuotedMinMultiLineLength: Infinity });
  if (text.split('\n').some((line) => line.endsWith('"') && line.includes(' ', 81))) return undefined;
  if (isText) return text.slice('- '.length);
  // A plain scalar alone could go on in the next line, for all that a reader knows.
  return isSequence(value) || isMapping(value) ? text : `${text}...\n`;
}

class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const numberTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => value instanceof NumberText,
  resolve: (text) => text,
  stringify: ({ value }) => (value as NumberText).text,
};

const maximumKeyLength = 128;

class NodeMaker {
  readonly #library = yaml();
  readonly #call: Invocation;
  #length = 0;
  /** Whether Terraform and the library write the same. */
  isAlike = true;

  constructor(call: Invocation) {
    this.#call = call;
  }

  node(value: Value, depth: number): Node {
    if (isSequence(value)) return this.sequence(value.items, depth);
    if (isMapping(value)) return this.#mapping(value.entries, depth);
    switch (value.kind) {
      case 'string':
        return this.#string(value.value, depth, true);
      case 'number':
        if (isInfinite(value.value)) throw new EvaluationError('cannot serialize infinity as YAML');
        return this.#scalar(new NumberText(numberText(value.value)), depth);
      case 'bool':
        return this.#scalar(value.value, depth);
      case 'null':
        return this.#scalar(null, depth);
      default:
        throw new TypeError('an unknown value has no YAML text');
    }
  }

  sequence(items: readonly Value[], depth: number): Node {
    const sequence = new this.#library.YAMLSeq();
    sequence.items = items.map((item) => this.node(item, depth + 1));
    return sequence;
  }

  #mapping(entries: ReadonlyMap<string, Value>, depth: number): Node {
    const { Pair, YAMLMap } = this.#library;
    const mapping = new YAMLMap();
    mapping.items = [...entries].map(([key, entry]) => {
      if (key.includes('\n') || Buffer.byteLength(key) > maximumKeyLength) this.isAlike = false;
      return new Pair(this.#string(key, depth, false), this.node(entry, depth + 1));
    });
    return mapping;
  }

  #string(text: string, depth: number, mayBeLiteral: boolean): Node {
    const isLiteral = mayBeLiteral && text.includes('\n') && !/\t| (?:\n|$)/.test(text);
    if (!/^[\t\n\x20-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(text)) this.isAlike = false;
    if (isLiteral ? text.startsWith('\n') : text.includes(' \n')) this.isAlike = false;
    const scalar = this.#scalar(text, depth + (isLiteral ? text.split('\n').length * depth : 0));
    scalar.type = isLiteral ? 'BLOCK_LITERAL' : 'QUOTE_DOUBLE';
    return scalar;
  }

  /** @param indentation in steps of two, of all lines together */
  #scalar(
    value: string | boolean | null | NumberText,
    indentation: number,
  ): InstanceType<typeof import('yaml').Scalar> {
    this.#length += 2 * indentation + (value instanceof NumberText ? value.text : String(value)).length;
    checkTextLength(this.#length, this.#call);
    return new this.#library.Scalar(value);
  }
}
