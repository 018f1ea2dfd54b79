/** Rules that let in more than the declared policy of their group. */

import { type Allowance, allowancesOf } from '../model/allowance.ts';
import { waitsFor } from '../model/fact.ts';
import { type AllowedIngress, excessOf, type GroupPolicy } from '../model/policy.ts';
import type { Rule } from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import { formatTraffic, isNoTraffic } from '../model/traffic.ts';
import { defineCheck, type Hit } from './check.ts';
import { localAddress } from './description.ts';
import { nameOfPeer } from './rule-text.ts';

export const policy = defineCheck({
  id: 'policy',
  summary: 'A security group lets in more than its declared policy allows',
  severity: 'high',
  set: 'off',
  aliases: [],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html#security-group-best-practices'],
  options: {
    policies: {
      type: 'policies',
      default: (['web', 'mail', 'api', 'database', 'cache', 'bastion', 'internal'] as const).map((role) => ({
        groups: [role, `*-${role}`],
        role,
      })),
      summary: 'What groups may let in; it is the key `policy` of the configuration.',
    },
  },
  *run(model, { policies }) {
    for (const { group, rules } of model.ruleSets) {
      if (group === undefined) continue;
      const mine = policies.filter((each) => isOf(each, group));
      if (mine.length > 0)
        yield* beyond(
          group,
          rules,
          mine.flatMap(({ allowed }) => allowed),
        );
      else if (group.name.kind === 'unknown' && rules.some(({ direction }) => direction !== 'egress')) {
        const message = `${localAddress(group)} may have a policy, depending on its name.`;
        const because = waitsFor(group.name.because);
        if (policies.length > 0) yield { answer: 'unknown', subject: group, place: group.name, message, because };
      }
    }
  },
});

function isOf({ isFor }: GroupPolicy, { name, subject }: SecurityGroup): boolean {
  return isFor(subject) || (name.kind === 'known' && name.value !== null && isFor(name.value));
}

function* beyond(group: SecurityGroup, rules: readonly Rule[], allowed: readonly AllowedIngress[]): Iterable<Hit> {
  for (const rule of rules) {
    if (rule.direction === 'egress') continue;
    for (const allowance of allowancesOf(rule).flatMap((one) => opened(one, allowed))) {
      const { sure, possible } = excessOf(allowance, allowed);
      if (isNoTraffic(possible)) continue;
      const isSure = !isNoTraffic(sure);
      const more = `${formatTraffic(isSure ? sure : possible)} from ${nameOfPeer(allowance.peer)}`;
      const limit = allowed.length === 0 ? 'nothing' : allowed.map(({ text }) => text).join('; ');
      yield {
        answer: isSure ? 'yes' : 'unknown',
        subject: rule,
        rule,
        place: placeOf(allowance),
        message: `${more} ${isSure ? 'is' : 'may be'} more than the policy of ${localAddress(group)} allows: ${limit}.`,
        because: isSure ? [] : [...new Set([...allowance.because, ...allowance.peerBecause])].sort(),
      };
    }
  }
}

/** A prefix list of the configuration that is not allowed as such is as good as its entries. */
function opened(allowance: Allowance, allowed: readonly AllowedIngress[]): readonly Allowance[] {
  const { peer, rule } = allowance;
  if (peer.kind !== 'prefix-list' || peer.entries === undefined) return [allowance];
  const isAllowed = isNoTraffic(excessOf(allowance, allowed).possible);
  return isAllowed ? [] : allowancesOf({ ...rule, peers: peer.entries }).map((one) => ({ ...one, rule }));
}

function placeOf({ peer }: Allowance): Hit['place'] {
  return peer.kind === 'cidr' ? peer.text : peer.kind === 'self' ? peer.value : peer.id;
}
