/** yamlencode and yamldecode. */

import type { Alias, Document, Node, Scalar } from 'yaml';
import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { anyType, stringType, typeName } from '../values/type.ts';
import {
  isMapping,
  type MappingValue,
  nullValue,
  objectValue,
  stringValue,
  tupleValue,
  typeOf,
  type Value,
} from '../values/value.ts';
import { asText } from './arguments.ts';
import type { FunctionTable, Invocation } from './definition.ts';
import { unknownCall } from './impure.ts';
import { yaml } from './libraries.ts';
import { mergeKey, mergeTag, resolveScalar } from './yaml-scalar.ts';
import { yamlText } from './yaml-text.ts';

/** https://github.com/zclconf/go-cty-yaml */
export const yamlFunctions: FunctionTable = {
  yamldecode: {
    parameters: [{ name: 'src', type: stringType }],
    returns: anyType,
    nullable: true,
    call: (args, invocation) => decode(asText(args[0]), invocation),
  },
  yamlencode: {
    parameters: [{ name: 'value', type: anyType, allowNull: true, known: 'wholly' }],
    returns: stringType,
    call: ([value], invocation) => {
      const text = yamlText(value!, invocation);
      return text === undefined ? unknownCall(invocation.name, invocation.span) : stringValue(text);
    },
  },
};

/** UTF-16 code units. The library takes some 300 times as many bytes for a list of short numbers. */
const maximumLength = 1024 * 1024;

function decode(source: string, call: Invocation): Value {
  if (source.length > maximumLength)
    throw new EvaluationError('this YAML text is longer than 1 MiB', { kind: 'limit' });
  const library = yaml();
  const documents = library.parseAllDocuments(source, {
    version: '1.1',
    schema: 'failsafe',
    merge: false,
    uniqueKeys: false,
    strict: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  if (!Array.isArray(documents) || documents.length === 0)
    throw new EvaluationError('on line 1, column 1: missing start of document');
  const [document] = documents as Document.Parsed[];
  for (const fault of document!.errors) throw new EvaluationError(withPlace(source, fault.pos[0], fault.message));
  if (documents.length > 1) throw new EvaluationError('only a single document is allowed');
  return new Builder(library, source, call).value(document!.contents);
}

function withPlace(source: string, offset: number, message: string): string {
  const before = source.slice(0, offset).split('\n');
  return `on line ${before.length}, column ${before.at(-1)!.length + 1}: ${message}`;
}

/** Aliases can name what holds aliases: more members than this are too many, however short the text. */
const maximumMembers = 1_000_000;

interface Anchored {
  readonly value: Value;
  readonly members: number;
}

class Builder {
  readonly #library: typeof import('yaml');
  readonly #source: string;
  /** Absent for an anchor inside of its own definition. */
  readonly #anchors = new Map<string, Anchored | undefined>();
  readonly #call: Invocation;
  #members = 0;

  constructor(library: typeof import('yaml'), source: string, call: Invocation) {
    this.#call = call;
    this.#library = library;
    this.#source = source;
  }

  value(node: Node | null | undefined): Value {
    this.#count(1);
    const { isAlias, isMap, isScalar, isSeq } = this.#library;
    if (node === null || node === undefined) return nullValue();
    if (isAlias(node)) return this.#aliased(node);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) throw this.#fault(node, 'unexpected content');
    const before = this.#members;
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, undefined);
    const value = isScalar(node) ? this.#scalar(node) : isMap(node) ? this.#mapping(node) : this.#sequence(node);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, { value, members: this.#members - before });
    return value;
  }

  #count(members: number): void {
    this.#members += members;
    if (this.#members > maximumMembers) {
      throw new EvaluationError('this YAML has more than 1,000,000 values', { kind: 'limit' });
    }
    this.#call.context.budget.check(3 * this.#members, this.#call.span);
  }

  #aliased(node: Alias): Value {
    const name = node.source;
    if (!this.#anchors.has(name)) throw this.#fault(node, `reference to undefined anchor ${JSON.stringify(name)}`);
    const anchored = this.#anchors.get(name);
    if (anchored === undefined) {
      throw this.#fault(node, `cannot refer to anchor ${JSON.stringify(name)} from inside its own definition`);
    }
    this.#count(anchored.members);
    return anchored.value;
  }

  #scalar(node: Scalar): Value {
    const value = this.#resolved(node);
    if (value === mergeKey) return stringValue('<<');
    // Terraform takes the type of a block scalar to be a string, but its value to be what the plain text would be.
    return formOf(node) === 'block' && node.tag === undefined ? convert(value, stringType) : value;
  }

  #resolved(node: Scalar): Value | typeof mergeKey {
    const form = formOf(node);
    const text = form === 'plain' ? (node.source ?? '') : String(node.value);
    try {
      return resolveScalar({ text, form, tag: node.tag });
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      throw this.#fault(node, error.message);
    }
  }

  #sequence(node: Extract<Node, { items: unknown }>): Value {
    this.#checkTag(node, 'sequence', 'tag:yaml.org,2002:seq');
    return tupleValue((node.items as (Node | null)[]).map((item) => this.value(item)));
  }

  #mapping(node: Extract<Node, { items: unknown }>): Value {
    this.#checkTag(node, 'mapping', 'tag:yaml.org,2002:map');
    const entries = new Map<string, Value>();
    for (const pair of node.items as { key: Node | null; value: Node | null }[]) {
      const { key } = pair;
      if (key !== null && !this.#library.isScalar(key)) {
        throw this.#fault(key, 'only strings are allowed as mapping keys');
      }
      const name = key === null ? nullValue() : key.tag === mergeTag ? mergeKey : this.#resolved(key);
      if (name === mergeKey) {
        for (const { entries: inner } of this.#merged(key, this.value(pair.value))) {
          for (const [innerName, value] of inner) entries.set(innerName, value);
        }
        continue;
      }
      const text = convert(name, stringType);
      if (text.kind !== 'string') throw this.#fault(key, 'mapping key cannot be null');
      entries.set(text.value, this.value(pair.value));
    }
    return objectValue(entries);
  }

  /** What `<<` merges: one mapping or, which Terraform refuses and OpenTofu takes since 1.12, a sequence of them. */
  #merged(key: Node | null, value: Value): readonly MappingValue[] {
    if (isMapping(value)) return [value];
    if (value.kind !== 'tuple') throw this.#fault(key, `cannot merge ${typeName(typeOf(value))} into mapping`);
    return value.items.map((item) => {
      if (isMapping(item)) return item;
      throw this.#fault(key, `cannot merge ${typeName(typeOf(item))} (from sequence) into mapping`);
    });
  }

  #checkTag(node: Node, what: string, allowed: string): void {
    if (node.tag === undefined || node.tag === allowed) return;
    throw this.#fault(node, `can't interpret ${what} as ${node.tag}`);
  }

  #fault(node: Node | null, message: string): EvaluationError {
    const start = node?.range?.[0];
    // Terraform leaves out a place on the first line.
    if (start === undefined || !this.#source.slice(0, start).includes('\n')) return new EvaluationError(message);
    const before = this.#source.slice(0, start).split('\n');
    return new EvaluationError(`on line ${before.length - 1}, column ${before.at(-1)!.length + 1}: ${message}`);
  }
}

function formOf(node: Scalar): 'plain' | 'quoted' | 'block' {
  switch (node.type) {
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE':
      return 'quoted';
    case 'BLOCK_LITERAL':
    case 'BLOCK_FOLDED':
      return 'block';
    default:
      return 'plain';
  }
}
