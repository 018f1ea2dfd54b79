/** The resources that a plan makes or leaves, at the places of the configuration where that is there. */

import { groupBy } from '../collections/group-by.ts';
import type { Span } from '../source/span.ts';
import type { ResourceInstance, Resources } from '../terraform/instances/instance.ts';
import { withoutKeys } from '../terraform/values/instance-address.ts';
import type { Identity, UnknownReason } from '../terraform/values/value.ts';
import { MirroredRules } from './mirrored-rules.ts';
import type { Plan } from './plan.ts';
import { PlanReferences } from './plan-references.ts';
import { isNothing, type PlannedContext, partAt } from './plan-values.ts';
import { bodyAgreement, JoinedBody, PlannedBody } from './planned-body.ts';
import type { PlannedObject, PlannedResource } from './planned-change.ts';

/**
 * Which state of the resources: after the plan, before it, as AWS has them where the state says otherwise, as the state has these, or what
 * Terraform leaves in AWS.
 */
export type PlannedState = 'after' | 'before' | 'drift' | 'recorded' | 'forgotten';

/**
 * @param written what the configuration makes; undefined where it is not there
 */
export function plannedResources(plan: Plan, state: PlannedState, written: Resources | undefined): Resources {
  const changes = changesIn(plan, state);
  const mirrored = new MirroredRules(plan);
  const owners = ownersIn(changes, state);
  const references = new PlanReferences(plan.file.text, plan.configuration, changes);
  const managed = changes
    .filter(({ mode }) => mode === 'managed')
    .map((change) => ({ change, resourceAddress: withoutKeys(change.address) }));
  const make = (change: PlannedResource, templates: Templates): ResourceInstance | undefined => {
    const whole = stateOf(change, state);
    if (whole === undefined) return undefined;
    const planned = mirrored.without(change, whole, (argument) => references.isConfigured(change, argument));
    return instanceOf(change, planned, templates, contextOf(change, planned, state, plan, owners, references));
  };
  const made = new Map<PlannedResource, ResourceInstance | undefined>();
  return {
    instances(isWanted) {
      const all = written?.instances(isWanted) ?? [];
      const templates = new Templates(all);
      const wanted = managed.flatMap(({ change, resourceAddress }) => {
        if (!isWanted(change, resourceAddress)) return [];
        if (!made.has(change)) made.set(change, make(change, templates));
        return made.get(change) ?? [];
      });
      return [...wanted, ...all.filter(({ mode }) => mode === 'data')];
    },
  };
}

function changesIn({ changes, drift }: Plan, state: PlannedState): readonly PlannedResource[] {
  if (state === 'drift' || state === 'recorded') return drift;
  if (state !== 'forgotten') return changes.filter(({ deposed }) => deposed === undefined);
  // Named as Terraform does it.
  return changes.map((each) =>
    each.deposed === undefined
      ? each
      : { ...each, actions: each.actions, address: `${each.address} (deposed object ${each.deposed})` },
  );
}

function stateOf(change: PlannedResource, state: PlannedState): PlannedObject | undefined {
  if (state === 'forgotten' && !change.actions.includes('forget')) return undefined;
  return state === 'after' || state === 'drift' ? change.after : change.before;
}

/** The resources whose identifiers are known, by these. */
function ownersIn(changes: readonly PlannedResource[], state: PlannedState): ReadonlyMap<string, Identity> {
  const owners = new Map<string, Identity>();
  const add = (change: PlannedResource, attribute: string): void => {
    const id = stateOf(change, state)?.value[attribute];
    if (typeof id === 'string' && id !== '') owners.set(id, { address: change.address, path: [attribute] });
  };
  for (const change of changes) if (identified.test(change.type)) add(change, 'id');
  // A table or interface that has several names goes by that of what it comes with.
  for (const change of changes) for (const attribute of alsoIdentified[change.type] ?? []) add(change, attribute);
  return owners;
}

