/** Which groups a rule may belong to where only apply knows its group. */

import { nodesIn } from '../../hcl/walk.ts';
import { keysIn, resourceOf } from '../../terraform/instances/references.ts';
import type { Rule } from '../rule.ts';

/**
 * The groups that a rule whose group is not known may be of, as far as the argument shows that names it: `aws_security_group.web[var.name].id` is one
 * of those, and what somebody gives to the root module is a group from elsewhere.
 *
 * @returns addresses without keys; undefined for any group
 */
export function possibleOwners({
  instance,
  form,
  type,
  calls,
  resourceAddress,
}: Rule): ReadonlySet<string> | undefined {
  const argument = instance.body.content?.attributes.get(form.group ?? '')?.value;
  if (argument === undefined) return undefined;
  const keys = [...keysIn(argument)];
  const resources = keys.flatMap((key) => resourceOf(key) ?? []);
  if (!keys.every((key) => key.startsWith('var.') || resourceOf(key) !== undefined)) return undefined;
  if (resources.length > 0) {
    const path = resourceAddress.slice(0, -`${type}.${instance.name}`.length);
    return new Set(resources.map((address) => path + address));
  }
  const isRepeated = [...nodesIn(argument)].some(({ node }) => node.kind === 'reference' && node.name === 'each');
  return calls.length > 0 || isRepeated ? undefined : new Set();
}
