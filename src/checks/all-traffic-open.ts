/** All traffic, or all TCP or UDP ports, open to the internet. */

import { defineCheck } from '../findings/check.ts';
import { MAX_PORT } from '../network/ports.ts';
import { TCP, UDP } from '../network/protocol.ts';
import {
  ALL_TRAFFIC,
  coversTraffic,
  equalTraffic,
  NO_TRAFFIC,
  type Traffic,
  trafficOfValues,
  unionOfTraffic,
} from '../network/traffic.ts';
import { exposureHits } from './shared/internet-exposure.ts';
import { kicsOpenIngress, tfsecOpenIngress, trivyOnceOpenIngress } from './shared/other-tools.ts';

/** Port 0 can't be used, so 1-65535 is every port as well as 0-65535. */
const everyTcpPort = trafficOfValues(TCP, [{ first: 1, last: MAX_PORT }]);
const everyUdpPort = trafficOfValues(UDP, [{ first: 1, last: MAX_PORT }]);

export const allTrafficOpen = defineCheck({
  id: 'all-traffic-open',
  summary: 'Ingress opens all traffic, or all TCP or UDP ports, to the internet',
  label: 'open to the internet',
  help: 'Open only the ports that must be reachable, with one rule each.',
  severity: 'critical',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    checkov: ['CKV_AWS_277'],
    securityHub: ['EC2.18'],
    tfsec: tfsecOpenIngress,
    kics: [kicsOpenIngress],
  },
  alsoFails: {
    securityHub: ['EC2.13', 'EC2.14', 'EC2.19', 'EC2.53', 'EC2.54'],
    cis: [
      ...['CIS 5.0/5.1.2', 'CIS 5.0/5.3', 'CIS 5.0/5.4'],
      ...['CIS 6.0/6.1.2', 'CIS 6.0/6.3', 'CIS 6.0/6.4'],
      ...['CIS 7.0/6.1.2', 'CIS 7.0/6.3', 'CIS 7.0/6.4'],
    ],
  },
  earlierAliases: { trivy: trivyOnceOpenIngress },
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18',
  ],
  about: 'security-group',
  options: {},
  run: (model) =>
    exposureHits(model, {
      direction: 'ingress',
      faultOf({ answer, traffic, peer }, others) {
        const isFault = (most: Traffic): boolean =>
          coversTraffic(most, everyTcpPort) || coversTraffic(most, everyUdpPort);
        if (answer === 'yes') return isFault(traffic) ? traffic : NO_TRAFFIC;
        // An unknown exposure leaves out what others open for certain, which is no reason to take it for narrow.
        const certain = others.filter((other) => other.answer === 'yes' && other.peer.family === peer.family);
        const most = unionOfTraffic([traffic, ...certain.map((other) => other.traffic)]);
        return isFault(most) ? most : NO_TRAFFIC;
      },
      describe: (traffic, rule) => {
        const ports = [rule.fromPort, rule.toPort].map((port) => (port.kind === 'known' ? port.value : null));
        const isWider = equalTraffic(traffic, ALL_TRAFFIC) && ports.some((port) => port !== null && port > 0);
        return isWider
          ? `${describe(traffic)}, whatever ${rule.form.fromPort} and ${rule.form.toPort} say,`
          : describe(traffic);
      },
    }),
});

function describe(traffic: Traffic): string {
  if (equalTraffic(traffic, ALL_TRAFFIC)) return 'all protocols and ports';
  const names = [
    ...(coversTraffic(traffic, everyTcpPort) ? ['TCP'] : []),
    ...(coversTraffic(traffic, everyUdpPort) ? ['UDP'] : []),
  ];
  return `all ${names.join(' and ')} ports`;
}
