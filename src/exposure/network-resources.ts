/** The resources that a network is made of, by type and address. */

import { groupBy } from '../collections/group-by.ts';
import type { ResourceInstance, ResourceKind, Resources } from '../terraform/instances/instance.ts';
import { factsOf, isLookup, type ResourceReference, referenceIn, referenceKey } from './references.ts';

/** Types that say how the internet gets to what has groups. */
const networkTypes: ReadonlySet<string> = new Set([
  'aws_alb_listener',
  'aws_alb_listener_rule',
  'aws_alb_target_group',
  'aws_alb_target_group_attachment',
  'aws_autoscaling_attachment',
  'aws_autoscaling_group',
  'aws_db_subnet_group',
  'aws_default_route_table',
  'aws_default_subnet',
  'aws_default_vpc',
  'aws_dms_replication_subnet_group',
  'aws_docdb_subnet_group',
  'aws_eip',
  'aws_eip_association',
  'aws_eks_node_group',
  'aws_elasticache_subnet_group',
  'aws_memorydb_subnet_group',
  'aws_internet_gateway',
  'aws_internet_gateway_attachment',
  'aws_lb_listener',
  'aws_lb_listener_rule',
  'aws_lb_target_group',
  'aws_lb_target_group_attachment',
  'aws_main_route_table_association',
  'aws_neptune_cluster_instance',
  'aws_neptune_subnet_group',
  'aws_rds_cluster_instance',
  'aws_redshift_subnet_group',
  'aws_route',
  'aws_route_table',
  'aws_route_table_association',
  'aws_subnet',
  'aws_vpc',
  'aws_vpc_ipv4_cidr_block_association',
  'aws_vpc_ipv6_cidr_block_association',
  'aws_vpc_block_public_access_exclusion',
  'aws_vpc_block_public_access_options',
]);

export class NetworkResources {
  readonly #byType: ReadonlyMap<string, readonly ResourceInstance[]>;
  readonly #byAddress: ReadonlyMap<string, ResourceInstance>;
  readonly #joins = new Map<string, Join>();

  /** Major versions of the provider that are allowed. */
  readonly providerMajors: readonly number[];

  /** @param others types that are looked at beside those of the network */
  constructor(resources: Resources, others: ReadonlySet<string>, providerMajors: readonly number[]) {
    this.providerMajors = providerMajors;
    const isWanted = ({ mode, type }: ResourceKind): boolean =>
      mode === 'managed' ? networkTypes.has(type) || others.has(type) : type === 'aws_vpc';
    const all = resources.instances(isWanted);
    this.#byType = groupBy(all, ({ mode, type }) => (mode === 'managed' ? type : `data.${type}`));
    this.#byAddress = new Map(all.map((instance) => [instance.address, instance]));
  }

  /** In order of place; those of data sources by `data.TYPE`. */
  of(...types: readonly string[]): readonly ResourceInstance[] {
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  at(address: string): ResourceInstance | undefined {
    return this.#byAddress.get(address);
  }

  /**
   * Resources by what they name.
   *
   * @param name of the join, the same for the same
   * @param argument that names it, or what an instance names; `id` for the resource itself
   * @param keyOf the same text for the same
   */
  join(
    name: string,
    types: readonly string[],
    argument: string | ((instance: ResourceInstance) => readonly ResourceReference[]),
    keyOf: (reference: ResourceReference) => string | undefined = referenceKey,
  ): Join {
    const known = this.#joins.get(name);
    if (known !== undefined) return known;
    const referencesOf = typeof argument === 'string' ? namedBy(argument) : argument;
    const join = joined(this.of(...types), referencesOf, keyOf);
    this.#joins.set(name, join);
    return join;
  }
}

function namedBy(argument: string): (instance: ResourceInstance) => readonly ResourceReference[] {
  if (argument === 'id')
    return ({ address }) => [{ kind: 'attribute', address, attribute: 'id', because: [`${address}.id`] }];
  return (instance) => {
    const reference = referenceIn(factsOf(instance), argument);
    return reference === undefined ? [] : [reference];
  };
}

/** Resources by what they name. */
export interface Join {
  /** Those that name it for certain. */
  of(key: string | undefined): readonly ResourceInstance[];
  /** Those that may name whatever there is. */
  readonly open: readonly { readonly instance: ResourceInstance; readonly reference: ResourceReference }[];
}

function joined(
  instances: readonly ResourceInstance[],
  referencesOf: (instance: ResourceInstance) => readonly ResourceReference[],
  keyOf: (reference: ResourceReference) => string | undefined,
): Join {
  const byKey = new Map<string, ResourceInstance[]>();
  const open: { readonly instance: ResourceInstance; readonly reference: ResourceReference }[] = [];
  for (const instance of instances) {
    for (const reference of referencesOf(instance)) {
      const key = keyOf(reference);
      if (key === undefined || isLookup(reference)) open.push({ instance, reference });
      if (key === undefined) continue;
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [instance]);
      else if (!same.includes(instance)) same.push(instance);
    }
  }
  return { of: (key) => (key === undefined ? [] : (byKey.get(key) ?? [])), open };
}
