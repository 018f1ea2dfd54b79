/** Objects of `ingress = [{ ... }]` that lack attributes. */

import { defineCheck } from '../findings/check.ts';
import type { Rejection } from '../model/rejections.ts';
import { rejectionHits } from './shared/rejection-hit.ts';

export const incompleteRuleObject = defineCheck({
  id: 'incomplete-rule-object',
  summary: 'A rule in an ingress or egress attribute does not set every attribute',
  label: 'incomplete',
  help: 'Set every attribute, to `null` where it is not used, or write a block for each rule.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  rejection: 'rule-object',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://developer.hashicorp.com/terraform/language/attr-as-blocks',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group',
  ],
  about: 'security-group',
  options: {},
  run: (model) => rejectionHits(model, 'rule-object', messageOf),
});

function messageOf({ message, resourceAddress }: Rejection): string {
  const fault = message.replace(/\.$/, '');
  const [whole, part] = /_network_acl\.[^.]+$/.test(resourceAddress) ? ['network ACL', 'entry'] : ['group', 'rule'];
  return `${fault}, so Terraform rejects the ${whole}: set every attribute in each ${part} of the list, to null where it is not used.`;
}
