/** Duplicate rules of a group. */

import { defineCheck, type Hit } from '../findings/check.ts';
import { type Duplicate, isMerged } from '../model/questions/duplicates.ts';
import { factOfPeer, ownerReasons } from '../model/rule.ts';
import { withoutRepeated } from '../model/written/repeated-elements.ts';
import { formatTraffic } from '../network/traffic.ts';
import { compareSpans } from '../source/span.ts';
import { formatCount } from '../text/count.ts';
import { ruleHit } from './shared/rule-fault.ts';
import { nameOfPeer } from './shared/rule-text.ts';

export const duplicateRule = defineCheck({
  id: 'duplicate-rule',
  summary: 'A group has the same rule twice: same traffic and same source or destination',
  label: 'duplicate',
  help: 'Keep one of them, and give both reasons in its description.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  tags: ['unnecessary'],
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/25965',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const ruleSet of model.ruleSets) {
      for (const duplicates of ruleSet.duplicates) {
        const edits = withoutRepeated(model, duplicates);
        const fix = edits && { message: 'Remove the duplicates from the list.', edits };
        const peers = duplicates.map(({ again }) => again.peer);
        const identity = { together: [{ rule: duplicates[0].again.rule, peers }] };
        yield { ...hitOf(duplicates[0], duplicates.length - 1), identity, ...(fix && { fix }) };
      }
    }
  },
});

function hitOf(duplicate: Duplicate, more: number): Hit {
  const { again, before } = duplicate;
  const { rule, peer } = again;
  const [place, earlier] = [factOfPeer(peer), factOfPeer(before.peer)];
  // Instances of one block share their places.
  const isHere = compareSpans(place.span, earlier.span) === 0;
  const what = `${formatTraffic(again.traffic)} ${rule.direction === 'egress' ? 'to' : 'from'} ${nameOfPeer(peer)}`;
  const rest = more === 0 ? '' : ` and ${formatCount(more, 'other')} of its rules`;
  const verb = more === 0 ? 'duplicates a rule' : 'duplicate rules';
  return ruleHit(rule, {
    place,
    message: `${what.replace(/^all/, 'All')}${rest} ${verb} of the same group, so ${consequence(duplicate)}.`,
    related: isHere ? [] : [{ message: 'the same rule', span: earlier.span }],
    // What decides of both, such as the count of their group, is no doubt about the one beside the other.
    reasons: [
      ...ownerReasons(rule),
      ...(before.rule.existsIf ?? []).filter((each) => rule.existsIf?.includes(each) !== true),
    ],
  });
}

function consequence({ again: { rule }, before }: Duplicate): string {
  if (isMerged(before.rule, rule)) return 'it has no effect. Remove one';
  const isOneCall = before.rule === rule || (before.rule.form.kind === 'inline' && rule.form.kind === 'inline');
  return `AWS rejects it (${isOneCall ? 'the same permission must not appear multiple times' : 'InvalidPermission.Duplicate'})`;
}
