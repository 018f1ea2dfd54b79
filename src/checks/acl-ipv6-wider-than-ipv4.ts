/** Network ACLs that allow more from the IPv6 internet than from the IPv4 internet. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { aclFamilyGaps } from '../model/questions/acl-family-gap.ts';
import { aclPortOpen } from './acl-port-open.ts';
import { capitalized, nameOfAcl, nameOfEntry } from './shared/acl-text.ts';
import { describeOpenPorts } from './shared/open-ports.ts';

export const aclIpv6WiderThanIpv4 = defineCheck({
  id: 'acl-ipv6-wider-than-ipv4',
  summary: 'A network ACL allows a port from the IPv6 internet that it does not allow from the IPv4 internet',
  label: 'open in IPv6 only',
  help: 'Write the same entries for both families, or remove IPv6 if nobody uses it.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {},
  coveredBy: [aclPortOpen],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html'],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const set of model.sets) {
      for (const { entry, traffic, reasons } of aclFamilyGaps(set)) {
        const isSure = reasons.length === 0;
        const name = capitalized(nameOfEntry(entry));
        const four = `but ${nameOfAcl(set)} ${isSure ? 'does' : 'may'} not allow it from the IPv4 internet`;
        yield {
          answer: isSure ? 'yes' : 'unknown',
          subject: entry,
          rule: entry,
          place: entry.peers.find(({ family }) => family === 6)?.text ?? entry,
          message: `${name} allows ${describeOpenPorts(traffic)} from the IPv6 internet, ${four}.`,
          ...(isSure ? { existsIf: waitsFor(entry.existsIf) } : { reasons }),
        };
      }
    }
  },
});
