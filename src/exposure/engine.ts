/** Works out what the internet reaches of a root module: services directly, then over one another. */

import type { Answer } from '../model/answer.ts';
import { ATTACHMENT_TYPES } from '../model/aws/attachment-types.ts';
import { placeInTree } from '../model/place.ts';
import type { SecurityModel } from '../model/security-model.ts';
import type { Family } from '../network/ip-address.ts';
import { differenceOfTraffic, isNoTraffic, type Traffic, unionOfTraffic } from '../network/traffic.ts';
import { folderOf } from '../source/path.ts';
import type { Resources } from '../terraform/instances/instance.ts';
import { providerMajors } from '../terraform/modules/provider-versions.ts';
import { compareStrings } from '../terraform/values/value.ts';
import { endpointOf, hasEndpoint } from './cluster-endpoint.ts';
import { DirectReach } from './direct.ts';
import type {
  ExposedService,
  GroupReach,
  PathEnd,
  PathStep,
  ReachOfGroup,
  ServiceExposure,
  ServicePath,
} from './exposure.ts';
import { type Link, Links, pathsFrom } from './links.ts';
import { Listeners } from './listeners.ts';
import { passedByAddress } from './network-balancers.ts';
import { NetworkResources } from './network-resources.ts';
import { bestOf, type TrafficPiece } from './pieces.ts';
import { endOf, type NetworkService, Services, stepOf } from './services.ts';
import { allOf, anyOf, no, yes } from './verdict.ts';

const families: readonly Family[] = [4, 6];

/** It looks for the services at once. */
export function engineOf(model: SecurityModel, resources: Resources): Engine {
  return new Engine(model, resources);
}

/** The major versions of the AWS provider that the root module allows. */
const majorsOf = ({ root, trees }: SecurityModel): readonly number[] =>
  providerMajors(
    'aws',
    trees.filter(({ file }) => folderOf(file.path) === root),
  );

/** What there is to ask of one root module. */
export class Engine {
  readonly #services: readonly NetworkService[];
  readonly #spare: () => readonly NetworkService[];
  #links: Links | undefined;
  #ends: readonly NetworkService[] | undefined;
  readonly #direct: DirectReach;
  readonly #listeners: Listeners;
  readonly #network: NetworkResources;
  readonly #areConnected: boolean;
  readonly #known = new Map<NetworkService, Map<Family, readonly TrafficPiece[]>>();
  #byGroup: ReadonlyMap<string, readonly NetworkService[]> | undefined;

  constructor(model: SecurityModel, resources: Resources) {
    const network = new NetworkResources(resources, new Set(ATTACHMENT_TYPES.keys()), majorsOf(model));
    this.#network = network;
    this.#areConnected = model.of('security-group').vpcLink !== undefined;
    this.#listeners = new Listeners(network);
    const services = new Services(model.of('security-group'), network);
    const { all } = services;
    this.#spare = () => services.unattached(model.of('security-group').groups);
    this.#direct = new DirectReach(network, model.of('network-acl'), all, this.#listeners);
    this.#services = all
      .filter(({ groups, instance }) => groups.length > 0 || hasEndpoint(instance))
      .toSorted((a, b) => compareStrings(a.instance.address, b.instance.address));
  }

  /** With the groups that nothing has. */
  pathEnds(): readonly PathEnd[] {
    return this.#allEnds().map(endOf);
  }

