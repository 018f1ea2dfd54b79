/** What the internet reaches of a service directly: over its own addresses and through its own groups. */

import type { NetworkAclModel } from '../model/network-acl-model.ts';
import type { Family } from '../network/ip-address.ts';
import {
  ALL_TRAFFIC,
  coversTraffic,
  intersectionOfTraffic,
  isNoTraffic,
  overlapsTraffic,
  type Traffic,
  unionOfTraffic,
} from '../network/traffic.ts';
import { type Arriving, throughAcl } from './acl-filter.ts';
import type { Listeners } from './listeners.ts';
import { isPassThrough, passedOn } from './network-balancers.ts';
import type { NetworkResources } from './network-resources.ts';
import { Openings } from './openings.ts';
import { bestOf, type TrafficPiece } from './pieces.ts';
import type { InterfacePlace } from './placement.ts';
import { publicAccess } from './public-access.ts';
import { type Interface, type NetworkService, stepOf } from './services.ts';
import { allOf, ifExists, no, type ReachVerdict, unknown, yes } from './verdict.ts';
import { Ways } from './ways.ts';

export class DirectReach {
  readonly #network: NetworkResources;
  readonly #acls: NetworkAclModel;
  readonly #ways: Ways;
  readonly #openings = new Openings();
  readonly #arriving = new Map<Interface, Map<Family, readonly Arriving[]>>();
  readonly #passedOn = new Map<Family, ReadonlyMap<string, readonly Arriving[]>>();
  /** Those without groups. */
  readonly balancers: readonly NetworkService[];
  readonly #listeners: Listeners;

  /** @param services with those that have no groups */
  constructor(
    network: NetworkResources,
    acls: NetworkAclModel,
    services: readonly NetworkService[],
    listeners: Listeners,
  ) {
    this.#network = network;
    this.#acls = acls;
    this.balancers = services.filter(isPassThrough);
    this.#listeners = listeners;
    this.#ways = new Ways(network);
  }

  /** What the groups of a service open to the internet, in order, and whether that is reached. */
  of(service: NetworkService, family: Family): readonly TrafficPiece[] {
    return bestOf(service.interfaces.flatMap((each) => this.#ofInterface(service, each, family)));
  }

  #ofInterface(service: NetworkService, on: Interface, family: Family): readonly TrafficPiece[] {
    const openings = this.#openings.of(on, family);
    if (openings.length === 0) return [];
    const arriving = this.#arrivingAt(service, on, family);
    return openings.flatMap(({ traffic, verdict: opened }) =>
      arriving.flatMap((each): TrafficPiece[] => {
        const part = intersectionOfTraffic(traffic, each.traffic);
        // What may be opened is not told where nothing gets there.
        if (isNoTraffic(part) || (each.verdict.answer === 'no' && opened.answer === 'unknown')) return [];
        const verdict = allOf([each.verdict, opened, yes(stepOf(service))]);
        return [{ traffic: part, verdict, hops: verdict.answer === 'yes' ? 1 : null }];
      }),
    );
  }

  /** Whether some traffic gets to interfaces of a service that have a group, whatever its rules say. */
  to(service: NetworkService, group: string, family: Family, traffic: Traffic): readonly ReachVerdict[] {
    return service.interfaces.flatMap((on) => {
      const named = on.groups.find((each) => (each.group?.address ?? each.key) === group);
      if (named === undefined) return [];
      return this.#arrivingAt(service, on, family)
        .filter((each) => overlapsTraffic(each.traffic, traffic))
        .map(({ verdict }) => ifExists(allOf([verdict, yes(stepOf(service))]), named.existsIf));
    });
  }

  #arrivingAt(service: NetworkService, on: Interface, family: Family): readonly Arriving[] {
    const byFamily = this.#arriving.get(on) ?? new Map<Family, readonly Arriving[]>();
    this.#arriving.set(on, byFamily);
    const known = byFamily.get(family);
    if (known !== undefined) return known;
    const passedOn = this.#passed(family).get(service.instance.address) ?? [];
    const found = [...this.#atPlaces(service, on, family), ...passedOn].map((each) => ({
      ...each,
      verdict: ifExists(each.verdict, service.existsIf),
    }));
    byFamily.set(family, found);
    return found;
  }

  /** What balancers without groups pass on, by the address of who gets it. */
  #passed(family: Family): ReadonlyMap<string, readonly Arriving[]> {
    const known = this.#passedOn.get(family);
    if (known !== undefined) return known;
    const found = new Map<string, Arriving[]>();
    for (const balancer of this.balancers) {
      for (const [target, more] of passedOn(balancer.instance, this.atBalancer(balancer, family), this.#listeners))
        found.set(target, [...(found.get(target) ?? []), ...more]);
    }
    this.#passedOn.set(family, found);
    return found;
  }

  /** What gets to a balancer without groups. */
  atBalancer(balancer: NetworkService, family: Family): readonly Arriving[] {
    return balancer.interfaces
      .flatMap((on) => this.#atPlaces(balancer, on, family))
      .map((each) => ({ ...each, verdict: ifExists(each.verdict, balancer.existsIf) }));
  }

  #atPlaces(service: NetworkService, { placement }: Interface, family: Family): readonly Arriving[] {
    const all = (verdict: ReachVerdict): readonly Arriving[] => [{ traffic: ALL_TRAFFIC, verdict }];
    if (placement.kind === 'closed') return all(no(placement.because));
    if (placement.kind === 'unknown') return all(unknown(placement.waits));
    const byPlace = placement.places.map((place) => this.#into(place, family, service));
    return placement.isInOne === true ? inOneOf(byPlace, service) : byPlace.flat();
  }

  #into({ subnet, address, waits }: InterfacePlace, family: Family, service: NetworkService): readonly Arriving[] {
    const way = this.#ways.into(subnet, family, service.instance.span);
    const access = publicAccess(subnet, this.#network);
    const at = address(family);
    return throughAcl(way, subnet, family, this.#acls, this.#network).map(({ traffic, verdict }) => ({
      traffic,
      verdict: ifExists(allOf([access, verdict, at]), waits),
    }));
  }
}

/** What gets to whichever of several places AWS chooses. */
function inOneOf(
  byPlace: readonly (readonly Arriving[])[],
  { instance: { address } }: NetworkService,
): readonly Arriving[] {
  const certain = byPlace.map((arriving) =>
    unionOfTraffic(arriving.filter(({ verdict }) => verdict.answer === 'yes').map(({ traffic }) => traffic)),
  );
  return byPlace.flat().map((each) => {
    const isEverywhere = certain.every((traffic) => coversTraffic(traffic, each.traffic));
    if (each.verdict.answer !== 'yes' || isEverywhere) return each;
    return { ...each, verdict: unknown([`the subnet of ${address}`], ...each.verdict.steps) };
  });
}
