/** Groups that cannot be replaced while they are in use. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import type { Because } from '../terraform/values/value.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { localAddress } from './shared/description.ts';

export const undeletableGroup = defineCheck({
  id: 'undeletable-group',
  summary: 'A security group with a fixed name cannot be replaced while it is in use',
  severity: 'info',
  set: 'strict',
  topic: 'apply',
  aliases: [],
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#recreating-a-security-group',
    'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle',
  ],
  options: {},
  *run(model) {
    for (const group of model.groups) {
      if (group.isDefault || isReplacedFirst(group)) continue;
      const waiting = waitsForName(group);
      if (waiting === undefined) continue;
      const { name } = group;
      const text = name.kind === 'known' ? ` ${name.isSensitive === true ? SENSITIVE : `"${name.value}"`}` : '';
      const because = waitsFor(group.possible, waiting);
      yield {
        answer: because.length > 0 ? 'unknown' : 'yes',
        subject: group,
        place: { span: group.span },
        message: `Replacing ${localAddress(group)} fails while it is in use: its name${text} is fixed and it is deleted first. Use name_prefix and create_before_destroy.`,
        because,
      };
    }
  },
});

/** Terraform wants a literal there. */
function isReplacedFirst({ instance }: SecurityGroup): boolean {
  return instance.body.blocks.some(({ type, body }) => {
    const value = type === 'lifecycle' ? body.attribute('create_before_destroy')?.value : undefined;
    return (value?.kind === 'bool' && value.value) || (value?.kind === 'string' && value.value === 'true');
  });
}

/** What decides whether the group has a name of its own; undefined for one whose name the provider makes up. */
function waitsForName({ instance }: SecurityGroup): readonly Because[] | undefined {
  const value = instance.body.attribute('name')?.value;
  if (value === undefined || value.kind === 'null') return undefined;
  if (value.kind !== 'unknown' || value.notNull === true || value.pieces !== undefined) return [];
  return value.because;
}
