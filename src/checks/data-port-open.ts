/** Ports of databases, caches, search engines and queues open to the internet. */

import { defineCheck } from '../findings/check.ts';
import { difference, type Interval, intersection } from '../network/interval.ts';
import type { PortSet } from '../network/ports.ts';
import { portSpecsOfClass, WEB_APPLICATION_PORTS } from '../network/services.ts';
import { adminPortOpen } from './admin-port-open.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { openPortHits } from './shared/open-ports.ts';
import { kicsOpenIngress, tfsecOpenIngress, trivyOnceOpenIngress } from './shared/other-tools.ts';

export const dataPortOpen = defineCheck({
  id: 'data-port-open',
  summary: 'Ingress opens the port of a database, cache, search engine or queue to the internet',
  label: 'open to the internet',
  help: 'Allow the group of the servers that use the data, or their network.',
  severity: 'critical',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    securityHub: ['EC2.19'],
    tfsec: tfsecOpenIngress,
    kics: [kicsOpenIngress, '381c3f2a-ef6f-4eff-99f7-b169cda3422c'],
  },
  earlierAliases: { trivy: trivyOnceOpenIngress },
  coveredBy: [allTrafficOpen, adminPortOpen],
  sources: ['https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19'],
  about: 'security-group',
  options: {
    ports: {
      type: 'ports',
      default: portSpecsOfClass('data'),
      summary: 'Ports of services that store data. Without a protocol, a port means TCP and UDP.',
    },
  },
  run: (model, { ports }) =>
    openPortHits(model, (open, transport) => open.flatMap((interval) => meantPorts(interval, ports[transport]))),
});

/**
 * The ports of services that an interval was opened for, as far as that shows: 8080-8090 is for web applications, though InfluxDB
 * has a port among them.
 */
function meantPorts(interval: Interval, ports: PortSet): PortSet {
  const found = intersection([interval], ports);
  const isMeant =
    difference(found, WEB_APPLICATION_PORTS).length > 0 ||
    found.some(({ first, last }) => first === interval.first || last === interval.last);
  return isMeant ? found : [];
}
