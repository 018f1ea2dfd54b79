/** All traffic allowed out to the internet. */

import { defineCheck } from '../findings/check.ts';
import { ALL_TRAFFIC, equalTraffic, NO_TRAFFIC, type Traffic, unionOfTraffic } from '../network/traffic.ts';
import { exposureHits } from './shared/internet-exposure.ts';
import { tfsecOpenEgress } from './shared/other-tools.ts';

export const allTrafficEgress = defineCheck({
  id: 'all-traffic-egress',
  summary: 'Egress allows all traffic to the internet',
  label: 'everything may go out',
  help: 'Allow only what the host needs to reach.',
  severity: 'info',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    checkov: ['CKV_AWS_382'],
    trivy: ['AWS-0104'],
    tfsec: tfsecOpenEgress,
  },
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
  ],
  about: 'security-group',
  options: {},
  run: (model) =>
    exposureHits(model, {
      direction: 'egress',
      faultOf({ answer, traffic, peer }, others) {
        const isFault = (most: Traffic): boolean => equalTraffic(most, ALL_TRAFFIC);
        if (answer === 'yes') return isFault(traffic) ? traffic : NO_TRAFFIC;
        // An unknown exposure does not include what others certainly allow, so it is not necessarily narrow.
        const certain = others.filter((other) => other.answer === 'yes' && other.peer.family === peer.family);
        const most = unionOfTraffic([traffic, ...certain.map((other) => other.traffic)]);
        return isFault(most) ? most : NO_TRAFFIC;
      },
      describe: () => 'all traffic',
    }),
});
