/** Resource instance of a service -> where its interfaces are. */

import { boolFact, type ResourceArguments, stringFact } from '../model/aws/arguments.ts';
import { ATTACHMENT_TYPES } from '../model/aws/attachment-types.ts';
import { argumentsAt } from '../model/aws/attachments.ts';
import { known, waitsFor } from '../model/fact.ts';
import type { Family } from '../network/ip-address.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import { instancePlacement, templatePlacement } from './instance-placements.ts';
import type { NetworkResources } from './network-resources.ts';
import { inSubnets, type Placement, subnetsIn, subnetsOfGroup } from './placement.ts';
import { addressAtLaunch, addressByFlag, elasticAddress, ipv6Address } from './public-addresses.ts';
import { existenceOf, factsOf, type ResourceReference, referencesIn } from './references.ts';
import {
  databaseSubnetGroups,
  FLAGGED_SERVICES,
  PRIVATE_SERVICES,
  publiclyAccessible,
  type SubnetArgument,
} from './service-facts.ts';
import { type NetworkSubnet, subnetOf } from './subnets.ts';
import { anyOf, eachOnce, no, type ReachVerdict, unknown, yes } from './verdict.ts';

type Place = (service: ResourceInstance, network: NetworkResources) => Placement;

/** @returns undefined where the service has no interface of its own, and others say where it is */
export function placementOf(service: ResourceInstance, network: NetworkResources): Placement {
  const { type, address } = service;
  const own = ownPlacements[type];
  if (own !== undefined) return own(service, network);
  const flagged = FLAGGED_SERVICES[type];
  if (flagged !== undefined) {
    const from = blocksOf(service, flagged.subnets)[0] ?? factsOf(service);
    const addressIn = (family: Family, subnet: NetworkSubnet): ReachVerdict => {
      if (family === 4) return addressByFlag(service, from, flagged.flag, network.providerMajors);
      return flagged.flag.argument === 'assign_public_ip' ? ipv6OfTask(service, subnet) : noIpv6(service);
    };
    return inSubnets(subnetsBy(service, flagged.subnets, network), addressIn, { isInOne: flagged.isInOne });
  }
  const subnets = PRIVATE_SERVICES[type];
  if (!(type in PRIVATE_SERVICES)) {
    const kind = ATTACHMENT_TYPES.get(type)?.kind;
    if (kind !== 'job' && kind !== 'function')
      return { kind: 'unknown', waits: [`the addresses of ${address}`], subnets: [] };
    return { kind: 'closed', because: `nobody connects to ${address}: it opens connections itself`, subnets: [] };
  }
  return {
    kind: 'closed',
    because:
      type === 'aws_eks_cluster'
        ? `the groups of ${address} are for its interfaces in the VPC, which have no public address`
        : `AWS gives ${address} no public address`,
    subnets: subnets === undefined ? [] : subnetsBy(service, subnets, network),
  };
}

/**
 * Tasks of ECS have IPv6 addresses in subnets that have some, if a setting of the account says so.
 *
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 */
function ipv6OfTask(service: ResourceInstance, { instance, because, isDefault }: NetworkSubnet): ReachVerdict {
  if (instance === undefined) return isDefault ? noIpv6(service) : unknown(because);
  const from = factsOf(instance);
  const has = ['ipv6_cidr_block', 'ipv6_native', 'ipv6_ipam_pool_id', 'assign_ipv6_address_on_creation'];
  const isNone = has.every((name) => (from.get(name)?.value.kind ?? 'null') === 'null');
  return isNone ? noIpv6(service) : unknown([`the IPv6 address of ${service.address}`]);
}

const noIpv6 = ({ address }: ResourceInstance): ReachVerdict => no(`${address} has no IPv6 address`);

function blocksOf(service: ResourceInstance, at: NonNullable<SubnetArgument>): readonly ResourceArguments[] {
  if (!('list' in at) || at.in === undefined) return [factsOf(service)];
  return argumentsAt(service, at.in).map(({ from }) => from);
}

