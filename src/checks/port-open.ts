/** Ports open to the internet that are neither allowed nor covered by another check. */

import { defineCheck } from '../findings/check.ts';
import { difference } from '../network/interval.ts';
import { type PortSet, portSet } from '../network/ports.ts';
import type { Transport } from '../network/protocol.ts';
import { SERVICES } from '../network/services.ts';
import { adminPortOpen } from './admin-port-open.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { dataPortOpen } from './data-port-open.ts';
import { internalPortOpen } from './internal-port-open.ts';
import { portZero } from './port-zero.ts';
import { openPortHits } from './shared/open-ports.ts';
import { kicsOpenIngress, tfsecOpenIngress, trivyOnceOpenIngress } from './shared/other-tools.ts';

/** Ports of the graver classes stay out of this check even where the check of their class is off: it was told to let them pass. */
const classified: Readonly<Record<Transport, PortSet>> = { tcp: classifiedPorts('tcp'), udp: classifiedPorts('udp') };

export const portOpen = defineCheck({
  id: 'port-open',
  summary: 'Ingress opens a port to the internet that is not allowed',
  label: 'open to the internet',
  help: 'Allow only those who need the port.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    checkov: ['CKV_AWS_260'],
    securityHub: ['EC2.18'],
    tfsec: tfsecOpenIngress,
    kics: [kicsOpenIngress, '590d878b-abdc-428f-895a-e2b68a0e1998', 'ffac8a12-322e-42c1-b9b9-81ff85c39ef7'],
  },
  earlierAliases: { trivy: trivyOnceOpenIngress },
  coveredBy: [allTrafficOpen, adminPortOpen, dataPortOpen, internalPortOpen, portZero],
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18'],
  about: 'security-group',
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
