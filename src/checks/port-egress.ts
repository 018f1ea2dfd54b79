/** Ports allowed out to the internet that are not in a list. */

import { defineCheck } from '../findings/check.ts';
import { difference } from '../network/interval.ts';
import { openPortHits } from './shared/open-ports.ts';

export const portEgress = defineCheck({
  id: 'port-egress',
  summary: 'Egress allows a port to the internet that is not allowed',
  severity: 'low',
  set: 'strict',
  topic: 'exposure',
  aliases: ['AWS-0104'],
  coveredBy: ['all-traffic-egress'],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  options: {
    allowed: {
      type: 'ports',
      default: [80, 443, 53, 123],
      summary: 'Ports that egress may reach anywhere. Without a protocol, a port means TCP and UDP.',
    },
  },
  run: (model, { allowed }) => openPortHits(model, (open, transport) => difference(open, allowed[transport]), 'egress'),
});