function subnetsBy(
  service: ResourceInstance,
  at: NonNullable<SubnetArgument>,
  network: NetworkResources,
): readonly NetworkSubnet[] {
  return 'list' in at
    ? subnetsIn(service, blocksOf(service, at), at.list, network)
    : subnetsOfGroup(service, factsOf(service), at.group, at.types, network);
}

const loadBalancer: Place = (service, network) => {
  const { address, span } = service;
  const from = factsOf(service);
  const mappings = argumentsAt(service, ['subnet_mapping']).map((each) => each.from);
  const named = [...referencesIn(from, 'subnets'), ...mappings.flatMap((each) => referencesIn(each, 'subnet_id'))];
  const subnets =
    named.length === 0 ? subnetsIn(service, [], 'subnets', network) : named.map((each) => subnetOf(each, network));
  const internal = boolFact(from, 'internal');
  const type = stringFact(from, 'load_balancer_type');
  const addresses = stringFact(from, 'ip_address_type');
  if (known(type) === 'gateway') return { kind: 'closed', because: `${address} is a Gateway Load Balancer`, subnets };
  const facing = (): ReachVerdict => {
    if (internal.kind === 'unknown') return unknown(waitsFor(internal.reasons));
    if (internal.value === true) return no(`${address} is internal`);
    const at = internal.value === null ? span : internal.span;
    return yes({ kind: 'public address', address, text: 'is internet-facing', span: at });
  };
  return inSubnets(subnets, (family) => {
    const verdict = facing();
    if (verdict.answer === 'no') return verdict;
    if (addresses.kind === 'unknown') return unknown(waitsFor(addresses.reasons));
    const has =
      family === 4 ? addresses.value !== 'dualstack-without-public-ipv4' : addresses.value?.startsWith('dualstack');
    return has === true ? verdict : no(`${address} has no public IPv${family} address`);
  });
};

const networkInterface: Place = (service, network) => {
  const from = factsOf(service);
  const [reference] = referencesIn(from, 'subnet_id');
  const subnet = subnetOf(reference ?? { kind: 'unknown', because: [`${service.address}.subnet_id`] }, network);
  const without = no(`${service.address} has no public address`);
  return inSubnets([subnet], (family) =>
    family === 4 ? elasticAddress(service, network, without) : ipv6Address(service, [from], subnet),
  );
};

/** Of a cluster of databases: the instances in it say whether they have a public address. */
function clusterOf(instanceType: string, groupArgument: string): Place {
  return (service, network) => {
    const { address } = service;
    const from = factsOf(service);
    const subnets = subnetsOfGroup(service, from, groupArgument, databaseSubnetGroups, network);
    const join = network.join(`members of ${instanceType}`, [instanceType], 'cluster_identifier');
    const named = stringFact(from, 'cluster_identifier');
    const members = eachOnce([...join.of(address), ...join.of(known(named) ?? undefined)]);
    const verdictOf = (member: ResourceInstance, waits: readonly string[]): ReachVerdict => {
      const verdict = addressByFlag(member, factsOf(member), publiclyAccessible, network.providerMajors);
      const all = [...waits, ...existenceOf(member)];
      return all.length === 0 || verdict.answer === 'no' ? verdict : unknown([...verdict.because, ...all]);
    };
    const otherwise = unknown([`the instances of ${address}`]);
    const open = join.open
      .filter(({ instance }) => !members.includes(instance))
      .map(({ instance, reference }) => verdictOf(instance, reference.kind === 'text' ? [] : reference.because));
    const addressIn = (family: Family): ReachVerdict =>
      family === 4 ? anyOf([...members.map((each) => verdictOf(each, [])), ...open], otherwise) : noIpv6(service);
    return inSubnets(subnets, addressIn, { isInOne: true });
  };
}

