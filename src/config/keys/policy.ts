/** The key `policy` of a config. */

import {
  type GroupPolicy,
  groupPolicy,
  type PolicyDeclaration,
  type Roles,
  roles,
} from '../../model/questions/policy.ts';
import { oneLineJson } from '../commented-json.ts';
import { itemsOf, plainValue, propertyOf } from '../jsonc.ts';
import type { ConfigKey, Schema } from '../key.ts';
import { describeOrigin, givenBy, type Sourced } from '../layer.ts';
import { mistake, suggestion } from '../mistake.ts';
import { groupMatcherOf } from '../patterns/globs.ts';
import { groupPattern, pattern } from '../schema-parts.ts';
import { ingressMistakes, ingressSchema } from './ingress.ts';
import { rolesIn } from './roles.ts';

export const key: ConfigKey<readonly PolicyDeclaration[] | undefined, Sourced<readonly GroupPolicy[]> | undefined> = {
  name: 'policy',
  order: 110,
  schema: () => ({
    description: 'Allowed ingress of the matching groups, for the check policy.',
    type: 'array',
    items: policySchema(),
  }),
  /** Entries with a mistake are left out. */
  decode(node, { isSound, checker, report }) {
    if (node === undefined) return undefined;
    return itemsOf(node).flatMap((entry, index) => {
      if (!isSound(['policy', String(index)])) return [];
      const mistakes = [
        ...itemsOf(propertyOf(entry, 'groups')).flatMap((glob) => {
          const fault = checker.faultOf(String(plainValue(glob)), 'group');
          return fault === undefined ? [] : [mistake(glob, fault)];
        }),
        ...itemsOf(propertyOf(entry, 'ingress')).flatMap((ingress) => ingressMistakes(ingress, checker)),
      ];
      report(mistakes);
      return mistakes.length > 0 ? [] : (plainValue(entry) as PolicyDeclaration);
    });
  },
  merge(layers) {
    const last = givenBy(layers, key).at(-1);
    if (last === undefined) return undefined;
    const known = rolesIn(layers);
    return { value: last.value.map((declaration) => policyOf(declaration, known)), origin: last.origin };
  },
  // Where there is none, one more is stricter.
  limited: (base, full) => base ?? full,
  /** Roles can be declared in another file. */
  mistakes(layers) {
    const known = rolesIn(layers);
    return givenBy(layers, key).flatMap(({ node }) =>
      itemsOf(node).flatMap((entry) => {
        const role = propertyOf(entry, 'role');
        const name = role && String(plainValue(role));
        if (role === undefined || name === undefined || Object.hasOwn(known, name)) return [];
        const message = `${JSON.stringify(name)} is neither a predefined role nor one of "roles".`;
        return [mistake(role, message, suggestion(name, Object.keys(known)))];
      }),
    );
  },
  print(resolved) {
    if (resolved?.origin.kind !== 'file') return [];
    const entries = itemsOf(resolved.origin.node).map((node) => ({
      value: oneLineJson(plainValue(node)),
      note: describeOrigin({ kind: 'file', node }),
    }));
    return [{ name: 'policy', value: { open: '[', entries } }];
  },
  option: {
    meaningOf: (declarations: readonly PolicyDeclaration[]) =>
      declarations.map((declaration) => policyOf(declaration, roles)),
    given: (resolved) => resolved,
    turnsOn: true,
  },
};

function policyOf(declaration: PolicyDeclaration, known: Roles): GroupPolicy {
  return groupPolicy(declaration, known, groupMatcherOf);
}

const policySchema = (): Schema => ({
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
    role: pattern('A predefined policy, or one of "roles".', Object.keys(roles)),
    ingress: {
      description: 'Ingress that is allowed in addition to the role.',
      type: 'array',
      items: ingressSchema(),
    },
  },
});
