/** Protocols that AWS rejects. */

import { defineCheck } from '../findings/check.ts';
import { type KnownFact, known, quotedFact } from '../model/fact.ts';
import { literalOf } from '../model/written/literal.ts';
import { isMisnamed } from '../model/written/misnamed.ts';
import { type ProtocolText, parseProtocol, protocolOfKeyword } from '../network/protocol.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const invalidProtocol = defineCheck({
  id: 'invalid-protocol',
  summary: "A rule's protocol is not a name or number that AWS accepts",
  label: 'not a protocol',
  help: 'Write tcp, udp, icmp or icmpv6, a number from 0 to 255, or "-1" for all protocols.',
  severity: 'high',
  preset: 'recommended',
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
        yield ruleHit(rule, { place, message: `${what} missing, so Terraform rejects the rule.` });
        continue;
      }
      const read = parseProtocol(place.value);
      if (read.kind !== 'invalid') continue;
      const hit = ruleHit(rule, { place, message: messageOf({ ...place, value: place.value }, read) });
      const meant = protocolOfKeyword(place.value);
      const span = literalOf(model, { ...place, value: place.value });
      if (meant === undefined || span === undefined) yield hit;
      // AWS rejects the keyword, so the number allows traffic that was not allowed before.
      else yield { ...hit, suggestions: [{ message: `Write ${meant}.`, edits: [{ span, text: `"${meant}"` }] }] };
    }
  },
});

function messageOf(
  text: KnownFact<string>,
  { suggestion }: Extract<ProtocolText, { readonly kind: 'invalid' }>,
): string {
  const refused = `${quotedFact(text)} is not a protocol that AWS knows, so it rejects the rule`;
  if (suggestion === undefined || text.isSensitive === true)
    return `${refused}: use tcp, udp, icmp, icmpv6, or a number from 0 to 255.`;
  return `${refused}: ${suggestion === '-1' ? 'use "-1" for all protocols.' : `did you mean "${suggestion}"?`}`;
}
