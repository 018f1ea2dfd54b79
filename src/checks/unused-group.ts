/** Groups that nothing refers to. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { referencesIn } from '../model/questions/references.ts';
import type { SecurityGroup, SecurityModel } from '../model/security-group.ts';
import { containsSpan, type Span } from '../source/span.ts';
import { directoryOf } from '../terraform/modules/declarations.ts';
import { localAddress } from './shared/description.ts';

export const unusedGroup = defineCheck({
  id: 'unused-group',
  summary: 'Nothing refers to a security group except its own rules',
  severity: 'low',
  set: 'off',
  topic: 'hygiene',
  scope: 'model',
  aliases: ['CKV2_AWS_5'],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  options: {},
  *run(model) {
    const references = new Map<string, ReadonlyMap<string, readonly Span[]>>();
    for (const group of model.groups) {
      if (group.isDefault) continue;
      const { path } = group.span.file;
      const directory = directoryOf(path);
      const inModule = references.get(directory) ?? referencesIn(model.trees, directory);
      references.set(directory, inModule);
      const own = ownBlocks(group, model);
      const places = inModule.get(`${group.instance.type}.${group.instance.name}`) ?? [];
      if (places.some((place) => !own.some((block) => containsSpan(block, place)))) continue;
      const because = waitsFor(group.possible);
      yield {
        answer: because.length > 0 ? 'unknown' : 'yes',
        subject: group,
        place: { span: group.span },
        message: `Nothing in this configuration uses ${localAddress(group)}: only its own rules refer to it. Attach it or remove it.`,
        because,
      };
    }
  },
});

/** The group's own block, and those of the rules that belong to it. */
function ownBlocks(group: SecurityGroup, { ruleSets }: SecurityModel): readonly Span[] {
  const rules = ruleSets.find((ruleSet) => ruleSet.group === group)?.rules ?? [];
  return [group, ...rules].map(({ instance }) => instance.declaration.block);
}
