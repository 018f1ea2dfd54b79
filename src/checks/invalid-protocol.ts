/** Protocols that AWS does not know. */

import { defineCheck } from '../findings/check.ts';
import { type KnownFact, known, quoted } from '../model/fact.ts';
import { literalOf } from '../model/written/literal.ts';
import { isMisnamed } from '../model/written/misnamed.ts';
import { type ProtocolText, parseProtocol, protocolOfKeyword } from '../network/protocol.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const invalidProtocol = defineCheck({
  id: 'invalid-protocol',
  summary: "A rule's protocol is no name or number that AWS knows",
  severity: 'high',
  set: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    'https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      const { protocol: place } = rule;
      // Whether an unknown one is valid, the provider or AWS says as soon as it is known.
      if (place.kind === 'unknown') continue;
      if (place.value === null) {
        if (isMisnamed(rule, ['protocol'])) continue;
        const { protocol: name, fromPort, toPort } = rule.form;
        const hasPorts = known(rule.fromPort) !== null || known(rule.toPort) !== null;
        const what = hasPorts ? `${name} is` : `${name}, ${fromPort} and ${toPort} are`;
        yield ruleHit(rule, { place, message: `${what} missing, so Terraform refuses the rule.` });
        continue;
      }
      const read = parseProtocol(place.value);
      if (read.kind !== 'invalid') continue;
      const hit = ruleHit(rule, { place, message: messageOf({ ...place, value: place.value }, read) });
      const meant = protocolOfKeyword(place.value);
      const span = literalOf(model, { ...place, value: place.value });
      if (meant === undefined || span === undefined) yield hit;
      // AWS refuses the keyword, so that the number lets in what was not let in before.
      else yield { ...hit, suggestions: [{ message: `Write ${meant}.`, edits: [{ span, text: `"${meant}"` }] }] };
    }
  },
});

function messageOf(
  text: KnownFact<string>,
  { suggestion }: Extract<ProtocolText, { readonly kind: 'invalid' }>,
): string {
  const refused = `${quoted(text)} is not a protocol that AWS knows, so it refuses the rule`;
  if (suggestion === undefined || text.isSensitive === true)
    return `${refused}: tcp, udp, icmp and icmpv6 have names, others a number from 0 to 255.`;
  return `${refused}: ${suggestion === '-1' ? '-1 is every protocol' : `"${suggestion}" may be meant`}.`;
}
