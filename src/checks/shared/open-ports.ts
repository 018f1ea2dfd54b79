/** Shared code of the checks of open ports: which rules open ports to the internet, and how messages name the ports. */

import type { Hit } from '../../findings/check.ts';
import type { Direction } from '../../model/rule.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { covers, difference, type Interval, intersection } from '../../network/interval.ts';
import { formatPorts, MAX_PORT, numberOfPorts, type PortSet, portSet } from '../../network/ports.ts';
import { TCP, TRANSPORT_NUMBER, type Transport, UDP } from '../../network/protocol.ts';
import { type Service, servicesIn } from '../../network/services.ts';
import {
  ALL_TRAFFIC,
  differenceOfTraffic,
  equalTraffic,
  formatTraffic,
  intersectionOfTraffic,
  NO_TRAFFIC,
  protocolsOf,
  type Traffic,
  trafficOfProtocol,
  trafficOfValues,
  unionOfTraffic,
  valuesOf,
} from '../../network/traffic.ts';
import { formatCount, formatList } from '../../text/count.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import { exposureHits } from './internet-exposure.ts';

const transports: readonly Transport[] = ['tcp', 'udp'];

const every: Readonly<Record<Transport, Traffic>> = { tcp: trafficOfProtocol(TCP), udp: trafficOfProtocol(UDP) };

/** How many services, or intervals, a message names before it counts the rest. */
const named = 3;

/**
 * One hit for each peer that opens one of the wanted ports to the internet, or lets it out; its message names all ports that it opens.
 *
 * @param wanted the part of some open ports that the check is about
 */
export function openPortHits(
  model: SecurityGroupModel,
  wanted: (open: PortSet, transport: Transport) => PortSet,
  direction: Direction = 'ingress',
): Iterable<Hit> {
  return exposureHits(model, {
    direction,
    faultOf({ traffic }) {
      const parts = transports.map((transport) => {
        const isWanted = wanted(valuesOf(traffic, TRANSPORT_NUMBER[transport]), transport).length > 0;
        return isWanted ? intersectionOfTraffic(traffic, every[transport]) : NO_TRAFFIC;
      });
      return unionOfTraffic(parts);
    },
    describe: (traffic) => describeOpenPorts(traffic),
  });
}

/** `SSH (22/tcp)`, `port 8081/tcp`, `ports 20-25/tcp (22 SSH, 23 Telnet, 20-21 FTP and 2 more ports)`, `all UDP ports`. */
export function describeOpenPorts(traffic: Traffic): string {
  if (traffic.isSensitive === true) return SENSITIVE;
  const texts = transports.flatMap((transport) => {
    const ports = valuesOf(traffic, TRANSPORT_NUMBER[transport]);
    if (numberOfPorts(ports) >= MAX_PORT) return [`all ${transport.toUpperCase()} ports`];
    const rest = numberOfPorts(ports.slice(named));
    const shown = ports.slice(0, named);
    const unnamed = shown.filter((interval) => servicesIn([interval], transport).length === 0);
    return [
      ...shown
        .filter((interval) => !unnamed.includes(interval))
        .map((interval) => describeInterval(interval, transport)),
      ...(unnamed.length === 0
        ? []
        : [`port${numberOfPorts(unnamed) === 1 ? '' : 's'} ${formatPorts(unnamed)}/${transport}`]),
      ...(rest === 0 ? [] : [`${formatCount(rest, 'more port')} (${transport})`]),
    ];
  });
  return formatList(texts);
}

/** The same of any traffic: `SSH (22/tcp) and ICMP`, `all UDP ports and 253 other protocols`. */
export function describeOpenTraffic(traffic: Traffic): string {
  if (traffic.isSensitive === true) return SENSITIVE;
  if (equalTraffic(traffic, ALL_TRAFFIC)) return 'all protocols and ports';
  const ports = unionOfTraffic(
    transports.map((transport) =>
      trafficOfValues(TRANSPORT_NUMBER[transport], valuesOf(traffic, TRANSPORT_NUMBER[transport])),
    ),
  );
  const rest = differenceOfTraffic(traffic, ports);
  const protocols = protocolsOf(rest).length;
  const others = protocols > named ? formatCount(protocols, 'other protocol') : formatTraffic(rest);
  return formatList([describeOpenPorts(ports), others].filter((text) => text !== ''));
}

/** @param interval with at least one service in it */
function describeInterval(interval: Interval, transport: Transport): string {
  const ports = `${formatPorts([interval])}/${transport}`;
  const services = servicesIn([interval], transport);
  const [first] = services as readonly [Service];
  const isAllOfOne =
    services.every(({ name }) => name === first.name) &&
    covers(portSet(services.map((service) => service.ports)), [interval]);
  return isAllOfOne ? `${first.name} (${ports})` : `ports ${ports} (${describeServices(services, [interval])})`;
}

/** The gravest service of each class first, so that a range over several classes says so. */
function describeServices(services: readonly Service[], ports: PortSet): string {
  const heads = services.filter(
    (service, index) => service.class !== 'other' && services[index - 1]?.class !== service.class,
  );
  const others = services.filter((service) => !heads.includes(service));
  const shown = [...heads, ...others].slice(0, named).sort((a, b) => services.indexOf(a) - services.indexOf(b));
  const texts = shown.map((service) => `${formatPorts(intersection(ports, [service.ports]))} ${service.name}`);
  const rest = numberOfPorts(shown.reduce((left, service) => difference(left, [service.ports]), ports));
  return rest === 0 ? texts.join(', ') : `${texts.join(', ')} and ${formatCount(rest, 'more port')}`;
}
