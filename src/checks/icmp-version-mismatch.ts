/** ICMP rules whose sources are of the other version of IP. */

import { defineCheck } from '../findings/check.ts';
import { quotedFact } from '../model/fact.ts';
import { protocolOf } from '../model/rule.ts';
import { ICMP, ICMPV6 } from '../network/protocol.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const icmpVersionMismatch = defineCheck({
  id: 'icmp-version-mismatch',
  summary: 'A rule allows ICMP for IPv4 from IPv6 blocks, or ICMPv6 from IPv4 blocks',
  label: 'other version of IP',
  help: 'Write a rule for each version: `icmp` with IPv4 blocks, `icmpv6` with IPv6 blocks.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    'https://www.rfc-editor.org/rfc/rfc4443',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      const protocol = protocolOf(rule);
      if (protocol !== ICMP && protocol !== ICMPV6) continue;
      const [name, meant, family] = protocol === ICMP ? ['ICMP', 'icmpv6', 4] : ['ICMPv6', 'icmp', 6];
      for (const { text, block } of rule.peers.flatMap((peer) =>
        peer.kind === 'cidr' && peer.cidr !== undefined && peer.cidr.kind !== 'invalid'
          ? { text: peer.text, block: peer.cidr.cidr }
          : [],
      )) {
        if (block.family === family || text.kind === 'unknown') continue;
        const message = `${quotedFact(text)} sends no ${name}, so the rule allows nothing for it: use protocol "${meant}" for IPv${block.family}.`;
        yield ruleHit(rule, { place: text, message });
      }
    }
  },
});
