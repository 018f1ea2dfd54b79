/** In which worlds a finding holds: what inputs that nobody has given are there. */

import type { Condition, InputValue, When } from '../model/when.ts';
import { numberToJs } from '../terraform/values/number.ts';
import type { Value } from '../terraform/values/value.ts';
import { cutText } from '../text/cut.ts';

export type { Condition, InputValue, When } from '../model/when.ts';

/** Undefined for what is neither a string, a number nor a bool. */
export function inputValue(value: Value): InputValue | undefined {
  if (value.kind === 'string' || value.kind === 'bool') return value.value;
  return value.kind === 'number' ? numberToJs(value.value) : undefined;
}

/** What an input is where a finding does not say: a value (undefined where it is none that a comment can write), or one of several. */
export type InputState =
  | { readonly kind: 'given'; readonly value: InputValue | undefined }
  /** `values`: all that it can be; undefined where there are others. */
  | { readonly kind: 'open'; readonly values: readonly InputValue[] | undefined };

/** Undefined for what decides nothing. */
export type StateOf = (name: string) => InputState | undefined;

/** Worlds together, none of them with more than it has to say; none where it always holds. */
export function joinWhen(all: readonly (When | undefined)[]): readonly When[] {
  if (all.includes(undefined)) return [];
  let worlds = distinct(all as readonly When[]);
  for (;;) {
    const shorter = worlds.map((when) => withoutCovered(when, worlds));
    if (shorter.every((when, index) => when === worlds[index])) break;
    worlds = distinct(shorter);
  }
  if (worlds.some((when) => Object.keys(when).length === 0)) return [];
  return worlds.filter((when, index) => !worlds.some((other, at) => at !== index && isAnyOf(when, other, at < index)));
}

/** @param isFirst which one counts of two that are the same */
function isAnyOf(when: When, wide: When, isFirst: boolean): boolean {
  const isOpen = (): undefined => undefined;
  return isWithin(when, wide, isOpen) && (isFirst || !isWithin(wide, when, isOpen));
}

const distinct = (worlds: readonly When[]): readonly When[] => [
  ...new Map(worlds.map((when) => [JSON.stringify(when), when])).values(),
];

/** A world without an input whose other values are in other worlds, whatever else these say; or with those values, as far as they are. */
function withoutCovered(when: When, worlds: readonly When[]): When {
  for (const [name, condition] of Object.entries(when)) {
    const others =
      typeof condition === 'boolean' ? [!condition] : typeof condition === 'object' ? condition.not : undefined;
    if (others === undefined) continue;
    const isCovered = (value: unknown): boolean =>
      worlds.some((other) =>
        Object.entries({ ...when, ...other }).every(
          ([each, own]) => JSON.stringify(own) === JSON.stringify(each === name ? value : when[each]),
        ),
      );
    const left = others.filter((each) => !isCovered(each));
    if (left.length === others.length) continue;
    const { [name]: _, ...rest } = when;
    return left.length === 0 ? rest : { ...when, [name]: { not: left } };
  }
  return when;
}

/** `where var.environment is "dev" or "test"`; empty for none. */
export function describeWhen(worlds: readonly When[]): string {
  if (worlds.length === 0) return '';
  const names = new Set(worlds.map((when) => Object.keys(when).join('\n')));
  const [first] = worlds;
  const [name, ...others] = Object.keys(first!);
  if (names.size === 1 && others.length === 0 && name !== undefined) {
    const conditions = worlds.map((when) => when[name]!);
    const values = conditions.filter((each): each is InputValue => typeof each !== 'object');
    if (values.length === conditions.length)
      return `where ${shown(name)} is ${either(values.map((each) => JSON.stringify(each)))}`;
  }
  return `where ${either(worlds.map((when) => Object.entries(when).map(describeCondition).join(' and ')))}`;
}

/** A message that says where it holds. */
export function withWhen(message: string, when: readonly When[]): string {
  if (when.length === 0) return message;
  const where = describeWhen(when);
  return `${where.charAt(0).toUpperCase()}${where.slice(1)}: ${message}`;
}

function describeCondition([input, condition]: readonly [string, Condition]): string {
  const name = shown(input);
  if (typeof condition !== 'object') return `${name} is ${JSON.stringify(condition)}`;
  const [only] = condition.not;
  if (condition.not.length === 1 && typeof only === 'object')
    return only === null ? `${name} is not null` : `${name} is not empty`;
  if (condition.not.length === 1 && only === '') return `${name} is not empty`;
  const values = condition.not.map((each) => JSON.stringify(each));
  return values.length === 1 ? `${name} is not ${values[0]}` : `${name} is neither ${values.join(' nor ')}`;
}

/** A name as it is, of the text of a condition the start. */
const shown = (input: string): string => (/^[\w.[\]"-]+$/.test(input) ? input : cutText(input));

const either = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;

/** Terraform converts them to each other, such as those of a variable without a type. */
export const isSameValue = (a: unknown, b: InputValue): boolean => typeof a !== 'object' && String(a) === String(b);

/**
 * Whether every world that `when` describes is one of those that another describes.
 *
 * @param stateOf inputs of which `when` says nothing
 */
export function isWithin(when: When, wide: When, stateOf: StateOf): boolean {
  return Object.entries(wide).every(([name, condition]) => {
    const state = Object.hasOwn(when, name) ? undefined : stateOf(name);
    const own = Object.hasOwn(when, name) ? when[name] : state?.kind === 'given' ? state.value : undefined;
    if (own === undefined) return false;
    if (typeof condition !== 'object') return typeof own !== 'object' && isSameValue(own, condition);
    if (typeof own !== 'object') return !condition.not.some((each) => isSameValue(each, own));
    return condition.not.every((each) => own.not.some((other) => JSON.stringify(other) === JSON.stringify(each)));
  });
}

/** Whether JSON is what a finding has. */
export function isWhen(value: unknown): value is When {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const conditions: readonly unknown[] = Object.values(value);
  return conditions.length > 0 && conditions.every(isCondition);
}

function isCondition(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return ['string', 'number', 'boolean'].includes(typeof value);
  const [[name, excluded] = [], ...others] = Object.entries(value);
  return name === 'not' && Array.isArray(excluded) && others.length === 0;
}
