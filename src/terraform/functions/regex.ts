/** regex, regexall and replace: patterns in RE2's syntax, in time linear in the text (https://github.com/google/re2/wiki/Syntax). */

import { EvaluationError } from '../values/errors.ts';
import { anyType, listType, objectType, stringType, type Type, tupleType } from '../values/type.ts';
import { listValue, nullValue, objectValue, stringValue, tupleValue, type Value } from '../values/value.ts';
import { asText } from './arguments.ts';
import type { FunctionTable, Invocation } from './definition.ts';
import { re2 } from './libraries.ts';
import { checkTextLength } from './limits.ts';
import type { Match, Pattern } from './pattern.ts';

const text = (name: string) => ({ name, type: stringType });

/** go-cty: cty/function/stdlib/regexp.go; Terraform: internal/lang/funcs/string.go. */
export const regexFunctions: FunctionTable = {
  regex: {
    parameters: [text('pattern'), text('string')],
    returns: ([pattern]) => (pattern!.kind === 'string' ? resultType(compiled(pattern!)) : anyType),
    call: ([pattern, string], invocation) => {
      const regex = compiled(pattern!, invocation);
      resultType(regex);
      const match = regex.find(asText(string), 0);
      if (match === undefined) throw new EvaluationError('pattern did not match any part of the given string');
      return resultOf(regex, asText(string), match);
    },
  },
  regexall: {
    parameters: [text('pattern'), text('string')],
    returns: ([pattern]) => listType(pattern!.kind === 'string' ? resultType(compiled(pattern!)) : anyType),
    call: ([pattern, string], invocation) => {
      const regex = compiled(pattern!, invocation);
      const element = resultType(regex);
      const matches = allMatches(regex, asText(string));
      return listValue(
        matches.map((match) => resultOf(regex, asText(string), match)),
        element,
      );
    },
  },
  replace: {
    parameters: [text('str'), text('substr'), text('replace')],
    returns: stringType,
    call: (args, invocation) => {
      const [whole, wanted, replacement] = args.map(asText) as [string, string, string];
      if (wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/')) {
        const regex = patternFor(wanted.slice(1, -1), invocation);
        return stringValue(replaceMatches(regex, whole, replacement, invocation));
      }
      // Go puts the replacement for empty text before and after each character.
      const parts = wanted === '' ? ['', ...whole, ''] : whole.split(wanted);
      checkTextLength(whole.length + (parts.length - 1) * Math.max(replacement.length - wanted.length, 0), invocation);
      return stringValue(parts.join(replacement));
    },
  },
};

function compiled(pattern: Value, invocation?: Invocation): Pattern {
  try {
    return patternFor(asText(pattern), invocation);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const where = error.part === null ? '' : error.part;
    throw new EvaluationError(`invalid regexp pattern: ${error.reason} in ${where}`, { argument: 0 });
  }
}

function patternFor(source: string, invocation?: Invocation): Pattern {
  const known = invocation?.context.patterns;
  const pattern = known?.get(source) ?? compile(source);
  known?.set(source, pattern);
  return pattern;
}

/** A fault in a pattern, as `replace` reports it. */
class PatternError extends EvaluationError {
  readonly reason: string;
  readonly part: string | null;

  constructor(reason: string, part: string | null) {
    super(`error parsing regexp: ${reason}: \`${part ?? ''}\``);
    this.reason = reason;
    this.part = part;
  }
}

function compile(source: string): Pattern {
  const { RE2JS, RE2JSSyntaxException } = re2();
  try {
    const regex = RE2JS.compile(source);
    const names = new Array<string>(regex.groupCount()).fill('');
    for (const [name, index] of Object.entries(regex.namedGroups())) names[index - 1] = name;
    return {
      names,
      find: (text, from) => {
        const matcher = regex.matcher(text);
        if (!matcher.find(from)) return undefined;
        return Array.from(
          { length: names.length + 1 },
          (_, group) => [matcher.start(group), matcher.end(group)] as const,
        );
      },
    };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    throw new PatternError(error.getDescription(), error.getPattern());
  }
}

function resultType({ names }: Pattern): Type {
  const named = names.filter((name) => name !== '');
  if (names.length === 0) return stringType;
  if (named.length === 0) return tupleType(names.map(() => stringType));
  if (named.length < names.length) {
    throw new EvaluationError('invalid regexp pattern: cannot mix both named and unnamed capture groups', {
      argument: 0,
    });
  }
  return objectType(names.map((name) => [name, stringType] as const));
}

function resultOf({ names }: Pattern, text: string, match: Match): Value {
  const part = ([start, end]: readonly [number, number]): Value =>
    start < 0 ? nullValue(stringType) : stringValue(text.slice(start, end));
  if (names.length === 0) return part(match[0]!);
  const groups = match.slice(1).map(part);
  if (names[0] === '') return tupleValue(groups);
  return objectValue(groups.map((group, index) => [names[index]!, group] as const));
}

/** Matches times characters: each match may have to look ahead to the end of the text. */
const maximumWork = 1_000_000_000;

function checkWork(count: number, text: string): void {
  if (count * text.length > maximumWork) {
    throw new EvaluationError('the string is too long for its number of matches', { kind: 'limit' });
  }
}

/** Go: FindAllStringSubmatchIndex. An empty match right behind another match does not count. */
function allMatches(regex: Pattern, text: string): readonly Match[] {
  const matches: Match[] = [];
  let previousEnd = -1;
  for (let position = 0; position <= text.length; ) {
    const match = regex.find(text, position);
    if (match === undefined) break;
    const [start, end] = match[0]!;
    const isRepeated = end === position && start === previousEnd;
    position = end === position ? position + characterLength(text, position) : end;
    previousEnd = end;
    if (!isRepeated) matches.push(match);
    checkWork(matches.length, text);
  }
  return matches;
}

/** Go: ReplaceAllString. */
function replaceMatches(regex: Pattern, text: string, template: string, call: Invocation): string {
  const parts: string[] = [];
  let length = 0;
  let lastEnd = 0;
  for (let position = 0, count = 0; position <= text.length; count++) {
    const match = regex.find(text, position);
    if (match === undefined) break;
    const [start, end] = match[0]!;
    parts.push(text.slice(lastEnd, start));
    if (end > lastEnd || start === 0) {
      const replacement = expand(template, regex, text, match);
      checkTextLength((length += replacement.length), call);
      parts.push(replacement);
    }
    lastEnd = end;
    position = Math.max(end, position + characterLength(text, position));
    checkWork(count, text);
  }
  parts.push(text.slice(lastEnd));
  return parts.join('');
}

const characterLength = (text: string, position: number): number =>
  (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1;

/** Go: Regexp.Expand; `$1x` is the group named `1x`, and a group that there is not is empty. */
function expand(template: string, { names }: Pattern, text: string, match: Match): string {
  return template.replace(
    /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu,
    (_, dollar: string | undefined, braced: string | undefined, bare: string | undefined) => {
      if (dollar !== undefined) return '$';
      const name = braced ?? bare ?? '';
      const index = /^[0-9]{1,8}$/.test(name) ? Number(name) : names.indexOf(name) + 1;
      const [start, end] = (index > 0 || name === '0' ? match[index] : undefined) ?? [-1, -1];
      return start < 0 ? '' : text.slice(start, end);
    },
  );
}
