/** Whether interfaces have public addresses: what arguments say, Elastic IP addresses, and subnets that give one at launch. */

import { boolFact, numberFact, type ResourceArguments } from '../model/aws/arguments.ts';
import { type Fact, waitsFor } from '../model/fact.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { NetworkResources } from './network-resources.ts';
import { becauseOf, existenceOf, factsOf, referenceIn, referencesIn, standInModule } from './references.ts';
import type { NetworkSubnet } from './subnets.ts';
import { anyOf, ifExists, no, type ReachVerdict, unknown, yes } from './verdict.ts';

/** What decides about a public address in so many words. */
export interface Flag {
  readonly argument: string;
  /** What the provider takes where it is not written, or up to a major version and from then on. */
  readonly absent: boolean | { readonly from: number; readonly before: boolean; readonly since: boolean };
}

/**
 * A public IPv4 address by an argument of the service.
 *
 * @param majors of the provider
 */
export function addressByFlag(
  service: ResourceInstance,
  from: ResourceArguments,
  { argument, absent }: Flag,
  majors: readonly number[],
): ReachVerdict {
  const flag = boolFact(from, argument);
  const { address } = service;
  if (flag.kind === 'unknown') return unknown(waitsFor(flag.reasons));
  const value = flag.value ?? defaultOf(absent, majors);
  if (value === undefined) return unknown([`${address}.${argument}`]);
  const isWritten = flag.value !== null && flag.isSensitive !== true;
  const text = isWritten ? `has ${argument} = ${value}` : 'has a public address';
  if (value) return yes({ kind: 'public address', address, text, span: flag.span });
  const reason = flag.value === null ? `: ${argument} is not set` : isWritten ? `: ${argument} is false` : '';
  return no(`${address} has no public address${reason}`);
}

/** Undefined where it depends on the version of the provider. */
function defaultOf(absent: Flag['absent'], majors: readonly number[]): boolean | undefined {
  if (typeof absent === 'boolean') return absent;
  const { from, before, since } = absent;
  if (majors.every((major) => major < from)) return before;
  return majors.every((major) => major >= from) ? since : undefined;
}

/** The address that an instance gets at launch. */
export function addressAtLaunch(
  service: ResourceInstance,
  flag: Fact<boolean | null> | undefined,
  subnet: NetworkSubnet,
): ReachVerdict {
  const { address, span } = service;
  if (flag?.kind === 'unknown') return unknown(waitsFor(flag.reasons));
  if (typeof flag?.value === 'boolean') {
    const isShown = flag.isSensitive !== true;
    const text = isShown ? 'has associate_public_ip_address = true' : 'has a public address';
    return flag.value
      ? yes({ kind: 'public address', address, text, span: flag.span })
      : no(`${address} has no public address${isShown ? ': associate_public_ip_address is false' : ''}`);
  }
  return fromSubnet(service, subnet, 'map_public_ip_on_launch', () => {
    const text = 'gets a public address, as in every default subnet';
    return yes({ kind: 'public address', address, text, span: subnet.instance?.span ?? span });
  });
}

/** An IPv6 address is public, whatever gives it. */
export function ipv6Address(
  service: ResourceInstance,
  from: readonly ResourceArguments[],
  subnet: NetworkSubnet,
): ReachVerdict {
  const { address } = service;
  const written = from.flatMap((each) => {
    const count = numberFact(each, 'ipv6_address_count');
    const lists = ['ipv6_addresses', 'ipv6_address_list'].flatMap((name) => referencesIn(each, name));
    if (count.kind === 'unknown') return [unknown(waitsFor(count.reasons))];
    const [first] = lists;
    const { span } =
      count.value !== null ? count : (each.get('ipv6_addresses') ?? each.get('ipv6_address_list') ?? each);
    if ((count.value ?? 0) > 0 || first !== undefined) {
      return [yes({ kind: 'public address', address, text: 'has an IPv6 address', span })];
    }
    return count.value === 0 ? [no(`${address} has no IPv6 address`)] : [];
  });
  if (written.length > 0) return anyOf(written, written[0]!);
  return fromSubnet(service, subnet, 'assign_ipv6_address_on_creation', () => no(`${address} has no IPv6 address`));
}

/** @param inDefault what holds in a subnet that AWS makes in a default VPC, where nothing is written */
function fromSubnet(
  { address }: ResourceInstance,
  { instance, name, isDefault, because }: NetworkSubnet,
  argument: 'map_public_ip_on_launch' | 'assign_ipv6_address_on_creation',
  inDefault: () => ReachVerdict,
): ReachVerdict {
  if (instance === undefined) return isDefault ? inDefault() : unknown(because);
  const flag = boolFact(factsOf(instance), argument);
  if (flag.kind === 'unknown') return unknown(waitsFor(flag.reasons));
  if (flag.value === null && isDefault) return inDefault();
  if (flag.value === true) {
    const text = flag.isSensitive === true ? 'gives a public address' : `has ${argument} = true`;
    return yes({ kind: 'public address', address: name, text, span: flag.span });
  }
  const module = flag.value === null ? standInModule(instance) : undefined;
  if (module !== undefined) return unknown([module]);
  const kind = argument === 'map_public_ip_on_launch' ? 'public' : 'IPv6';
  return no(`${address} has no ${kind} address`);
}

/** Elastic IP addresses of an instance or interface. */
export function elasticAddress(
  service: ResourceInstance,
  network: NetworkResources,
  otherwise: ReachVerdict,
): ReachVerdict {
  const join = network.join('addresses', ['aws_eip', 'aws_eip_association'], (each) => {
    const from = factsOf(each);
    const names = ['instance', 'network_interface', 'instance_id', 'network_interface_id'];
    return names.flatMap((name) => referenceIn(from, name) ?? []);
  });
  const stepOf = ({ address, span }: ResourceInstance): ReachVerdict =>
    yes({ kind: 'public address', address, text: `is assigned to ${service.address}`, span });
  const own = join.of(service.address).map((each) => ifExists(stepOf(each), existenceOf(each)));
  const open = join.open.map(({ instance, reference }) => ifExists(stepOf(instance), becauseOf(reference)));
  return anyOf([...own, otherwise, ...open], otherwise);
}
