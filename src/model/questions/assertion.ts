/** Assertions: what may not get from one place to another, and what has to. */

import { difference } from '../../network/interval.ts';
import { type PortSet, portSet } from '../../network/ports.ts';
import { TCP, UDP } from '../../network/protocol.ts';
import {
  differenceOfTraffic,
  isNoTraffic,
  type Traffic,
  trafficOfValues,
  unionOfTraffic,
  valuesOf,
} from '../../network/traffic.ts';
import { declaredPorts, declaredTraffic } from './policy.ts';

/** One entry of `assert` in .tfsgrc.json: one of the two. */
export interface AssertDeclaration {
  readonly deny?: PathDeclaration;
  readonly permit?: PathDeclaration;
}

export interface PathDeclaration {
  /** `internet`, or a pattern of addresses of services and groups, and of names of groups; or several. */
  readonly from: string | readonly string[];
  readonly to: string | readonly string[];
  /** As in options of checks; absent for any traffic. */
  readonly ports?: readonly (number | string)[];
  /** Whether a way over other services does not count. */
  readonly direct?: boolean;
}

/** An assertion ready for questions. */
export interface Assertion {
  readonly kind: 'deny' | 'permit';
  readonly isFromInternet: boolean;
  readonly isFrom: (name: string) => boolean;
  readonly isTo: (name: string) => boolean;
  /** Undefined for any. */
  readonly traffic: Traffic | undefined;
  /** Of this traffic, ports that name no protocol: a permit has them in one of TCP and UDP. */
  readonly inEither: PortSet;
  readonly isDirect: boolean;
  /** `internet to *-db`. */
  readonly text: string;
}

type MatcherOf = (patterns: readonly string[]) => (name: string) => boolean;

const internet = 'internet';

const listOf = (texts: string | readonly string[]): readonly string[] => (typeof texts === 'string' ? [texts] : texts);

/** The patterns of ends that a declaration has. */
export function patternsOf({ from, to }: PathDeclaration): {
  readonly from: readonly string[];
  readonly to: readonly string[];
} {
  return { from: listOf(from).filter((each) => each !== internet), to: listOf(to) };
}

/** @param declaration without faults in its ports and patterns */
export function assertionOf({ deny, permit }: AssertDeclaration, matcherOf: MatcherOf): Assertion | undefined {
  const path = deny ?? permit;
  if (path === undefined) return undefined;
  const { from, to } = patternsOf(path);
  const { ports, direct = false } = path;
  const on = ports === undefined ? '' : ` on ${ports.join(', ')}`;
  return {
    kind: deny === undefined ? 'permit' : 'deny',
    isFromInternet: listOf(path.from).includes(internet),
    isFrom: matcherOf(from),
    isTo: matcherOf(to),
    traffic: ports === undefined ? undefined : declaredTraffic(ports),
    inEither: portSet(declaredPorts(ports ?? []).flatMap((each) => (each.protocol === undefined ? [each.ports] : []))),
    isDirect: direct,
    text: `${listOf(path.from).join(', ')} to ${to.join(', ')}${on}${direct ? ', direct' : ''}`,
  };
}

/** What of a permit's traffic is not among some; `any` where it asks for some traffic and there is none; undefined where nothing is missing. */
export function missingOf({ traffic, inEither }: Assertion, given: Traffic): Traffic | 'any' | undefined {
  if (traffic === undefined) return isNoTraffic(given) ? 'any' : undefined;
  const [tcp, udp] = [valuesOf(given, TCP), valuesOf(given, UDP)];
  const either = difference(difference(inEither, tcp), udp);
  const both = unionOfTraffic([trafficOfValues(TCP, inEither), trafficOfValues(UDP, inEither)]);
  const rest = unionOfTraffic([
    differenceOfTraffic(differenceOfTraffic(traffic, both), given),
    // Most services use it.
    trafficOfValues(TCP, either),
  ]);
  return isNoTraffic(rest) ? undefined : rest;
}
