/** Which groups a rule may belong to where only apply knows its group. */

import { nodesIn } from '../../hcl/walk.ts';
import { keysIn, resourceOf } from '../../terraform/instances/references.ts';
import type { Rule } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';

/**
 * Whether a rule whose group is not known may be of a group, as far as the argument shows that names it: `aws_security_group.web[var.name].id` is one
 * of those, and what somebody gives to the root module is a group from elsewhere.
 */
export function mayBeOf({ instance, form, type, calls, resourceAddress }: Rule, group: SecurityGroup): boolean {
  const argument = instance.body.content?.attributes.get(form.group ?? '')?.value;
  if (argument === undefined) return true;
  const keys = [...keysIn(argument)];
  const resources = keys.flatMap((key) => resourceOf(key) ?? []);
  const isGiven = keys.every((key) => key.startsWith('var.') || resourceOf(key) !== undefined);
  if (!isGiven) return true;
  if (resources.length > 0) {
    const path = resourceAddress.slice(0, -`${type}.${instance.name}`.length);
    return resources.some((address) => path + address === group.resourceAddress);
  }
  const isRepeated = [...nodesIn(argument)].some(({ node }) => node.kind === 'reference' && node.name === 'each');
  return calls.length > 0 || isRepeated;
}
