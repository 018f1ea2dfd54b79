/** Where instances are: those that are written, and those that launch templates and configurations make. */

import { boolFact, stringFact } from '../model/aws/arguments.ts';
import { argumentsAt } from '../model/aws/attachments.ts';
import { known } from '../model/fact.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { NetworkResources } from './network-resources.ts';
import { type InterfacePlace, inSubnets, type Placement, subnetsIn } from './placement.ts';
import { addressAtLaunch, elasticAddress, ipv6Address } from './public-addresses.ts';
import { becauseOf, existenceOf, factsOf, type ResourceReference, referenceIn, referencesIn } from './references.ts';
import { defaultSubnetBeside, type NetworkSubnet, subnetOf } from './subnets.ts';
import { eachOnce } from './verdict.ts';

export function instancePlacement(service: ResourceInstance, network: NetworkResources): Placement {
  const from = factsOf(service);
  const template = templatesOf(service, network)[0];
  const templates = template === undefined ? [] : interfacesOf(template);
  const named = [from, ...templates].flatMap((each) => referenceIn(each, 'subnet_id') ?? [])[0];
  const subnet = named === undefined ? defaultSubnetBeside(service, network) : subnetOf(named, network);
  const flag = [from, ...templates]
    .map((each) => boolFact(each, 'associate_public_ip_address'))
    .find((fact) => fact.kind === 'unknown' || fact.value !== null);
  return inSubnets([subnet], (family) =>
    family === 4
      ? elasticAddress(service, network, addressAtLaunch(service, flag, subnet))
      : ipv6Address(service, [from, ...templates], subnet),
  );
}

/** The interfaces that a launch template makes; of a launch configuration the arguments of all. */
function interfacesOf(template: ResourceInstance) {
  if (template.type === 'aws_launch_configuration') return [factsOf(template)];
  return argumentsAt(template, ['network_interfaces']).map(({ from }) => from);
}

function templatesOf(service: ResourceInstance, network: NetworkResources): readonly ResourceInstance[] {
  return argumentsAt(service, ['launch_template']).flatMap(({ from }) => {
    const reference = referenceIn(from, 'id') ?? referenceIn(from, 'name');
    return (reference?.kind === 'attribute' && network.at(reference.address)) || [];
  });
}

/** Instances that others launch of it. */
export function templatePlacement(service: ResourceInstance, network: NetworkResources): Placement {
  const interfaces = interfacesOf(service);
  const flag = interfaces
    .map((each) => boolFact(each, 'associate_public_ip_address'))
    .find((fact) => fact.kind === 'unknown' || fact.value !== null);
  const named = interfaces.flatMap((each) => referenceIn(each, 'subnet_id') ?? []);
  const launchers = launchersOf(service, network);
  if (launchers.length === 0) return { kind: 'unknown', waits: [`what launches ${service.address}`], subnets: [] };
  const places = launchers.flatMap(({ launcher, waits }): InterfacePlace[] => {
    const subnets =
      named.length > 0 ? named.map((each) => subnetOf(each, network)) : subnetsOfLauncher(launcher, network);
    const placement = inSubnets(
      subnets,
      (family, subnet) =>
        family === 4 ? addressAtLaunch(service, flag, subnet) : ipv6Address(service, interfaces, subnet),
      { waits },
    );
    return placement.kind === 'places' ? [...placement.places] : [];
  });
  return { kind: 'places', places };
}

const launcherTypes = ['aws_autoscaling_group', 'aws_eks_node_group', 'aws_instance', 'aws_spot_instance_request'];

/** The blocks of these types that name launch templates. */
const templateBlocks: readonly (readonly string[])[] = [
  ['launch_template'],
  ['mixed_instances_policy', 'launch_template', 'launch_template_specification'],
  ['mixed_instances_policy', 'launch_template', 'override', 'launch_template_specification'],
];

interface Launcher {
  readonly launcher: ResourceInstance;
  /** What decides whether it launches that. */
  readonly waits: readonly string[];
}

function launchersOf(template: ResourceInstance, network: NetworkResources): readonly Launcher[] {
  const join = network.join('launchers', launcherTypes, templatesNamedBy);
  const name = known(stringFact(factsOf(template), 'name'));
  const own = eachOnce([...join.of(template.address), ...join.of(name ?? undefined)]);
  return [
    ...own.map((launcher) => ({ launcher, waits: existenceOf(launcher) })),
    ...join.open
      .filter(({ instance }) => !own.includes(instance))
      .map(({ instance, reference }) => ({
        launcher: instance,
        waits: eachOnce([...becauseOf(reference), ...existenceOf(instance)]),
      })),
  ];
}

/** The launch templates and configurations that something launches. */
export function templatesNamedBy(launcher: ResourceInstance): readonly ResourceReference[] {
  const names = ['id', 'name', 'launch_template_id', 'launch_template_name'];
  return [
    ...(referenceIn(factsOf(launcher), 'launch_configuration') === undefined
      ? []
      : [referenceIn(factsOf(launcher), 'launch_configuration')!]),
    ...templateBlocks
      .flatMap((path) => argumentsAt(launcher, path))
      .flatMap(({ from }) => names.flatMap((name) => referenceIn(from, name) ?? [])),
  ];
}

function subnetsOfLauncher(launcher: ResourceInstance, network: NetworkResources): readonly NetworkSubnet[] {
  switch (launcher.type) {
    case 'aws_autoscaling_group':
      return subnetsIn(launcher, [factsOf(launcher)], 'vpc_zone_identifier', network);
    case 'aws_eks_node_group':
      return subnetsIn(launcher, [factsOf(launcher)], 'subnet_ids', network);
    default: {
      const named = referencesIn(factsOf(launcher), 'subnet_id').map((each) => subnetOf(each, network));
      return named.length > 0 ? named : [defaultSubnetBeside(launcher, network)];
    }
  }
}
