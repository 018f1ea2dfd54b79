/** Administration ports (SSH, RDP, Telnet, VNC, WinRM...) open to the internet. */

import { defineCheck } from '../findings/check.ts';
import { intersection } from '../network/interval.ts';
import { portSpecsOfClass } from '../network/services.ts';
import { openPortHits } from './shared/open-ports.ts';

export const adminPortOpen = defineCheck({
  id: 'admin-port-open',
  summary: 'Ingress opens an administration port to the internet',
  severity: 'critical',
  set: 'recommended',
  topic: 'exposure',
  aliases: [
    'CKV_AWS_24',
    'CKV_AWS_25',
    'AWS-0107',
    'EC2.13',
    'EC2.14',
    'EC2.19',
    'EC2.53',
    'EC2.54',
    'CIS 5.0/5.3',
    'CIS 5.0/5.4',
  ],
  coveredBy: ['all-traffic-open'],
  sources: [
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-53',
  ],
  options: {
    ports: {
      type: 'ports',
      default: portSpecsOfClass('admin'),
      summary: 'Ports that give control of the host. Without a protocol, a port means TCP and UDP.',
    },
  },
  run: (model, { ports }) => openPortHits(model, (open, transport) => intersection(open, ports[transport])),
});
