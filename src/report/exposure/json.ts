/** The exposures of services for programs: schema/exposure.schema.json. */

import type { ExposedService, PathStep, ServiceExposure } from '../../exposure/exposure.ts';
import { hasIcmpTypes, hasPorts, type Protocol, parseProtocol } from '../../network/protocol.ts';
import { protocolsOf, valuesOf } from '../../network/traffic.ts';
import { compareStrings } from '../../terraform/values/value.ts';
import { SENSITIVE } from '../../text/sensitive.ts';
import { placeDocument, problemDocument, SCHEMA_VERSION } from '../document.ts';
import type { SafeText } from '../escape.ts';
import { jsonDocument } from '../formats/json.ts';
import type { ShownExposures, ShownRoot } from './shown.ts';

/** `{ schemaVersion, services, problems }`. */
export function renderExposureJson({ roots, problems }: ShownExposures): SafeText {
  return jsonDocument({
    schemaVersion: SCHEMA_VERSION,
    services: roots.flatMap(servicesOf),
    problems: problems.map(problemDocument),
  });
}

/** With what there is only where inputs are known, in order of address. */
function servicesOf(root: ShownRoot) {
  const { services, given } = root.exposure;
  if (given === undefined) return services.map((service) => serviceDocument(service, service.exposures, root));
  const inWorlds = new Map(services.map((service) => [service.address, service]));
  const known = new Map(given.map((service) => [service.address, service]));
  return [...new Map([...inWorlds, ...known]).values()]
    .sort((a, b) => compareStrings(a.address, b.address))
    .map((service) => {
      const own = inWorlds.get(service.address)?.exposures.filter(({ when }) => when !== undefined) ?? [];
      const worlds = own.length === 0 ? undefined : own.map(exposureDocument);
      const exposures = known.get(service.address)?.exposures ?? [];
      return { ...serviceDocument(service, exposures, root), ...(worlds && { worlds }) };
    });
}

function serviceDocument(
  { address, kind, type, groups, span }: ExposedService,
  exposures: readonly ServiceExposure[],
  { exposure: { root, environment } }: ShownRoot,
) {
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

function exposureDocument({ family, traffic, answer, hops, path, because, when }: ServiceExposure) {
  const steps = path.map(stepDocument);
  return { family, ...trafficDocument(traffic), answer, hops, path: steps, because, ...(when && { when }) };
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
