/** Rules that name a group of another VPC. */

import { defineCheck } from '../findings/check.ts';
import { foreignGroups } from '../model/faults/foreign-groups.ts';
import { localAddress } from './shared/description.ts';
import { ruleHit } from './shared/rule-fault.ts';

export const groupOfOtherVpc = defineCheck({
  id: 'group-of-other-vpc',
  summary: 'A rule names a group of another VPC that its own VPC is not connected to',
  label: 'in another VPC',
  help: 'Allow the CIDR block of the other VPC or of its subnets, or create the peering connection.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
    'https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { rule, peer, group, vpcs, reasons } of foreignGroups(model)) {
      const reason =
        model.vpcLink === undefined
          ? 'without a peering connection AWS rejects the rule'
          : 'egress rules cannot name groups across a transit gateway, so AWS rejects the rule';
      const message = `${localAddress(group)} is in ${vpcs.theirs}, but the rule is for ${vpcs.own}: ${reason}.`;
      yield ruleHit(rule, {
        place: peer.id,
        message,
        related: [{ message: localAddress(group), span: group.span }],
        reasons,
      });
    }
  },
});
