/** Placeholder values that whoever runs Terraform replaces. */

import type { Rule } from '../../model/rule.ts';
import type { SecurityModel } from '../../model/security-group.ts';
import { containsSpan } from '../../source/span.ts';
import { argument } from '../../terraform/instances/expand.ts';
import { directoryOf } from '../../terraform/modules/declarations.ts';
import type { Because } from '../../terraform/values/value.ts';
import { sourceOf, type Traced } from './literal.ts';

/**
 * What an empty value waits for that is the default of a variable of the root: Terraform would reject it, so whoever runs
 * Terraform gives another one. Undefined for an empty value from elsewhere.
 */
export function emptyDefault({ trees, root }: SecurityModel, place: Traced): readonly Because[] | undefined {
  const source = sourceOf(place);
  const tree = trees.find(({ file }) => file === source.file);
  const home = root === '' ? '' : `${root}/`;
  if (tree === undefined || directoryOf(source.file.path) !== home) return undefined;
  const item = tree.body.items.find((candidate) => containsSpan(candidate, source));
  if (item?.kind !== 'block' || item.type.name !== 'variable') return undefined;
  return [{ name: `var.${item.labels[0]?.name}`, span: item.header }];
}

/**
 * Whether a rule is of no group, or of a group in no VPC: an empty text stands there, as in modules that are called with nothing
 * for the sake of `terraform validate`.
 */
export function isOfNothing({ owner, form, instance }: Rule, { groups }: SecurityModel): boolean {
  if (owner.kind === 'id') return owner.id === '';
  const group = form === 'inline' ? instance : groups.find(({ address }) => isAddressOf(owner, address))?.instance;
  const vpc = group === undefined ? undefined : argument(group.body, 'vpc_id')?.value;
  return vpc?.kind === 'string' && vpc.value === '';
}

const isAddressOf = (owner: Rule['owner'], address: string): boolean =>
  owner.kind === 'group' && owner.address === address;
