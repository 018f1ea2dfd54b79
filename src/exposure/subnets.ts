/** Subnets and VPCs: those of the configuration, default ones, and those from elsewhere. */

import { boolFact } from '../model/aws/arguments.ts';
import { providerKey } from '../model/aws/vpc.ts';
import { known } from '../model/fact.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { NetworkResources } from './network-resources.ts';
import { becauseOf, factsOf, type ResourceReference, referenceIn, referenceKey } from './references.ts';

/** Where an interface is. */
export interface NetworkSubnet {
  /** The same text for the same subnet; undefined where that can't be told. */
  readonly key: string | undefined;
  /** As texts name it. */
  readonly name: string;
  /** The one of the configuration that it is. */
  readonly instance: ResourceInstance | undefined;
  readonly vpc: NetworkVpc;
  /** Whether it is one that AWS makes in a default VPC. */
  readonly isDefault: boolean;
  /** What is not known of it waits for this. */
  readonly because: readonly string[];
}

export interface NetworkVpc {
  /** The same text for the same VPC; undefined where that can't be told. */
  readonly key: string | undefined;
  readonly name: string;
  readonly instance: ResourceInstance | undefined;
  /** Whether it is the default VPC of its account and Region, which AWS makes with a way to the internet. */
  readonly isDefault: boolean;
  readonly because: readonly string[];
}

/** The subnet that an argument names. */
export function subnetOf(reference: ResourceReference, network: NetworkResources): NetworkSubnet {
  const because = becauseOf(reference);
  const instance = reference.kind === 'attribute' ? network.at(reference.address) : undefined;
  if (instance === undefined || !/^aws_(?:default_)?subnet$/.test(instance.type)) {
    const [name = 'its subnet'] = because;
    const vpc = { key: undefined, name: `the VPC of ${name}`, instance: undefined, isDefault: false, because };
    return { key: referenceKey(reference), name, instance: undefined, vpc, isDefault: false, because };
  }
  return ownSubnet(instance, network);
}

export function ownSubnet(instance: ResourceInstance, network: NetworkResources): NetworkSubnet {
  const isDefault = instance.type === 'aws_default_subnet';
  const vpc = isDefault ? defaultVpcBeside(instance, network) : vpcIn(instance, network);
  return { key: instance.address, name: instance.address, instance, vpc, isDefault, because: [] };
}

/** A subnet that AWS takes where a service names none. */
export function defaultSubnetBeside(service: ResourceInstance, network: NetworkResources): NetworkSubnet {
  const vpc = defaultVpcBeside(service, network);
  return {
    key: `default subnet of ${vpc.key}`,
    name: 'a default subnet',
    instance: undefined,
    vpc,
    isDefault: true,
    because: [],
  };
}

/** The VPC that `vpc_id` names. */
export function vpcIn(instance: ResourceInstance, network: NetworkResources): NetworkVpc {
  const reference = referenceIn(factsOf(instance), 'vpc_id');
  return reference === undefined ? defaultVpcBeside(instance, network) : vpcNamed(reference, network);
}

export function vpcNamed(reference: ResourceReference, network: NetworkResources): NetworkVpc {
  const because = becauseOf(reference);
  const key = referenceKey(reference);
  const instance = reference.kind === 'attribute' ? network.at(reference.address) : undefined;
  const [name = 'its VPC'] = because;
  switch (instance?.mode === 'managed' ? instance.type : `data.${instance?.type}`) {
    case 'aws_vpc':
      return { key, name: instance!.address, instance, isDefault: false, because: [] };
    case 'aws_default_vpc':
      return { key: providerKey(instance!), name: instance!.address, instance, isDefault: true, because: [] };
    case 'data.aws_vpc': {
      const isDefault = known(boolFact(factsOf(instance!), 'default')) === true;
      if (isDefault) return { key: providerKey(instance!), name, instance: undefined, isDefault, because: [] };
      return { key, name, instance: undefined, isDefault, because };
    }
    default:
      return { key, name, instance: undefined, isDefault: false, because };
  }
}

function defaultVpcBeside(resource: ResourceInstance, network: NetworkResources): NetworkVpc {
  const key = providerKey(resource);
  const instance = network.of('aws_default_vpc').find((each) => providerKey(each) === key);
  return { key, name: instance?.address ?? 'the default VPC', instance, isDefault: true, because: [] };
}
