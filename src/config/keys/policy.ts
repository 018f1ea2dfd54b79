/** The key `policy` of a config, with all mistakes. */

import {
  audiences,
  type GroupPolicy,
  groupPolicy,
  type PolicyDeclaration,
  roles,
  sourceFault,
} from '../../model/questions/policy.ts';
import { parsePortSpec } from '../../network/ports.ts';
import type { Problem } from '../../source/problem.ts';
import { oneLineJson } from '../commented-json.ts';
import { itemsOf, type JsonNode, plainValue, propertyOf } from '../jsonc.ts';
import type { ConfigKey, Schema } from '../key.ts';
import { describeOrigin, givenBy, type Sourced } from '../layer.ts';
import { mistake } from '../mistake.ts';
import { type GlobChecker, groupMatcherOf } from '../patterns/globs.ts';
import { groupPattern, pattern, portSchema } from './schema-parts.ts';

export const key: ConfigKey<readonly GroupPolicy[] | undefined, Sourced<readonly GroupPolicy[]> | undefined> = {
  name: 'policy',
  order: 110,
  schema: () => ({
    description: 'Allowed ingress of the matching groups, for the check policy.',
    type: 'array',
    items: policySchema,
  }),
  /** Entries with a mistake are left out. */
  decode(node, { isSound, checker, report }) {
    if (node === undefined) return undefined;
    return itemsOf(node).flatMap((entry, index) => {
      if (!isSound(['policy', String(index)])) return [];
      const mistakes = mistakesIn(entry, checker);
      report(mistakes);
      return mistakes.length > 0 ? [] : policyOf(plainValue(entry) as PolicyDeclaration);
    });
  },
  merge: (layers) => givenBy(layers, key).at(-1),
  // Where there is none, one more is stricter.
  limited: (base, full) => base ?? full,
  print(resolved) {
    if (resolved?.origin.kind !== 'file') return [];
    const entries = itemsOf(resolved.origin.node).map((node) => ({
      value: oneLineJson(plainValue(node)),
      note: describeOrigin({ kind: 'file', node }),
    }));
    return [{ name: 'policy', value: { open: '[', entries } }];
  },
  option: {
    meaningOf: (declarations: readonly PolicyDeclaration[]) => declarations.map(policyOf),
    given: (resolved) => resolved,
    turnsOn: true,
  },
};

function policyOf(declaration: PolicyDeclaration): GroupPolicy {
  return groupPolicy(declaration, groupMatcherOf(declaration.groups));
}

const policySchema: Schema = {
  description: 'Allowed ingress of the matching groups; nothing without role and ingress.',
  type: 'object',
  additionalProperties: false,
  required: ['groups'],
  properties: {
    groups: {
      description: 'Patterns of the names or addresses of groups.',
      type: 'array',
      minItems: 1,
      items: groupPattern,
    },
    role: { description: 'A predefined policy.', enum: Object.keys(roles) },
    ingress: {
      description: 'Ingress that is allowed in addition to the role.',
      type: 'array',
      items: {
        description: 'Ports and their allowed sources.',
        type: 'object',
        additionalProperties: false,
        required: ['from'],
        properties: {
          ports: { description: 'Default: all traffic.', type: 'array', minItems: 1, items: portSchema },
          from: {
            description:
              'CIDR blocks, ids of groups and prefix lists, addresses of groups, internet, private, groups, prefix-lists, self.',
            type: 'array',
            minItems: 1,
            items: pattern('A source.', [...audiences, '10.0.0.0/8', 'sg-0123', 'aws_security_group.lb']),
          },
        },
      },
    },
  },
};

/** What the schema can't say. */
function mistakesIn(entry: JsonNode, checker: GlobChecker): readonly Problem[] {
  return [
    ...itemsOf(propertyOf(entry, 'groups')).flatMap((glob) => {
      const fault = checker.faultOf(String(plainValue(glob)), 'group');
      return fault === undefined ? [] : [mistake(glob, fault)];
    }),
    ...itemsOf(propertyOf(entry, 'ingress')).flatMap((ingress) => [
      ...itemsOf(propertyOf(ingress, 'ports')).flatMap((port) => {
        const spec = parsePortSpec(plainValue(port) as number | string);
        return spec.kind === 'ports' ? [] : [mistake(port, spec.message)];
      }),
      ...itemsOf(propertyOf(ingress, 'from')).flatMap((source) => {
        const fault = sourceFault(String(plainValue(source)));
        return fault === undefined ? [] : [mistake(source, fault)];
      }),
    ]),
  ];
}
