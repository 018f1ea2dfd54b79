/** Groups with the same name in the same VPC. */

import { defineCheck } from '../findings/check.ts';
import { knownText, quotedFact } from '../model/fact.ts';
import { sameNames } from '../model/faults/same-names.ts';
import { spanKey } from '../source/span.ts';
import { localAddress } from './shared/description.ts';
import { groupHit } from './shared/rule-fault.ts';

export const duplicateGroupName = defineCheck({
  id: 'duplicate-group-name',
  summary: 'Two groups of one VPC have the same name, which AWS rejects',
  label: 'name is taken',
  help: 'Give each group a name of its own.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  scope: 'model',
  aliases: {},
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
    'https://github.com/chef-boneyard/chef-provisioning-aws/issues/452',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { group, name, earlier } of sameNames(model.groups)) {
      const isSameBlock = spanKey(group.span) === spanKey(earlier.span);
      const other = knownText(earlier.name);
      const isAsWritten =
        other === undefined || name.kind === 'unknown' || other.value.trimEnd() === name.value.trimEnd();
      const text = name.kind === 'unknown' ? 'This' : quotedFact(name);
      const message = `${text} is also the name of ${isSameBlock ? earlier.address : localAddress(earlier)} in the same VPC${isAsWritten ? '' : ' (AWS ignores case)'}, so AWS rejects one of them (InvalidGroup.Duplicate).`;
      yield groupHit(group, {
        place: name,
        message,
        related: isSameBlock ? [] : [{ message: 'the same name', span: earlier.name.span }],
        // Groups of which one or the other exists may share a name.
        reasons: [...(group.existsIf ?? []), ...(earlier.existsIf ?? [])],
      });
    }
  },
});
