/** What a resource type adds to the model. */

import type { EvaluationProblem } from '../../../terraform/expressions/scope.ts';
import type { ResourceInstance } from '../../../terraform/instances/instance.ts';
import type { AclEntry } from '../../acl-entry.ts';
import type { AclAssociation, NetworkAcl } from '../../network-acl.ts';
import type { Rule } from '../../rule.ts';
import type { RuleForm } from '../../rule-form.ts';
import type { SecurityGroup } from '../../security-group.ts';
import type { ModelKind } from '../../security-model.ts';
import type { BlockSchema } from '../block-schema.ts';
import type { PrefixList, StandaloneEntry } from '../prefix-list.ts';

export interface Adapted {
  readonly groups?: readonly SecurityGroup[];
  /** All of one owner. */
  readonly rules?: readonly Rule[];
  readonly prefixLists?: readonly PrefixList[];
  readonly prefixListEntries?: readonly StandaloneEntry[];
  readonly acls?: readonly NetworkAcl[];
  readonly aclEntries?: readonly AclEntry[];
  readonly aclAssociations?: readonly AclAssociation[];
}

export interface Adapter {
  /** The kind of model that it adds to. */
  readonly kind: ModelKind;
  /** The resource types that it reads. */
  readonly types: readonly string[];
  /** How the rules of its types are written; absent where they have none. */
  readonly form?: RuleForm;
  /** What each of its types may hold, by type, where resource-schema.ts does not say; absent where anything may stand in it. */
  readonly schemas?: Readonly<Record<string, BlockSchema>>;
  /** @param problems gets what has no meaning for such a resource, such as a list where a number is needed */
  adapt(instance: ResourceInstance, problems: EvaluationProblem[]): Adapted;
}
