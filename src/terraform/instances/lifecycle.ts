/** How Terraform manages a resource, as far as its `lifecycle` blocks say. */

import type { Attribute } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import type { Content } from '../modules/content.ts';

export interface Lifecycle {
  /** The arguments whose changes Terraform leaves alone; `all` for every one. */
  readonly ignoresChanges: ReadonlySet<string>;
  /** Whether its replacement is there before it is deleted. */
  readonly isCreatedBeforeDestroy: boolean;
}

/**
 * Terraform takes literals and names of arguments alone there.
 *
 * Source: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
 */
export function lifecycleOf({ blocks }: Content): Lifecycle {
  const settings = blocks
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
