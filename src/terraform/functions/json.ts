/** jsonencode and jsondecode. */

import { toNormalForm } from '../../text/normal-form.ts';
import { EvaluationError } from '../values/errors.ts';
import { numberFromText } from '../values/number-text.ts';
import { anyType, stringType } from '../values/type.ts';
import { boolValue, nullValue, objectValue, stringValue, tupleValue, type Value } from '../values/value.ts';
import { asText } from './arguments.ts';
import type { FunctionTable, Invocation } from './definition.ts';
import { jsonText } from './json-text.ts';
import { checkItemCount } from './limits.ts';

/** go-cty: cty/function/stdlib/json.go. */
export const jsonFunctions: FunctionTable = {
  jsondecode: {
    parameters: [{ name: 'str', type: stringType }],
    returns: anyType,
    nullable: true,
    call: (args, invocation) => new JsonReader(asText(args[0]), invocation).document(),
  },
  jsonencode: {
    parameters: [{ name: 'val', type: anyType, allowNull: true, known: 'wholly' }],
    returns: stringType,
    call: ([value], invocation) => stringValue(jsonText(value!, invocation)),
  },
};

const maximumDepth = 1000;
const literals: readonly (readonly [string, () => Value])[] = [
  ['true', () => boolValue(true)],
  ['false', () => boolValue(false)],
  ['null', () => nullValue()],
];

/** Reads JSON with exact numbers and any names. */
class JsonReader {
  readonly #text: string;
  readonly #call: Invocation;
  #position = 0;
  #values = 0;

  constructor(text: string, call: Invocation) {
    this.#text = text;
    this.#call = call;
  }

  /** @throws EvaluationError with the words of Go's encoding/json */
  document(): Value {
    this.#skipSpace();
    if (this.#position === this.#text.length) throw new EvaluationError('EOF');
    const value = this.#value(0);
    this.#skipSpace();
    // Terraform asks Go whether an element follows, and a stray closing bracket is none.
    if (!['', ']', '}'].includes(this.#text.charAt(this.#position))) {
      throw new EvaluationError('extraneous data after JSON object');
    }
    return value;
  }

  #value(depth: number): Value {
    this.#values += 1;
    if (this.#values % 1000 === 0) checkItemCount(this.#values, this.#call);
    if (depth > maximumDepth) {
      throw new EvaluationError('this JSON is nested more than 1,000 levels deep', { kind: 'limit' });
    }
    switch (this.#text[this.#position]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return stringValue(this.#string());
    }
    for (const [word, make] of literals) if (this.#literal(word)) return make();
    return this.#number();
  }

  #number(): Value {
    const start = this.#position;
    const digits = (where: string): void => {
      if (!this.#digit()) throw this.#unexpected(where);
      while (this.#digit()) this.#position++;
    };
    if (this.#text[start] === '-') this.#position++;
    if (!this.#take('0')) digits(this.#position > start ? 'in numeric literal' : 'looking for beginning of value');
    if (this.#take('.')) digits('after decimal point in numeric literal');
    if (this.#take('e') || this.#take('E')) {
      if (!this.#take('+')) this.#take('-');
      digits('in exponent of numeric literal');
    }
    return numberFromText(this.#text.slice(start, this.#position));
  }

  #digit(): boolean {
    return /^[0-9]$/.test(this.#text.charAt(this.#position));
  }

  #literal(word: string): boolean {
    if (this.#text[this.#position] !== word[0]) return false;
    for (const letter of word) {
      if (this.#text[this.#position] !== letter) throw this.#unexpected(`in literal ${word} (expecting '${letter}')`);
      this.#position++;
    }
    return true;
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    this.#position++;
    this.#skipSpace();
    if (this.#take(']')) return tupleValue([]);
    for (;;) {
      this.#skipSpace();
      items.push(this.#value(depth + 1));
      this.#skipSpace();
      if (this.#take(']')) return tupleValue(items);
      if (!this.#take(',')) throw this.#unexpected('after array element');
    }
  }

  #object(depth: number): Value {
    const entries = new Map<string, Value>();
    this.#position++;
    this.#skipSpace();
    if (this.#take('}')) return objectValue([]);
    for (;;) {
      this.#skipSpace();
      if (this.#text[this.#position] !== '"') throw this.#unexpected('looking for beginning of object key string');
      const name = toNormalForm(this.#string());
      this.#skipSpace();
      if (!this.#take(':')) throw this.#unexpected('after object key');
      this.#skipSpace();
      entries.set(name, this.#value(depth + 1));
      this.#skipSpace();
      if (this.#take('}')) return objectValue(entries);
      if (!this.#take(',')) throw this.#unexpected('after object key:value pair');
    }
  }

  #string(): string {
    const start = this.#position;
    this.#position++;
    for (;;) {
      const character = this.#text[this.#position];
      if (character === undefined) throw this.#unexpected('');
      if (character === '"') break;
      if (character < ' ') throw this.#unexpected('in string literal');
      this.#position++;
      if (character === '\\') this.#escape();
    }
    this.#position++;
    const raw = this.#text.slice(start, this.#position);
    // A surrogate without its other half becomes the replacement character, as in Go.
    return (JSON.parse(raw) as string).replace(
      /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    );
  }

  #escape(): void {
    const character = this.#text[this.#position];
    if (character === 'u') {
      for (let digit = 1; digit <= 4; digit++) {
        this.#position++;
        if (!/[0-9a-fA-F]/.test(this.#text[this.#position] ?? '')) {
          throw this.#unexpected('in \\u hexadecimal character escape');
        }
      }
    } else if (character === undefined || !'"\\/bfnrt'.includes(character)) {
      throw this.#unexpected('in string escape code');
    }
    this.#position++;
  }

  #take(character: string): boolean {
    if (this.#text[this.#position] !== character) return false;
    this.#position++;
    return true;
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#text[this.#position] ?? 'x')) this.#position++;
  }

  #unexpected(where: string): EvaluationError {
    const code = this.#text.codePointAt(this.#position);
    if (code === undefined) return new EvaluationError('unexpected EOF');
    // Go shows the first byte of the character as if it were one.
    const character = String.fromCharCode(Buffer.from(String.fromCodePoint(code))[0]!);
    const shown = character === "'" ? "\\'" : character === '"' ? '"' : JSON.stringify(character).slice(1, -1);
    return new EvaluationError(`invalid character '${shown}' ${where}`);
  }
}
