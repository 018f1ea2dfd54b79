/** What configurations mean, in a form that two states of them can be compared in. */

import { createHash } from 'node:crypto';
import { parseCidr } from '../model/cidr.ts';
import { parseProtocol, protocolOfKeyword } from '../model/protocol.ts';
import type { SecurityModel } from '../model/security-group.ts';
import { type InspectedRule, inspectGroup, inspectRules } from '../report/inspected.ts';
import { placeOf } from '../source/position.ts';
import type { Problem } from '../source/problem.ts';
import type { Configuration, ResourceInstance } from '../terraform/configuration.ts';
import type { EvaluatedBody } from '../terraform/expand.ts';
import { numberText } from '../terraform/number-text.ts';
import { compareStrings, isMapping, isSequence, type Value } from '../terraform/value.ts';

/** A state of the configurations of a run. */
export interface State {
  readonly models: readonly SecurityModel[];
  /** Those that the models are made of, in the same order. */
  readonly configurations: readonly Configuration[];
  readonly problems: readonly Problem[];
}

/** What each address means, as a text that is the same for the same meaning; and the errors. */
export interface Meaning {
  readonly statements: ReadonlyMap<string, string>;
  readonly errors: ReadonlySet<string>;
}

/**
 * Of groups and rules what `tfsg inspect` shows of them, where lists are sets and blocks and protocols count by what AWS takes them
 * for; of all other resources and data sources every argument. Bits behind a prefix count outside of rules, where a text
 * may be an address as well.
 */
export function meaningOf({ models, configurations, problems }: State): Meaning {
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
    const own = new Set([...model.groups, ...model.rules].map(({ instance }) => instance.address));
    for (const instance of configurations[index]?.instances(() => true) ?? []) {
      add(instance.address, instanceText(instance, own.has(instance.address) ? ruleArguments : nothing));
    }
    for (const [key, parts] of texts) statements.set(key, digest([...parts].sort().join('\n')));
  }
  return { statements, errors: new Set(problems.filter(({ severity }) => severity === 'error').map(errorText)) };
}

/** What is other after a change, in a few words; undefined where everything means the same. */
export function differenceOf(before: Meaning, after: Meaning): string | undefined {
  for (const error of after.errors) if (!before.errors.has(error)) return `there would be a new error (${error})`;
  const addresses = [...before.statements.keys(), ...after.statements.keys()];
  const changed = addresses.find((address) => before.statements.get(address) !== after.statements.get(address));
  return changed === undefined ? undefined : `${changed.slice(changed.indexOf(' ') + 1)} would mean something else`;
}

/** Without its place, which edits move. */
const errorText = ({ message, span }: Problem): string =>
  span === undefined ? message : `${placeOf(span).replace(/:.*/, '')}: ${message}`;

/** Arguments of groups and rules that the rule model has, and tags, which a block of old syntax may be. */
const ruleArguments: ReadonlySet<string> = new Set([
  'ingress',
  'egress',
  'cidr_blocks',
  'ipv6_cidr_blocks',
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_ids',
  'protocol',
  'ip_protocol',
  'tags',
]);

/** What these make is in the addresses, and in the arguments that use it. */
const repetitions: ReadonlySet<string> = new Set(['count', 'for_each']);

const nothing: ReadonlySet<string> = new Set();

function ruleText({ span: _, ...rule }: InspectedRule): string {
  return JSON.stringify({
    ...rule,
    protocol: rule.protocol === null ? null : protocolText(rule.protocol),
    cidr_ipv4: distinct(rule.cidr_ipv4.map(blockText)),
    cidr_ipv6: distinct(rule.cidr_ipv6.map(blockText)),
    prefix_list_ids: distinct(rule.prefix_list_ids),
    security_groups: distinct(rule.security_groups),
  });
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

function blockText(text: string): string {
  const read = parseCidr(text);
  return read.kind === 'invalid' || read.kind === 'canonical' ? text : read.canonical;
}

function protocolText(text: string): string {
  const read = parseProtocol(protocolOfKeyword(text) ?? text);
  return read.kind === 'invalid' ? text : read.canonical;
}

function instanceText({ body }: ResourceInstance, without: ReadonlySet<string>): string {
  return bodyText(body, without);
}

function bodyText(body: EvaluatedBody, without: ReadonlySet<string>): string {
  const names = [...body.content.attributes.keys()].filter((name) => !without.has(name) && !repetitions.has(name));
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
      return `?${value.because.map(({ name }) => name).join()}`;
    default:
      return value.kind === 'bool' ? String(value.value) : 'null';
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
