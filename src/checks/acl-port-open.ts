/** Network ACLs that allow ports from the internet which are for few. */

import { defineCheck, type Hit } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import type { EntrySet } from '../model/network-acl.ts';
import { type AclExposure, aclExposures } from '../model/questions/acl-exposure.ts';
import { intersection } from '../network/interval.ts';
import type { PortSpecs } from '../network/ports.ts';
import { TRANSPORT_NUMBER } from '../network/protocol.ts';
import { portSpecsOfClass } from '../network/services.ts';
import { valuesOf } from '../network/traffic.ts';
import { capitalized, nameOfAcl, nameOfEntries } from './shared/acl-text.ts';
import { describeOpenPorts } from './shared/open-ports.ts';
import { nameSome } from './shared/rule-text.ts';

export const aclPortOpen = defineCheck({
  id: 'acl-port-open',
  summary: 'A network ACL allows an administration, database or internal port from the internet',
  label: 'open to the internet',
  help: 'Allow only those who need the port, or remove the entry.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'exposure',
  aliases: {
    checkov: ['CKV_AWS_229', 'CKV_AWS_230', 'CKV_AWS_231', 'CKV_AWS_232'],
    trivy: ['AWS-0105'],
    securityHub: ['EC2.21'],
    cis: ['CIS 5.0/5.2', 'CIS 6.0/6.2', 'CIS 7.0/6.2'],
    tfsec: [
      'aws-ec2-no-public-ingress-acl',
      'aws-vpc-no-public-ingress-acl',
      'aws-vpc-no-public-ingress',
      'no-public-ingress-acl',
      'AWS049',
    ],
    kics: ['a20be318-cac7-457b-911d-04cc6e812c25', '3af7f2fd-06e6-4dab-b996-2912bea19ba4'],
  },
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21',
  ],
  about: 'network-acl',
  options: {
    ports: {
      type: 'ports',
      default: [...portSpecsOfClass('admin'), ...portSpecsOfClass('data'), ...portSpecsOfClass('internal')],
      summary: 'Ports that are not for the internet. Without a protocol, a port means TCP and UDP.',
    },
  },
  *run(model, { ports }) {
    for (const set of model.sets) {
      for (const family of [4, 6] as const) {
        for (const exposure of aclExposures(set, family)) {
          if (isWanted(exposure, ports)) yield hitOf(set, exposure);
        }
      }
    }
  },
});

function isWanted({ traffic }: AclExposure, ports: PortSpecs): boolean {
  return (['tcp', 'udp'] as const).some(
    (transport) => intersection(valuesOf(traffic, TRANSPORT_NUMBER[transport]), ports[transport]).length > 0,
  );
}

function hitOf(set: EntrySet, { answer, entry, partners, family, traffic, reasons }: AclExposure): Hit {
  const entries = [entry, ...partners];
  const isSure = answer === 'yes';
  const verb = isSure ? (entries.length === 1 ? 'allows' : 'together allow') : 'may allow';
  const peers = entries.flatMap((each) => each.peers);
  const what = describeOpenPorts(traffic);
  const source = `the IPv${family} internet (${nameSome(peers, 'block')})`;
  const message = `${capitalized(nameOfEntries(entries))} of ${nameOfAcl(set)} ${verb} ${what} from ${source}.`;
  const place = entry.peers.find((peer) => peer.family === family)?.text ?? entry;
  const together = entries.map((each) => ({ rule: each, peers: each.peers }));
  return {
    answer,
    subject: entry,
    rule: entry,
    place,
    message,
    related: partners.map(({ span }) => ({ message: 'allows part of the rest', span })),
    reasons,
    ...(isSure && { existsIf: waitsFor(entry.existsIf) }),
    ...(!isSure && { question: { traffic: what, state: 'open to the internet', isOfSource: false } }),
    ...(partners.length > 0 && { identity: { together } }),
  };
}
