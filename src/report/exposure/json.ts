/** The exposures of services for programs: schema/exposure.schema.json. */

import type { ExposedService, PathStep, ServiceExposure } from '../../exposure/exposure.ts';
import { compareStrings } from '../../terraform/values/value.ts';
import { placeDocument, problemDocument, SCHEMA_VERSION } from '../document.ts';
import type { SafeText } from '../escape.ts';
import { jsonDocument } from '../formats/json.ts';
import type { ShownExposures, ShownRoot } from './shown.ts';
import { trafficDocument } from './traffic-document.ts';

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

const stepDocument = ({ kind, address, text, span }: PathStep) => ({ kind, address, text, ...placeDocument(span) });
