/** Words for what the formats of an exposure show: traffic, families, roots, modules and places. */

import type { Family } from '../../network/ip-address.ts';
import { ALL_PORTS, formatPorts, type PortSet } from '../../network/ports.ts';
import { describeProtocol, hasIcmpTypes, hasPorts, TRANSPORT_NUMBER, UDP } from '../../network/protocol.ts';
import { type ServiceClass, serviceNamesOf, servicesIn } from '../../network/services.ts';
import {
  ALL_TRAFFIC,
  differenceOfTraffic,
  formatTraffic,
  isNoTraffic,
  protocolsOf,
  type Traffic,
  valuesOf,
} from '../../network/traffic.ts';
import { positionAt } from '../../source/position.ts';
import type { Span } from '../../source/span.ts';
import { withoutKeys } from '../../terraform/values/instance-address.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import type { ExposureLook, ShownRoot } from './shown.ts';

/** More protocols than these are most of all 256. */
const MOST_PROTOCOLS = 128;

/** `TCP 22 (SSH)`, `all TCP ports`, `all traffic`, `all traffic except TCP 22`, `ICMP echo request`. */
export function trafficText(traffic: Traffic): string {
  if (traffic.isSensitive === true) return SENSITIVE;
  const rest = differenceOfTraffic(ALL_TRAFFIC, traffic);
  if (!isNoTraffic(rest) && protocolsOf(traffic).length > MOST_PROTOCOLS)
    return `all traffic except ${formatTraffic(rest)}`;
  const kinds = new Map(protocolsOf(traffic).map((protocol) => [describeProtocol(protocol), protocol]));
  const text = formatTraffic(traffic)
    .split('; ')
    .map((part) => {
      const whole = kinds.get(part);
      if (whole === undefined || whole === 'all') return part;
      return hasPorts(whole) ? `all ${part} ports` : hasIcmpTypes(whole) ? `all ${part} types` : part;
    })
    .join('; ');
  const services = serviceNamesOf(traffic);
  return services === '' ? text : `${text} (${services})`;
}

/** The same in few characters, for cells and edges: `22, 443`, `53/udp`, `all`, `icmp`. */
export function shortTraffic(traffic: Traffic): string {
  if (traffic.isSensitive === true) return SENSITIVE;
  return protocolsOf(traffic)
    .map((protocol) => {
      if (protocol === 'all') return 'all';
      const name = describeProtocol(protocol).toLowerCase();
      if (!hasPorts(protocol)) return name;
      const ports = formatPorts(valuesOf(traffic, protocol));
      if (ports === formatPorts(ALL_PORTS)) return name;
      return protocol === UDP ? `${ports.replaceAll(', ', '/udp, ')}/udp` : ports;
    })
    .join(', ');
}

/** The gravest first. */
export const serviceClasses: readonly ServiceClass[] = ['admin', 'data', 'internal', 'other'];

/** The gravest class of the services that some traffic reaches; undefined where it is sensitive. */
export function classOfTraffic(traffic: Traffic): ServiceClass | undefined {
  if (traffic.isSensitive === true) return undefined;
  return serviceClasses.find((each) => reachesClass(traffic, each)) ?? 'other';
}

/** Whether a service of a class is among what some traffic reaches; never of what is sensitive. */
export function reachesClass(traffic: Traffic, wanted: ServiceClass): boolean {
  return (
    traffic.isSensitive !== true &&
    (['tcp', 'udp'] as const).some((transport) =>
      servicesIn(valuesOf(traffic, TRANSPORT_NUMBER[transport]) as PortSet, transport).some(
        (service) => service.class === wanted,
      ),
    )
  );
}

/** What a port filter compares: `22-22 80-443`, of TCP and UDP alike; empty for other protocols, and for what is sensitive. */
export function portIntervals(traffic: Traffic): string {
  if (traffic.isSensitive === true) return '';
  const all = (['tcp', 'udp'] as const).flatMap((transport) => valuesOf(traffic, TRANSPORT_NUMBER[transport]));
  return [...new Set(all.map(({ first, last }) => `${first}-${last}`))].join(' ');
}

