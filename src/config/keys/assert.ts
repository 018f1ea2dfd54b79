/** The key `assert` of a config. */

import { type AssertDeclaration, type Assertion, assertionOf } from '../../model/questions/assertion.ts';
import { readPorts } from '../../network/services.ts';
import type { Problem } from '../../source/problem.ts';
import { oneLineJson } from '../commented-json.ts';
import { itemsOf, type JsonNode, plainValue, propertyOf } from '../jsonc.ts';
import type { ConfigKey, Schema } from '../key.ts';
import { describeOrigin, givenBy, type Sourced } from '../layer.ts';
import { mistake } from '../mistake.ts';
import { type GlobChecker, groupMatcherOf } from '../patterns/globs.ts';
import { pattern, portSchema } from '../schema-parts.ts';

export const key: ConfigKey<readonly AssertDeclaration[] | undefined, Sourced<readonly Assertion[]> | undefined> = {
  name: 'assert',
  order: 115,
  schema: () => ({
    description: 'What may not get from one place to another, and what has to. Enables the checks of assertions.',
    type: 'array',
    items: {
      description: 'One of deny and permit.',
      type: 'object',
      additionalProperties: false,
      properties: {
        deny: pathSchema('Traffic that may not get there.'),
        permit: pathSchema('Traffic that has to get there.'),
      },
    },
  }),
  /** Entries with a mistake are left out. */
  decode(node, { isSound, checker, report }) {
    if (node === undefined) return undefined;
    return itemsOf(node).flatMap((entry, index) => {
      if (!isSound(['assert', String(index)])) return [];
      const kinds = (['deny', 'permit'] as const).flatMap((kind) => propertyOf(entry, kind) ?? []);
      const mistakes =
        kinds.length === 1
          ? kinds.flatMap((path) => pathMistakes(path, checker))
          : [mistake(entry, 'Expected either "deny" or "permit".')];
      report(mistakes);
      return mistakes.length > 0 ? [] : (plainValue(entry) as AssertDeclaration);
    });
  },
  merge(layers) {
    const last = givenBy(layers, key).at(-1);
    return last && { value: assertionsOf(last.value), origin: last.origin };
  },
  // Where there is none, one more is stricter.
  limited: (base, full) => base ?? full,
  print(resolved) {
    if (resolved?.origin.kind !== 'file') return [];
    const entries = itemsOf(resolved.origin.node).map((node) => ({
      value: oneLineJson(plainValue(node)),
      note: describeOrigin({ kind: 'file', node }),
    }));
    return [{ name: 'assert', value: { open: '[', entries } }];
  },
  option: { meaningOf: assertionsOf, given: (resolved) => resolved, turnsOn: true },
};

function assertionsOf(declarations: readonly AssertDeclaration[]): readonly Assertion[] {
  return declarations.flatMap((each) => assertionOf(each, groupMatcherOf) ?? []);
}

/** The texts of a value that is one or a list of them. */
export const textsOf = (node: JsonNode | undefined): readonly JsonNode[] =>
  node?.kind === 'scalar' ? [node] : itemsOf(node);

function pathMistakes(path: JsonNode | undefined, checker: GlobChecker): readonly Problem[] {
  return [
    ...['from', 'to'].flatMap((end) =>
      textsOf(propertyOf(path, end)).flatMap((node) => {
        const fault = checker.faultOf(String(plainValue(node)), 'group');
        return fault === undefined ? [] : [mistake(node, fault)];
      }),
    ),
    ...itemsOf(propertyOf(path, 'ports')).flatMap((port) => {
      const read = readPorts(plainValue(port) as number | string);
      return read.kind === 'ports' ? [] : [mistake(port, read.message, read.hint)];
    }),
  ];
}

function pathSchema(description: string): Schema {
  const ends = (what: string, examples: readonly string[]): Schema => ({
    description: what,
    type: ['string', 'array'],
    minItems: 1,
    items: pattern('A pattern of an address or a name.', examples),
    examples,
  });
  return {
    description,
    type: 'object',
    additionalProperties: false,
    required: ['from', 'to'],
    properties: {
      from: ends('internet, or patterns of addresses of services and groups, or of names of groups.', [
        'internet',
        '*-lb',
      ]),
      to: ends('Patterns of addresses of services and groups, or of names of groups.', ['*-db']),
      ports: { description: 'Default: any traffic.', type: 'array', minItems: 1, items: portSchema() },
      direct: {
        description: 'Whether only one hop counts, and no chain of services.',
        type: 'boolean',
        default: false,
      },
    },
  };
}
