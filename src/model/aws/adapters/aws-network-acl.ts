/**
 * aws_network_acl, and the ACL that each VPC has from the start.
 *
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl and
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_network_acl
 */

import type { EvaluationProblem } from '../../../terraform/expressions/scope.ts';
import type { ResourceInstance } from '../../../terraform/instances/instance.ts';
import type { AclEntry, AclForm } from '../../acl-entry.ts';
import type { NamedSubnet, NetworkAcl } from '../../network-acl.ts';
import type { Direction } from '../../rule.ts';
import { argumentsOfBody, peersOf, type ResourceArguments, referenceOf, stringFact } from '../arguments.ts';
import { listedObjects } from '../attributes-as-blocks.ts';
import { vpcOf } from '../vpc.ts';
import type { Adapter } from './adapter.ts';
import { ruleListOf } from './inline.ts';
import { entryOf } from './network-acl-entry.ts';

const form: AclForm = { kind: 'inline', number: 'rule_no', action: 'action' };

const blocks = { ingress: 'ingress', egress: 'egress' } as const;

/** What an object of the attributes must have all of. */
const schema = {
  arguments: [
    'action',
    'cidr_block',
    'from_port',
    'icmp_code',
    'icmp_type',
    'ipv6_cidr_block',
    'protocol',
    'rule_no',
    'to_port',
  ],
};

export const adapter: Adapter = {
  kind: 'network-acl',
  types: ['aws_network_acl', 'aws_default_network_acl'],
  adapt: (instance, problems) => ({
    acls: [aclOf(instance, problems)],
    aclEntries: (['ingress', 'egress'] as const).flatMap((direction) => entriesOf(instance, direction, problems)),
  }),
};

function entriesOf(instance: ResourceInstance, direction: Direction, problems: EvaluationProblem[]): AclEntry[] {
  return listedObjects({ instance, name: direction, noun: 'entry', schema }, problems).map(
    ({ from, ...circumstances }) =>
      entryOf(instance, form, from, {
        direction,
        directionReasons: [],
        owner: { kind: 'group', address: instance.address },
        ...circumstances,
      }),
  );
}

function aclOf(instance: ResourceInstance, problems: EvaluationProblem[]): NetworkAcl {
  const from = argumentsOfBody(instance.body, instance.span, { calls: instance.calls, problems });
  const isDefault = instance.type === 'aws_default_network_acl';
  const adopts = isDefault
    ? { id: stringFact(from, 'default_network_acl_id'), reference: referenceOf(from, 'default_network_acl_id') }
    : undefined;
  const { reference } = adopts ?? {};
  return {
    noun: 'network ACL',
    address: instance.address,
    resourceAddress: instance.resourceAddress,
    calls: instance.calls,
    type: instance.type,
    isDefault,
    adopts,
    vpc: reference?.path[0] === 'default_network_acl_id' ? vpcAt(reference.address) : vpcOf(instance),
    subnets: subnetsOf(from),
    ruleLists: {
      ingress: ruleListOf(instance, blocks, 'ingress'),
      egress: ruleListOf(instance, blocks, 'egress'),
    },
    lifecycle: instance.lifecycle,
    span: instance.span,
    instance,
    existsIf: instance.existsIf,
  };
}

const vpcAt = (address: string): NetworkAcl['vpc'] => ({
  key: `${address}.id`,
  reference: { address, path: ['id'] },
});

function subnetsOf(from: ResourceArguments): readonly NamedSubnet[] {
  return peersOf(from, 'subnet_ids', { kind: 'group', isList: true }).filter((each) => each.kind === 'group');
}
