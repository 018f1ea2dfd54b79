/** Values as JSON text, byte for byte as Terraform writes them. */

import { EvaluationError } from '../values/errors.ts';
import { isInfinite } from '../values/number.ts';
import { numberText } from '../values/number-text.ts';
import { isMapping, isSequence, type MappingValue, type SequenceValue, type Value } from '../values/value.ts';
import type { Invocation } from './definition.ts';
import { checkTextLength } from './limits.ts';

/**
 * The value as JSON without spaces. It must be wholly known.
 *
 * @throws EvaluationError for infinity, and of kind `limit` for too much text
 */
export function jsonText(value: Value, call?: Invocation): string {
  const parts: string[] = [];
  let length = 0;
  const write = (text: string): void => {
    checkTextLength((length += text.length), call);
    parts.push(text);
  };
  const visit = (part: Value): void => {
    if (isSequence(part)) {
      write('[');
      for (const [index, item] of part.items.entries()) {
        if (index > 0) write(',');
        visit(item);
      }
      write(']');
    } else if (isMapping(part)) {
      let separator = '{';
      for (const [key, entry] of part.entries) {
        write(`${separator}${quoted(key)}:`);
        separator = ',';
        visit(entry);
      }
      write(separator === '{' ? '{}' : '}');
    } else write(plainText(part));
  };
  visit(value);
  return parts.join('');
}

function plainText(value: Exclude<Value, SequenceValue | MappingValue>): string {
  switch (value.kind) {
    case 'string':
      return quoted(value.value);
    case 'number':
      if (isInfinite(value.value)) throw new EvaluationError('cannot serialize infinity as JSON');
      return numberText(value.value);
    case 'bool':
      return String(value.value);
    case 'null':
      return 'null';
    case 'unknown':
      throw new TypeError('an unknown value has no JSON text');
  }
}

/** Go's encoding/json also escapes what HTML would read as markup, and JavaScript as the end of a line. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
