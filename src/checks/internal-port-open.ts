/** Ports of internal services (SMB, NFS, LDAP, Docker, etcd, kubelet...) open to the internet. */

import { defineCheck } from '../findings/check.ts';
import { intersection } from '../network/interval.ts';
import { portSpecsOfClass } from '../network/services.ts';
import { adminPortOpen } from './admin-port-open.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { dataPortOpen } from './data-port-open.ts';
import { openPortHits } from './shared/open-ports.ts';
import { kicsOpenIngress, tfsecOpenIngress, trivyOnceOpenIngress } from './shared/other-tools.ts';

export const internalPortOpen = defineCheck({
  id: 'internal-port-open',
  summary: 'Ingress opens the port of an internal service to the internet',
  label: 'open to the internet',
  help: 'Allow only hosts of the same network.',
  severity: 'high',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    securityHub: ['EC2.19'],
    cis: ['CIS 5.0/5.1.2', 'CIS 6.0/6.1.2', 'CIS 7.0/6.1.2'],
    tfsec: tfsecOpenIngress,
    kics: [kicsOpenIngress, '381c3f2a-ef6f-4eff-99f7-b169cda3422c'],
  },
  earlierAliases: { trivy: trivyOnceOpenIngress },
  coveredBy: [allTrafficOpen, adminPortOpen, dataPortOpen],
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19'],
  about: 'security-group',
  options: {
    ports: {
      type: 'ports',
      default: portSpecsOfClass('internal'),
      summary: 'Ports of services for internal networks. Without a protocol, a port means TCP and UDP.',
    },
  },
  run: (model, { ports }) => openPortHits(model, (open, transport) => intersection(open, ports[transport])),
});
