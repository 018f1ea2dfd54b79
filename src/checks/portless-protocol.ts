/** Ports in rules of protocols that have none in security groups. */

import { defineCheck } from '../findings/check.ts';
import { type Fact, known, shown } from '../model/fact.ts';
import { protocolOf, type Rule } from '../model/rule.ts';
import { MAX_PORT } from '../network/ports.ts';
import { describeProtocol, hasIcmpTypes, hasPorts } from '../network/protocol.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const portlessProtocol = defineCheck({
  id: 'portless-protocol',
  summary: 'A rule limits a protocol to ports, which AWS does only for TCP and UDP',
  label: 'no ports here',
  help: 'Name the protocol that the port belongs to, or omit the ports.',
  severity: 'high',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {},
  sources: ['https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html'],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      const protocol = protocolOf(rule);
      if (protocol === undefined || protocol === 'all' || hasPorts(protocol) || hasIcmpTypes(protocol)) continue;
      const place = portOf(rule);
      if (place === undefined) continue;
      const shownPort = String(shown(place));
      const message = `AWS ignores port ${shownPort} with ${describeProtocol(protocol)} and allows all of the protocol.`;
      yield ruleHit(rule, { place, message });
    }
  },
});

/** The first end that is a port; undefined where both say "all" or nothing. */
function portOf({ fromPort, toPort }: Rule): (Fact<number | null> & { readonly kind: 'known' }) | undefined {
  const [from, to] = [known(fromPort), known(toPort)];
  if ((from === 0 || from === 1) && typeof to === 'number' && to >= MAX_PORT) return undefined;
  for (const end of [fromPort, toPort]) {
    if (end.kind === 'known' && end.value !== null && end.value > 0) return end;
  }
  return undefined;
}
