/** Ports of internal services (SMB, NFS, LDAP, Docker, etcd, kubelet...) open to the internet. */

import { defineCheck } from '../findings/check.ts';
import { intersection } from '../network/interval.ts';
import { portSpecsOfClass } from '../network/services.ts';
import { openPortHits } from './shared/open-ports.ts';

export const internalPortOpen = defineCheck({
  id: 'internal-port-open',
  summary: 'Ingress opens the port of an internal service to the internet',
  severity: 'high',
  set: 'recommended',
  topic: 'exposure',
  aliases: ['EC2.19', 'CIS 5.0/5.1.2'],
  coveredBy: ['all-traffic-open', 'admin-port-open', 'data-port-open'],
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19'],
  options: {
    ports: {
      type: 'ports',
      default: portSpecsOfClass('internal'),
      summary: 'Ports of services for internal networks. Without a protocol, a port means TCP and UDP.',
    },
  },
  run: (model, { ports }) => openPortHits(model, (open, transport) => intersection(open, ports[transport])),
});
