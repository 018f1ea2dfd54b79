/** What a resource's block says of how Terraform manages it. */

import type { Attribute } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import type { ResourceInstance } from '../../terraform/instances/instance.ts';
import type { SecurityGroup } from '../security-group.ts';

/**
 * The settings in its `lifecycle` blocks, for which Terraform takes literals and names of arguments alone.
 *
 * Source: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
 */
export function lifecycleOf({
  body,
}: ResourceInstance): Pick<SecurityGroup, 'ignoresChanges' | 'isCreatedBeforeDestroy'> {
  const settings = (body.content?.blocks ?? [])
    .filter(({ block }) => block.type.name === 'lifecycle')
    .flatMap(({ block }) => block.body.items)
    .filter((item) => item.kind === 'attribute');
  return {
    ignoresChanges: new Set(settings.flatMap((each) => (each.name.name === 'ignore_changes' ? namesIn(each) : []))),
    isCreatedBeforeDestroy: settings.some((each) => each.name.name === 'create_before_destroy' && isTrue(each)),
  };
}

/** In quotes too, as in Terraform 0.11 and in JSON syntax. */
function namesIn({ value }: Attribute): string[] {
  return [...nodesIn(value)].flatMap(({ node }) => {
    if (node.kind === 'reference') return node.name;
    return node.kind === 'string' ? node.value : [];
  });
}

function isTrue({ value }: Attribute): boolean {
  return (value.kind === 'boolean' && value.value) || (value.kind === 'string' && value.value === 'true');
}
