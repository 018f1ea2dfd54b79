/** Groups with inline rules. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { formatCount } from '../text/count.ts';
import { localAddress } from './shared/description.ts';

export const inlineRules = defineCheck({
  id: 'inline-rules',
  summary: 'A security group has inline rules instead of standalone rule resources',
  label: 'inline rule',
  help: 'Write each rule as a resource.',
  severity: 'info',
  preset: 'off',
  topic: 'hygiene',
  aliases: {},
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group'],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { group, rules } of model.ruleSets) {
      // A default group can be emptied of AWS's own rules in no other way.
      if (group === undefined || group.form.isDefault) continue;
      const inline = rules.filter(({ form }) => form.kind === 'inline');
      const certain = inline.filter(({ existsIf }) => existsIf === undefined);
      const [first] = certain.length > 0 ? certain : inline;
      if (first === undefined) continue;
      const count = `${formatCount(inline.length, 'inline rule')}${certain.length < inline.length ? ' or more' : ''}`;
      const directions = [...new Set(inline.map(({ direction }) => direction))];
      const claimed = directions.length === 1 ? `${directions[0]} rule` : 'rule';
      yield {
        answer: first.existsIf === undefined ? 'yes' : 'unknown',
        subject: group,
        place: { span: first.span },
        message: `${localAddress(group)} has ${count}, so Terraform removes every ${claimed} that is added elsewhere.`,
        reasons: waitsFor(first.existsIf),
      };
    }
  },
});
