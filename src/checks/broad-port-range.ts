/** Rules that open a long range of ports. */

import { defineCheck } from '../findings/check.ts';
import { known, waitsFor } from '../model/fact.ts';
import { opensRange } from '../model/questions/port-count.ts';
import { untrustedPeers } from '../model/questions/trusted.ts';
import { hasRefusedBlock, isHost, type Peer, protocolOf, type Rule, trafficOf } from '../model/rule.ts';
import { formatCount, formatNumber } from '../text/count.ts';
import { adminPortOpen } from './admin-port-open.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { dataPortOpen } from './data-port-open.ts';
import { internalPortOpen } from './internal-port-open.ts';
import { portOpen } from './port-open.ts';
import { describeOpenTraffic } from './shared/open-ports.ts';
import { nameSome } from './shared/rule-text.ts';
import { trustedOption } from './shared/trusted-option.ts';

export const broadPortRange = defineCheck({
  id: 'broad-port-range',
  summary: 'A rule opens more ports than a service needs',
  label: 'too many ports',
  help: 'Open only the ports of the service.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {},
  // From the internet, the same range is told by what it opens.
  coveredBy: [allTrafficOpen, adminPortOpen, dataPortOpen, internalPortOpen, portOpen],
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html#security-group-best-practices',
    'https://www.rfc-editor.org/rfc/rfc6335#section-6',
  ],
  about: 'security-group',
  options: {
    max: {
      type: 'integer',
      default: 100,
      min: 1,
      max: 65535,
      summary: 'Maximum number of ports in one rule.',
    },
    allowed: {
      type: 'ports',
      default: ['49152-65535'],
      summary: 'Ports that are not counted, such as the dynamic ports of IANA.',
    },
    ignoreGroupSources: {
      type: 'boolean',
      default: true,
      summary: 'Whether to ignore rules whose only sources are security groups.',
    },
    trustedSources: trustedOption,
  },
  *run(model, { max, allowed, ignoreGroupSources, trustedSources }) {
    for (const rule of model.rules) {
      if (rule.direction === 'egress' || hasRefusedBlock(rule)) continue;
      const sources = untrustedPeers(rule, trustedSources).filter(
        (peer) => !isHost(peer) && (!ignoreGroupSources || isOfAddresses(peer)),
      );
      const { answer, reasons } = opensRange(rule, sources, max, allowed);
      if (answer === 'no') continue;
      const message = messageOf(rule, sources, max);
      const existsIf = waitsFor(rule.existsIf);
      const place = protocolOf(rule) === 'all' ? rule.protocol : rule.toPort;
      yield { answer, subject: rule, rule, place, message, reasons, existsIf };
    }
  },
});

const isOfAddresses = ({ kind }: Peer): boolean => kind === 'cidr' || kind === 'prefix-list';

function messageOf(rule: Rule, sources: readonly Peer[], max: number): string {
  const { fromPort: from, toPort: to } = rule;
  const traffic = trafficOf(rule);
  const audience = nameSome(sources, 'source');
  const hasRange = from.kind === 'known' && to.kind === 'known';
  if (traffic.kind !== 'traffic' || !(hasRange || protocolOf(rule) === 'all')) {
    return `This rule may open more than ${formatCount(max, 'port')} to ${audience}.`;
  }
  const opened = `This rule opens ${describeOpenTraffic(traffic.traffic)} to ${audience}`;
  if (traffic.traffic.isSensitive === true) return `${opened}: more than the limit of ${formatCount(max, 'port')}.`;
  if (protocolOf(rule) === 'all') return `${opened} (limit: ${formatNumber(max)} ports).`;
  const count = formatCount((known(to) ?? 0) - (known(from) ?? 0) + 1, 'port');
  return `${opened}: ${count} (limit: ${formatNumber(max)}).`;
}
