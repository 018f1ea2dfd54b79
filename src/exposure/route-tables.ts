/** The route table of a subnet, and the routes in it. */

import { type ResourceArguments, stringFact } from '../model/aws/arguments.ts';
import { argumentsAt } from '../model/aws/attachments.ts';
import { type Fact, shown, waitsFor } from '../model/fact.ts';
import { type AddressSet, addressSet, allAddresses, noAddresses } from '../network/address-set.ts';
import { parseCidr } from '../network/cidr.ts';
import type { Family } from '../network/ip-address.ts';
import type { Span } from '../source/span.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { NetworkResources } from './network-resources.ts';
import {
  becauseOf,
  existenceOf,
  factsOf,
  nameOfReference,
  type ResourceReference,
  referenceIn,
  referenceKey,
  standInModule,
  typeOfReference,
} from './references.ts';
import type { NetworkSubnet, NetworkVpc } from './subnets.ts';
import { eachOnce } from './verdict.ts';

/** A route table that is, or may be, that of a subnet. */
export interface RouteTable {
  /** The same text for the same table; undefined where that can't be told. */
  readonly key: string | undefined;
  readonly name: string;
  /** Whether all of its routes are in this configuration. */
  readonly isWhole: boolean;
  /** Whether it is one that AWS makes in a default VPC, with a route to an internet gateway. */
  readonly isOfDefaultVpc: boolean;
  /** What decides whether it is the one, and what else its routes are. */
  readonly waits: readonly string[];
}

export interface Route {
  /** Undefined where it is not known; empty for a route of the other family. */
  readonly destination: AddressSet | undefined;
  readonly target: RouteTarget;
  /** What decides whether there is such a route. */
  readonly waits: readonly string[];
  /** Where it is written; undefined for the one that AWS makes in a default VPC. */
  readonly place: { readonly address: string; readonly span: Span } | undefined;
  /** The destination, as texts name it. */
  readonly text: string;
}

export type RouteTarget =
  /** `gateway`: the one of this configuration that it is. */
  | { readonly kind: 'internet gateway'; readonly gateway: ResourceInstance | undefined; readonly name: string }
  | { readonly kind: 'unknown'; readonly name: string; readonly waits: readonly string[] }
  | { readonly kind: 'other' };

export class RouteTables {
  readonly #network: NetworkResources;
  readonly #routes = new Map<string, readonly Route[]>();

  constructor(network: NetworkResources) {
    this.#network = network;
  }

