/** Attributes that several objects have. */

import { type Addressed, factOfPeer, type Peer, protocolOf, type Rule, type TrafficRule } from '../model/rule.ts';
import { parseProtocol } from '../network/protocol.ts';
import { folderOf } from '../source/path.ts';
import { argument } from '../terraform/instances/body.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import { mapType, numberType, stringType } from '../terraform/values/type.ts';
import { isMapping, listValue, stringValue, unknownValue, type Value } from '../terraform/values/value.ts';
import { portsOfRule, textsOfTraffic } from './port-set.ts';
import { sourcesOfRule } from './source-set.ts';
import { askedSetValue, factValue, tagsValue, unknownOf } from './values.ts';
import {
  type AskedAttribute,
  type AskedAttributes,
  type AskedType,
  Elsewhere,
  type Foreign,
  type ObjectWorld,
  typeOfAsked,
} from './world.ts';

/** @param get of what is in the configuration; of another one it is not known */
export function own<Of extends object>(
  type: AskedType,
  summary: string,
  get: (of: Of, world: ObjectWorld) => Value,
  more: { readonly isOfModel?: true } = {},
): AskedAttribute<Foreign<Of>> {
  return {
    type,
    summary,
    ...more,
    get: (of, world) => (of instanceof Elsewhere ? unknownOf(of.reasons, typeOfAsked(type)) : get(of, world)),
  };
}

export const addressAttribute = <Of extends Addressed>(): AskedAttribute<Foreign<Of>> => ({
  type: 'string',
  summary: 'Address with module path and instance keys; of what is from elsewhere its identifier',
  get: (of) => (of.address === undefined ? unknownOf((of as Elsewhere).reasons, stringType) : stringValue(of.address)),
});

const moduleAttribute = <Of extends Addressed>(): AskedAttribute<Foreign<Of>> =>
  own('string', 'Path of the module that it is in, such as `module.network`; "" for the root module', ({ calls }) =>
    stringValue(calls.flatMap(({ name }) => (name === '' ? [] : `module.${name}`)).join('.')),
  );

export const placeAttribute = <Of extends Addressed & { readonly span: Rule['span'] }>(): AskedAttributes<
  Foreign<Of>
> => ({
  address: addressAttribute<Of>(),
  module: moduleAttribute<Of>(),
  file: own('string', 'Path of its file, relative to the repository root', ({ span }: Of) =>
    stringValue(span.file.path),
  ),
  folder: own('string', 'The folder of that; "" for the repository root', ({ span }: Of) =>
    stringValue(folderOf(span.file.path)),
  ),
});

export const typeAttribute = <Of extends { readonly type: string }>(): AskedAttribute<Foreign<Of & object>> =>
  own('string', 'Resource type that it is written in, such as `aws_security_group`', ({ type }) => stringValue(type));

export const tagsAttribute = <Of extends { readonly instance: ResourceInstance }>(): AskedAttribute<
  Foreign<Of & object>
> =>
  own(
    'tags',
    'The argument `tags`, without default tags of the provider; a key that is not there is null',
    ({ instance }) => tagsOf(instance),
  );

function tagsOf(instance: ResourceInstance): Value {
  const tags = argument(instance.body, 'tags')?.value;
  if (tags === undefined) return tagsValue([]);
  if (isMapping(tags)) return { ...tagsValue(tags.entries), sensitive: tags.sensitive };
  if (tags.kind !== 'unknown') return tagsValue([]);
  const { knownEntries } = tags;
  return { ...unknownValue(tags.reasons, mapType(stringType)), ...(knownEntries && { knownEntries }) };
}

export const trafficAttributes: AskedAttributes<TrafficRule> = {
  direction: {
    type: { words: ['ingress', 'egress'] },
    summary: '`ingress` or `egress`',
    get: ({ direction, resourceAddress }) =>
      direction === 'unknown' ? unknownValue({ name: `${resourceAddress}.type` }, stringType) : stringValue(direction),
  },
  protocol: {
    type: { words: ['tcp', 'udp', 'icmp', 'icmpv6', 'all'] },
    summary: '`tcp`, `udp`, `icmp`, `icmpv6`, `all`, or the number of another protocol; null if it is missing',
    get: (rule) => {
      const protocol = protocolOf(rule);
      if (protocol === undefined) return factValue(rule.protocol, stringType);
      const text = protocol === 'all' ? 'all' : parseProtocol(protocol).canonical;
      return factValue({ ...rule.protocol, kind: 'known', value: text }, stringType);
    },
  },
  from_port: {
    type: 'number',
    summary: 'First port as written, or ICMP type; null if it is missing',
    get: ({ fromPort }) => factValue(fromPort, numberType),
  },
  to_port: {
    type: 'number',
    summary: 'Last port as written, or ICMP code; null if it is missing',
    get: ({ toPort }) => factValue(toPort, numberType),
  },
  ports: {
    type: 'ports',
    summary: 'What it lets through, as a set: `22/tcp`, `8000-8010/udp`, `icmp`, `all`',
    get: (rule) => portsValue(portsOfRule(rule)),
  },
};

export function portsValue(set: ReturnType<typeof portsOfRule>): Value {
  if (set.reasons.length > 0) return askedSetValue(() => [unknownValue(set.reasons, stringType)], set);
  const { isSensitive } = set.certain;
  return askedSetValue(() => {
    const texts = textsOfTraffic(set.certain).map((text) => stringValue(text));
    return isSensitive === true ? texts.map((text) => ({ ...text, sensitive: true })) : texts;
  }, set);
}

/** A source as a text that functions of sources read again. */
function textOfPeer(peer: Peer): Value {
  if (peer.kind === 'self')
    return factValue({ ...peer.value, ...(peer.value.kind === 'known' && { value: 'self' }) }, stringType);
  const fact = factOfPeer(peer);
  if (fact.kind === 'known') return factValue(fact, stringType);
  return peer.kind !== 'cidr' && peer.reference !== undefined && peer.reference.path.join('.') === 'id'
    ? stringValue(peer.reference.address)
    : factValue(fact, stringType);
}

export const sourcesAttribute: AskedAttribute<TrafficRule> = {
  type: 'sources',
  summary: 'Its sources, or for egress its destinations, as a set: CIDR blocks, groups, prefix lists and `self`',
  get: (rule, { groups }) => askedSetValue(() => rule.peers.map(textOfPeer), sourcesOfRule(rule, groups)),
};

export const cidrsAttribute: AskedAttribute<TrafficRule> = {
  type: 'texts',
  summary: 'Only the CIDR blocks of `sources`, as texts',
  get: ({ peers }) =>
    listValue(
      peers.flatMap((peer) => (peer.kind === 'cidr' ? factValue(peer.text, stringType) : [])),
      stringType,
    ),
};
