/** Ports allowed out to the internet that are not in a list. */

import { defineCheck } from '../findings/check.ts';
import { difference } from '../network/interval.ts';
import { allTrafficEgress } from './all-traffic-egress.ts';
import { openPortHits } from './shared/open-ports.ts';
import { tfsecOpenEgress } from './shared/other-tools.ts';

export const portEgress = defineCheck({
  id: 'port-egress',
  summary: 'Egress allows a port to the internet that is not allowed',
  label: 'may go out',
  help: 'Name the destinations: a CIDR block, a prefix list or a group.',
  severity: 'low',
  preset: 'strict',
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
      summary: 'Ports that egress may reach anywhere. Without a protocol, a port means TCP and UDP.',
    },
  },
  run: (model, { allowed }) => openPortHits(model, (open, transport) => difference(open, allowed[transport]), 'egress'),
});
