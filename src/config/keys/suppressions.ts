/** The key `suppressions` of a config. */

import { exampleNames } from '../../findings/names.ts';
import { oneLineJson } from '../commented-json.ts';
import { type JsonNode, propertyOf } from '../jsonc.ts';
import { type ConfigKey, type DecodeContext, soundValue } from '../key.ts';
import { byDefault, describeOrigin, givenBy, isOfCommandLine, type Sourced } from '../layer.ts';
import { textList } from '../schema-parts.ts';
import { defaultSuppressions, honoredTools, type SuppressionSettings } from '../suppression-settings.ts';
import { idsOf } from './checks.ts';

export type ResolvedSuppressions = { readonly [K in keyof SuppressionSettings]: Sourced<SuppressionSettings[K]> };

const parts = Object.keys(defaultSuppressions) as (keyof SuppressionSettings)[];

export const key: ConfigKey<Partial<SuppressionSettings>, ResolvedSuppressions> = {
  name: 'suppressions',
  order: 100,
  schema: (checks) => ({
    description: 'Which comments suppress findings.',
    type: 'object',
    additionalProperties: false,
    properties: {
      inline: { description: 'Whether comments can suppress findings.', type: 'boolean', default: true },
      requireReason: {
        description: 'Whether suppression comments need a reason to have an effect.',
        type: 'boolean',
        default: false,
      },
      honor: {
        description: 'Other tools whose suppression comments apply.',
        type: 'array',
        items: { description: 'A tool whose suppression comments also suppress tfsg findings.', enum: honoredTools },
        default: honoredTools,
      },
      locked: {
        ...textList('Checks that comments cannot suppress.', exampleNames(checks)),
        default: [],
      },
    },
  }),
  decode: (node, context) =>
    Object.fromEntries(
      parts.flatMap((part) => {
        const value = part === 'locked' ? lockedIn(node, context) : soundPart(node, part, context);
        return value === undefined ? [] : [[part, value]];
      }),
    ),
  merge(layers) {
    const given = givenBy(layers, key);
    const resolved = parts.map((part): [string, Sourced<unknown>] => {
      const last = given.findLast(({ value }) => value[part] !== undefined);
      if (last === undefined) return [part, byDefault(defaultSuppressions[part])];
      return [part, { value: last.value[part], origin: { kind: 'file', node: propertyOf(last.node, part)! } }];
    });
    return Object.fromEntries(resolved) as unknown as ResolvedSuppressions;
  },
  limited(base, full) {
    const pick = <K extends keyof SuppressionSettings>(part: K, isStricter: boolean) =>
      isStricter || isOfCommandLine(full[part]) ? full[part] : base[part];
    const isWithin = <T>(some: Iterable<T>, all: Iterable<T>) => [...some].every((each) => [...all].includes(each));
    return {
      inline: pick('inline', !full.inline.value || base.inline.value),
      requireReason: pick('requireReason', full.requireReason.value || !base.requireReason.value),
      honor: pick('honor', isWithin(full.honor.value, base.honor.value)),
      locked: pick('locked', isWithin(base.locked.value, full.locked.value)),
    };
  },
  print: (resolved) => [
    {
      name: 'suppressions',
      value: {
        open: '{',
        entries: parts.map((name) => {
          const { value, origin } = resolved[name];
          return { name, value: oneLineJson(value instanceof Set ? [...value] : value), note: describeOrigin(origin) };
        }),
      },
    },
  ],
};

function soundPart(node: JsonNode | undefined, part: string, context: DecodeContext): unknown {
  return soundValue(propertyOf(node, part), ['suppressions', part], context);
}

function lockedIn(node: JsonNode | undefined, { names, report }: DecodeContext): ReadonlySet<string> | undefined {
  const list = propertyOf(node, 'locked');
  const { value, problems } = idsOf(list, names);
  report(problems);
  return list === undefined ? undefined : new Set(value);
}
