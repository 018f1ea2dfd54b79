/** Descriptions that AWS rejects. */

import { defineCheck } from '../findings/check.ts';
import { describeCharacters, MAX_TEXT_LENGTH, refusedCharacters } from '../model/aws/group-text.ts';
import type { Fact } from '../model/fact.ts';
import { groupHit, ruleHit } from './shared/rule-fault.ts';

export const invalidDescription = defineCheck({
  id: 'invalid-description',
  summary: 'A description has characters that AWS rejects, or more than 255 characters',
  label: 'rejected',
  help: 'Use only the characters that AWS accepts, and at most 255.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  knownBy: 'text',
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/18874',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const group of model.groups) {
      const message = !group.form.hasEc2Texts ? undefined : messageOf(group.description, 'AWS', 'group');
      if (message !== undefined) yield groupHit(group, { place: group.description, message });
    }
    for (const rule of model.rules) {
      const refuses = rule.form.descriptionRefusedBy;
      const message = refuses && messageOf(rule.description, refuses, 'rule');
      if (message !== undefined) yield ruleHit(rule, { place: rule.description, message });
    }
  },
});

/** Undefined for a good description, and for one that is not known yet. */
function messageOf(description: Fact<string | null>, refuses: string, what: string): string | undefined {
  if (description.kind === 'unknown' || description.value === null) return undefined;
  const refused = refusedCharacters(description.value);
  if (refused.length > 0) {
    const characters = description.isSensitive === true ? 'invalid characters' : describeCharacters(refused);
    return `The description contains ${characters}, so ${refuses} rejects the ${what}.`;
  }
  const { length } = description.value;
  if (length <= MAX_TEXT_LENGTH) return undefined;
  const by = what === 'group' ? 'Terraform' : refuses;
  const count = description.isSensitive === true ? '' : `${length} characters, `;
  return `The description has ${count}more than the limit of ${MAX_TEXT_LENGTH}${count === '' ? ' characters' : ''}, so ${by} rejects the ${what}.`;
}
