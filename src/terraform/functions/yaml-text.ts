/** Values as YAML text, byte for byte as Terraform writes them: libyaml's block style, 80 columns. */

import { EvaluationError } from '../values/errors.ts';
import { isInfinite } from '../values/number.ts';
import { numberText } from '../values/number-text.ts';
import { isMapping, isSequence, type KnownValue, type Value } from '../values/value.ts';
import type { Invocation } from './definition.ts';
import { checkTextLength } from './limits.ts';

/**
 * The value as one YAML document without a header. It must be wholly known.
 *
 * @throws EvaluationError of kind `limit` for too much text
 */
export function yamlText(value: Value, call: Invocation): string {
  return new Writer(call).document(value);
}

const bestIndent = 2;
const bestWidth = 80;
const longestSimpleKey = 128;

/** Where a node stands, as far as that decides its form. */
type Place = 'root' | 'item' | 'key' | 'long-key' | 'entry';

/** go-cty-yaml: encode.go and emitterc.go. */
class Writer {
  readonly #call: Invocation;
  readonly #parts: string[] = [];
  #length = 0;
  #column = 0;
  #indent = -1;
  /** Whether the last character was a space, or the line is new. */
  #afterSpace = true;
  /** Whether the line so far is indentation and indicators that may be followed by more. */
  #isIndentation = true;

  constructor(call: Invocation) {
    this.#call = call;
  }

  document(value: Value): string {
    this.#node(value, 'root');
    this.#newLine();
    // A plain scalar alone could go on in the next line, for all that a reader knows.
    if (value.kind === 'number' || value.kind === 'bool' || value.kind === 'null') this.#write('...\n');
    return this.#parts.join('');
  }

  #node(value: Value, place: Place): void {
    if (value.kind === 'unknown') throw new TypeError('an unknown value has no YAML text');
    if (isSequence(value) && value.items.length > 0) {
      this.#sequence(value.items, (place === 'entry' || place === 'long-key') && !this.#isIndentation);
    } else if (isMapping(value) && value.entries.size > 0) {
      this.#mapping(value.entries);
    } else {
      this.#scalar(value, place);
    }
  }

  #sequence(items: readonly Value[], isIndentless: boolean): void {
    this.#indented(isIndentless ? 0 : bestIndent, 0, () => {
      for (const item of items) {
        this.#newLine();
        this.#indicator('-', true, true);
        this.#node(item, 'item');
      }
    });
  }

  #mapping(entries: ReadonlyMap<string, Value>): void {
    this.#indented(bestIndent, 0, () => {
      for (const [key, entry] of entries) {
        this.#newLine();
        const name: Value = { kind: 'string', value: key };
        if (!isBroken(key) && Buffer.byteLength(key) <= longestSimpleKey) {
          this.#node(name, 'key');
          this.#indicator(':', false, false);
        } else {
          this.#indicator('?', true, true);
          this.#node(name, 'long-key');
          this.#newLine();
          this.#indicator(':', true, true);
        }
        this.#node(entry, 'entry');
      }
    });
  }

  #scalar(value: KnownValue, place: Place): void {
    this.#indented(bestIndent, bestIndent, () => {
      if (value.kind !== 'string') {
        this.#indicator(plainText(value), true, false);
      } else if (value.value.includes('\n') && place !== 'key' && isLiteralAllowed(value.value)) {
        this.#literal(value.value);
      } else {
        this.#quoted(value.value, place !== 'key');
      }
    });
  }

  #literal(text: string): void {
    const hasLeadingBlank = /^[ \r\n\x85\u2028\u2029]/.test(text);
    const chomping = !/[\r\n\x85\u2028\u2029]$/.test(text)
      ? '-'
      : /(?:^|[\r\n\x85\u2028\u2029])[\r\n\x85\u2028\u2029]$/.test(text)
        ? '+'
        : '';
    this.#indicator(`|${hasLeadingBlank ? bestIndent : ''}${chomping}`, true, false);
    this.#write('\n');
    this.#isIndentation = true;
    this.#afterSpace = true;
    let isLineStart = true;
    for (const character of text) {
      if (isBroken(character)) {
        this.#write(character);
        this.#isIndentation = true;
        isLineStart = true;
      } else {
        if (isLineStart) this.#newLine();
        this.#write(character);
        this.#isIndentation = false;
        isLineStart = false;
      }
    }
  }

  #quoted(text: string, mayBreak: boolean): void {
    this.#indicator('"', true, false);
    const characters = [...text];
    let afterBlank = false;
    for (const [index, character] of characters.entries()) {
      const isLast = index === characters.length - 1;
      if (character === ' ' && mayBreak && !afterBlank && this.#column > bestWidth && index > 0 && !isLast) {
        this.#newLine();
        if (characters[index + 1] === ' ') this.#write('\\');
      } else {
        this.#write(
          isPrintable(character) && !isBroken(character) && !/["\\]/.test(character) ? character : escaped(character),
        );
      }
      afterBlank = character === ' ';
    }
    this.#indicator('"', false, false);
  }

  /** @param first the indentation where there is none yet */
  #indented(by: number, first: number, write: () => void): void {
    const outer = this.#indent;
    this.#indent = outer < 0 ? first : outer + by;
    write();
    this.#indent = outer;
  }

  #newLine(): void {
    const indent = Math.max(this.#indent, 0);
    if (!this.#isIndentation || this.#column > indent || (this.#column === indent && !this.#afterSpace))
      this.#write('\n');
    if (this.#column < indent) this.#write(' '.repeat(indent - this.#column));
    this.#afterSpace = true;
    this.#isIndentation = true;
  }

  #indicator(text: string, needsSpace: boolean, mayIndent: boolean): void {
    if (needsSpace && !this.#afterSpace) this.#write(' ');
    this.#write(text);
    this.#afterSpace = false;
    this.#isIndentation = this.#isIndentation && mayIndent;
  }

  #write(text: string): void {
    checkTextLength((this.#length += text.length), this.#call);
    this.#parts.push(text);
    this.#column = isBroken(text) ? 0 : this.#column + [...text].length;
  }
}

function plainText(value: Exclude<KnownValue, { kind: 'string' }>): string {
  switch (value.kind) {
    case 'number':
      if (isInfinite(value.value)) throw new EvaluationError('cannot serialize infinity as YAML');
      return numberText(value.value);
    case 'bool':
      return String(value.value);
    case 'null':
      return 'null';
    default:
      return isSequence(value) ? '[]' : '{}';
  }
}

const isBroken = (text: string): boolean => /[\r\n\x85\u2028\u2029]/.test(text);

/** Within the basic plane only: libyaml escapes the rest. */
const isPrintable = (character: string): boolean =>
  /^[\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/.test(character);

const isLiteralAllowed = (text: string): boolean =>
  !/ $/.test(text) &&
  !/ [\r\n\x85\u2028\u2029]/.test(text) &&
  [...text].every((each) => isPrintable(each) || isBroken(each));

const names: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(character: string): string {
  const name = names[character];
  if (name !== undefined) return `\\${name}`;
  const hex = character.codePointAt(0)!.toString(16).toUpperCase();
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
