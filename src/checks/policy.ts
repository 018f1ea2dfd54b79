/** Ingress beyond the declared policy of a group. */

import { defineCheck, fromKey, type Hit } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { allReasons } from '../model/questions/allowance.ts';
import { namesOfGroup } from '../model/questions/group-names.ts';
import {
  type AllowedIngress,
  type GroupPolicy,
  trustedIngress,
  type UndeclaredTraffic,
  undeclaredTrafficOf,
} from '../model/questions/policy.ts';
import { untrustedPeers } from '../model/questions/trusted.ts';
import { factOfPeer, type Peer, type Rule } from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import { isNoTraffic } from '../network/traffic.ts';
import { localAddress } from './shared/description.ts';
import { describeOpenTraffic } from './shared/open-ports.ts';
import { nameOfPeer } from './shared/rule-text.ts';
import { trustedOption } from './shared/trusted-option.ts';

export const policy = defineCheck({
  id: 'policy',
  summary: 'A security group allows more ingress than its policy',
  label: 'violates the policy',
  help: 'Remove the extra ingress, or allow it in the policy.',
  severity: 'high',
  preset: 'off',
  topic: 'exposure',
  aliases: {},
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html#security-group-best-practices'],
  about: 'security-group',
  options: {
    policies: fromKey<readonly GroupPolicy[]>({
      key: 'policy',
      default: (['web', 'mail', 'api', 'database', 'cache', 'bastion', 'internal'] as const).map((role) => ({
        groups: [role, `*-${role}`],
        role,
      })),
      summary: 'Allowed ingress of groups; set with the key `policy` of the configuration.',
    }),
    trustedSources: trustedOption,
  },
  *run(model, { policies, trustedSources }) {
    for (const { group, rules } of model.ruleSets) {
      if (group === undefined) continue;
      const mine = policies.filter(({ isFor }) => namesOfGroup(group).some(isFor));
      const incoming = rules.filter(({ direction }) => direction !== 'egress');
      if (mine.length > 0) {
        const allowed = mine.flatMap((each) => each.allowed);
        for (const rule of incoming) {
          const peers = untrustedPeers(rule, trustedSources);
          const namesOf = (peer: Peer) => model.namesOfPeer(peer, rule);
          for (const traffic of undeclaredTrafficOf(rule, [...allowed, trustedIngress(trustedSources)], namesOf, peers))
            yield hitOf(rule, traffic, group, allowed);
        }
      } else if (policies.length > 0 && group.name.kind === 'unknown' && incoming.length > 0) {
        const message = `${localAddress(group)} may have a policy, depending on its name.`;
        yield { answer: 'unknown', subject: group, place: group.name, message, reasons: waitsFor(group.name.reasons) };
      }
    }
  },
});

function hitOf(rule: Rule, traffic: UndeclaredTraffic, group: SecurityGroup, allowed: readonly AllowedIngress[]): Hit {
  const { allowance, sure, possible, nameReasons } = traffic;
  const isSure = !isNoTraffic(sure);
  const more = `${describeOpenTraffic(isSure ? sure : possible)} from ${nameOfPeer(allowance.peer)}`;
  const limit = allowed.length === 0 ? 'nothing' : `only ${allowed.map(({ text }) => text).join('; ')}`;
  return {
    answer: isSure ? 'yes' : 'unknown',
    subject: rule,
    rule,
    place: factOfPeer(allowance.peer),
    message: `${more.replace(/^all/, 'All').replace(/^port/, 'Port')} ${isSure ? 'violates' : 'may violate'} the policy of ${localAddress(group)}, which allows ${limit}.`,
    reasons: isSure ? [] : [...new Set([...allReasons(allowance), ...nameReasons])].sort(),
    existsIf: allowance.existsIf,
  };
}
