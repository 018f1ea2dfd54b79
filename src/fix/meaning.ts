/** What configurations mean, in a form that two states of them can be compared in. */

import { createHash } from 'node:crypto';
import { adapterFor } from '../model/aws/adapters/resource-types.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import { parseCidr } from '../network/cidr.ts';
import { type InspectedRule, inspectGroup, inspectRules } from '../report/inspected.ts';
import { placeOf } from '../source/position.ts';
import type { Problem } from '../source/problem.ts';
import type { EvaluatedBody } from '../terraform/instances/body.ts';
import type { ResourceInstance, Resources } from '../terraform/instances/instance.ts';
import { numberText } from '../terraform/values/number-text.ts';
import { compareStrings, isMapping, isSequence, type Value } from '../terraform/values/value.ts';
import { type Admissions, admissionsOf, differenceOfAdmissions } from './admission.ts';

/** A state of the configurations of a run. */
export interface EvaluatedState {
  readonly models: readonly SecurityGroupModel[];
  /** Those that the models are made of, in the same order. */
  readonly configurations: readonly Resources[];
  readonly problems: readonly Problem[];
}

/** The traffic that groups allow, root by root; what else each address means, as a text that is the same for the same; the errors. */
export interface Meaning {
  readonly admissions: readonly Admissions[];
  readonly statements: ReadonlyMap<string, string>;
  readonly errors: ReadonlySet<string>;
}

/**
 * Of groups and rules: the traffic that the groups allow, as sets, and what else `tfsg inspect` shows of them. Of all other resources
 * and data sources: every argument, where another spelling of a block is the same block. Bits behind a prefix always count:
 * Terraform rejects them in a rule, and elsewhere the text may be an address as well.
 */
export function meaningOf({ models, configurations, problems }: EvaluatedState): Meaning {
  const statements = new Map<string, string>();
  for (const [index, model] of models.entries()) {
    const texts = new Map<string, Set<string>>();
    const add = (address: string, text: string): void => {
      const key = `${index} ${address}`;
      texts.set(key, (texts.get(key) ?? new Set()).add(text));
    };
    for (const group of model.groups) {
      const { span: _, ...fields } = inspectGroup(group);
      add(group.address, JSON.stringify(fields));
    }
    for (const rule of inspectRules(model)) add(rule.address, ruleText(rule));
    for (const instance of configurations[index]?.instances(() => true) ?? []) {
      add(instance.address, bodyText(instance.body, modelledArguments(instance)));
    }
    for (const [key, parts] of texts) statements.set(key, digest([...parts].sort().join('\n')));
  }
  return {
    admissions: models.map(admissionsOf),
    statements,
    errors: new Set(problems.filter(({ severity }) => severity === 'error').map(errorText)),
  };
}

/**
 * What is other after a change, in a few words; undefined where everything means the same.
 *
 * @param mayAdmitOther whether to ignore differences in the traffic that groups allow
 */
export function differenceOf(before: Meaning, after: Meaning, mayAdmitOther = false): string | undefined {
  for (const error of after.errors) if (!before.errors.has(error)) return `it would cause a new error (${error})`;
  for (const [index, admissions] of mayAdmitOther ? [] : after.admissions.entries()) {
    const difference = differenceOfAdmissions(before.admissions[index] ?? new Map(), admissions);
    if (difference !== undefined) return difference;
  }
  const addresses = [...before.statements.keys(), ...after.statements.keys()];
  const changed = addresses.find((address) => before.statements.get(address) !== after.statements.get(address));
  return changed === undefined ? undefined : `${changed.slice(changed.indexOf(' ') + 1)} would change in meaning`;
}

/** Without its place, which edits move. */
const errorText = ({ message, span }: Problem): string =>
  span === undefined ? message : `${placeOf(span).replace(/:.*/, '')}: ${message}`;

/** Arguments of a group or rule that the rule model has, and tags, which a block of old syntax may be. */
function modelledArguments({ type }: ResourceInstance): ReadonlySet<string> {
  const form = adapterFor(type)?.form;
  if (form === undefined) return nothing;
  // Groups are named by references, whose spelling nothing changes.
  const peers = Object.entries(form.peers).filter(([, { kind }]) => kind === 'cidr' || kind === 'prefix-list');
  return new Set([
    ...Object.keys(form.blocks),
    ...peers.map(([name]) => name),
    ...(form.protocol === undefined ? [] : [form.protocol]),
    'tags',
  ]);
}

/** What these make is in the addresses, and in the arguments that use it. */
const repetitions: ReadonlySet<string> = new Set(['count', 'for_each']);

const nothing: ReadonlySet<string> = new Set();

/** What of a rule is in the admissions. */
const admitted: ReadonlySet<string> = new Set([
  'protocol',
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_ids',
  'security_groups',
] satisfies (keyof InspectedRule)[]);

function ruleText({ span: _, ...rule }: InspectedRule): string {
  return JSON.stringify(Object.entries(rule).filter(([name]) => !admitted.has(name)));
}

function bodyText(body: EvaluatedBody, without: ReadonlySet<string>): string {
  const names = [...body.names].filter((name) => !without.has(name) && !repetitions.has(name));
  const blocks = body.blocks.filter(({ type }) => !without.has(type));
  return [
    ...names.sort(compareStrings).map((name) => `${name}=${valueText(body.attribute(name)!.value)}`),
    ...blocks.map((block) => `${block.type}{${bodyText(block.body, nothing)}}`),
  ].join('\n');
}

function valueText(value: Value): string {
  if (isSequence(value)) return `[${value.items.map(valueText).join()}]`;
  if (isMapping(value)) {
    return `{${[...value.entries].map(([key, entry]) => `${JSON.stringify(key)}:${valueText(entry)}`).join()}}`;
  }
  switch (value.kind) {
    case 'string': {
      const read = parseCidr(value.value);
      return JSON.stringify(read.kind === 'spelling' ? read.canonical : value.value);
    }
    case 'number':
      return numberText(value.value);
    case 'unknown':
      return `?${value.reasons.map(({ name }) => name).join()}`;
    default:
      return value.kind === 'bool' ? String(value.value) : 'null';
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