/** Types of what rules and services name by identifiers. */
const identified =
  /^(?:aws|awscc)_(?:ec2_)?(?:default_|managed_)?(?:security_group|prefix_list|vpc|subnet|route_table|internet_gateway|network_interface|network_acl|instance|launch_template|lb|alb|lb_listener|lb_target_group|eip)$/;

/** What they have beside themselves. */
const alsoIdentified: Readonly<Record<string, readonly string[]>> = {
  __proto__: null as never,
  aws_default_vpc: ['default_route_table_id'],
  aws_instance: ['primary_network_interface_id'],
  aws_vpc: ['default_route_table_id'],
};

/** The instances of the configuration, by their addresses. */
class Templates {
  readonly #byAddress: ReadonlyMap<string, ResourceInstance>;
  readonly #byResource: ReadonlyMap<string, readonly ResourceInstance[]>;

  constructor(all: readonly ResourceInstance[]) {
    this.#byAddress = new Map(all.map((each) => [each.address, each]));
    this.#byResource = groupBy(all, ({ resourceAddress }) => resourceAddress);
  }

  /** Of which it is one; else one of the same block, of whose keys only the plan knows. */
  find(address: string): ResourceInstance | undefined {
    return this.#byAddress.get(address) ?? this.#byResource.get(withoutKeys(address))?.at(-1);
  }
}

/**
 * Arguments that the provider computes where others of the same resource are given.
 *
 * Source: https://github.com/hashicorp/terraform-provider-aws/blob/v6.20.0/internal/service/ec2/vpc_security_group_rule.go
 */
const excludedBy: Readonly<Record<string, readonly string[]>> = {
  'aws_security_group_rule.source_security_group_id': ['cidr_blocks', 'ipv6_cidr_blocks', 'self'],
};

const isGiven =
  (planned: PlannedObject) =>
  (argument: string): boolean => {
    const { value, unknown } = partAt(planned, argument);
    return unknown === true || !isNothing(value);
  };

function contextOf(
  change: PlannedResource,
  planned: PlannedObject,
  state: PlannedState,
  plan: Plan,
  owners: ReadonlyMap<string, Identity>,
  references: PlanReferences,
): PlannedContext {
  const { address, type, range } = change;
  const span: Span = { file: plan.file, ...range };
  return {
    origin: { span },
    isPast: state !== 'after',
    reasonFor: (argument): UnknownReason => ({ name: `${withoutKeys(address)}.${argument}`, span }),
    ownerOf: (id) => owners.get(id),
    identityOf: (argument) => references.identityOf(change, argument),
    isWritten: (argument) =>
      references.isWritten(change, argument) && !(excludedBy[`${type}.${argument}`] ?? []).some(isGiven(planned)),
  };
}

function instanceOf(
  change: PlannedResource,
  planned: PlannedObject,
  templates: Templates,
  context: PlannedContext,
): ResourceInstance {
  const { address, mode, type, name } = change;
  const written = templates.find(address);
  const ownPlace = context.origin.span;
  const resourceAddress = withoutKeys(address);
  const deferred = change.deferredBecause ?? (change.isIndexUnknown ? 'instance count unknown' : undefined);
  const existsIf = deferred === undefined ? undefined : [{ name: `${resourceAddress} (${deferred})`, span: ownPlace }];
  if (written === undefined) {
    const body = new PlannedBody(planned, context);
    const common = { address, resourceAddress, mode, type, name, existsIf, calls: [], lifecycle: undefined };
    return { ...common, span: ownPlace, block: ownPlace, body };
  }
  const isSame = written.address === address && written.existsIf === undefined && existsIf === undefined;
  const body = new JoinedBody(written.body, planned, context);
  const isAll = isSame && bodyAgreement(written.body, planned, context) === 'same' && body.unwritten.length === 0;
  return isAll ? written : { ...written, address, existsIf, body };
}
