/** Load balancers -> listeners -> target groups -> the services that are registered with them. */

import { append } from '../collections/append.ts';
import { boolFact, numberFact, type ResourceArguments, stringFact } from '../model/aws/arguments.ts';
import { argumentsAt } from '../model/aws/attachments.ts';
import { known } from '../model/fact.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import type { PathStep } from './exposure.ts';
import { templatesNamedBy } from './instance-placements.ts';
import type { NetworkResources } from './network-resources.ts';
import { existenceOf, factsOf, type ResourceReference, referenceIn, referencesIn } from './references.ts';
import { eachOnce } from './verdict.ts';

/** A service behind a load balancer. */
export interface BalancedTarget {
  /** Address of what is registered. */
  readonly target: string;
  /** That the listener takes traffic on; undefined where only apply knows. */
  readonly listenerPort: number | undefined;
  /** That it gets traffic on; undefined where nothing says so, or only apply knows. */
  readonly port: number | undefined;
  readonly protocol: string | undefined;
  /** Whether it sees the addresses of clients; undefined where only apply knows. */
  readonly seesClients: boolean | undefined;
  /** The listener and the target group. */
  readonly steps: readonly PathStep[];
  /** Address of the target group. */
  readonly group: string;
  /** What decides whether all of that is there. */
  readonly waits: readonly string[];
}

interface Registration {
  readonly target: string;
  readonly port: number | undefined;
  readonly waits: readonly string[];
}

const groupTypes = ['aws_lb_target_group', 'aws_alb_target_group'];
const listenerTypes = ['aws_lb_listener', 'aws_alb_listener'];

export class Listeners {
  readonly #network: NetworkResources;
  readonly #targets = new Map<string, readonly BalancedTarget[]>();
  #registered: ReadonlyMap<string, readonly Registration[]> | undefined;

  constructor(network: NetworkResources) {
    this.#network = network;
  }

  /** What a balancer leads to, as far as the configuration says so; in order of place. */
  behind(balancer: ResourceInstance): readonly BalancedTarget[] {
    const known = this.#targets.get(balancer.address);
    if (known !== undefined) return known;
    const targets = this.#targetsOf(balancer);
    this.#targets.set(balancer.address, targets);
    return targets;
  }

  #targetsOf(balancer: ResourceInstance): readonly BalancedTarget[] {
    const listeners = this.#network.join('listeners', listenerTypes, 'load_balancer_arn').of(balancer.address);
    const rules = this.#network.join(
      'listener rules',
      ['aws_lb_listener_rule', 'aws_alb_listener_rule'],
      'listener_arn',
    );
    return listeners.flatMap((listener) => {
      const actions = [
        ...actionsOf(listener, 'default_action'),
        ...rules.of(listener.address).flatMap((rule) => actionsOf(rule, 'action')),
      ];
      const groups = eachOnce(actions.flatMap((action) => groupsNamedBy(action, this.#network)));
      return groups.flatMap((group) => this.#behindGroup(listener, group));
    });
  }

  #behindGroup(listener: ResourceInstance, group: ResourceInstance): readonly BalancedTarget[] {
    this.#registered ??= registrations(this.#network);
    const from = factsOf(group);
    const steps = [listenerStep(listener), groupStep(group)];
    return (this.#registered.get(group.address) ?? []).map(({ target, port, waits }) => ({
      target,
      listenerPort: portIn(factsOf(listener), 'port'),
      port: port ?? portIn(from, 'port'),
      protocol: known(stringFact(from, 'protocol')) ?? undefined,
      seesClients: seesClients(from),
      steps,
      waits: eachOnce([...existenceOf(listener), ...existenceOf(group), ...waits]),
      group: group.address,
    }));
  }
}

