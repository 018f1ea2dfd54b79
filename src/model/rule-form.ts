/** How a resource type writes rules, and what Terraform and AWS make of them: what differs from type to type. */

import type { Family } from '../network/ip-address.ts';

/** What the values of an argument are. */
export type PeerKind =
  | { readonly kind: 'cidr'; readonly family: Family; readonly isList: boolean }
  | { readonly kind: 'prefix-list' | 'group'; readonly isList: boolean }
  /** A boolean: the group itself. */
  | { readonly kind: 'self' };

/** Who says no to a rule. */
export type Refuser = 'Terraform' | 'AWS';

export interface RuleForm {
  /** `inline`: written in the group, as a block or in an attribute; `standalone`: a resource of its own. */
  readonly kind: 'inline' | 'standalone';
  /** Blocks, or attributes, of the group that hold the rules, with their direction; empty for standalone ones. */
  readonly blocks: Readonly<Record<string, 'ingress' | 'egress'>>;
  /** The argument that names the group; undefined for rules that are written in it. */
  readonly group: string | undefined;
  /** Names of the arguments that every rule has; undefined where the type has none and all of its rules are alike in it. */
  readonly protocol: string | undefined;
  readonly fromPort: string | undefined;
  readonly toPort: string | undefined;
  /** The arguments that name peers. */
  readonly peers: Readonly<Record<string, PeerKind>>;
  /** Of each of these groups of arguments, a rule may have one. */
  readonly exclusive: readonly (readonly string[])[];
  /** Which rules need both ends of a range: all, or those of protocols that have ports. */
  readonly needsPorts: 'always' | 'for-ports';
  /**
   * What comes of ports beside the protocol that stands for all.
   *
   * - `refused`: Terraform refuses any but 0, -1 included
   * - `dropped`: Terraform leaves them out; all ports from 0 or 1 on go without saying
   * - `ignored`: AWS ignores them, and each later apply fails to set them
   */
  readonly portsOfAllProtocols: 'rejected' | 'dropped' | 'ignored';
  /**
   * What comes of a rule without peers.
   *
   * - `dropped`: Terraform makes no rule of it
   * - `refused`: Terraform refuses it
   * - `refused-unless-written`: the same, but where an argument for peers is written, be it empty, AWS does
   */
  readonly withoutPeers: 'dropped' | 'rejected' | 'rejected-unless-written';
  /** Whether a change of anything but the description makes Terraform replace the rule. */
  readonly isReplacedOnChange: boolean;
  /** Who refuses a description that AWS does not take; undefined where rules have no description. */
  readonly descriptionRefusedBy: Refuser | undefined;
  /** The resource types that the provider recommends instead, by direction; undefined for a type that it does not advise against. */
  readonly replacedBy: { readonly ingress: string; readonly egress: string } | undefined;
}

/** What differs from one resource type of groups to another. */
export interface GroupForm {
  /** A VPC's default group, which Terraform adopts instead of creating it. */
  readonly isDefault: boolean;
  /** Whether a description can be set. Terraform rejects a group without one that is required. */
  readonly description: 'none' | 'optional' | 'required';
  /** Whether a name and description can be set that have to be such as EC2 takes. */
  readonly hasEc2Texts: boolean;
  /** Arguments of the name, of what a generated name starts with, and of the description; undefined where the type has none. */
  readonly texts: { readonly name: string; readonly namePrefix: string | undefined; readonly description: string };
  /** Whether the provider removes rules that the group does not list, the egress rule that AWS creates included. */
  readonly removesOtherRules: boolean;
  /** Whether EC2's quota of rules applies to it. */
  readonly hasEc2Quota: boolean;
}
