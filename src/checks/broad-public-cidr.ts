/** Public sources wider than a limit, but not the whole internet. */

import { defineCheck } from '../findings/check.ts';
import { addressSet, differenceOfAddresses } from '../network/address-set.ts';
import { parseCidr } from '../network/cidr.ts';
import type { Family } from '../network/ip-address.ts';
import { publicPart } from '../network/special-addresses.ts';
import { adminPortOpen } from './admin-port-open.ts';
import { allTrafficOpen } from './all-traffic-open.ts';
import { dataPortOpen } from './data-port-open.ts';
import { hugePublicCidr } from './huge-public-cidr.ts';
import { internalPortOpen } from './internal-port-open.ts';
import { portOpen } from './port-open.ts';
import { allowedOption, broadSourceHits } from './shared/broad-sources.ts';
import { kicsOpenIngress, tfsecOpenIngress, trivyOnceOpenIngress } from './shared/other-tools.ts';
import { trustedOption } from './shared/trusted-option.ts';

export const broadPublicCidr = defineCheck({
  id: 'broad-public-cidr',
  summary: 'Ingress opens a port to more public addresses than a partner has',
  label: 'too many addresses',
  help: 'Name the addresses that connect.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    tfsec: tfsecOpenIngress,
    kics: [kicsOpenIngress, 'e35c16a2-d54e-419d-8546-a804d8e024d0'],
  },
  earlierAliases: { trivy: trivyOnceOpenIngress },
  coveredBy: [allTrafficOpen, adminPortOpen, dataPortOpen, internalPortOpen, portOpen, hugePublicCidr],
  sources: ['https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml'],
  about: 'security-group',
  options: {
    maxPrefix4: {
      type: 'integer',
      default: 24,
      min: 0,
      max: 32,
      summary: 'Prefix length of the widest IPv4 source that is allowed.',
    },
    maxPrefix6: {
      type: 'integer',
      default: 48,
      min: 0,
      max: 128,
      summary: 'Prefix length of the widest IPv6 source that is allowed.',
    },
    trusted: {
      type: 'strings',
      default: [],
      summary: 'IPv4 and IPv6 CIDR blocks whose addresses are not counted.',
      faultOf: (item) =>
        parseCidr(item).kind === 'invalid'
          ? `${JSON.stringify(item)} is not a CIDR block and has no effect. Write a block such as "203.0.113.0/24".`
          : undefined,
    },
    allowed: allowedOption,
    trustedSources: trustedOption,
  },
  *run(model, { maxPrefix4, maxPrefix6, trusted, allowed, trustedSources }) {
    const blocks = trusted.map(parseCidr).flatMap((block) => (block.kind === 'invalid' ? [] : block.cidr));
    const trustedOf = (family: Family) =>
      addressSet(
        family,
        blocks.filter((block) => block.family === family),
      );
    for (const family of [4, 6] as const) {
      yield* broadSourceHits(model, {
        family,
        maxPrefix: family === 4 ? maxPrefix4 : maxPrefix6,
        partOf: (source) => differenceOfAddresses(publicPart(source), trustedOf(family)),
        where: 'public',
        allowed,
        trusted: trustedSources,
      });
    }
  },
});
