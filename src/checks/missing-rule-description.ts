/** Rules without a meaningful description. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { type CidrPeer, protocolOf, type Rule } from '../model/rule.ts';
import { descriptionFault, descriptionOptions, localAddress } from './shared/description.ts';

export const missingRuleDescription = defineCheck({
  id: 'missing-rule-description',
  summary: 'A security-group rule has no meaningful description',
  severity: 'low',
  preset: 'recommended',
  topic: 'hygiene',
  aliases: {
    checkov: ['CKV_AWS_23'],
    prisma: ['BC_AWS_NETWORKING_31'],
    trivy: ['AWS-0124'],
    tfsec: [
      'aws-ec2-add-description-to-security-group-rule',
      'aws-vpc-add-description-to-security-group-rule',
      'add-description-to-security-group-rule',
      'AWS018',
    ],
    kics: ['68eb4bf3-f9bf-463d-b5cf-e029bb446d2e'],
  },
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html#security-group-rule-components',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#ingress-block',
  ],
  about: 'security-group',
  options: descriptionOptions,
  *run(model, requirements) {
    for (const rule of model.rules) {
      if (rule.form.descriptionRefusedBy === undefined) continue;
      if (allowsEverythingOut(rule) && rule.description.kind === 'known' && rule.description.value === null) continue;
      const consequence = '. Say who needs it';
      const fault = descriptionFault(
        rule.description,
        requirements,
        nameOf(rule),
        consequence,
        waitsFor(rule.existsIf),
      );
      if (fault !== undefined) yield { subject: rule, rule, ...fault };
    }
  },
});

/** Such a rule says itself what it is for, and all-traffic-egress reports it. */
function allowsEverythingOut(rule: Rule): boolean {
  return (
    rule.direction === 'egress' &&
    protocolOf(rule) === 'all' &&
    rule.peers.some((peer) => peer.kind === 'cidr' && isWholeInternet(peer))
  );
}

const isWholeInternet = ({ cidr, family }: CidrPeer): boolean =>
  cidr !== undefined && cidr.kind !== 'invalid' && cidr.cidr.family === family && cidr.cidr.prefix === 0;

/** Inline rules have no name of their own. */
function nameOf(rule: Rule): string {
  const address = localAddress(rule);
  return rule.form.kind === 'standalone' ? address : `this ${rule.direction} rule of ${address}`;
}