  #allEnds(): readonly NetworkService[] {
    this.#ends ??= [...this.#services, ...this.#spare()].toSorted((a, b) =>
      compareStrings(a.attachment.address, b.attachment.address),
    );
    return this.#ends;
  }

  pathsFrom(isFrom: (end: PathEnd) => boolean, isDirect: boolean): readonly ServicePath[] {
    const ends = this.#allEnds();
    this.#links ??= new Links(ends, this.#network, this.#areConnected);
    const starts = ends.filter((each) => isFrom(endOf(each)));
    const between = (from: NetworkService, to: NetworkService): readonly PathStep[] => this.#between(from, to);
    return pathsFrom(starts, this.#links, between, isDirect).map((each) => ({
      ...each,
      path: this.#placed(each.path),
    }));
  }

  /** @param isDirect whether only what comes over no other service counts */
  fromInternet(isDirect: boolean): readonly ServicePath[] {
    const byAddress = new Map(this.#services.map((each) => [each.attachment.address, each]));
    return this.services().flatMap(({ address, exposures }) =>
      exposures.flatMap(({ family, traffic, answer, path, because }) => {
        const isOver = path.filter(({ kind }) => kind === 'service').length > 1;
        if (answer === 'no' || (isDirect && isOver)) return [];
        return { to: endOf(byAddress.get(address)!), family, traffic, answer, because, path };
      }),
    );
  }

  #directOf(service: NetworkService, family: Family): readonly TrafficPiece[] {
    const known = this.#known.get(service) ?? new Map<Family, readonly TrafficPiece[]>();
    this.#known.set(service, known);
    const pieces = known.get(family) ?? this.#direct.of(service, family);
    known.set(family, pieces);
    return pieces;
  }

  services(): readonly ExposedService[] {
    const found = this.#overOthers();
    return this.#services.map((service) => {
      const { address, resourceAddress, calls, kind, type, span } = service.attachment;
      const exposures = families.flatMap((family) =>
        bestOf([
          ...this.#directOf(service, family),
          ...endpointOf(service, family),
          ...(found.get(service)?.get(family) ?? []),
        ]).map((piece): ServiceExposure => this.#exposureOf(piece, family)),
      );
      const groups = service.groups.map(({ name }) => name).toSorted(compareStrings);
      return { address, resourceAddress, calls, kind, type, span: placeInTree(span, calls), groups, exposures };
    });
  }

  /** What services that are reached, or may be, send to others. */
  #overOthers(): ReadonlyMap<NetworkService, ReadonlyMap<Family, readonly TrafficPiece[]>> {
    const links = new Links(this.#services, this.#network, this.#areConnected);
    const found = new Map<NetworkService, Map<Family, TrafficPiece[]>>();
    const reached = new Map<NetworkService, TrafficPiece>();
    const traffic = new Map<NetworkService, Map<Family, Traffic>>();
    // The nearest service that a link lets in has been found.
    const done = new Set<Link>();
    const seen = (service: NetworkService, family: Family): Traffic =>
      traffic.get(service)?.get(family) ?? { points: [] };
    const add = (service: NetworkService, family: Family, piece: TrafficPiece): void => {
      const ofService = traffic.get(service) ?? new Map<Family, Traffic>();
      traffic.set(service, ofService.set(family, unionOfTraffic([seen(service, family), piece.traffic])));
      const pieces = found.get(service) ?? new Map<Family, TrafficPiece[]>();
      const list = pieces.get(family) ?? [];
      list.push(piece);
      found.set(service, pieces.set(family, list));
    };
    const passed = this.#direct.balancers.flatMap((balancer) => {
      const arriving = this.#direct.atBalancer(balancer, 4);
      const byAddress = links.from(balancer).filter(({ link }) => link.addresses !== undefined);
      return byAddress.flatMap((hop) =>
        passedByAddress(balancer.instance, arriving, this.#listeners, hop).map((piece) => ({ to: hop.link.to, piece })),
      );
    });
    for (const answer of ['yes', 'unknown'] as const) {
      for (const { to, piece } of passed) {
        if (piece.verdict.answer !== answer) continue;
        add(to, 4, piece);
        if (!reached.has(to)) reached.set(to, piece);
      }
      let frontier: NetworkService[] = [];
      for (const service of this.#services) {
        const direct = families.flatMap((family) => this.#directOf(service, family));
        const first = direct.find(({ verdict }) => verdict.answer === answer);
        if (first !== undefined && !reached.has(service)) reached.set(service, first);
        if (reached.has(service)) frontier.push(service);
      }
      if (answer === 'unknown') frontier = this.#services.filter((service) => reached.has(service));
      while (frontier.length > 0) {
        const next: NetworkService[] = [];
        for (const from of frontier) {
          const source = reached.get(from)!;
          for (const { link, verdict } of links.from(from, (each) => !done.has(each))) {
            const rest = differenceOfTraffic(link.traffic, seen(link.to, link.family));
            const whole = isNoTraffic(rest)
              ? undefined
              : allOf([source.verdict, yes(...this.#between(from, link.to)), verdict, yes(stepOf(link.to))]);
            if (whole !== undefined && whole.answer !== answer) continue;
            done.add(link);
            if (whole === undefined) continue;
            const hops = answer === 'yes' ? source.hops! + 1 : null;
            const piece: TrafficPiece = { traffic: rest, verdict: whole, hops };
            add(link.to, link.family, piece);
            if (reached.has(link.to)) continue;
            reached.set(link.to, piece);
            next.push(link.to);
          }
        }
        frontier = next;
      }
    }
    return found;
  }

  /** The listener and the target group that lead from a balancer to a service, where the configuration has them. */
  #between(from: NetworkService, to: NetworkService): readonly PathStep[] {
    if (from.attachment.kind !== 'load balancer') return [];
    return this.#listeners.behind(from.instance).find(({ target }) => target === to.instance.address)?.steps ?? [];
  }

  #exposureOf({ traffic, verdict, hops }: TrafficPiece, family: Family): ServiceExposure {
    const { answer, because, steps } = verdict;
    return { family, traffic, answer, hops, path: this.#placed(steps), because };
  }

  /** What stands in a stand-in is where that is called. */
  #placed(steps: readonly PathStep[]): readonly PathStep[] {
    return steps.map((step) => ({
      ...step,
      span: placeInTree(step.span, this.#network.at(step.address)?.calls ?? []),
    }));
  }

  reachOf(group: string, family: Family, traffic: Traffic): ReachOfGroup {
    this.#byGroup ??= byGroup(this.#services);
    const services = this.#byGroup.get(group) ?? [];
    const isElsewhere = /^(?:id|unknown) /.test(group);
    if (services.length === 0 && !isElsewhere) return { reach: 'unattached', path: [], because: [] };
    const verdicts = services.flatMap((service) => this.#direct.to(service, group, family, traffic));
    const { answer, steps, because } = anyOf(verdicts, no(`nothing has ${group}`));
    // Others may have it elsewhere.
    if (isElsewhere && answer === 'no') return { reach: 'unknown', path: [], because: [] };
    return { reach: reachBy[answer], path: this.#placed(steps), because };
  }
}

const reachBy = { yes: 'internet', no: 'vpc', unknown: 'unknown' } as const satisfies Record<Answer, GroupReach>;

function byGroup(services: readonly NetworkService[]): ReadonlyMap<string, readonly NetworkService[]> {
  const found = new Map<string, NetworkService[]>();
  for (const service of services) {
    for (const { group, key } of service.groups) {
      const name = group?.address ?? key;
      if (name === undefined) continue;
      const same = found.get(name);
      if (same === undefined) found.set(name, [service]);
      else same.push(service);
    }
  }
  return found;
}
