/** Private sources wider than a limit. */

import { defineCheck } from '../findings/check.ts';
import { coversAddresses, noAddresses } from '../network/address-set.ts';
import { privateAddresses } from '../network/special-addresses.ts';
import { allowedOption, broadSourceHits } from './shared/broad-sources.ts';
import { trustedOption } from './shared/trusted-option.ts';

export const broadPrivateCidr = defineCheck({
  id: 'broad-private-cidr',
  summary: 'Ingress opens a port to more private addresses than a network has',
  label: 'too many addresses',
  help: 'Name the group that connects, or its network.',
  severity: 'low',
  preset: 'strict',
  topic: 'exposure',
  aliases: {
    kics: ['92fe237e-074c-4262-81a4-2077acb928c1'],
  },
  sources: [
    'https://www.rfc-editor.org/rfc/rfc1918',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html',
  ],
  about: 'security-group',
  options: {
    maxPrefix4: {
      type: 'integer',
      default: 16,
      min: 0,
      max: 32,
      summary: 'Prefix length of the widest IPv4 source that is allowed; 16 is the largest VPC.',
    },
    allowed: allowedOption,
    trustedSources: trustedOption,
  },
  run: (model, { maxPrefix4, allowed, trustedSources }) =>
    broadSourceHits(model, {
      family: 4,
      maxPrefix: maxPrefix4,
      // A source with public addresses in it is another fault.
      partOf: (source) => (coversAddresses(privateAddresses(4), source) ? source : noAddresses(4)),
      where: 'private',
      allowed,
      trusted: trustedSources,
    }),
});
