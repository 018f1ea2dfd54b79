/** Rules of any form. */

import type { ResourceInstance } from '../../../terraform/instances/instance.ts';
import type { Fact } from '../../fact.ts';
import type { Rule } from '../../rule.ts';
import type { RuleForm } from '../../rule-form.ts';
import {
  emptyPeersOf,
  numberFact,
  peersOf,
  type ResourceArguments,
  stringFact,
  wordFact,
  writtenPeersOf,
} from '../arguments.ts';

/** What a rule's arguments don't say. */
type Circumstances = Pick<Rule, 'direction' | 'owner' | 'existsIf'> &
  Partial<Pick<Rule, 'region' | 'indefinite' | 'isOpenEnded'>>;

/** @param instance the resource that the rule is written in */
export function ruleOf(
  instance: ResourceInstance,
  form: RuleForm,
  from: ResourceArguments,
  circumstances: Circumstances,
): Rule {
  const missing: Fact<null> = { kind: 'known', value: null, span: from.span };
  const { protocol, fromPort, toPort } = form;
  return {
    noun: 'rule',
    address: instance.address,
    resourceAddress: instance.resourceAddress,
    calls: instance.calls,
    form,
    type: instance.type,
    instance,
    protocol: protocol === undefined ? missing : wordFact(from, protocol),
    fromPort: fromPort === undefined ? missing : numberFact(from, fromPort),
    toPort: toPort === undefined ? missing : numberFact(from, toPort),
    peers: Object.entries(form.peers).flatMap(([name, kind]) => peersOf(from, name, kind)),
    emptyPeers: emptyPeersOf(from, form),
    writtenPeers: writtenPeersOf(from, form),
    description: form.descriptionRefusedBy === undefined ? missing : stringFact(from, 'description'),
    span: from.span,
    region: missing,
    indefinite: undefined,
    isOpenEnded: false,
    ...circumstances,
  };
}
