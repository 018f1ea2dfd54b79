/** Public sources so wide that they are the internet to every scanner. */

import { defineCheck } from '../findings/check.ts';
import { publicPart } from '../network/special-addresses.ts';
import { adminPortOpen } from './admin-port-open.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { dataPortOpen } from './data-port-open.ts';
import { internalPortOpen } from './internal-port-open.ts';
import { portOpen } from './port-open.ts';
import { allowedOption, broadSourceHits } from './shared/broad-sources.ts';
import { kicsOpenIngress, tfsecOpenIngress, trivyOnceOpenIngress } from './shared/other-tools.ts';
import { trustedOption } from './shared/trusted-option.ts';

export const hugePublicCidr = defineCheck({
  id: 'huge-public-cidr',
  summary: 'Ingress opens a port to a large part of the internet, as good as to all of it',
  label: 'too many addresses',
  help: 'Allow the addresses of the partner or office.',
  severity: 'high',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    tfsec: tfsecOpenIngress,
    kics: [kicsOpenIngress],
  },
  earlierAliases: { trivy: trivyOnceOpenIngress },
  coveredBy: [allTrafficOpen, adminPortOpen, dataPortOpen, internalPortOpen, portOpen],
  sources: [
    'https://www.iana.org/assignments/ipv4-address-space/ipv4-address-space.xhtml',
    'https://www.iana.org/assignments/ipv6-unicast-address-assignments/ipv6-unicast-address-assignments.xhtml',
  ],
  about: 'security-group',
  options: {
    maxPrefix4: {
      type: 'integer',
      default: 9,
      min: 0,
      max: 32,
      summary: 'Prefix length of the widest IPv4 source that is not reported.',
    },
    maxPrefix6: {
      type: 'integer',
      default: 16,
      min: 0,
      max: 128,
      summary: 'Prefix length of the widest IPv6 source that is not reported.',
    },
    allowed: allowedOption,
    trustedSources: trustedOption,
  },
  *run(model, { maxPrefix4, maxPrefix6, allowed, trustedSources }) {
    for (const family of [4, 6] as const) {
      const hits = broadSourceHits(model, {
        family,
        maxPrefix: family === 4 ? maxPrefix4 : maxPrefix6,
        partOf: publicPart,
        where: 'public',
        allowed,
        trusted: trustedSources,
      });
      // broad-public-cidr asks about sources that are not known.
      for (const hit of hits) if (hit.answer === 'yes') yield hit;
    }
  },
});
