/** Security groups without a meaningful description. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { descriptionFault, descriptionOptions, localAddress } from './shared/description.ts';

export const missingGroupDescription = defineCheck({
  id: 'missing-group-description',
  summary: 'A security group has no meaningful description',
  label: 'no description',
  help: "Describe the group's members.",
  severity: 'low',
  preset: 'recommended',
  topic: 'hygiene',
  aliases: {
    checkov: ['CKV_AWS_23'],
    prisma: ['BC_AWS_NETWORKING_31'],
    trivy: ['AWS-0099'],
    tfsec: [
      'aws-ec2-add-description-to-security-group',
      'aws-vpc-add-description-to-security-group',
      'add-description-to-security-group',
      'AWS018',
    ],
    kics: ['cb3f5ed6-0d18-40de-a93d-b3538db31e8c'],
  },
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#description-1'],
  about: 'security-group',
  options: descriptionOptions,
  *run(model, requirements) {
    for (const group of model.groups) {
      const { form, description } = group;
      if (form.description === 'none') continue;
      // That it is missing is the business of missing-argument.
      if (form.description === 'required' && description.kind === 'known' && description.value === null) continue;
      const consequence = '. Set one now: adding it later replaces the group';
      const existsIf = waitsFor(group.existsIf);
      const fault = descriptionFault(description, requirements, localAddress(group), consequence, existsIf);
      if (fault === undefined) continue;
      const { many: _, ...hit } = fault;
      yield { subject: group, ...hit };
    }
  },
});
