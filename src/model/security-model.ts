/** What one root module would create, by kind. */

import type { KindModel, ModelCounts, ModelSource } from './kind-model.ts';
import type { NetworkAclModel } from './network-acl-model.ts';
import type { SecurityGroupModel } from './security-group-model.ts';

/** The kinds of models. Another one is a line here, and what makes it in normalize.ts. */
export interface ModelKinds {
  readonly 'security-group': SecurityGroupModel;
  readonly 'network-acl': NetworkAclModel;
}

export type ModelKind = keyof ModelKinds;

export interface SecurityModel extends ModelSource {
  of<K extends ModelKind>(kind: K): ModelKinds[K];
  readonly kinds: readonly ModelKind[];
}

/** What is in several models together. */
export function totalOf(models: readonly SecurityModel[]): ModelCounts {
  const all = models.flatMap((model) => model.kinds.map((kind): KindModel => model.of(kind)));
  const sum = (count: keyof ModelCounts): number => all.reduce((total, { counts }) => total + (counts[count] ?? 0), 0);
  return { groups: sum('groups'), rules: sum('rules') };
}
