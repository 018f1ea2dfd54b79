/** Ports of databases, caches, search engines and queues open to every address. */

import { intersection } from '../model/interval.ts';
import { portSpecsOfClass } from '../model/services.ts';
import { defineCheck } from './check.ts';
import { openPortHits } from './open-ports.ts';

export const dataPortOpen = defineCheck({
  id: 'data-port-open',
  summary: 'Ingress opens the port of a database, cache, search engine or queue to the whole internet',
  severity: 'critical',
  set: 'recommended',
  aliases: ['EC2.19'],
  coveredBy: ['all-traffic-open', 'admin-port-open'],
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19'],
  options: {
    ports: {
      type: 'ports',
      default: portSpecsOfClass('data'),
      summary: 'Ports of services that hold data; without a protocol, of TCP and of UDP.',
    },
  },
  run: (model, { ports }) => openPortHits(model, (open, transport) => intersection(open, ports[transport])),
});
