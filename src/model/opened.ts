/** What a change opens, as own rules ask for it. */

import type { AddressSet } from '../network/address-set.ts';
import type { Family } from '../network/ip-address.ts';
import type { Traffic } from '../network/traffic.ts';
import type { Span } from '../source/span.ts';
import type { Addressed, Direction } from './rule.ts';
import type { SecurityGroup } from './security-group.ts';
import type { SecurityGroupModel } from './security-group-model.ts';

/** Whom traffic is from, or to, where that is no known block. */
export type OpenedPeer =
  /** A group or a prefix list, by what is the same for the same one; `group` is the address of one of the configuration. */
  | { readonly kind: 'named'; readonly key: string; readonly name: string; readonly group: string | undefined }
  /** `isPart`: it is surely not the whole internet. `family` is undefined for what may be a group or a prefix list. */
  | {
      readonly kind: 'unknown';
      readonly key: string;
      readonly name: string;
      readonly family: Family | undefined;
      readonly isPart: boolean;
    };

/** Traffic that a group lets through in the newer state alone, in one root module and environment. Its address is the group's. */
export interface OpenedAccess extends Addressed {
  /** What opens it. */
  readonly span: Span;
  readonly direction: Direction;
  /** The most that it can be, where `isTrafficKnown` is false. */
  readonly traffic: Traffic;
  readonly isTrafficKnown: boolean;
  /** Of one family; undefined where there are none. */
  readonly addresses: AddressSet | undefined;
  readonly peers: readonly OpenedPeer[];
  /** The groups among these, as far as they are known, by address. */
  readonly peerGroups: ReadonlyMap<string, SecurityGroup>;
  /** Both as texts. */
  readonly sources: readonly string[];
  /** The same in short, for people: `0.0.0.0/0 except 10.0.0.0/8`; absent where it is no shorter. */
  readonly short?: string;
  /** Whether the texts are not to be seen. */
  readonly isSensitive: boolean;
  /** Whether the group lets in (or out to) all public addresses with it, together with what is open anyway. */
  readonly internet: boolean;
  /** Whether all of it is trusted or allowed by the policy of the group. */
  readonly isAllowed: boolean;
  /** What decides whether it is opened; empty where it certainly is. */
  readonly because: readonly string[];
  /** Undefined for one from elsewhere. */
  readonly group: SecurityGroup | undefined;
  /** Directory of the root module; `.` for the tree's root. */
  readonly root: string;
  readonly environment: string | undefined;
}

/** All that is opened in groups of one model. */
export interface OpenedModel {
  readonly opened: readonly OpenedAccess[];
  readonly groups: SecurityGroupModel;
}
