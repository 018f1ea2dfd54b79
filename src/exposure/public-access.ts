/** Block public access of VPCs: what AWS keeps out whatever routes and groups say. */

import { stringFact } from '../model/aws/arguments.ts';
import { providerKey } from '../model/aws/vpc.ts';
import { waitsFor } from '../model/fact.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { NetworkResources } from './network-resources.ts';
import { becauseOf, existenceOf, factsOf, isLookup, referenceIn } from './references.ts';
import type { NetworkSubnet } from './subnets.ts';
import { allOf, anyOf, ifExists, no, type ReachVerdict, unknown, yes } from './verdict.ts';

/**
 * Whether AWS lets traffic from internet gateways into a subnet. Only one exclusion lets it in again: one that allows both directions.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
 */
export function publicAccess(subnet: NetworkSubnet, network: NetworkResources): ReachVerdict {
  return allOf(network.of('aws_vpc_block_public_access_options').map((options) => allowedBy(options, subnet, network)));
}

function allowedBy(options: ResourceInstance, subnet: NetworkSubnet, network: NetworkResources): ReachVerdict {
  const mode = stringFact(factsOf(options), 'internet_gateway_block_mode');
  if (mode.kind === 'known' && (mode.value ?? 'off') === 'off') return yes();
  const { address, span } = options;
  const text = `blocks what comes from internet gateways`;
  const step = { kind: 'internet gateway', address, text, span } as const;
  const blocked =
    mode.kind === 'unknown' ? unknown(waitsFor(mode.reasons)) : no(`${address} blocks public access`, step);
  const place = subnet.instance ?? subnet.vpc.instance;
  const isSame = place !== undefined && providerKey(place) === providerKey(options);
  // In another account or Region it is of other VPCs.
  const applies = isSame ? blocked : unknown([address]);
  const here = existenceOf(options).length === 0 ? applies : unknown(existenceOf(options));
  return anyOf([...exclusionsOf(subnet, network), here], here);
}

function exclusionsOf({ key, vpc }: NetworkSubnet, network: NetworkResources): readonly ReachVerdict[] {
  return network.of('aws_vpc_block_public_access_exclusion').flatMap((exclusion) => {
    const from = factsOf(exclusion);
    const mode = stringFact(from, 'internet_gateway_exclusion_mode');
    if (mode.kind === 'known' && mode.value !== 'allow-bidirectional') return [];
    const reference = referenceIn(from, 'subnet_id') ?? referenceIn(from, 'vpc_id');
    if (reference === undefined) return [];
    const named =
      reference.kind === 'attribute' ? reference.address : reference.kind === 'text' ? reference.text : undefined;
    const isThis = named !== undefined && [key, vpc.instance?.address, vpc.key].includes(named);
    if (!isThis && named !== undefined && !isLookup(reference)) return [];
    const allowed =
      mode.kind === 'unknown' ? unknown(waitsFor(mode.reasons)) : isThis ? yes() : unknown(becauseOf(reference));
    return [ifExists(allowed, existenceOf(exclusion))];
  });
}
