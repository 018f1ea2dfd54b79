/** String functions, except patterns (regex.ts) and format strings (format.ts). */

import { EvaluationError } from '../values/errors.ts';
import { joinPieces, splitPieces } from '../values/pieces.ts';
import { boolType, listType, numberType, stringType } from '../values/type.ts';
import {
  boolValue,
  compareStrings,
  isSequence,
  isWhollyKnown,
  listValue,
  stringValue,
  unknownFrom,
  type Value,
} from '../values/value.ts';
import { asItems, asText, int64Of } from './arguments.ts';
import type { FunctionDefinition, FunctionTable, Invocation } from './definition.ts';
import { graphemesOf } from './grapheme.ts';
import { lower, title, upper } from './letters.ts';
import { checkItemCount, checkTextLength } from './limits.ts';

const text = (name: string) => ({ name, type: stringType });

/** A function from one text to another. */
const textFunction = (map: (text: string, call: Invocation) => string): FunctionDefinition => ({
  parameters: [text('str')],
  returns: stringType,
  call: (args, invocation) => stringValue(map(asText(args[0]), invocation)),
});

/** A function from two texts to one. */
const textsFunction = (second: string, map: (text: string, other: string) => string): FunctionDefinition => ({
  parameters: [text('str'), text(second)],
  returns: stringType,
  call: (args) => stringValue(map(asText(args[0]), asText(args[1]))),
});

/** Go's unicode.IsSpace. */
const space = '[\\u0085\\p{White_Space}]';

/** Terraform: internal/lang/funcs/string.go; go-cty: cty/function/stdlib/string.go. */
export const stringFunctions: FunctionTable = {
  chomp: textFunction((text) => {
    let end = text.length;
    while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
    return text.slice(0, end);
  }),
  endswith: {
    parameters: [text('str'), text('suffix')],
    returns: boolType,
    call: (args) => boolValue(asText(args[0]).endsWith(asText(args[1]))),
  },
  indent: {
    parameters: [{ name: 'spaces', type: numberType }, text('str')],
    returns: stringType,
    call: (args, invocation) => {
      const spaces = Number(int64Of(args[0]));
      const lines = asText(args[1]).split('\n');
      if (spaces < 0) throw new EvaluationError('the number of spaces must not be negative');
      checkTextLength(asText(args[1]).length + spaces * (lines.length - 1), invocation);
      return stringValue(lines.join(`\n${spaces > 0 && lines.length > 1 ? ' '.repeat(spaces) : ''}`));
    },
  },
  join: {
    parameters: [text('separator')],
    variadic: { name: 'lists', type: listType(stringType), known: 'wholly' },
    returns: stringType,
    sure: ([separator, ...lists]) => {
      const joined = joinPieces(separator!, lists);
      return joined === undefined ? undefined : { identity: joined.identity, pieces: joined.pieces };
    },
    call: (args, invocation) => {
      const separator = asText(args[0]);
      if (args.length < 2) throw new EvaluationError('at least one list is required');
      const parts: string[] = [];
      let length = 0;
      for (const [index, list] of args.slice(1).entries()) {
        for (const [position, item] of asItems(list).entries()) {
          if (item.kind === 'null') {
            const where = args.length > 2 ? `element ${position} of list ${index + 1}` : `element ${position}`;
            throw new EvaluationError(`${where} is null; cannot concatenate null values`, { argument: index + 1 });
          }
          const part = asText(item);
          length += part.length + separator.length;
          parts.push(part);
        }
      }
      checkTextLength(length, invocation);
      return stringValue(parts.join(separator));
    },
  },
  lower: textFunction(lower),
  sort: {
    parameters: [{ name: 'list', type: listType(stringType), known: 'nothing' }],
    returns: listType(stringType),
    call: ([list]) => sorted(list!),
  },
  split: {
    parameters: [text('separator'), { ...text('str'), known: 'nothing' }],
    returns: listType(stringType),
    call: (args, invocation) => {
      if (args[1]!.kind === 'unknown') return splitPieces(args[0]!, args[1]!);
      const [separator, whole] = [asText(args[0]), asText(args[1])];
      const parts = separator === '' ? [...whole] : whole.split(separator);
      checkItemCount(parts.length, invocation);
      return listValue(
        parts.map((part) => stringValue(part)),
        stringType,
      );
    },
  },
  startswith: {
    parameters: [{ ...text('str'), known: 'nothing' }, text('prefix')],
    returns: boolType,
    call: (args) => {
      const prefix = asText(args[1]);
      if (prefix === '') return boolValue(true);
      if (args[0]!.kind === 'unknown') return { ...unknownFrom([args[0]!], boolType), notNull: true };
      return boolValue(asText(args[0]).startsWith(prefix));
    },
  },
  strcontains: {
    parameters: [text('str'), text('substr')],
    returns: boolType,
    call: (args) => boolValue(asText(args[0]).includes(asText(args[1]))),
  },
  strrev: textFunction((text, call) => [...graphemesOf(text, call)].reverse().join('')),
  substr: {
    parameters: [text('str'), { name: 'offset', type: numberType }, { name: 'length', type: numberType }],
    returns: stringType,
    call: (args, invocation) => {
      const offset = Number(int64Of(args[1]));
      const length = Number(int64Of(args[2]));
      if (offset >= 0 && length === 0) return stringValue('');
      const graphemes = graphemesOf(asText(args[0]), invocation);
      const start = offset < 0 ? Math.max(offset + graphemes.length, 0) : offset;
      // With a negative offset, a length of 0 is no bound either.
      return stringValue(graphemes.slice(start, length <= 0 ? undefined : start + length).join(''));
    },
  },
  title: textFunction((text, { context, span }) => {
    context.budget.spend(text.length >> 3, span);
    return title(text);
  }),
  trim: textsFunction('cutset', (text, cutset) => {
    const cut = new Set(cutset);
    const characters = [...text];
    let start = 0;
    let end = characters.length;
    while (start < end && cut.has(characters[start]!)) start++;
    while (end > start && cut.has(characters[end - 1]!)) end--;
    return characters.slice(start, end).join('');
  }),
  trimprefix: textsFunction('prefix', (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimspace: textFunction((text) =>
    text.replace(new RegExp(`^${space}+`, 'u'), '').replace(new RegExp(`(?<!${space})${space}+$`, 'u'), ''),
  ),
  trimsuffix: textsFunction('suffix', (text, suffix) =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  upper: textFunction(upper),
};

function sorted(list: Value): Value {
  if (!isWhollyKnown(list)) {
    // Where each item goes is not known, but that it is there is.
    const known = isSequence(list) ? list.items : list.kind === 'unknown' ? list.known : undefined;
    return { ...unknownFrom([list], listType(stringType)), notNull: true, known };
  }
  const items = asItems(list);
  for (const [index, item] of items.entries()) {
    if (item.kind === 'null') {
      throw new EvaluationError(`given list element ${index} is null; a null string cannot be sorted`);
    }
  }
  return listValue(
    [...items].sort((a, b) => compareStrings(asText(a), asText(b))),
    stringType,
  );
}