/** A port by the name of its service, or traffic as it is. */
interface NamedTraffic {
  readonly name: string;
  /** `22/tcp`; undefined where the name says it. */
  readonly port?: string;
  /** 0 is the gravest. */
  readonly grade: number;
}

/** Names of services where all of the ports have one, else the traffic as it is. */
export function namedPortsOf(traffic: Traffic): readonly [NamedTraffic, ...NamedTraffic[]] {
  const gradeOf = (each: ServiceClass | undefined): number => (each === undefined ? 0 : serviceClasses.indexOf(each));
  const services = (['tcp', 'udp'] as const).flatMap((transport) =>
    valuesOf(traffic, TRANSPORT_NUMBER[transport]).map((interval) =>
      interval.first !== interval.last
        ? []
        : servicesIn([interval], transport).map(({ name, class: own }) => ({
            name,
            port: `${interval.first}/${transport}`,
            grade: gradeOf(own),
          })),
    ),
  );
  const isNamed =
    traffic.isSensitive !== true &&
    services.length === traffic.points.length &&
    services.every((each) => each.length > 0);
  const [first, ...others] = isNamed ? services.flat() : [];
  return first === undefined
    ? [{ name: trafficText(traffic), grade: gradeOf(classOfTraffic(traffic)) }]
    : [first, ...others];
}

/** `IPv4`, `IPv4 and IPv6`. */
export const describeFamilies = (families: readonly Family[]): string =>
  families.map((family) => `IPv${family}`).join(' and ');

/** The folder of a root module. */
export function rootName(
  { exposure: { root } }: ShownRoot,
  { shownPath, shownRoot = shownPath }: ExposureLook,
): string {
  return root === '' ? '.' : shownRoot(root) || '.';
}

/** The folder that all root modules are in, with its slash; empty where that is the whole tree. */
export function folderOfRoots(roots: readonly ShownRoot[]): string {
  const [first = [], ...others] = [...new Set(roots.map(({ exposure }) => exposure.root))].map((root) =>
    root.split('/'),
  );
  const differs = first.findIndex((name, index) => others.some((each) => each[index] !== name));
  const common = others.length === 0 ? [] : first.slice(0, differs === -1 ? first.length : differs);
  return common.map((name) => `${name}/`).join('');
}

/** With root modules named by their paths below the folder that all of them are in. */
export function withShortRoots(roots: readonly ShownRoot[], look: ExposureLook): ExposureLook {
  const { length } = folderOfRoots(roots);
  return length === 0 ? look : { ...look, shownRoot: (root) => root.slice(length) };
}

/** The modules of an address, without instance keys: `module.edge.module.lb`; empty for the root module. */
export function modulePathOf(address: string): string {
  return /^(?:module\.[^.]+\.)+/.exec(withoutKeys(address))?.[0].slice(0, -1) ?? '';
}

/** `path:line`. */
export function placeText(span: Span, { shownPath }: Pick<ExposureLook, 'shownPath'>): string {
  const { path, isVirtual } = span.file;
  return `${isVirtual ? path : shownPath(path)}:${positionAt(span.file, span.start).line}`;
}

/** Where that is to be seen; undefined for nowhere. */
export function addressOfPlace(span: Span, { urlOf }: Pick<ExposureLook, 'urlOf'>): string | undefined {
  if (span.file.isVirtual || urlOf === undefined) return undefined;
  const first = positionAt(span.file, span.start).line;
  return urlOf(span.file.path, first, Math.max(first, positionAt(span.file, Math.max(span.start, span.end - 1)).line));
}

/** By which numbers in names are in order: `10.2.0.0` before `10.10.0.0`. */
export const sortKey = (name: string): string => name.replace(/\d+/g, (digits) => digits.padStart(10, '0'));
