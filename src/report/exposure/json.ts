/** The exposures of services for programs: schema/exposure.schema.json. */

import type { ExposedService, PathStep, ServiceExposure } from '../../exposure/exposure.ts';
import { hasIcmpTypes, hasPorts, type Protocol, parseProtocol } from '../../network/protocol.ts';
import { protocolsOf, valuesOf } from '../../network/traffic.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import { placeDocument, problemDocument, SCHEMA_VERSION } from '../document.ts';
import type { SafeText } from '../escape.ts';
import { jsonDocument } from '../formats/json.ts';
import type { ShownExposures, ShownRoot } from './shown.ts';

/** `{ schemaVersion, services, problems }`. */
export function renderExposureJson({ roots, problems }: ShownExposures): SafeText {
  return jsonDocument({
    schemaVersion: SCHEMA_VERSION,
    services: roots.flatMap((root) => root.exposure.services.map((service) => serviceDocument(service, root))),
    problems: problems.map(problemDocument),
  });
}

function serviceDocument(service: ExposedService, { exposure: { root, environment } }: ShownRoot) {
  const { address, kind, type, groups, exposures, span } = service;
  return {
    address,
    kind,
    type,
    root: root || '.',
    environment: environment ?? null,
    ...placeDocument(span),
    groups,
    exposures: exposures.map(exposureDocument),
  };
}

function exposureDocument({ family, traffic, answer, hops, path, because }: ServiceExposure) {
  return { family, ...trafficDocument(traffic), answer, hops, path: path.map(stepDocument), because };
}

/** Ports of other protocols than TCP and UDP, and types of other ones than ICMP and ICMPv6, are null, as they are for all traffic. */
function trafficDocument(traffic: ServiceExposure['traffic']) {
  if (traffic.isSensitive === true) return { protocol: SENSITIVE, from_port: SENSITIVE, to_port: SENSITIVE };
  const protocols = protocolsOf(traffic);
  const [first, last] = [protocols[0]!, protocols.at(-1)!];
  if (first !== last) return { protocol: `${first}-${last}`, from_port: null, to_port: null };
  return { protocol: protocolName(first), ...portsOf(traffic, first) };
}

function portsOf(traffic: ServiceExposure['traffic'], protocol: Protocol) {
  if (protocol === 'all' || !(hasPorts(protocol) || hasIcmpTypes(protocol))) return { from_port: null, to_port: null };
  const values = valuesOf(traffic, protocol);
  const [first, last] = [values[0]!.first, values.at(-1)!.last];
  if (hasPorts(protocol)) return { from_port: first, to_port: last };
  const isAll = first === 0 && last === 65535;
  return { from_port: isAll ? -1 : first >> 8, to_port: isAll ? -1 : last >> 8 };
}

const protocolName = (protocol: Protocol): string => (protocol === 'all' ? '-1' : parseProtocol(protocol).canonical);

const stepDocument = ({ kind, address, text, span }: PathStep) => ({ kind, address, text, ...placeDocument(span) });
