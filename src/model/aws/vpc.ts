/** The VPC of a group. */

import { textOf } from '../../source/span.ts';
import { argument } from '../../terraform/instances/body.ts';
import type { ResourceInstance, Resources } from '../../terraform/instances/instance.ts';
import type { Identity } from '../rule.ts';
import { argumentsOfBody, isPlain, referenceOf, stringFact } from './arguments.ts';

/** Whether an empty text stands where a group's VPC should be. It is not evaluated before somebody asks. */
export function hasEmptyVpc({ body }: ResourceInstance): boolean {
  const vpc = argument(body, 'vpc_id')?.value;
  return vpc?.kind === 'string' && vpc.value === '';
}

/** The VPC that a resource is in. */
export interface Vpc {
  /** The same text for the same VPC, or undefined where that can't be told. */
  readonly key: string | undefined;
  /** The attribute that is its identifier, where the configuration creates it or looks it up. */
  readonly reference: Identity | undefined;
}

/** The VPC of a group; without a `vpc_id` it is the default one of the account and region. */
export function vpcOf(instance: ResourceInstance): Vpc {
  const from = argumentsOfBody(instance.body, instance.span, { calls: instance.calls, problems: [] });
  const reference = referenceOf(from, 'vpc_id');
  if (reference !== undefined) return { key: [reference.address, ...reference.path].join('.'), reference };
  const vpc = stringFact(from, 'vpc_id');
  if (vpc.kind === 'unknown') return { key: isPlain(vpc) ? vpc.reasons[0]?.name : undefined, reference };
  // The default VPC is another one for each provider.
  return { key: vpc.value || providerKey(instance), reference };
}

/** What tells which provider, and so which account and region, a resource is made with. */
export function providerKey({ body, calls, span }: ResourceInstance): string {
  const region = stringFact(argumentsOfBody(body, span, { calls, problems: [] }), 'region');
  // Its name is no reference to a resource.
  const own = body.content?.attributes.get('provider')?.value;
  const given = calls.map(({ block }) => /\bproviders\s*=\s*\{[^}]*\}/.exec(textOf(block))?.[0] ?? '');
  const where = region.kind === 'known' ? (region.value ?? '') : region.reasons.map(({ name }) => name).join(' ');
  return `default ${own === undefined ? '' : textOf(own)} ${given.join(' ')} ${where}`;
}

/** What the configuration connects VPCs with: `peering` lets rules name groups of the other VPC, a `transit gateway` ingress rules alone. */
export type VpcLink = 'peering' | 'transit gateway' | undefined;

/**
 * Sources: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html and
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
export function vpcLinkOf(resources: Resources): VpcLink {
  const hasAny = (pattern: RegExp) => resources.instances(({ type }) => pattern.test(type)).length > 0;
  if (hasAny(/^aws_vpc_peering_connection|^aws_vpc_security_group_vpc_association$|^aws_ram_/)) return 'peering';
  return hasAny(/^aws_ec2_transit_gateway|^aws_networkmanager_/) ? 'transit gateway' : undefined;
}
