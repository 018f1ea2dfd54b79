/** Which services have which security groups. */

import type { Span } from '../../source/span.ts';
import type { EvaluationProblem } from '../../terraform/expressions/scope.ts';
import type { EvaluatedBody } from '../../terraform/instances/body.ts';
import type { ResourceInstance, Resources } from '../../terraform/instances/instance.ts';
import type { Lifecycle } from '../../terraform/instances/lifecycle.ts';
import { isMapping, isSequence, type MappingValue, type UnknownReason } from '../../terraform/values/value.ts';
import type { Answer } from '../answer.ts';
import type { Addressed, GroupPeer, Identity } from '../rule.ts';
import type { SecurityGroup } from '../security-group.ts';
import {
  argumentsOfBody,
  argumentsOfObject,
  boolFact,
  peersOf,
  type ResourceArguments,
  referenceOf,
  stringFact,
} from './arguments.ts';
import { ATTACHMENT_TYPES, type DefaultGroupUse, type ServiceKind } from './attachment-types.ts';
import { isDefault, type KnownGroups, knownGroupOf } from './known-groups.ts';
import { singleGroupArguments } from './provider-schema.generated.ts';

/** A group that a service names. */
export interface AttachedGroup {
  /** By identifier or ARN, or in a few old arguments by name. */
  readonly named: GroupPeer;
  /** The same for all groups of one list. */
  readonly list: string;
  /** The group of this configuration that it is. */
  readonly group: SecurityGroup | undefined;
  /** Whether it is a VPC's default group. */
  readonly isDefault: Answer;
  /** What decides whether the service or the block that names it exists at all; undefined for certain ones. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

/** A resource instance that takes security groups, whether it names any or not. */
export interface Attachment extends Addressed {
  readonly kind: ServiceKind;
  /** The resource type. */
  readonly type: string;
  /** Of a group's own attachment to an interface: the interface, or whose it is. */
  readonly interface: Identity | undefined;
  /** Undefined where that is not known. */
  readonly lifecycle: Lifecycle | undefined;
  /** The block's header. */
  readonly span: Span;
  readonly groups: readonly AttachedGroup[];
  /** Whether AWS gives it the default group of its VPC, because it names none. */
  readonly takesDefault: Answer;
  /** For an unknown `takesDefault`: what it waits for. */
  readonly takesDefaultReasons: readonly UnknownReason[];
  /** What decides whether the service exists at all; undefined for a certain one. */
  readonly existsIf: readonly UnknownReason[] | undefined;
}

/**
 * @param problems gets what has no meaning in the arguments that name groups, by resource instance
 * @returns in order of place
 */
export function attachmentsOf(
  resources: Resources,
  knownGroups: KnownGroups,
  problems: Map<ResourceInstance, EvaluationProblem[]>,
): readonly Attachment[] {
  const known: Known = {
    ...knownGroups,
    withoutDefault: new Set(
      resources
        .instances(({ mode, type }) => mode === 'managed' && type === 'aws_vpc_endpoint_security_group_association')
        .flatMap((instance) => endpointWithoutDefault(instance) ?? []),
    ),
  };
  return resources
    .instances(({ mode, type }) => mode === 'managed' && ATTACHMENT_TYPES.has(type))
    .map((instance) => {
      const own: EvaluationProblem[] = [];
      problems.set(instance, own);
      return attachmentOf(instance, known, own);
    });
}

interface Known extends KnownGroups {
  /** Addresses of the VPC endpoints whose default group another resource replaces. */
  readonly withoutDefault: ReadonlySet<string>;
}

/** The VPC endpoint that has this association's group instead of its default one. */
function endpointWithoutDefault({ body }: ResourceInstance): string | undefined {
  const replaces = boolFact(factsOf(body), 'replace_default_association');
  const stays = replaces.kind === 'known' && replaces.value !== true;
  return stays ? undefined : referenceOf(factsOf(body), 'vpc_endpoint_id')?.address;
}

/** Reads a service's own arguments; what has no meaning there is not for tfsg to report. */
const factsOf = (body: EvaluatedBody): ResourceArguments =>
  argumentsOfBody(body, body.span, { calls: [], problems: [] });

function attachmentOf(instance: ResourceInstance, known: Known, problems: EvaluationProblem[]): Attachment {
  const { address, resourceAddress, calls, existsIf, span } = instance;
  const { kind, arguments: names, usesDefaultGroup } = ATTACHMENT_TYPES.get(instance.type)!;
  const groups = names.flatMap((path) => {
    const steps = path.split('.');
    // One text, which in EMR's additional groups is one id or several with commas between them.
    const isList = !singleGroupArguments.has(`${instance.type}.${path}`);
    const places = argumentsAt(instance, steps.slice(0, -1), problems);
    return places.flatMap((place, index) =>
      namedIn(place, { name: steps.at(-1)!, isList, list: `${path} ${index}` }, known),
    );
  });
  const hasOther = groups.length > 0 || known.withoutDefault.has(address);
  const use = usesDefaultGroup === undefined || hasOther ? no : defaultGroupUse(instance, usesDefaultGroup);
  const [takesDefault, reasons] = use.kind === 'unknown' ? (['unknown', use.reasons] as const) : [use.kind, []];
  return {
    address,
    resourceAddress,
    calls,
    kind,
    type: instance.type,
    interface:
      instance.type === 'aws_network_interface_sg_attachment'
        ? referenceOf(factsOf(instance.body), 'network_interface_id')
        : undefined,
    lifecycle: instance.lifecycle,
    span,
    groups,
    takesDefault,
    takesDefaultReasons: reasons,
    existsIf,
  };
}

type Use = { readonly kind: 'yes' | 'no' } | { readonly kind: 'unknown'; readonly reasons: readonly UnknownReason[] };

const no: Use = { kind: 'no' };

interface PossibleBody {
  readonly body: EvaluatedBody;
  readonly span: Span;
  readonly existsIf: readonly UnknownReason[] | undefined;
}

function bodiesAt({ body, span, existsIf }: PossibleBody, types: readonly string[]): PossibleBody[] {
  const [type, ...rest] = types;
  if (type === undefined) return [{ body, span, existsIf }];
  return body.blocks
    .filter((block) => block.type === type)
    .flatMap((block) => bodiesAt({ ...block, existsIf: existsIf ?? block.existsIf }, rest));
}

export interface PossibleArguments {
  readonly from: ResourceArguments;
  /** The header of the innermost block, or the object. */
  readonly span: Span;
  readonly existsIf: readonly UnknownReason[] | undefined;
}

/** Where arguments stand: in the nested blocks of these types, or in the objects of an attribute that is written instead of them. */
export function argumentsAt(
  { body, span, calls, existsIf }: ResourceInstance,
  types: readonly string[],
  problems: EvaluationProblem[] = [],
): readonly PossibleArguments[] {
  const context = { calls, problems };
  const blocks = bodiesAt({ body, span, existsIf }, types);
  const objects = types.length === 1 ? objectsAt(body, types[0]!) : [];
  return [
    ...blocks.map((at) => ({ from: argumentsOfBody(at.body, span, context), span: at.span, existsIf: at.existsIf })),
    ...objects.map(({ object, within }) => {
      const from = argumentsOfObject(object, within, context);
      return { from, span: from.span, existsIf };
    }),
  ];
}

/** Source: https://developer.hashicorp.com/terraform/language/attr-as-blocks */
function objectsAt(body: EvaluatedBody, name: string): { readonly object: MappingValue; readonly within: Span }[] {
  const written = body.attribute(name);
  if (written === undefined || !isSequence(written.value)) return [];
  return written.value.items.filter(isMapping).map((object) => ({ object, within: written.span }));
}

function namedIn(
  { from, existsIf }: PossibleArguments,
  { name, isList, list }: { readonly name: string; readonly isList: boolean; readonly list: string },
  known: KnownGroups,
): AttachedGroup[] {
  return peersOf(from, name, { kind: 'group', isList }).flatMap((named) => {
    if (named.kind !== 'group') return [];
    return { named, list, group: knownGroupOf(named, known), isDefault: isDefault(named, known), existsIf };
  });
}

function defaultGroupUse({ body }: ResourceInstance, { unless = [], within, onlyIf }: DefaultGroupUse): Use {
  const isWritten = (name: string): boolean =>
    [...body.names].includes(name) || body.blocks.some((block) => block.type === name);
  if (unless.some(isWritten)) return no;
  if (within !== undefined) {
    const [first, ...others] = bodiesAt({ body, span: body.span, existsIf: undefined }, within.split('.'));
    if (first === undefined) return { kind: answerIf(objectsAt(body, within).length > 0) };
    const isCertain = [first, ...others].some(({ existsIf }) => existsIf === undefined);
    return isCertain ? { kind: 'yes' } : { kind: 'unknown', reasons: first.existsIf ?? [] };
  }
  if (onlyIf === undefined) return { kind: 'yes' };
  const value = stringFact(factsOf(body), onlyIf.argument);
  if (value.kind === 'unknown') return value;
  return { kind: answerIf((value.value ?? onlyIf.absent).toLowerCase() === onlyIf.value.toLowerCase()) };
}

const answerIf = (fact: boolean): 'yes' | 'no' => (fact ? 'yes' : 'no');
