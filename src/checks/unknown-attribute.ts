/** Unknown arguments and blocks of security-group resources. */

import { defineCheck } from '../findings/check.ts';
import { meantName, type UnknownName, unknownNamesIn } from '../model/written/unknown-names.ts';

export const unknownAttribute = defineCheck({
  id: 'unknown-attribute',
  summary: 'A security group or rule has an unknown argument or block',
  label: 'unknown',
  help: 'Use the name from the resource type.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_security_group',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_egress_rule',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    const standalone = model.rules.filter(({ form }) => form.kind === 'standalone');
    for (const subject of [...model.groups, ...standalone]) {
      for (const unknown of unknownNamesIn(subject)) {
        // The syntax of Terraform 0.11 is the business of legacy-syntax and removed-syntax.
        if (unknown.kind === 'block' && unknown.name === 'tags') continue;
        // Terraform rejects it even where count makes no instance.
        yield { answer: 'yes', subject, place: { span: unknown.span }, message: messageOf(unknown, subject.type) };
      }
    }
  },
});

function messageOf(unknown: UnknownName, type: string): string {
  const { name, kind, within, schema } = unknown;
  const quoted = JSON.stringify(name);
  const meant = meantName(unknown);
  const suggestion = meant === undefined ? '.' : `; did you mean ${meant}?`;
  if (kind === 'key') {
    return `The ${within} rules of ${type} have no attribute ${quoted}, so Terraform ignores it${suggestion}`;
  }
  const what = within === undefined ? type : `the ${within} block of ${type}`;
  if (schema.readOnly.includes(name)) return `${quoted} of ${what} is read-only, so Terraform rejects it.`;
  const noun = kind === 'argument' ? 'argument' : 'block';
  if (noun === 'block' && schema.arguments.includes(name)) {
    return `${quoted} is an argument of ${what}, not a block, so Terraform rejects it: write ${name} = ...`;
  }
  return `${what.replace(/^the/, 'The')} has no ${noun} ${quoted}, so Terraform rejects it${suggestion}`;
}
