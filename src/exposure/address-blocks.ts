/** The addresses that interfaces in subnets have among themselves. */

import { stringFact } from '../model/aws/arguments.ts';
import { type AddressSet, addressSet, noAddresses, unionOfAddresses } from '../network/address-set.ts';
import { parseCidr } from '../network/cidr.ts';
import type { Family } from '../network/ip-address.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { NetworkResources } from './network-resources.ts';
import { factsOf } from './references.ts';
import type { NetworkSubnet } from './subnets.ts';

/** Arguments that give a VPC a block that only apply knows. */
const generated = [
  'assign_generated_ipv6_cidr_block',
  'ipv4_ipam_pool_id',
  'ipv6_ipam_pool_id',
  'ipv6_cidr_block_network_border_group',
];

export class AddressBlocks {
  readonly #network: NetworkResources;
  readonly #known = new Map<string, AddressSet | undefined>();

  constructor(network: NetworkResources) {
    this.#network = network;
  }

  /**
   * Of a subnet; where its own block is not known, of all of its VPC. Undefined where that is not known either.
   *
   * @param vpc address of the VPC
   */
  of(subnet: NetworkSubnet, vpc: string, family: Family): AddressSet | undefined {
    const key = `${family} ${subnet.key} ${vpc}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#read(subnet, vpc, family));
    return this.#known.get(key);
  }

  #read({ instance }: NetworkSubnet, vpc: string, family: Family): AddressSet | undefined {
    const own = instance && blockOf(instance, family);
    if (own !== undefined && own !== null) return own;
    const of = this.#network.at(vpc);
    if (of === undefined) return undefined;
    const [first, join] =
      family === 4
        ? ([blockOf(of, 4), 'aws_vpc_ipv4_cidr_block_association'] as const)
        : ([blockOf(of, 6), 'aws_vpc_ipv6_cidr_block_association'] as const);
    const others = this.#network.join(join, [join], 'vpc_id');
    const blocks = [first, ...others.of(vpc).map((each) => blockOf(each, family) ?? undefined)];
    if (others.open.length > 0 || blocks.includes(undefined)) return undefined;
    return unionOfAddresses(
      family,
      blocks.map((block) => block ?? noAddresses(family)),
    );
  }
}

/** Null for none, undefined where it is not known. */
function blockOf(instance: ResourceInstance, family: Family): AddressSet | null | undefined {
  const from = factsOf(instance);
  const name = family === 4 ? 'cidr_block' : 'ipv6_cidr_block';
  const block = stringFact(from, name);
  if (block.kind === 'unknown') return undefined;
  if (!block.value) return generated.some((each) => from.get(each) !== undefined) ? undefined : null;
  const parsed = parseCidr(block.value);
  return parsed.kind === 'invalid' || parsed.cidr.family !== family ? undefined : addressSet(family, [parsed.cidr]);
}
