/** Ports let out to every address that are not meant to be reached anywhere. */

import { defineCheck } from '../findings/check.ts';
import { difference } from '../network/interval.ts';
import { allTrafficEgress } from './all-traffic-egress.ts';
import { openPortHits } from './shared/open-ports.ts';
import { tfsecOpenEgress } from './shared/other-tools.ts';

export const portEgress = defineCheck({
  id: 'port-egress',
  summary: 'Egress lets a port out to the whole internet that is not among those allowed',
  severity: 'low',
  set: 'strict',
  topic: 'exposure',
  aliases: {
    trivy: ['AWS-0104'],
    tfsec: tfsecOpenEgress,
  },
  coveredBy: [allTrafficEgress],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  about: 'security-group',
  options: {
    allowed: {
      type: 'ports',
      default: [80, 443, 53, 123],
      summary: 'Ports that may be reached anywhere; without a protocol, of TCP and of UDP.',
    },
  },
  run: (model, { allowed }) => openPortHits(model, (open, transport) => difference(open, allowed[transport]), 'egress'),
});
