/** The exposures of services in as few rows as say all of them. */

import { groupBy } from '../../collections/group-by.ts';
import { type ExposedService, type PathStep, type ServiceExposure, servicesOn } from '../../exposure/exposure.ts';
import { describeWhen, type When } from '../../findings/when.ts';
import type { Answer } from '../../model/answer.ts';
import { placeInTree } from '../../model/place.ts';
import type { Family } from '../../network/ip-address.ts';
import { type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import type { Span } from '../../source/span.ts';
import type { ShownExposures, ShownRoot } from './shown.ts';
import { describeFamilies, trafficText } from './words.ts';

/** Traffic that is open to the same families of addresses. */
export interface TrafficPart {
  readonly families: readonly Family[];
  readonly traffic: Traffic;
  /** The worlds where it is; absent for all. */
  readonly when?: readonly When[] | undefined;
}

/** Exposures of one service with the same answer, over the same services. */
export interface ExposureRow {
  readonly root: ShownRoot;
  readonly service: ExposedService;
  /** Where the service is in the tree. */
  readonly span: Span;
  readonly answer: Answer;
  readonly hops: number | null;
  readonly traffic: Traffic;
  /** The same by families of addresses. */
  readonly parts: readonly TrafficPart[];
  /** Addresses of the services on the way, its own last. */
  readonly chain: readonly string[];
  readonly because: readonly string[];
  /** Those that it is made of; their paths may differ in steps between the services. */
  readonly exposures: readonly [ServiceExposure, ...ServiceExposure[]];
}

/** A service on the way, and the steps that lead to it from what is before it. */
export interface Hop {
  /** Undefined where the way ends before it gets to a service. */
  readonly service: PathStep | undefined;
  readonly steps: readonly PathStep[];
}

/** In order of root, then what is reached first: by hops, then by address. */
export function rowsOf({ roots }: Pick<ShownExposures, 'roots'>): readonly ExposureRow[] {
  return roots.flatMap((root) => root.exposure.services.flatMap((service) => rowsOfService(root, service)));
}

/** Those that the internet reaches, may reach, and does not reach. */
export function rowsByAnswer(rows: readonly ExposureRow[]): Readonly<Record<Answer, readonly ExposureRow[]>> {
  const of = (answer: Answer): readonly ExposureRow[] => rows.filter((row) => row.answer === answer);
  return { yes: of('yes').toSorted((a, b) => (a.hops ?? 0) - (b.hops ?? 0)), unknown: of('unknown'), no: of('no') };
}

function rowsOfService(root: ShownRoot, service: ExposedService): readonly ExposureRow[] {
  const wayOf = ({ answer, hops, path, because, when }: ServiceExposure): string =>
    JSON.stringify([answer, hops, servicesOn(path), because, when]);
  return [...groupBy(service.exposures, wayOf).values()].map((exposures): ExposureRow => {
    const [{ answer, hops, path, because }] = exposures;
    return {
      ...{ root, service, answer, hops, because, exposures },
      span: placeInTree(service.span, service.calls),
      traffic: unionOfTraffic(exposures.map(({ traffic }) => traffic)),
      parts: partsOf(exposures),
      chain: servicesOn(path),
    };
  });
}

/** What is open to IPv4 and IPv6 alike is one part, and one is left of each that differs. */
function partsOf(exposures: readonly ServiceExposure[]): readonly TrafficPart[] {
  const familiesOf = (same: readonly ServiceExposure[]): readonly Family[] =>
    [...new Set(same.map(({ family }) => family))].sort();
  const byTraffic = groupBy(exposures, ({ traffic }) => JSON.stringify(traffic));
  const byFamilies = groupBy(byTraffic.values(), (same) => familiesOf(same).join());
  return [...byFamilies.values()].map((some) => ({
    families: familiesOf(some[0]),
    traffic: unionOfTraffic(some.flatMap((same) => same.map(({ traffic }) => traffic))),
    when: some[0][0].when,
  }));
}

/** `TCP 80 (HTTP); TCP 443 (HTTPS) over IPv4 and IPv6`, and in which worlds: of IPv4 alone nothing is said. */
export function partsText(parts: readonly TrafficPart[]): string {
  const text = parts
    .map(({ families, traffic }) => {
      const text = trafficText(traffic);
      return families.includes(6) ? `${text} over ${describeFamilies(families)}` : text;
    })
    .join('; ');
  return [text, describeWhen(parts[0]?.when ?? [])].filter(Boolean).join(' ');
}

/** A path service by service. */
export function hopsOf(path: readonly PathStep[]): readonly Hop[] {
  const hops: Hop[] = [];
  let steps: PathStep[] = [];
  for (const step of path) {
    if (step.kind !== 'service') {
      steps.push(step);
      continue;
    }
    hops.push({ service: step, steps });
    steps = [];
  }
  return steps.length === 0 ? hops : [...hops, { service: undefined, steps }];
}

/** `internet > aws_lb.front > aws_instance.app`. */
export function chainText({ chain, service }: Pick<ExposureRow, 'chain' | 'service'>, arrow: string): string {
  return ['internet', ...throughOf({ chain, service }), service.address].join(arrow);
}

/** Addresses of the services on the way but its own. */
export const throughOf = ({ chain, service }: Pick<ExposureRow, 'chain' | 'service'>): readonly string[] =>
  chain.at(-1) === service.address ? chain.slice(0, -1) : chain;
