/** ICMP rules for type 0 and code 0, which are taken for all of ICMP. */

import { defineCheck } from '../findings/check.ts';
import { known } from '../model/fact.ts';
import { protocolOf } from '../model/rule.ts';
import { ICMP } from '../network/protocol.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const echoReplyOnly = defineCheck({
  id: 'echo-reply-only',
  summary: 'An ICMP rule with type 0 and code 0 allows echo replies only, not all of ICMP',
  label: 'echo reply only',
  help: 'Use -1 for all types, or write the types that you need.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { rule, all } of model.ruleSets.flatMap(({ rules, all }) =>
      rules.map((each) => ({ rule: each, all })),
    )) {
      const { fromPort, toPort, form, description, direction } = rule;
      if (protocolOf(rule) !== ICMP || known(fromPort) !== 0 || known(toPort) !== 0) continue;
      // Beside a rule for other messages, the number is meant.
      if (
        all.some((other) => other.direction === direction && protocolOf(other) === ICMP && known(other.fromPort) !== 0)
      )
        continue;
      if (/\brepl(?:y|ies)\b/i.test(known(description) ?? '')) continue;
      const message = `ICMP type 0, code 0 is an echo reply, so the rule allows nothing else. For all of ICMP, set ${form.fromPort} and ${form.toPort} to -1; for ping, to 8 and 0.`;
      yield ruleHit(rule, { place: fromPort, message });
    }
  },
});
