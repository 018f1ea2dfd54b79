/** Prefix lists that AWS manages, and how many rules they count as. */

import type { ResourceInstance, Resources } from '../../terraform/instances/instance.ts';
import { isSequence, type Value } from '../../terraform/values/value.ts';
import type { ManagedList, Peer } from '../rule.ts';

/**
 * By what follows the region, or `global`, in the name of a list.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
const weights: ReadonlyMap<string, number> = new Map([
  ['cloudfront.origin-facing', 55],
  ['dynamodb', 1],
  ['ec2-instance-connect', 2],
  ['groundstation', 5],
  ['route53-healthchecks', 25],
  ['s3', 1],
  ['s3express', 6],
  ['vpc-lattice', 10],
]);

/** Those that data sources look up by a known name, by the address of the data source. */
export function managedListsOf(resources: Resources): ReadonlyMap<string, ManagedList> {
  const found = resources.instances(
    ({ mode, type }) => mode === 'data' && (type === 'aws_ec2_managed_prefix_list' || type === 'aws_prefix_list'),
  );
  return new Map(
    found.flatMap((instance) => {
      const list = listOf(instance);
      return list === undefined ? [] : [[instance.address, list] as const];
    }),
  );
}

function listOf(instance: ResourceInstance): ManagedList | undefined {
  const name = nameOf(instance);
  // The region may be unknown: the rest of the name tells which list it is.
  const pieces = name?.kind === 'unknown' ? name.pieces : name?.kind === 'string' ? [name.value] : [];
  const text = pieces?.map((piece) => (typeof piece === 'string' ? piece : 'region')).join('');
  const [, version, service] = /^com\.amazonaws\.[\w-]+\.(ipv6\.)?([\w.-]+)$/.exec(text ?? '') ?? [];
  const weight = weights.get(service ?? '');
  return weight === undefined ? undefined : { family: version === undefined ? 4 : 6, weight };
}

/** By the argument `name`, or by a filter. */
function nameOf({ body }: ResourceInstance): Value | undefined {
  const filters = body.blocks.filter(({ type }) => type === 'filter').map((filter) => filter.body);
  for (const filter of filters) {
    const by = filter.attribute('name')?.value;
    const values = filter.attribute('values')?.value;
    if (by?.kind !== 'string' || by.value !== 'prefix-list-name' || values === undefined) continue;
    if (isSequence(values) && values.items.length === 1) return values.items[0];
  }
  return body.attribute('name')?.value;
}

/** The peer with what its list counts as, where AWS manages the list. */
export function weighPrefixList(peer: Peer, managed: ReadonlyMap<string, ManagedList>): Peer {
  if (peer.kind !== 'prefix-list' || peer.reference?.path.join('.') !== 'id') return peer;
  const list = managed.get(peer.reference.address);
  return list === undefined ? peer : { ...peer, managed: list };
}
