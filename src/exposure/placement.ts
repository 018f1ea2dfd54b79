/** Where the interfaces of a service are, and which of them have public addresses. */

import type { ResourceArguments } from '../model/aws/arguments.ts';
import type { Family } from '../network/ip-address.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { NetworkResources } from './network-resources.ts';
import { becauseOf, factsOf, type ResourceReference, referenceIn, referencesIn } from './references.ts';
import { defaultSubnetBeside, type NetworkSubnet, subnetOf } from './subnets.ts';
import type { ReachVerdict } from './verdict.ts';

/** A network interface in a subnet. */
export interface InterfacePlace {
  readonly subnet: NetworkSubnet;
  /** Whether it has an address that the internet can send to. */
  address(family: Family): ReachVerdict;
  /** What decides whether there is one. */
  readonly waits: readonly string[];
}

export type Placement =
  | {
      readonly kind: 'places';
      readonly places: readonly InterfacePlace[];
      /** Whether it is in one of them, which AWS chooses, and not in all. */
      readonly isInOne?: boolean | undefined;
    }
  /** The internet can't send to it, wherever it is. */
  | { readonly kind: 'closed'; readonly because: string; readonly subnets: readonly NetworkSubnet[] }
  | { readonly kind: 'unknown'; readonly waits: readonly string[]; readonly subnets: readonly NetworkSubnet[] };

export const subnetsOf = (placement: Placement): readonly NetworkSubnet[] =>
  placement.kind === 'places' ? placement.places.map(({ subnet }) => subnet) : placement.subnets;

/** The same address in each of some subnets, or in the one that AWS chooses. */
export function inSubnets(
  subnets: readonly NetworkSubnet[],
  address: (family: Family, subnet: NetworkSubnet) => ReachVerdict,
  { waits = [], isInOne }: { readonly waits?: readonly string[]; readonly isInOne?: boolean | undefined } = {},
): Placement {
  return {
    kind: 'places',
    isInOne,
    places: subnets.map((subnet) => ({ subnet, address: (family) => address(family, subnet), waits })),
  };
}

/** The subnets that a list names; those of a default VPC where it names none. */
export function subnetsIn(
  service: ResourceInstance,
  from: readonly ResourceArguments[],
  argument: string,
  network: NetworkResources,
): readonly NetworkSubnet[] {
  const subnets = from.flatMap((each) => referencesIn(each, argument)).map((each) => subnetOf(each, network));
  return subnets.length > 0 ? subnets : [defaultSubnetBeside(service, network)];
}

/** The subnets of the group of subnets that an argument names; those of a default VPC where it names none. */
export function subnetsOfGroup(
  service: ResourceInstance,
  from: ResourceArguments,
  argument: string,
  types: readonly string[],
  network: NetworkResources,
): readonly NetworkSubnet[] {
  const reference = referenceIn(from, argument);
  if (reference === undefined || (reference.kind === 'text' && reference.text === 'default'))
    return [defaultSubnetBeside(service, network)];
  const group = namedResource(reference, types, ['name', 'replication_subnet_group_id'], network);
  if (group === undefined) return [subnetOf({ kind: 'unknown', because: becauseOf(reference) }, network)];
  return subnetsIn(service, [factsOf(group)], 'subnet_ids', network);
}

/** A resource of the configuration, by an attribute of it or by its name. */
export function namedResource(
  reference: ResourceReference,
  types: readonly string[],
  names: readonly string[],
  network: NetworkResources,
): ResourceInstance | undefined {
  if (reference.kind === 'attribute') {
    const found = network.at(reference.address);
    return found !== undefined && types.includes(found.type) ? found : undefined;
  }
  if (reference.kind === 'unknown') return undefined;
  return network
    .join(`names of ${types.join(' ')}`, types, (each) => {
      const from = factsOf(each);
      return names.flatMap((name) => referenceIn(from, name) ?? []);
    })
    .of(reference.text)[0];
}
