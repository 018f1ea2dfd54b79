/** Network ACLs that allow no IPv6 in subnets that have it. */

import { groupBy } from '../collections/group-by.ts';
import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import type { EntrySet, NetworkAcl } from '../model/network-acl.ts';
import type { NetworkAclModel } from '../model/network-acl-model.ts';
import { localAddress } from './shared/description.ts';

/** How many subnets a finding shows. */
const shown = 5;

export const aclMissingIpv6 = defineCheck({
  id: 'acl-missing-ipv6',
  summary: 'A network ACL allows no IPv6, but its subnets have IPv6 addresses',
  label: 'no IPv6',
  help: 'Write the entries for IPv6 too, with numbers of their own.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  // Subnets are no part of an ACL.
  scope: 'model',
  aliases: {},
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6-add.html',
  ],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const [acl, subnets] of groupBy(subnetsWithIpv6(model), (each) => each.acl)) {
      const certain = subnets.filter(({ reasons }) => reasons.length === 0);
      const told = certain.length > 0 ? certain : subnets;
      const [first] = told as [(typeof told)[number]];
      const isSure = certain.length > 0;
      const name = localAddress(first.subnet);
      const others = told.length === 1 ? '' : ` and ${told.length - 1} more of its subnets`;
      const verb = told.length === 1 ? 'has' : 'have';
      yield {
        answer: isSure ? 'yes' : 'unknown',
        subject: acl,
        place: acl,
        message: `${localAddress(acl)} allows no IPv6 in or out, but ${name}${others} ${isSure ? verb : 'may have'} IPv6 addresses: their IPv6 traffic is dropped.`,
        related: told.slice(0, shown).map(({ subnet }) => ({ message: localAddress(subnet), span: subnet.ipv6.span })),
        ...(isSure ? { existsIf: waitsFor(acl.existsIf) } : { reasons: first.reasons }),
      };
    }
  },
});

interface Found {
  readonly acl: NetworkAcl;
  readonly subnet: NetworkAclModel['subnets'][number];
  /** What decides whether the subnet has IPv6; empty where it has. */
  readonly reasons: readonly string[];
}

/** Those whose ACL is certain to allow something of IPv4 and nothing of IPv6. */
function subnetsWithIpv6(model: NetworkAclModel): readonly Found[] {
  if (model.sets.every(({ acl }) => acl === undefined)) return [];
  return model.subnets.flatMap((subnet): Found[] => {
    const { ipv6, acl: found, existsIf } = subnet;
    if (found.kind === 'unknown' || found.set.acl === undefined || !isForIpv4(found.set)) return [];
    if (ipv6.kind === 'known' && !ipv6.value) return [];
    const isOpen = ipv6.kind === 'unknown' && ipv6.isNotNull !== true;
    const { acl } = found.set;
    const ofSubnet = existsIf?.filter((reason) => acl.existsIf?.includes(reason) !== true);
    return [{ acl, subnet, reasons: waitsFor(ofSubnet, isOpen ? ipv6.reasons : undefined) }];
  });
}

const directions = ['ingress', 'egress'] as const;

function isForIpv4(set: EntrySet): boolean {
  const allows = (family: 4 | 6): boolean =>
    directions.some((direction) => set.allowed(direction, family).possible.length > 0);
  return allows(4) && !allows(6);
}
