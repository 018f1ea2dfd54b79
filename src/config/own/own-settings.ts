/** Settings of checks in a config: names that are of no check, and options of own rules, of which the schema knows nothing. */

import type { Check } from '../../findings/check.ts';
import type { CheckNames } from '../../findings/names.ts';
import { itemsOf, type JsonNode, plainValue, propertyOf } from '../jsonc.ts';
import type { Path } from '../key.ts';
import { type SettableOption, settableOptions } from '../keys/options.ts';
import { mistake, suggestion } from '../mistake.ts';
import type { SchemaMistake } from '../schema-mistakes.ts';

export function settingMistakes(root: JsonNode, names: CheckNames): readonly SchemaMistake[] {
  const overrides = itemsOf(propertyOf(root, 'overrides'));
  return [
    ...mistakesIn(propertyOf(root, 'checks'), ['checks'], names),
    ...overrides.flatMap((each, index) =>
      mistakesIn(propertyOf(each, 'checks'), ['overrides', String(index), 'checks'], names),
    ),
  ];
}

function mistakesIn(node: JsonNode | undefined, path: Path, names: CheckNames): readonly SchemaMistake[] {
  if (node?.kind !== 'object') return [];
  return node.entries.flatMap(({ name, key, value }): readonly SchemaMistake[] => {
    const found = names.find(name);
    if (found === undefined) {
      const problem = mistake(key, `${JSON.stringify(name)} is not a known check.`, suggestion(name, names.spellings));
      return [{ path: [...path, name], problem }];
    }
    const [check] = found;
    return check?.own === undefined ? [] : optionMistakes(check, value, [...path, name, '1']);
  });
}

function optionMistakes(check: Check, setting: JsonNode, path: Path): readonly SchemaMistake[] {
  const given = setting.kind === 'array' ? setting.items[1] : undefined;
  const options = new Map(settableOptions(check));
  return (given?.kind === 'object' ? given.entries : []).flatMap(({ name, key, value }): readonly SchemaMistake[] => {
    const option = options.get(name);
    if (option === undefined) {
      const message = `${JSON.stringify(name)} is not an option of ${check.id}.`;
      return [{ path: [...path, name], problem: mistake(key, message, suggestion(name, [...options.keys()])) }];
    }
    const expected = expectedBy(option, plainValue(value));
    return expected === undefined ? [] : [{ path: [...path, name], problem: mistake(value, `Expected ${expected}.`) }];
  });
}

/** Undefined where the value is as the option wants it. */
function expectedBy({ type }: SettableOption, value: unknown): string | undefined {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'integer':
      return Number.isSafeInteger(value) ? undefined : 'an integer';
    case 'strings':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? undefined
        : 'an array of strings';
    default:
      return typeof value === 'string' ? undefined : 'a string';
  }
}
