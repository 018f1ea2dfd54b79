/** The way from the internet into a subnet: the routes of its table, and the internet gateway behind them. */

import {
  type AddressSet,
  compareWidth,
  differenceOfAddresses,
  intersectionOfAddresses,
  isEmptyAddresses,
  noAddresses,
  unionOfAddresses,
} from '../network/address-set.ts';
import type { Family } from '../network/ip-address.ts';
import { publicAddresses } from '../network/special-addresses.ts';
import type { Span } from '../source/span.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { PathStep } from './exposure.ts';
import type { NetworkResources } from './network-resources.ts';
import { existenceOf, factsOf, isLookup, referenceIn } from './references.ts';
import { type Route, type RouteTable, RouteTables, type RouteTarget } from './route-tables.ts';
import type { NetworkSubnet, NetworkVpc } from './subnets.ts';
import { eachOnce } from './verdict.ts';

/** From which public addresses packets get into a subnet, and answers back. */
export interface Way {
  readonly certain: AddressSet;
  /** The most that it can be. */
  readonly possible: AddressSet;
  /** What the difference waits for. */
  readonly waits: readonly string[];
  /** Why there is none. */
  readonly because: string;
  readonly steps: readonly PathStep[];
}

export class Ways {
  readonly #network: NetworkResources;
  readonly #tables: RouteTables;
  readonly #ways = new Map<string, Way>();

  constructor(network: NetworkResources) {
    this.#network = network;
    this.#tables = new RouteTables(network);
  }

  /** @param place of steps that are written nowhere */
  into(subnet: NetworkSubnet, family: Family, place: Span): Way {
    const key = `${family} ${subnet.key}`;
    const known = subnet.key === undefined ? undefined : this.#ways.get(key);
    if (known !== undefined) return known;
    const tables = this.#tables.of(subnet);
    const ways = tables.map((table) => this.#through(table, subnet, family, place));
    const way = eitherOf(ways, family, tables.length > 1 ? eachOnce(tables.flatMap(({ waits }) => waits)) : []);
    this.#ways.set(key, way);
    return way;
  }

  #through(table: RouteTable, subnet: NetworkSubnet, family: Family, place: Span): Way {
    const routes = this.#tables.routesIn(table, family);
    const attached = (target: RouteTarget): Attached =>
      target.kind === 'internet gateway' && target.gateway !== undefined
        ? this.#attached(target.gateway, subnet.vpc)
        : { answer: true, waits: [] };
    const judged = routes.map((route) => ({ route, attached: attached(route.target) }));
    const sorted = [...judged].sort((a, b) => byWidth(a.route, b.route));
    const used = sorted.filter(({ route }) => route.target.kind !== 'other' && isOfFamily(route)).at(-1);
    const open = judged.filter(({ route, attached }) => !isCertain(route, attached));
    return {
      certain: throughGateway(sorted, family, true),
      // What is elsewhere may have any route.
      possible: table.isWhole ? throughGateway(sorted, family, false) : publicAddresses(family),
      waits: eachOnce([
        ...open.flatMap(({ route, attached }) => [
          ...route.waits,
          ...attached.waits,
          ...(route.target.kind === 'unknown' ? route.target.waits : []),
        ]),
        ...(table.isWhole ? [] : table.waits),
      ]),
      because:
        used?.attached.answer === false
          ? used.attached.because
          : `${subnet.name} has no route to an internet gateway${family === 6 ? ' for IPv6' : ''}`,
      steps: used === undefined ? [] : stepsOf(used, table, subnet, place),
    };
  }