  /** The tables that can be that of a subnet: one where that is certain. */
  of({ key, vpc, instance }: NetworkSubnet): readonly RouteTable[] {
    const module = instance && this.#unreadModule(instance);
    const otherwise = (table: RouteTable): RouteTable =>
      module === undefined ? table : { ...table, isWhole: false, waits: [module] };
    return this.#associated('aws_route_table_association', 'subnet_id', key, () =>
      this.#associated('aws_main_route_table_association', 'vpc_id', vpc.instance?.address ?? vpc.key, () => [
        otherwise(defaultTableOf(vpc)),
      ]),
    );
  }

  /** The module of a subnet whose routes are not here, because a stand-in leaves them out. */
  #unreadModule(subnet: ResourceInstance): string | undefined {
    const module = standInModule(subnet);
    if (module === undefined) return undefined;
    const hasTables = this.#network.of('aws_route_table').some(({ address }) => address.startsWith(`${module}.`));
    return hasTables ? undefined : module;
  }

  /** @param otherwise those where nothing of this type is associated */
  #associated(
    type: string,
    argument: string,
    key: string | undefined,
    otherwise: () => readonly RouteTable[],
  ): readonly RouteTable[] {
    const associations = this.#network.join(type, [type], argument);
    const tableIn = (each: ResourceInstance, waits: readonly string[]): RouteTable =>
      this.#named(referenceIn(factsOf(each), 'route_table_id'), [...waits, ...existenceOf(each)]);
    const own = associations.of(key).map((each) => ({ each, table: tableIn(each, []) }));
    const certain = own.find(({ each }) => each.existsIf === undefined);
    if (certain !== undefined) return [certain.table];
    const open = associations.open.map(({ instance, reference }) => tableIn(instance, becauseOf(reference)));
    return [...own.map(({ table }) => table), ...open, ...otherwise()];
  }

  #named(reference: ResourceReference | undefined, waits: readonly string[]): RouteTable {
    const key = reference && this.#keyOf(reference);
    const ofVpc =
      key?.startsWith(defaultPrefix) === true ? this.#network.at(key.slice(defaultPrefix.length)) : undefined;
    const own = reference?.kind === 'attribute' ? this.#network.at(reference.address) : undefined;
    const because = reference === undefined ? ['route_table_id'] : becauseOf(reference);
    const isWhole = ofVpc !== undefined || own?.type === 'aws_route_table';
    return {
      key,
      name: ofVpc !== undefined && own === ofVpc ? nameOfMain(ofVpc.address) : (own?.address ?? because[0]!),
      isWhole,
      isOfDefaultVpc: ofVpc?.type === 'aws_default_vpc',
      waits: eachOnce(isWhole ? waits : [...waits, ...because]),
    };
  }

  /** The main table of a VPC has several names. */
  #keyOf(reference: ResourceReference): string | undefined {
    if (reference.kind !== 'attribute') return referenceKey(reference);
    const { address, attribute } = reference;
    const instance = this.#network.at(address);
    if (instance?.type === 'aws_default_route_table') {
      const adopted = referenceIn(factsOf(instance), 'default_route_table_id');
      const isItself = adopted?.kind === 'attribute' && adopted.address === address;
      return adopted === undefined || isItself ? address : (this.#keyOf(adopted) ?? address);
    }
    return /^(?:default|main)_route_table_id$/.test(attribute) ? `${defaultPrefix}${address}` : address;
  }

  routesIn(table: RouteTable, family: Family): readonly Route[] {
    const key = `${family} ${table.key}`;
    const known = table.key === undefined ? undefined : this.#routes.get(key);
    if (known !== undefined) return known;
    const routes = this.#read(table, family);
    this.#routes.set(key, routes);
    return routes;
  }

  #read({ key, isOfDefaultVpc }: RouteTable, family: Family): readonly Route[] {
    const keyOf = (reference: ResourceReference) => this.#keyOf(reference);
    const tables = this.#network.join('tables', ['aws_route_table', 'aws_default_route_table'], 'id', keyOf).of(key);
    const isAdopted = tables.some(({ type }) => type === 'aws_default_route_table');
    const inline = tables.flatMap((instance) =>
      argumentsAt(instance, ['route']).map(({ from, existsIf, span }) => {
        const place = { address: instance.address, span };
        return this.#route(from, family, ['cidr_block', 'ipv6_cidr_block'], place, waitsFor(existsIf));
      }),
    );
    const standalone = this.#network.join('aws_route', ['aws_route'], 'route_table_id', keyOf);
    const routeOf = (instance: ResourceInstance, waits: readonly string[]): Route => {
      const names = ['destination_cidr_block', 'destination_ipv6_cidr_block'] as const;
      return this.#route(factsOf(instance), family, names, instance, [...waits, ...existenceOf(instance)]);
    };
    const own = standalone.of(key);
    return [
      ...inline,
      ...own.map((each) => routeOf(each, [])),
      ...standalone.open
        .filter(({ instance }) => !own.includes(instance))
        .map(({ instance, reference }) => routeOf(instance, becauseOf(reference))),
      ...(isOfDefaultVpc && !isAdopted && family === 4 ? [routeOfDefaultVpc] : []),
    ];
  }

  #route(
    from: ResourceArguments,
    family: Family,
    [ipv4, ipv6]: readonly [string, string],
    { address, span }: { readonly address: string; readonly span: Span },
    waits: readonly string[],
  ): Route {
    const block = stringFact(from, family === 4 ? ipv4 : ipv6);
    const list = stringFact(from, 'destination_prefix_list_id');
    const hasList = list.kind === 'unknown' || Boolean(list.value);
    return {
      ...destinationOf(block, family, hasList),
      target: this.#targetOf(from),
      waits: eachOnce([...waits, ...(block.kind === 'unknown' ? waitsFor(block.reasons) : [])]),
      place: { address, span },
    };
  }

  #targetOf(from: ResourceArguments): RouteTarget {
    // A firewall or another appliance of the author passes on what it likes.
    const appliance = referenceIn(from, 'vpc_endpoint_id');
    if (appliance !== undefined)
      return { kind: 'unknown', name: nameOfReference(appliance), waits: becauseOf(appliance) };
    const reference = referenceIn(from, 'gateway_id');
    if (reference === undefined) return { kind: 'other' };
    const name = nameOfReference(reference);
    if (reference.kind === 'unknown') return { kind: 'unknown', name, waits: reference.because };
    if (reference.kind === 'text') {
      return reference.text.startsWith('igw-')
        ? { kind: 'internet gateway', gateway: undefined, name }
        : { kind: 'other' };
    }
    const type = typeOfReference(reference);
    if (type !== 'aws_internet_gateway') return { kind: 'other' };
    const gateway = this.#network.at(reference.address);
    return { kind: 'internet gateway', gateway, name };
  }
}

const defaultPrefix = 'main of ';

const nameOfMain = (vpc: string): string => `the main route table of ${vpc}`;

/** The main table that AWS makes with a VPC. */
function defaultTableOf({ key, name, instance, isDefault, because }: NetworkVpc): RouteTable {
  const of = instance?.address ?? key;
  return {
    key: of && `${defaultPrefix}${of}`,
    name: nameOfMain(name),
    isWhole: instance !== undefined || isDefault,
    isOfDefaultVpc: isDefault,
    waits: because,
  };
}

/** Source: https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html */
const routeOfDefaultVpc: Route = {
  destination: allAddresses(4),
  target: { kind: 'internet gateway', gateway: undefined, name: 'its internet gateway' },
  waits: [],
  place: undefined,
  text: '0.0.0.0/0',
};

/** Of a prefix list only AWS knows what is in it. */
function destinationOf(
  block: Fact<string | null>,
  family: Family,
  hasList: boolean,
): Pick<Route, 'destination' | 'text'> {
  if (block.kind === 'unknown') return { destination: undefined, text: 'an unknown block' };
  if (!block.value) return hasList ? { destination: undefined, text: 'a prefix list' } : none(family);
  const parsed = parseCidr(block.value);
  if (parsed.kind === 'invalid' || parsed.cidr.family !== family) return none(family);
  return { destination: addressSet(family, [parsed.cidr]), text: String(shown({ ...block, value: block.value })) };
}

const none = (family: Family): Pick<Route, 'destination' | 'text'> => ({ destination: noAddresses(family), text: '' });
