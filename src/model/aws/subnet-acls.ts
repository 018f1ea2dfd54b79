/** Which network ACL a subnet has. */

import type { Span } from '../../source/span.ts';
import type { ResourceInstance, Resources } from '../../terraform/instances/instance.ts';
import type { UnknownReason } from '../../terraform/values/value.ts';
import { type Fact, waitsFor } from '../fact.ts';
import { type AclAssociation, EntrySet, type NamedSubnet } from '../network-acl.ts';
import type { Addressed, Identity, Owner } from '../rule.ts';
import { argumentsOfBody, stringFact } from './arguments.ts';
import { vpcOf } from './vpc.ts';

/** The ACL of a subnet, with its entries; `set.acl` is undefined for the default ACL as AWS made it. */
export type SubnetAcl =
  | {
      readonly kind: 'acl';
      readonly set: EntrySet;
    }
  /** `reasons`: what decides which one it is, by name; none where two say that it is theirs. */
  | { readonly kind: 'unknown'; readonly reasons: readonly string[] };

/** A subnet of the configuration. */
export interface Subnet extends Addressed {
  readonly acl: SubnetAcl;
  /** Its block of IPv6 addresses; null where it has none. */
  readonly ipv6: Fact<string | null>;
  /** The block's header. */
  readonly span: Span;
  /** What decides whether it exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

/** Something that says which ACL a subnet has. */
interface Claim {
  readonly set: EntrySet | undefined;
  readonly subnet: NamedSubnet;
  readonly existsIf: readonly UnknownReason[];
}

/** As AWS makes a VPC's default ACL. */
const untouched = new EntrySet(undefined, [], 'as made');

export class SubnetAcls {
  readonly #claims: readonly Claim[];
  readonly #sets: readonly EntrySet[];
  readonly #setOf: (owner: Owner) => EntrySet | undefined;
  readonly #subnets: ReadonlyMap<string, ResourceInstance>;
  readonly #vpcs: ReadonlySet<string>;

  /** @param setOf the entries of an ACL, by what names it */
  constructor(
    resources: Resources,
    sets: readonly EntrySet[],
    associations: readonly AclAssociation[],
    setOf: (owner: Owner) => EntrySet | undefined,
  ) {
    this.#sets = sets;
    this.#setOf = setOf;
    this.#claims = [
      ...associations.map(({ acl, subnet, existsIf = [] }) => ({ set: setOf(acl), subnet, existsIf })),
      ...sets.flatMap((set) =>
        (set.acl?.subnets ?? []).map((subnet) => ({ set, subnet, existsIf: set.acl?.existsIf ?? [] })),
      ),
    ];
    const managed = (...types: readonly string[]) =>
      resources.instances(({ mode, type }) => mode === 'managed' && types.includes(type));
    this.#subnets = new Map(managed('aws_subnet', 'aws_default_subnet').map((each) => [each.address, each]));
    this.#vpcs = new Set(managed('aws_vpc').map(({ address }) => address));
  }

  /** Every subnet of the configuration, in order of place. */
  all(): readonly Subnet[] {
    return [...this.#subnets.values()].map((instance) => {
      const { address, resourceAddress, calls, span, existsIf, body } = instance;
      const ipv6 = stringFact(argumentsOfBody(body, span, { calls, problems: [] }), 'ipv6_cidr_block');
      return { address, resourceAddress, calls, span, existsIf, ipv6, acl: this.of(address) };
    });
  }

  /** @param address of a subnet of the configuration, with keys */
  of(address: string): SubnetAcl {
    const subnet = this.#subnets.get(address);
    const vpc = subnet && vpcOf(subnet);
    const claims = this.#claims.filter(({ subnet: { reference } }) => isIdOf(reference, address));
    const certain = new Set(claims.filter(({ existsIf }) => existsIf.length === 0).map(({ set }) => set));
    const [set] = certain;
    if (certain.size > 1) return { kind: 'unknown', reasons: [] };
    if (set !== undefined) return { kind: 'acl', set };
    if (certain.size === 1) return { kind: 'unknown', reasons: [`${address} network_acl_id`] };
    const open = [...claims, ...this.#claims.filter((each) => mayBeAny(each) && mayBeIn(each.set, vpc?.key))];
    if (open.length > 0) return { kind: 'unknown', reasons: waitsFor(...open.map(reasonsOf)) };
    if (vpc?.reference === undefined || !this.#vpcs.has(vpc.reference.address))
      return { kind: 'unknown', reasons: [vpc?.key ?? address] };
    return this.#defaultOf(vpc.reference.address);
  }

  /** @param vpc address of a VPC of the configuration */
  #defaultOf(vpc: string): SubnetAcl {
    const adopting = this.#sets.filter(({ acl }) => acl?.adopts !== undefined && mayBeIn({ acl }, `${vpc}.id`));
    const [first, ...others] = adopting;
    if (first === undefined) {
      const identity = { address: vpc, path: ['default_network_acl_id'] };
      return { kind: 'acl', set: this.#setOf({ kind: 'unknown', reasons: [], identity }) ?? untouched };
    }
    const { acl } = first;
    if (others.length === 0 && acl?.existsIf === undefined && acl?.vpc.key === `${vpc}.id`)
      return { kind: 'acl', set: first };
    return {
      kind: 'unknown',
      reasons: waitsFor(
        ...adopting.flatMap((each) => {
          const id = each.acl?.adopts?.id;
          return [each.acl?.existsIf, id?.kind === 'unknown' ? id.reasons : undefined];
        }),
      ),
    };
  }
}

function isIdOf(reference: Identity | undefined, address: string): boolean {
  return reference?.address === address && reference.path.length === 1 && reference.path[0] === 'id';
}

/** Whether a claim can be about a subnet that it does not name: what data sources find, and what only apply knows. */
function mayBeAny({ subnet: { id, reference } }: Claim): boolean {
  return id.kind === 'unknown' && (reference === undefined || /(?:^|\.)data\.[\w-]+\./.test(reference.address));
}

/** Whether an ACL can be of a VPC, by the VPC's key. */
function mayBeIn(set: Pick<EntrySet, 'acl'> | undefined, key: string | undefined): boolean {
  const own = set?.acl?.vpc;
  // What has no reference can be another name of the same VPC.
  return own?.reference === undefined || key === undefined || own.key === key;
}

function reasonsOf({ subnet: { id }, existsIf }: Claim): readonly UnknownReason[] {
  return [...existsIf, ...(id.kind === 'unknown' && existsIf.length === 0 ? id.reasons : [])];
}
