/** The key `roles` of a config: policies with names of their own. */

import { type IngressDeclaration, roles as predefined, type Roles } from '../../model/questions/policy.ts';
import { oneLineJson } from '../commented-json.ts';
import { type JsonNode, plainValue } from '../jsonc.ts';
import type { ConfigKey } from '../key.ts';
import { describeOrigin, givenBy, type Layer } from '../layer.ts';
import { ingressMistakes, ingressSchema } from './ingress.ts';

/** A role, and where it is written. */
export interface ResolvedRole {
  readonly ingress: readonly IngressDeclaration[];
  readonly node: JsonNode;
}

/** By name. */
type GivenRoles = ReadonlyMap<string, ResolvedRole>;

export const key: ConfigKey<GivenRoles | undefined, GivenRoles> = {
  name: 'roles',
  order: 108,
  schema: () => ({
    description: 'Policies by name, for "role" in "policy"; they replace predefined ones of the same name.',
    type: 'object',
    additionalProperties: { description: 'Allowed ingress.', type: 'array', items: ingressSchema() },
  }),
  /** Roles with a mistake are left out. */
  decode(node, { isSound, checker, report }) {
    if (node?.kind !== 'object') return undefined;
    return new Map(
      node.entries.flatMap(({ name, value }) => {
        if (!isSound(['roles', name]) || value.kind !== 'array') return [];
        const mistakes = value.items.flatMap((item) => ingressMistakes(item, checker));
        report(mistakes);
        if (mistakes.length > 0) return [];
        return [[name, { ingress: plainValue(value) as readonly IngressDeclaration[], node: value }] as const];
      }),
    );
  },
  merge: (layers) => new Map(givenBy(layers, key).flatMap(({ value }) => [...value])),
  print(resolved) {
    const entries = [...resolved].map(([name, { node }]) => ({
      name,
      value: oneLineJson(plainValue(node)),
      note: describeOrigin({ kind: 'file', node }),
    }));
    return entries.length === 0 ? [] : [{ name: 'roles', value: { open: '{', entries } }];
  },
};

/** The roles that the policies of some layers can have. */
export function rolesIn(layers: readonly Layer[]): Roles {
  const own = givenBy(layers, key).flatMap(({ value }) => [...value]);
  return { ...predefined, ...Object.fromEntries(own.map(([name, { ingress }]) => [name, ingress])) };
}
