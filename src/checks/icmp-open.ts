/** ICMP types that connections do not need, open to the internet. */

import { defineCheck } from '../findings/check.ts';
import { ALL_ICMP, formatIcmp } from '../network/icmp.ts';
import { icmpTrafficOf } from '../network/icmp-spec.ts';
import { equals } from '../network/interval.ts';
import { ICMP, ICMPV6 } from '../network/protocol.ts';
import {
  differenceOfTraffic,
  intersectionOfTraffic,
  isNoTraffic,
  NO_TRAFFIC,
  type Traffic,
  trafficOfValues,
  unionOfTraffic,
  valuesOf,
} from '../network/traffic.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { exposureHits } from './shared/internet-exposure.ts';
import { kicsOpenIngress, tfsecOpenIngress, trivyOnceOpenIngress } from './shared/other-tools.ts';

const everyType = unionOfTraffic([trafficOfValues(ICMP, ALL_ICMP), trafficOfValues(ICMPV6, ALL_ICMP)]);

/** Echo and its reply, destination unreachable (fragmentation needed is one), packet too big, time exceeded, parameter problem. */
const neededTypes: readonly string[] = [
  ...['icmp/0', 'icmp/3', 'icmp/8', 'icmp/11', 'icmp/12'],
  ...['icmpv6/1', 'icmpv6/2', 'icmpv6/3', 'icmpv6/4', 'icmpv6/128', 'icmpv6/129'],
];

export const icmpOpen = defineCheck({
  id: 'icmp-open',
  summary: 'Ingress opens ICMP types that connections do not need to the internet',
  label: 'open to the internet',
  help: 'Allow only the ICMP types that you need.',
  severity: 'low',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    tfsec: tfsecOpenIngress,
    kics: [kicsOpenIngress],
  },
  earlierAliases: { trivy: trivyOnceOpenIngress },
  coveredBy: [allTrafficOpen],
  sources: [
    'https://www.rfc-editor.org/rfc/rfc4890#section-4.3.1',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/network_mtu.html#path_mtu_discovery',
  ],
  about: 'security-group',
  options: {
    allowedTypes: {
      type: 'strings',
      default: neededTypes,
      summary: 'Types that may be open to everyone: "icmp/TYPE" or "icmpv6/TYPE", optionally followed by "/CODE".',
      faultOf: (item) =>
        isNoTraffic(icmpTrafficOf(item))
          ? `${JSON.stringify(item)} is not an ICMP type and has no effect. Write "icmp/8", "icmpv6/128" or "icmp/3/4".`
          : undefined,
    },
  },
  run: (model, { allowedTypes }) => {
    const allowed = unionOfTraffic(allowedTypes.map(icmpTrafficOf));
    return exposureHits(model, {
      direction: 'ingress',
      faultOf: ({ traffic }) => {
        const open = intersectionOfTraffic(traffic, everyType);
        return isNoTraffic(differenceOfTraffic(open, allowed)) ? NO_TRAFFIC : open;
      },
      describe: (traffic) => describe(traffic, allowed),
    });
  },
});

function describe(traffic: Traffic, allowed: Traffic): string {
  if (traffic.isSensitive === true) return SENSITIVE;
  const names = ([ICMP, ICMPV6] as const).flatMap((protocol) => {
    const name = protocol === ICMP ? 'ICMP' : 'ICMPv6';
    if (equals(valuesOf(traffic, protocol), ALL_ICMP)) return [`all ${name} types`];
    const types = valuesOf(differenceOfTraffic(traffic, allowed), protocol);
    return types.length === 0 ? [] : [`${name} ${formatIcmp(protocol === ICMP ? 4 : 6, types)}`];
  });
  return names.join(' and ');
}
