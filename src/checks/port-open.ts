/** Ports open to the internet that are neither allowed nor covered by another check. */

import { defineCheck } from '../findings/check.ts';
import { difference } from '../network/interval.ts';
import { type PortSet, portSet } from '../network/ports.ts';
import type { Transport } from '../network/protocol.ts';
import { SERVICES } from '../network/services.ts';
import { openPortHits } from './shared/open-ports.ts';

/** Ports of the graver classes stay out of this check even where the check of their class is off: it was told to let them pass. */
const classified: Readonly<Record<Transport, PortSet>> = { tcp: classifiedPorts('tcp'), udp: classifiedPorts('udp') };

export const portOpen = defineCheck({
  id: 'port-open',
  summary: 'Ingress opens a port to the internet that is not allowed',
  severity: 'medium',
  set: 'recommended',
  topic: 'exposure',
  aliases: ['CKV_AWS_260', 'EC2.18'],
  coveredBy: ['all-traffic-open', 'admin-port-open', 'data-port-open', 'internal-port-open'],
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18'],
  options: {
    allowed: {
      type: 'ports',
      default: [80, 443],
      summary: 'Ports that may be open to everyone. Without a protocol, a port means TCP and UDP.',
    },
  },
  run: (model, { allowed }) =>
    openPortHits(model, (open, transport) => difference(difference(open, allowed[transport]), classified[transport])),
});

function classifiedPorts(transport: Transport): PortSet {
  const services = SERVICES.filter((service) => service.class !== 'other' && service.transports.includes(transport));
  return portSet(services.map((service) => service.ports));
}
