/** The inputs of worlds: which of them to look at, what they could be, and how worlds are written. */

import type { Domain, InputBehind } from '../../terraform/instances/configuration.ts';
import type { World } from '../../terraform/instances/world.ts';
import type { InputAnswer } from '../../terraform/values/inputs.ts';
import { isMapping, isSequence, type Value } from '../../terraform/values/value.ts';
import { type Condition, type InputValue, inputValue, type When } from '../when.ts';

/** Whether an input of a world is anything but some values. */
export const isOfOthers = (world: World): boolean => [...world.values()].some((answer) => 'not' in answer);

/** The inputs to look at next: conditions only where nothing is known of the values of what they depend on. */
export function openInputsOf(
  behind: readonly InputBehind[],
  domains: ReadonlyMap<string, Domain>,
  world: World,
): readonly string[] {
  const isOpen = (name: string): boolean => !world.has(name) && hasCandidates(name, domains);
  const open = behind.filter(({ name }) => isOpen(name));
  const isAnswered = ({ sources }: InputBehind): boolean => [...(sources ?? [])].some(isOpen);
  const next = open.filter((each) => !isAnswered(each));
  const variables = next.filter(({ sources }) => sources === undefined);
  // One condition after the other: which of them decide this is not known.
  return (variables.length > 0 ? variables : next.slice(0, 1)).map(({ name }) => name);
}

/** What inputs could be by two evaluations. */
export function joinDomains(
  a: ReadonlyMap<string, Domain>,
  b: ReadonlyMap<string, Domain>,
): ReadonlyMap<string, Domain> {
  const all = new Map(a);
  for (const [name, domain] of b) {
    const known = all.get(name);
    const values = new Map(
      [...(known?.candidates ?? []), ...domain.candidates].map((each) => [keyOfValue(each), each]),
    );
    all.set(name, { candidates: [...values.values()], isOpen: domain.isOpen && known?.isOpen !== false });
  }
  return all;
}

export const keyOfValue = (value: Value): string => `${value.kind} ${JSON.stringify(jsonOf(value))}`;

const hasCandidates = (name: string, domains: ReadonlyMap<string, Domain>): boolean =>
  (domains.get(name)?.candidates.length ?? 0) > 0;

export function productOf(
  inputs: readonly string[],
  domains: ReadonlyMap<string, Domain>,
  world: World,
): readonly World[] {
  return inputs.reduce<readonly World[]>(
    (worlds, input) => {
      const { candidates, isOpen } = domains.get(input)!;
      const answers: InputAnswer[] = candidates.map((is) => ({ is }));
      if (isOpen) answers.push({ not: candidates });
      return worlds.flatMap((each) => answers.map((answer) => new Map([...each, [input, answer]])));
    },
    [world],
  );
}

export const textOfWorld = (world: World): string => JSON.stringify(worldAsWhen(world));

/** In order of name. */
export function worldAsWhen(world: World): When {
  const entries = [...world].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, answer]) => [name, conditionOf(answer)]));
}

function conditionOf(answer: InputAnswer): Condition {
  if ('not' in answer) return { not: answer.not.map(jsonOf) };
  return jsonOf(answer.is) as InputValue;
}

function jsonOf(value: Value): InputValue | null | readonly [] | Readonly<Record<string, never>> {
  return inputValue(value) ?? (isSequence(value) ? [] : isMapping(value) ? {} : null);
}
