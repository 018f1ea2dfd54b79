/** TCP and UDP rules for port 0 alone. */

import { defineCheck } from '../findings/check.ts';
import { known } from '../model/fact.ts';
import { protocolOf } from '../model/rule.ts';
import { describeProtocol, hasPorts } from '../network/protocol.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const portZero = defineCheck({
  id: 'port-zero',
  summary: 'A TCP or UDP rule allows port 0 alone, where all ports are meant',
  label: 'port 0 alone',
  help: 'Write the ports that the service uses, or 0 to 65535 for all of them.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    'https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.xhtml',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      const { fromPort, toPort, form } = rule;
      const protocol = protocolOf(rule);
      if (protocol === undefined || protocol === 'all' || !hasPorts(protocol)) continue;
      if (known(fromPort) !== 0 || known(toPort) !== 0) continue;
      const message = `${describeProtocol(protocol)} port 0 is reserved and nothing listens on it, so the rule allows nothing. For all ports, set ${form.toPort} to 65535.`;
      yield ruleHit(rule, { place: fromPort, message });
    }
  },
});
