/** Groups that cannot be replaced while they are in use. */

import { defineCheck } from '../findings/check.ts';
import type { UnknownReason } from '../model/fact.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import { localAddress } from './shared/description.ts';
import { hitIfAllExist } from './shared/rule-fault.ts';

export const undeletableGroup = defineCheck({
  id: 'undeletable-group',
  summary: 'A security group with a fixed name cannot be replaced while it is in use',
  label: 'fixed name',
  help: 'Use `name_prefix` with `create_before_destroy`.',
  severity: 'info',
  preset: 'strict',
  topic: 'apply',
  aliases: {},
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group#recreating-a-security-group',
    'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const group of model.groups) {
      if (group.form.isDefault || group.lifecycle?.isCreatedBeforeDestroy !== false) continue;
      const waiting = waitsForName(group);
      if (waiting === undefined) continue;
      const { name } = group;
      const text = name.kind === 'known' ? ` ${name.isSensitive === true ? SENSITIVE : `"${name.value}"`}` : '';
      const message = `Replacing ${localAddress(group)} fails while it is in use: its name${text} is fixed and it is deleted first.`;
      yield hitIfAllExist(group, { place: { span: group.span }, message, reasons: waiting });
    }
  },
});

/** What decides whether the group has a name of its own; undefined for one whose name the provider makes up. */
function waitsForName({ name }: SecurityGroup): readonly UnknownReason[] | undefined {
  if (name.kind === 'known') return name.value === null ? undefined : [];
  return name.isNotNull === true ? [] : name.reasons;
}