/**
 * Whether targets of a Network Load Balancer see the addresses of clients: by default all do but those that are addresses and get TCP or TLS.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
function seesClients(from: ResourceArguments): boolean | undefined {
  const preserves = boolFact(from, 'preserve_client_ip');
  const [type, protocol] = [stringFact(from, 'target_type'), stringFact(from, 'protocol')];
  if ([preserves, type, protocol].some(({ kind }) => kind === 'unknown')) return undefined;
  return known(preserves) ?? !(known(type) === 'ip' && ['TCP', 'TLS'].includes(known(protocol) ?? ''));
}

/** What is sensitive no text shows, so it is taken for unknown. */
function portIn(from: ResourceArguments, argument: string): number | undefined {
  const port = numberFact(from, argument);
  return port.isSensitive === true ? undefined : (known(port) ?? undefined);
}

function listenerStep(listener: ResourceInstance): PathStep {
  const from = factsOf(listener);
  const port = portIn(from, 'port');
  const { address, span } = listener;
  return { kind: 'listener', address, text: port === undefined ? 'forwards' : `forwards port ${port}`, span };
}

function groupStep(group: ResourceInstance): PathStep {
  const port = portIn(factsOf(group), 'port');
  const { address, span } = group;
  return {
    kind: 'target group',
    address,
    text: port === undefined ? 'has targets' : `has targets on port ${port}`,
    span,
  };
}

/** Actions name a target group, or several with weights. */
function actionsOf(instance: ResourceInstance, block: string): readonly ResourceArguments[] {
  return [[block], [block, 'forward', 'target_group']].flatMap((path) =>
    argumentsAt(instance, path).map(({ from }) => from),
  );
}

function groupsNamedBy(action: ResourceArguments, network: NetworkResources): readonly ResourceInstance[] {
  return ['target_group_arn', 'arn'].flatMap((name) => {
    const reference = referenceIn(action, name);
    const group = reference?.kind === 'attribute' ? network.at(reference.address) : undefined;
    return group !== undefined && groupTypes.includes(group.type) ? group : [];
  });
}

/** What is registered with each target group, by its address. */
function registrations(network: NetworkResources): ReadonlyMap<string, readonly Registration[]> {
  const found = new Map<string, Registration[]>();
  const add = (groups: readonly ResourceReference[], registered: readonly Registration[]): void => {
    for (const group of groups) {
      if (group.kind !== 'attribute') continue;
      const known = found.get(group.address) ?? [];
      append(known, registered);
      found.set(group.address, known);
    }
  };
  for (const each of network.of('aws_lb_target_group_attachment', 'aws_alb_target_group_attachment')) {
    const from = factsOf(each);
    const port = portIn(from, 'port');
    add(referencesIn(from, 'target_group_arn'), targets(referencesIn(from, 'target_id'), port, existenceOf(each)));
  }
  for (const service of network.of('aws_ecs_service', 'aws_ecs_task_set')) {
    for (const { from } of argumentsAt(service, ['load_balancer'])) {
      const port = portIn(from, 'container_port');
      add(referencesIn(from, 'target_group_arn'), [{ target: service.address, port, waits: [] }]);
    }
  }
  const templatesOf = (scaling: ResourceInstance): readonly Registration[] =>
    targets(templatesNamedBy(scaling), undefined, existenceOf(scaling));
  for (const scaling of network.of('aws_autoscaling_group'))
    add(referencesIn(factsOf(scaling), 'target_group_arns'), templatesOf(scaling));
  for (const each of network.of('aws_autoscaling_attachment')) {
    const from = factsOf(each);
    const name = referenceIn(from, 'autoscaling_group_name');
    const scaling = name?.kind === 'attribute' ? network.at(name.address) : undefined;
    if (scaling === undefined) continue;
    for (const argument of ['lb_target_group_arn', 'alb_target_group_arn'])
      add(referencesIn(from, argument), templatesOf(scaling));
  }
  return found;
}

function targets(
  references: readonly ResourceReference[],
  port: number | undefined,
  waits: readonly string[],
): readonly Registration[] {
  return references.flatMap((each) => (each.kind === 'attribute' ? { target: each.address, port, waits } : []));
}
