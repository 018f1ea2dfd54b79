/** Conditions of suppression comments: `when var.environment == "dev" and var.public == true`. */

import { type InputValue, isSameValue, type StateOf, type When } from '../when.ts';

/** An input that has to be a value, or anything else. */
export interface CommentCondition {
  /** As `when` of a finding has it: `var.environment`, `terraform.workspace`, or the text of a condition. */
  readonly name: string;
  readonly isEqual: boolean;
  readonly value: InputValue;
}

export interface ReadConditions {
  readonly conditions: readonly CommentCondition[];
  /** The text behind them. */
  readonly rest: string;
}

/** What is wrong, for a message, and what to write. */
export type ConditionFault = readonly [message: string, hint: string];

const form = 'Write when NAME == "value", for example when var.environment == "dev".';

/** @param text what stands behind `when` */
export function readConditions(text: string): ReadConditions | ConditionFault {
  const conditions: CommentCondition[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at += match[0].length;
    return match;
  };
  do {
    take(/\s*/y);
    const start = at;
    const [, name = '', operator] = take(/((?:"(?:[^"\\]|\\.)*"|[^"=!]|[=!](?!=))+)([=!]=)\s*/y) ?? [];
    if (!/^[^\s"([]+(?:$|["([])/.test(name.trim())) {
      const said = text.slice(start).trim();
      const isSingle = /^[\w.]+\s*=(?!=)/.test(said);
      return [
        `"${cut(said)}" is not a condition`,
        isSingle ? 'Compare with == or !=.' : `${form} Put a reason after "--".`,
      ];
    }
    const literal = take(/"(?:[^"\\]|\\.)*"|true\b|false\b|-?\d+(?:\.\d+)?(?![\w.])/y)?.[0];
    const value = literal === undefined ? undefined : literalOf(literal);
    if (value === undefined) {
      const word = cut(/^\S*/.exec(text.slice(at))![0]);
      return [`Expected a string, a number or a bool after "${operator}"`, `Write ${operator} "${word || 'value'}".`];
    }
    conditions.push({ name: name.trim(), isEqual: operator === '==', value });
  } while (take(/\s+(?:and|&&)(?=\s|$)/y) !== null);
  if (take(/\s*(?:or|\|\|)(?=\s|$)/y) !== null)
    return ['A condition has no "or"', 'Write a comment for each: comments on consecutive lines add up.'];
  return { conditions, rest: text.slice(at) };
}

/** As much of a text as a message shows. */
const cut = (text: string): string => (text.length <= 100 ? text : `${text.slice(0, 100)}…`);

function literalOf(literal: string): InputValue | undefined {
  try {
    return JSON.parse(literal) as InputValue;
  } catch {
    return undefined;
  }
}

/** The world in which conditions are true. */
export function whenOf(conditions: readonly CommentCondition[]): When {
  return Object.fromEntries(
    conditions.map(({ name, isEqual, value }) => [name, isEqual ? value : { not: [value] }] as const),
  );
}

/**
 * The worlds of those that `when` describes in which not all conditions are true.
 *
 * @returns undefined where the conditions are true in none of them, or where that can't be told
 */
export function without(
  when: When,
  conditions: readonly CommentCondition[],
  stateOf: StateOf,
): readonly When[] | undefined {
  const left: When[] = [];
  let now = when;
  for (const condition of conditions) {
    const parts = divided(now, condition, stateOf);
    if (parts === undefined) return undefined;
    if (parts.otherwise !== undefined) left.push(parts.otherwise);
    now = parts.met;
  }
  return left;
}

interface Divided {
  readonly met: When;
  /** Undefined where the condition is true in all of them. */
  readonly otherwise: When | undefined;
}

/** @returns undefined where the condition is false, or says nothing that can be told */
function divided(when: When, { name, isEqual, value }: CommentCondition, stateOf: StateOf): Divided | undefined {
  const known = Object.hasOwn(when, name) ? when[name] : undefined;
  const is = (isSame: boolean): Divided | undefined =>
    isSame === isEqual ? { met: when, otherwise: undefined } : undefined;
  if (known !== undefined && typeof known !== 'object') return is(isSameValue(known, value));
  const excluded = known?.not ?? [];
  if (excluded.some((each) => isSameValue(each, value))) return is(false);
  const state = stateOf(name);
  if (known === undefined && state?.kind !== 'open')
    return state === undefined ? undefined : is(state.value !== undefined && isSameValue(state.value, value));
  const values = state?.kind === 'open' ? state.values : undefined;
  if (values !== undefined && !values.some((each) => isSameValue(each, value))) return is(false);
  const rest = values?.filter((each) => ![...excluded, value].some((other) => isSameValue(other, each)));
  const equal = withInput(when, name, value);
  const other = withInput(when, name, rest?.length === 1 ? rest[0]! : { not: [...excluded, value] });
  if (rest?.length === 0) return is(true);
  return isEqual ? { met: equal, otherwise: other } : { met: other, otherwise: equal };
}

/** In order of name, as worlds are. */
function withInput(when: When, name: string, is: When[string]): When {
  const entries = Object.entries({ ...when, [name]: is }).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}
