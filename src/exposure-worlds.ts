/** What the internet reaches of a root module in all worlds that it speaks of. */

import type { BuiltRoot } from './build-root.ts';
import { groupBy } from './collections/group-by.ts';
import type { ExposedService, RootExposure, ServiceExposure } from './exposure/exposure.ts';
import { exposureOf } from './exposure/exposure-of.ts';
import { joinWhen, type When } from './findings/when.ts';
import { joinDomains, openInputsOf, productOf, worldAsWhen } from './findings/worlds/inputs.ts';
import { type Problem, problemKey } from './source/problem.ts';
import type { Configuration, Domain } from './terraform/instances/configuration.ts';
import type { World } from './terraform/instances/world.ts';
import { compareStrings } from './terraform/values/value.ts';
import { isImpossible, manyWorlds } from './world-runs.ts';

/** More worlds of one root are not looked at. */
const maximumOfRoot = 64;

export interface ExposureInWorlds {
  readonly exposure: RootExposure;
  readonly problems: readonly Problem[];
}

/** What is exposed in one world, where no further input decides anything. */
interface Leaf {
  readonly world: World;
  readonly services: readonly ExposedService[];
}

/** What is not the same in all worlds says where it is so; what inputs decide is undecided only where they are not all known. */
export function exposureInWorlds(root: BuiltRoot): ExposureInWorlds {
  const base = exposureOf(root.model, root.resources);
  if (root.planned !== undefined) return { exposure: base, problems: [] };
  const exploration = new Exploration(root);
  const { services } = base;
  exploration.explore({ world: new Map(), services }, root.configuration, root.configuration.domains());
  const { leaves, isCut } = exploration;
  return {
    exposure: leaves.length < 2 ? base : inLeaves(base, leaves),
    problems: isCut ? [manyWorlds(root.model.root)] : [],
  };
}

function inLeaves(base: RootExposure, leaves: readonly Leaf[]): RootExposure {
  return {
    root: base.root,
    environment: base.environment,
    services: joined(leaves),
    given: base.services,
    reachOf: base.reachOf,
    // What asks for neither does not pay for them.
    get ends() {
      return base.ends;
    },
    pathsFrom: base.pathsFrom,
  };
}

class Exploration {
  readonly #root: BuiltRoot;
  readonly #known: ReadonlySet<string>;
  readonly leaves: Leaf[] = [];
  isCut = false;
  #runs = 0;

  constructor(root: BuiltRoot) {
    this.#root = root;
    this.#known = new Set(root.configuration.problems.map(problemKey));
  }

  /** Looks at one input after the other, as long as one decides something that is open. */
  explore(leaf: Leaf, configuration: Configuration, domains: ReadonlyMap<string, Domain>): void {
    const { world, services } = leaf;
    const reasons = new Set(services.flatMap(({ exposures }) => exposures.flatMap(reasonsOf)));
    const [input] = openInputsOf(configuration.inputsBehind(reasons), domains, world);
    const worlds = input === undefined ? [] : productOf([input], domains, world);
    if (this.#runs + worlds.length > maximumOfRoot) this.isCut = true;
    if (worlds.length === 0 || this.isCut) {
      this.leaves.push(leaf);
      return;
    }
    this.#runs += worlds.length;
    for (const each of worlds) {
      const name = JSON.stringify(worldAsWhen(each));
      const other = this.#root.inWorld(each, `exposure ${name}`, undefined);
      if (isImpossible(each, other.configuration, this.#known)) continue;
      const found = exposureOf(other.model(), other.configuration).services;
      this.explore(
        { world: each, services: found },
        other.configuration,
        joinDomains(domains, other.configuration.domains()),
      );
    }
  }
}

const reasonsOf = ({ answer, because }: ServiceExposure): readonly string[] => (answer === 'unknown' ? because : []);

/** Each service once, with what is exposed in the same way in the same worlds. */
function joined(leaves: readonly Leaf[]): readonly ExposedService[] {
  const all = leaves.flatMap(({ world, services }) =>
    services.map((service) => ({ when: worldAsWhen(world), service })),
  );
  return [...groupBy(all, ({ service }) => service.address).values()]
    .map((same) => inAll(same, leaves.length))
    .sort((a, b) => compareStrings(a.address, b.address));
}

interface InWorld<T> {
  readonly when: When;
  readonly of: T;
}

function inAll(
  same: readonly { readonly when: When; readonly service: ExposedService }[],
  worlds: number,
): ExposedService {
  const exposures = same.flatMap(({ when, service }) => service.exposures.map((of) => ({ when, of })));
  return {
    ...same[0]!.service,
    groups: [...new Set(same.flatMap(({ service }) => service.groups))].sort(compareStrings),
    exposures: [...groupBy(exposures, ({ of }) => keyOf(of)).values()]
      .map((some) => inWorlds(some, worlds))
      .sort(byTraffic),
  };
}

function inWorlds(
  some: readonly [InWorld<ServiceExposure>, ...InWorld<ServiceExposure>[]],
  worlds: number,
): ServiceExposure {
  const when = some.length === worlds ? [] : joinWhen(some.map((each) => each.when));
  return when.length === 0 ? some[0].of : { ...some[0].of, when };
}

const keyOf = ({ family, traffic, answer, hops, because, path }: ServiceExposure): string =>
  JSON.stringify([family, traffic, answer, hops, because, path.map(({ address, text }) => [address, text])]);

function byTraffic(a: ServiceExposure, b: ServiceExposure): number {
  return (
    a.family - b.family ||
    a.traffic.points[0]!.first - b.traffic.points[0]!.first ||
    a.traffic.points.at(-1)!.last - b.traffic.points.at(-1)!.last ||
    compareStrings(a.answer, b.answer) ||
    compareStrings(JSON.stringify(a.when ?? []), JSON.stringify(b.when ?? []))
  );
}
