/** Network ACLs that allow everything from the internet. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { wideOpenEntries } from '../model/questions/acl-exposure.ts';
import { capitalized, nameOfAcl, nameOfEntry } from './shared/acl-text.ts';

export const aclAllTrafficOpen = defineCheck({
  id: 'acl-all-traffic-open',
  summary: 'A network ACL allows every TCP port from the internet',
  label: 'every port open',
  help: 'Allow the ports that the subnets need, and those for replies.',
  severity: 'low',
  preset: 'off',
  topic: 'exposure',
  aliases: {
    checkov: ['CKV_AWS_352'],
    trivy: ['AWS-0102'],
    tfsec: [
      'aws-ec2-no-excessive-port-access',
      'aws-vpc-no-excessive-port-access',
      'no-excessive-port-access',
      'AWS050',
    ],
  },
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html'],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const set of model.sets) {
      for (const family of [4, 6] as const) {
        for (const { entry, reasons } of wideOpenEntries(set, family)) {
          const isSure = reasons.length === 0;
          yield {
            answer: isSure ? 'yes' : 'unknown',
            subject: entry,
            rule: entry,
            place: entry.peers.find((peer) => peer.family === family)?.text ?? entry,
            message: `${capitalized(nameOfEntry(entry))} of ${nameOfAcl(set)} ${isSure ? 'allows' : 'may allow'} every TCP port from the IPv${family} internet.`,
            ...(isSure ? { existsIf: waitsFor(entry.existsIf) } : { reasons }),
          };
        }
      }
    }
  },
});