  /** AWS takes a route to a gateway only in the VPC that it is attached to. */
  #attached(gateway: ResourceInstance, vpc: NetworkVpc): Attached {
    const join = this.#network.join('gateways', ['aws_internet_gateway_attachment'], 'internet_gateway_id');
    const others = join.of(gateway.address);
    const named = [gateway, ...others].flatMap((each) => {
      const reference = referenceIn(factsOf(each), 'vpc_id');
      return reference === undefined ? [] : { reference, waits: existenceOf(each) };
    });
    if (named.length === 0) {
      return { answer: false, waits: [], because: `${gateway.address} is not attached to a VPC` };
    }
    const isOther = named.every(({ reference }) => {
      const other = reference.kind === 'attribute' && !isLookup(reference) ? reference.address : undefined;
      return other !== undefined && vpc.instance !== undefined && other !== vpc.instance.address;
    });
    if (isOther) return { answer: false, waits: [], because: `${gateway.address} is not attached to ${vpc.name}` };
    const certain = named.find(({ waits }) => waits.length === 0);
    return { answer: true, waits: certain === undefined ? eachOnce(named.flatMap(({ waits }) => waits)) : [] };
  }
}

type Attached =
  | { readonly answer: true; readonly waits: readonly string[] }
  | { readonly answer: false; readonly waits: readonly string[]; readonly because: string };

interface JudgedRoute {
  readonly route: Route;
  readonly attached: Attached;
}

const isOfFamily = ({ destination }: Route): boolean => destination === undefined || !isEmptyAddresses(destination);

const isCertain = ({ destination, target, waits }: Route, attached: Attached): boolean =>
  destination !== undefined && target.kind !== 'unknown' && waits.length === 0 && attached.waits.length === 0;

/** The most specific first; those whose destination is not known last. */
function byWidth(a: Route, b: Route): number {
  if (a.destination === undefined || b.destination === undefined)
    return Number(a.destination === undefined) - Number(b.destination === undefined);
  return compareWidth(a.destination, b.destination);
}

/**
 * The public addresses whose most specific route leads to the gateway: the fewest that it can be, or the most. A route whose destination is not known
 * takes no more than a part of the internet from others, for one to all of it would be a second default route.
 */
function throughGateway(sorted: readonly JudgedRoute[], family: Family, isFewest: boolean): AddressSet {
  let rest = publicAddresses(family);
  let through = noAddresses(family);
  for (const { route, attached } of sorted) {
    const { destination, target, waits } = route;
    const certain = isCertain(route, attached);
    const leads =
      attached.answer &&
      (target.kind === 'internet gateway' ? certain || !isFewest : target.kind === 'unknown' && !isFewest);
    if (destination === undefined) {
      if (leads) return publicAddresses(family);
      continue;
    }
    if (leads) through = unionOfAddresses(family, [through, intersectionOfAddresses(rest, destination)]);
    // What is not certain takes addresses away only where that makes the fewest.
    if (leads || isFewest || waits.length === 0) rest = differenceOfAddresses(rest, destination);
  }
  return through;
}

function stepsOf(
  { route: { place, target, text }, attached }: JudgedRoute,
  table: RouteTable,
  { vpc }: NetworkSubnet,
  otherwise: Span,
): readonly PathStep[] {
  const to = target.kind === 'other' ? '' : target.name;
  const gateway = target.kind === 'internet gateway' && attached.answer ? target.gateway : undefined;
  const route = {
    kind: 'route',
    address: place?.address ?? table.name,
    text: `routes ${text} to ${to}`,
    span: place?.span ?? otherwise,
  } as const;
  if (gateway === undefined) return [route];
  const { address, span } = gateway;
  return [{ kind: 'internet gateway', address, text: `is attached to ${vpc.name}`, span }, route];
}

/** One of several ways, of which only apply knows which one. */
function eitherOf(ways: readonly Way[], family: Family, waits: readonly string[]): Way {
  const [first, ...others] = ways;
  if (first === undefined) throw new TypeError('A subnet has a route table.');
  if (others.length === 0) return first;
  const shown = ways.find(({ steps }) => steps.length > 0) ?? first;
  return {
    certain: others.reduce((set, { certain }) => intersectionOfAddresses(set, certain), first.certain),
    possible: unionOfAddresses(
      family,
      ways.map(({ possible }) => possible),
    ),
    waits: eachOnce([...waits, ...ways.flatMap((way) => way.waits)]),
    because: first.because,
    steps: shown.steps,
  };
}
