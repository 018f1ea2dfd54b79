/** Rules without a meaningful description. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { type CidrPeer, protocolOf, type Rule } from '../model/rule.ts';
import { descriptionFault, descriptionOptions, localAddress } from './shared/description.ts';
import { RulesTogether } from './shared/rules-together.ts';

export const missingRuleDescription = defineCheck({
  id: 'missing-rule-description',
  summary: 'A security-group rule has no meaningful description',
  label: 'no description',
  help: 'Say who needs the rule.',
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
    const describable = model.rules.filter((rule) => rule.form.descriptionRefusedBy !== undefined && !saysItself(rule));
    const together = new RulesTogether(describable, model.groups, ({ description }) => description);
    for (const rule of describable) {
      const consequence = '';
      const fault = descriptionFault(
        rule.description,
        requirements,
        nameOf(rule),
        consequence,
        waitsFor(rule.existsIf),
      );
      if (fault === undefined) continue;
      const { many, ...hit } = fault;
      const told = many === undefined ? undefined : together.of(rule, many);
      yield { subject: rule, rule, ...hit, ...(told && { together: told }) };
    }
  },
});

/** A rule that allows everything out says itself what it is for, and all-traffic-egress reports it. */
function saysItself(rule: Rule): boolean {
  return (
    rule.description.kind === 'known' &&
    rule.description.value === null &&
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
