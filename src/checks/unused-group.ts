/** Groups that nothing refers to. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { referencesIn } from '../model/questions/references.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import type { SecurityModel } from '../model/security-model.ts';
import { containsSpan, type Span } from '../source/span.ts';
import { directoryOf } from '../terraform/modules/declarations.ts';
import { localAddress } from './shared/description.ts';

export const unusedGroup = defineCheck({
  id: 'unused-group',
  summary: 'Nothing outside a security group refers to it',
  severity: 'low',
  set: 'off',
  topic: 'hygiene',
  scope: 'model',
  aliases: {
    checkov: ['CKV2_AWS_5'],
    kics: ['4849211b-ac39-479e-ae78-5694d506cb24'],
  },
  tags: ['unnecessary'],
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
        message: `Nothing refers to ${localAddress(group)} except its own rules, so it guards nothing of this configuration.`,
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
