/** Rules that are separate resources. */

import type { Problem } from '../../../source/problem.ts';
import type { ResourceInstance } from '../../../terraform/instances/configuration.ts';
import { convert } from '../../../terraform/values/convert.ts';
import { EvaluationError } from '../../../terraform/values/errors.ts';
import { stringType } from '../../../terraform/values/type.ts';
import { isSensitive, type Value } from '../../../terraform/values/value.ts';
import type { Owner, Rule } from '../../rule.ts';
import {
  type Arguments,
  argumentsOfBody,
  emptyPeersOf,
  numberFact,
  type PeerKind,
  peersOf,
  selfPeers,
  stringFact,
} from '../arguments.ts';

/** How one resource type names what every rule has. */
export interface RuleArguments {
  readonly protocol: string;
  readonly peers: Readonly<Record<string, PeerKind>>;
  readonly hasSelf: boolean;
}

/** @param direction of the resource type, or undefined where its argument `type` says it */
export function standaloneRule(
  instance: ResourceInstance,
  direction: Rule['direction'] | undefined,
  names: RuleArguments,
  problems: Problem[],
): Rule {
  const from = argumentsOfBody(instance.body, instance.declaration.span, { calls: instance.calls, problems });
  return {
    address: instance.address,
    subject: instance.subject,
    calls: instance.calls,
    direction: direction ?? directionOf(from),
    owner: ownerOf(from),
    form: 'standalone',
    instance,
    protocol: stringFact(from, names.protocol),
    fromPort: numberFact(from, 'from_port'),
    toPort: numberFact(from, 'to_port'),
    peers: [
      ...Object.entries(names.peers).flatMap(([name, kind]) => peersOf(from, name, kind)),
      ...(names.hasSelf ? selfPeers(from) : []),
    ],
    emptyPeers: emptyPeersOf(from, [...Object.keys(names.peers), ...(names.hasSelf ? ['self'] : [])]),
    description: stringFact(from, 'description'),
    span: instance.declaration.span,
    possible: instance.possible,
    indefinite: undefined,
    isOpenEnded: false,
  };
}

function directionOf(from: Arguments): Rule['direction'] {
  const type = stringFact(from, 'type');
  if (type.kind === 'known' && (type.value === 'ingress' || type.value === 'egress')) return type.value;
  return 'unknown';
}

function ownerOf(from: Arguments): Owner {
  const found = from.get('security_group_id');
  const value = found === undefined ? undefined : textOf(found.value);
  if (value?.kind === 'string') return { kind: 'id', id: value.value, isSensitive: isSensitive(value) };
  if (value?.kind === 'unknown') return { kind: 'unknown', because: value.because, identity: value.identity };
  return { kind: 'unknown', because: [{ name: 'security_group_id', span: from.span }], identity: undefined };
}

function textOf(value: Value): Value {
  try {
    return convert(value, stringType);
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return value;
  }
}
