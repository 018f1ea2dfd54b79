/** Network Load Balancers without groups: what they pass on meets only the groups of their targets. */

import { stringFact } from '../model/aws/arguments.ts';
import { known } from '../model/fact.ts';
import { TCP, UDP } from '../network/protocol.ts';
import {
  ALL_TRAFFIC,
  intersectionOfTraffic,
  isNoTraffic,
  overlapsTraffic,
  type Traffic,
  trafficOfValues,
  unionOfTraffic,
} from '../network/traffic.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { Arriving } from './acl-filter.ts';
import type { JudgedLink } from './links.ts';
import type { BalancedTarget, Listeners } from './listeners.ts';
import type { TrafficPiece } from './pieces.ts';
import { factsOf } from './references.ts';
import { type NetworkService, stepOf } from './services.ts';
import { allOf, ifExists, yes } from './verdict.ts';

/** Whether it is one. */
export function isPassThrough({ instance, groups }: NetworkService): boolean {
  if (groups.length > 0 || (instance.type !== 'aws_lb' && instance.type !== 'aws_alb')) return false;
  return known(stringFact(factsOf(instance), 'load_balancer_type')) === 'network';
}

/**
 * What gets from the internet over a balancer to each of its targets, before their groups are asked, by the addresses of the targets. Its targets
 * see the addresses of clients, or its own: a rule that allows the whole internet allows both.
 */
export function passedOn(
  balancer: ResourceInstance,
  arriving: readonly Arriving[],
  listeners: Listeners,
): ReadonlyMap<string, readonly Arriving[]> {
  const found = new Map<string, Arriving[]>();
  for (const target of listeners.behind(balancer)) {
    const { address, span } = balancer;
    const step = { kind: 'service', address, text: 'passes on what it gets', span } as const;
    const part = trafficOn(target.port, target);
    const entering = trafficOn(target.listenerPort, target);
    const own = arriving.flatMap(({ traffic, verdict }): Arriving[] => {
      if (verdict.answer === 'no' || !overlapsTraffic(traffic, entering)) return [];
      return [{ traffic: part, verdict: ifExists(allOf([verdict, yes(step, ...target.steps)]), waitsOf(target)) }];
    });
    found.set(target.target, [...(found.get(target.target) ?? []), ...own]);
  }
  return found;
}

/** What gets over a balancer to a target whose groups allow the addresses of the balancer, where it sees these. */
export function passedByAddress(
  balancer: ResourceInstance,
  arriving: readonly Arriving[],
  listeners: Listeners,
  { link, verdict: allowed }: JudgedLink,
): readonly TrafficPiece[] {
  const { address, span } = balancer;
  const step = { kind: 'service', address, text: 'passes on what it gets', span } as const;
  return listeners.behind(balancer).flatMap((target): readonly TrafficPiece[] => {
    if (target.target !== link.to.instance.address || target.seesClients === true) return [];
    const part = intersectionOfTraffic(link.traffic, trafficOn(target.port, target));
    if (isNoTraffic(part)) return [];
    const entering = trafficOn(target.listenerPort, target);
    const waits = [
      ...waitsOf(target),
      ...(target.seesClients === undefined ? [`the addresses that ${link.to.instance.address} sees`] : []),
    ];
    return arriving
      .filter(({ traffic }) => overlapsTraffic(traffic, entering))
      .map(({ verdict }) => {
        const through = allOf([verdict, yes(step, ...target.steps), allowed, yes(stepOf(link.to))]);
        const whole = ifExists(through, waits);
        return { traffic: part, verdict: whole, hops: whole.answer === 'yes' ? 1 : null };
      });
  });
}

/** Without a port, what else it depends on. */
const waitsOf = ({ port, group, waits }: BalancedTarget): readonly string[] =>
  port === undefined ? [...waits, `the port of ${group}`] : waits;

/** All that it may be where nothing says which port. */
function trafficOn(port: number | undefined, { protocol }: BalancedTarget): Traffic {
  if (port === undefined) return ALL_TRAFFIC;
  const ports = [{ first: port, last: port }];
  const tcp = trafficOfValues(TCP, ports);
  const udp = trafficOfValues(UDP, ports);
  if (protocol === 'TCP_UDP') return unionOfTraffic([tcp, udp]);
  return protocol === 'UDP' || protocol === 'QUIC' ? udp : tcp;
}
