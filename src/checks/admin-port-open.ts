/** Administration ports (SSH, RDP, Telnet, VNC, WinRM...) open to the internet. */

import { defineCheck } from '../findings/check.ts';
import { intersection } from '../network/interval.ts';
import { portSpecsOfClass } from '../network/services.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { openPortHits } from './shared/open-ports.ts';
import { kicsOpenIngress, tfsecOpenIngress } from './shared/other-tools.ts';

export const adminPortOpen = defineCheck({
  id: 'admin-port-open',
  summary: 'Ingress opens an administration port to the internet',
  label: 'open to the internet',
  help: 'Allow only the addresses of administrators: a bastion, a VPN, an office.',
  severity: 'critical',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    checkov: ['CKV_AWS_24', 'CKV_AWS_25'],
    trivy: ['AWS-0107'],
    securityHub: ['EC2.13', 'EC2.14', 'EC2.19', 'EC2.53', 'EC2.54'],
    cis: ['CIS 5.0/5.3', 'CIS 5.0/5.4', 'CIS 6.0/6.3', 'CIS 6.0/6.4', 'CIS 7.0/6.3', 'CIS 7.0/6.4'],
    tfsec: tfsecOpenIngress,
    kics: [
      kicsOpenIngress,
      '65905cec-d691-4320-b320-2000436cb696',
      '151187cb-0efc-481c-babd-ad24e3c9bc22',
      '381c3f2a-ef6f-4eff-99f7-b169cda3422c',
    ],
  },
  coveredBy: [allTrafficOpen],
  sources: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-53',
  ],
  about: 'security-group',
  options: {
    ports: {
      type: 'ports',
      default: portSpecsOfClass('admin'),
      summary: 'Ports that give control of the host. Without a protocol, a port means TCP and UDP.',
    },
  },
  run: (model, { ports }) => openPortHits(model, (open, transport) => intersection(open, ports[transport])),
});
