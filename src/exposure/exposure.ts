/** What the internet reaches: the services of a root module, and the ports of each that are open to the internet. */

import type { Answer } from '../model/answer.ts';
import type { ServiceKind } from '../model/aws/attachment-types.ts';
import type { Addressed } from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import type { When } from '../model/when.ts';
import type { Family } from '../network/ip-address.ts';
import type { Traffic } from '../network/traffic.ts';
import type { Span } from '../source/span.ts';

/** What a step of a path is, in the order from the internet inwards. */
export type StepKind =
  | 'internet gateway'
  | 'route'
  | 'network ACL'
  | 'public address'
  | 'listener'
  | 'target group'
  | 'rule'
  | 'group'
  | 'service';

/** Something on the way from the internet to a service. */
export interface PathStep {
  readonly kind: StepKind;
  /** With module path and instance keys. */
  readonly address: string;
  /** What it does on the way, in a few words: `lets in 443/tcp from 0.0.0.0/0`. */
  readonly text: string;
  /** Where that is written. */
  readonly span: Span;
}

/** Addresses of the services on a path. */
export const servicesOn = (path: readonly PathStep[]): readonly string[] =>
  path.filter(({ kind }) => kind === 'service').map(({ address }) => address);

/** Traffic of one protocol, one family and one interval of ports that groups of a service open to the internet, directly or over others. */
export interface ServiceExposure {
  readonly family: Family;
  /** One interval of points. */
  readonly traffic: Traffic;
  readonly answer: Answer;
  /** Services on the way, this one included: 1 where the internet reaches it directly; null where the answer is not yes. */
  readonly hops: number | null;
  /** The shortest way; for `no` as far as it goes, for `unknown` as it may be. */
  readonly path: readonly PathStep[];
  /** What an answer other than yes is because of, in plain words: `aws_subnet.private has no route to an internet gateway`, or for `unknown` what it waits for: `var.subnet_ids`. */
  readonly because: readonly string[];
  /** The worlds where it is so; absent where it always is. */
  readonly when?: readonly When[];
}

/** A resource instance that has security groups. */
export interface ExposedService extends Addressed {
  readonly kind: ServiceKind;
  /** The resource type. */
  readonly type: string;
  /** The block's header. */
  readonly span: Span;
  /** Addresses of its groups; of those from elsewhere their identifiers. In order. */
  readonly groups: readonly string[];
  /** In order of family, protocol and ports; empty where its groups open nothing to the internet. */
  readonly exposures: readonly ServiceExposure[];
}

/** Whether the internet gets to what has a group. */
export type GroupReach =
  /** To at least one service. */
  | 'internet'
  /** All its services are known, and none is reached from the internet. */
  | 'vpc'
  /** Nothing in the configuration has the group. */
  | 'unattached'
  | 'unknown';

export interface ReachOfGroup {
  readonly reach: GroupReach;
  /** The way to the service that is reached, or why none is. */
  readonly path: readonly PathStep[];
  readonly because: readonly string[];
}

/** Where a way can begin or end: a service, or a group that nothing has. */
export interface PathEnd extends Addressed {
  /** The block's header. */
  readonly span: Span;
  /** Those of the configuration. */
  readonly groups: readonly SecurityGroup[];
  /** Addresses without keys of it and of its groups, and their names where they are known. */
  readonly names: readonly string[];
}

/** Traffic that gets to a service, and the way there. */
export interface ServicePath extends Pick<ServiceExposure, 'family' | 'traffic' | 'path' | 'because'> {
  readonly to: PathEnd;
  readonly answer: 'yes' | 'unknown';
}

/** What the internet reaches of one root module in one environment. */
export interface RootExposure {
  /** Directory of the root module. */
  readonly root: string;
  readonly environment: string | undefined;
  /** In order of address. */
  readonly services: readonly ExposedService[];
  /** The same with nothing but what is given, where that is not the same in all worlds. */
  readonly given?: readonly ExposedService[];
  /**
   * Whether the internet gets to what has a group, for the part of the traffic that a rule of it opens.
   *
   * @param group its address with keys; of one from elsewhere what `ownerKey` has for it
   */
  reachOf(group: string, family: Family, traffic: Traffic): ReachOfGroup;
  /** Services, and groups that nothing has, in order of address. */
  readonly ends: readonly PathEnd[];
  /**
   * What gets from the internet, or from some ends, to others.
   *
   * @param from `internet`, or whether an end is among those that a way begins at
   * @param isDirect whether it may not lead over others
   */
  pathsFrom(from: 'internet' | ((end: PathEnd) => boolean), isDirect: boolean): readonly ServicePath[];
}
