/** Network ACLs with their entries, and what comes of them. */

import type { Family } from '../network/ip-address.ts';
import type { Span } from '../source/span.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { Lifecycle } from '../terraform/instances/lifecycle.ts';
import type { UnknownReason } from '../terraform/values/value.ts';
import type { AclEntry } from './acl-entry.ts';
import type { Vpc } from './aws/vpc.ts';
import type { Fact } from './fact.ts';
import type { Place } from './place.ts';
import { type AclAllowed, aclAllowed } from './questions/acl-allowed.ts';
import type { Addressed, Direction, GroupPeer, Identity, Owner } from './rule.ts';
import type { RuleList } from './security-group.ts';

/** How something names a subnet: by its identifier, and by the resource that has it. */
export type NamedSubnet = Pick<GroupPeer, 'id' | 'reference'>;

export interface NetworkAcl extends Addressed {
  readonly noun: 'network ACL';
  readonly type: string;
  /** A VPC's default ACL, which Terraform adopts: it removes all entries that are not written. */
  readonly isDefault: boolean;
  /** Of a default ACL: its identifier, and the attribute that this is; undefined for another ACL. */
  readonly adopts: { readonly id: Fact<string | null>; readonly reference: Identity | undefined } | undefined;
  readonly vpc: Vpc;
  /** The subnets that `subnet_ids` lists; one that is not known can stand for any number of them. */
  readonly subnets: readonly NamedSubnet[];
  /** The attributes that list entries, an empty list included, by direction; undefined where there is none. */
  readonly ruleLists: Readonly<Record<Direction, RuleList | undefined>>;
  /** Undefined where that is not known. */
  readonly lifecycle: Lifecycle | undefined;
  /** The block's header. */
  readonly span: Span;
  /** The resource that it is written in. */
  readonly instance: ResourceInstance;
  /** What decides whether the ACL exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

/** An aws_network_acl_association: the ACL of one subnet. */
export interface AclAssociation extends Addressed, Place {
  readonly acl: Owner;
  readonly subnet: NamedSubnet;
  /** What decides whether the association exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

/**
 * What the entries are in that are not written.
 *
 * - `none`: there are no others
 * - `as made`: those that AWS gives a default ACL, which allow everything under the number 100 and come before those with a higher one
 * - `unknown`: the ACL is from elsewhere, and can have others
 */
export type OtherEntries = 'none' | 'as made' | 'unknown';

/** The entries of one network ACL, wherever they are written. Answers are kept: several checks ask the same. */
export class EntrySet {
  readonly #allowed = new Map<string, AclAllowed>();

  constructor(
    /** Undefined for an ACL from elsewhere, one that is not known before apply, and a default one that nothing adopts. */
    readonly acl: NetworkAcl | undefined,
    readonly entries: readonly AclEntry[],
    readonly others: OtherEntries,
  ) {}

  /** What the ACL allows, in which entry is responsible for which part. */
  allowed(direction: Direction, family: Family): AclAllowed {
    const key = `${direction} ${family}`;
    const known = this.#allowed.get(key);
    if (known !== undefined) return known;
    const allowed = aclAllowed(this, direction, family);
    this.#allowed.set(key, allowed);
    return allowed;
  }
}