const kafka: Place = (service, network) => {
  const { address } = service;
  const brokers = argumentsAt(service, ['broker_node_group_info']).map(({ from }) => from);
  const access = argumentsAt(service, ['broker_node_group_info', 'connectivity_info', 'public_access']);
  return inSubnets(subnetsIn(service, brokers, 'client_subnets', network), (family) => {
    if (family === 6) return noIpv6(service);
    const verdicts = access.map(({ from, span }) => {
      const type = stringFact(from, 'type');
      if (type.kind === 'unknown') return unknown(waitsFor(type.reasons));
      return type.value === 'SERVICE_PROVIDED_EIPS'
        ? yes({ kind: 'public address', address, text: 'has public access', span })
        : no(`${address} has no public access`);
    });
    return anyOf(verdicts, no(`${address} has no public access`));
  });
};

const transferServer: Place = (service, network) => {
  const { address } = service;
  const details = argumentsAt(service, ['endpoint_details']);
  const subnets = subnetsIn(
    service,
    details.map(({ from }) => from),
    'subnet_ids',
    network,
  );
  return inSubnets(subnets, (family) => {
    const addresses = details.flatMap(({ from, span }) =>
      referencesIn(from, 'address_allocation_ids').map((reference: ResourceReference) =>
        reference.kind === 'unknown'
          ? unknown(reference.because)
          : yes({ kind: 'public address', address, text: 'has Elastic IP addresses', span }),
      ),
    );
    return family === 6 ? noIpv6(service) : anyOf(addresses, no(`${address} has no public address`));
  });
};

/** What starts instances of its own in subnets, each with the address that the subnet gives. */
const launchesIn =
  (list: readonly string[], blocks: readonly string[]): Place =>
  (service, network) => {
    const from = blocks.length === 0 ? [factsOf(service)] : argumentsAt(service, blocks).map((each) => each.from);
    const named = list.flatMap((argument) => from.flatMap((each) => referencesIn(each, argument)));
    const subnets =
      named.length === 0 ? subnetsIn(service, [], '', network) : named.map((each) => subnetOf(each, network));
    return inSubnets(subnets, (family, subnet) =>
      family === 4 ? addressAtLaunch(service, undefined, subnet) : ipv6Address(service, [], subnet),
    );
  };

const batch: Place = (service, network) => {
  const types = argumentsAt(service, ['compute_resources']).map(({ from }) => stringFact(from, 'type'));
  const isFargate = types.some((type) => type.kind === 'unknown' || type.value?.startsWith('FARGATE') === true);
  if (!isFargate) return launchesIn(['subnets'], ['compute_resources'])(service, network);
  return { kind: 'unknown', waits: [`the jobs of ${service.address}`], subnets: [] };
};

const withPublicAddress: Place = ({ address }) => ({
  kind: 'unknown',
  waits: [`the addresses of ${address}`],
  subnets: [],
});

const ownPlacements: Readonly<Record<string, Place>> = {
  __proto__: null as never,
  aws_alb: loadBalancer,
  aws_batch_compute_environment: batch,
  aws_elb: loadBalancer,
  aws_emr_cluster: launchesIn(['subnet_id', 'subnet_ids'], ['ec2_attributes']),
  aws_glue_dev_endpoint: withPublicAddress,
  aws_imagebuilder_infrastructure_configuration: launchesIn(['subnet_id'], []),
  aws_instance: instancePlacement,
  aws_launch_configuration: templatePlacement,
  aws_launch_template: templatePlacement,
  aws_lb: loadBalancer,
  aws_msk_cluster: kafka,
  aws_neptune_cluster: clusterOf('aws_neptune_cluster_instance', 'neptune_subnet_group_name'),
  aws_network_interface: networkInterface,
  aws_rds_cluster: clusterOf('aws_rds_cluster_instance', 'db_subnet_group_name'),
  aws_spot_instance_request: instancePlacement,
  aws_transfer_server: transferServer,
};
