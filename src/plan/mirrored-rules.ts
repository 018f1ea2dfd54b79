/** Rules and entries that are resources, as the provider repeats them in `ingress` and `egress` of their group or network ACL after a refresh. */

import type { Plan } from './plan.ts';
import { isNothing, type PlannedPart, partAt } from './plan-values.ts';
import { isObject, type PlannedObject, type PlannedResource } from './planned-change.ts';

const groupTypes = new Set(['aws_security_group', 'aws_default_security_group']);
const aclTypes = new Set(['aws_network_acl', 'aws_default_network_acl']);

/** The direction of each type; that of the older form is an argument. */
const ruleTypes: Readonly<Record<string, string | undefined>> = {
  aws_vpc_security_group_ingress_rule: 'ingress',
  aws_vpc_security_group_egress_rule: 'egress',
};
const olderRule = 'aws_security_group_rule';

/** Lists of what a rule of a group is for, by what kind of source or destination its resources call it. */
const peerLists = {
  cidr_blocks: ['cidr_ipv4'],
  ipv6_cidr_blocks: ['cidr_ipv6'],
  prefix_list_ids: ['prefix_list_id'],
  security_groups: ['referenced_security_group_id', 'source_security_group_id'],
} as const;

type Json = Readonly<Record<string, unknown>>;

/** AWS has no two rules of a group with the same direction, protocol, ports and source: what is there twice is there once. */
export class MirroredRules {
  readonly #plan: Plan;
  #keys: ReadonlySet<string> | undefined;
  #entryKeys: ReadonlySet<string> | undefined;

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /**
   * A state of a group or network ACL without the rules that resources have.
   *
   * @param isConfigured whether the configuration in the plan writes an argument
   */
  without(
    { type }: PlannedResource,
    planned: PlannedObject,
    isConfigured: (argument: string) => boolean,
  ): PlannedObject {
    const isAcl = aclTypes.has(type);
    if (!(isAcl || groupTypes.has(type)) || typeof planned.value['id'] !== 'string') return planned;
    return ['ingress', 'egress'].reduce((object, direction) => {
      const part = partAt(object, direction);
      if (!Array.isArray(part.value) || part.value.length === 0 || isConfigured(direction)) return object;
      const ranges = object.elementsOf(direction);
      const rest = part.value.flatMap((_, index) => {
        const [each, id] = [partAt(part, index), object.value['id']];
        const left = isAcl ? this.#entry(each, direction, id) : this.#rest(each, direction, id);
        return left === undefined ? [] : { ...left, range: ranges[index]! };
      });
      return {
        ...withList(object, direction, rest),
        elementsOf: (name: string) => (name === direction ? rest.map(({ range }) => range) : object.elementsOf(name)),
      };
    }, planned);
  }

  /** An entry of a network ACL; undefined where a resource has its number. */
  #entry(entry: PlannedPart, direction: string, acl: unknown): PlannedPart | undefined {
    this.#entryKeys ??= new Set(
      this.#plan.changes.flatMap(({ type, before, after }) =>
        type === 'aws_network_acl_rule' ? [before, after].flatMap((state) => entryKeyOf(state?.value) ?? []) : [],
      ),
    );
    const number = isObject(entry.value) ? entry.value['rule_no'] : undefined;
    return this.#entryKeys.has(JSON.stringify([acl, direction, number])) ? undefined : entry;
  }

  /** What of a rule of a group no resource has; undefined where that is nothing. */
  #rest(rule: PlannedPart, direction: string, group: unknown): PlannedPart | undefined {
    const { value } = rule;
    if (!isObject(value)) return rule;
    const isMirrored = (kind: string, peer: unknown): boolean =>
      this.#all().has(keyOf(group, direction, value, kind, peer));
    let rest: Part = { ...rule, value };
    for (const list of Object.keys(peerLists)) {
      const part = partAt(rest, list);
      if (!Array.isArray(part.value)) continue;
      const parts = part.value.map((_, index) => partAt(part, index));
      const left = parts.filter((each) => !isMirrored(list, each.value));
      if (left.length < parts.length) rest = withList(rest, list, left);
    }
    if (value['self'] === true && isMirrored('security_groups', group))
      rest = { ...rest, value: { ...rest.value, self: false } };
    if (rest.value === value) return rule;
    const hasPeers = [...Object.keys(peerLists), 'self'].some((name) => !isNothing(rest.value[name]));
    return hasPeers ? rest : undefined;
  }

  /** Of rules as they are now, which is what the provider repeats, and as the plan makes them. */
  #all(): ReadonlySet<string> {
    this.#keys ??= new Set(
      this.#plan.changes.flatMap((change) =>
        change.type in ruleTypes || change.type === olderRule
          ? [change.before, change.after].flatMap((state) => [...keysOf(change.type, state?.value)])
          : [],
      ),
    );
    return this.#keys;
  }
}

/** In one direction of an ACL each number is there once. */
function entryKeyOf(entry: Json | undefined): string | undefined {
  const direction = entry?.['egress'] === true ? 'egress' : 'ingress';
  return entry && JSON.stringify([entry['network_acl_id'], direction, entry['rule_number']]);
}

function* keysOf(type: string, rule: Json | undefined): Iterable<string> {
  const group = rule?.['security_group_id'];
  if (rule === undefined || typeof group !== 'string') return;
  const direction = ruleTypes[type] ?? String(rule['type']);
  for (const [list, names] of Object.entries(peerLists)) {
    const given = rule[list];
    for (const peer of [...(Array.isArray(given) ? given : []), ...names.map((name) => rule[name])]) {
      if (typeof peer === 'string') yield keyOf(group, direction, rule, list, peer);
    }
  }
  if (rule['self'] === true) yield keyOf(group, direction, rule, 'security_groups', group);
}

function keyOf(group: unknown, direction: string, rule: Json, kind: string, peer: unknown): string {
  const protocol = String(rule['ip_protocol'] ?? rule['protocol']);
  // Ports of all protocols mean nothing, and each form has its own.
  const ports = protocol === '-1' ? [] : [rule['from_port'], rule['to_port']];
  // Groups of other accounts have the account before them.
  return JSON.stringify([group, direction, protocol, ports, kind, String(peer).replace(/^.*\/(?=sg-)/, '')]);
}

type Part = PlannedPart & { readonly value: Json };

/** An object with another list in it. */
function withList(object: Part, name: string, parts: readonly PlannedPart[]): Part {
  const replaced = (whole: unknown, items: readonly unknown[]): unknown =>
    isObject(whole) ? { ...whole, [name]: items } : whole;
  return {
    value: { ...object.value, [name]: parts.map(({ value }) => value) },
    unknown: replaced(
      object.unknown,
      parts.map(({ unknown }) => unknown ?? false),
    ),
    sensitive: replaced(
      object.sensitive,
      parts.map(({ sensitive }) => sensitive ?? false),
    ),
  };
}
