/** Services that use the default group of their VPC, explicitly or because they name none. */

import { defineCheck } from '../findings/check.ts';
import { all, any } from '../model/answer.ts';
import type { AttachedGroup } from '../model/aws/attachments.ts';
import { quotedFact, waitsFor } from '../model/fact.ts';
import { localAddress } from './shared/description.ts';

export const defaultGroupUsed = defineCheck({
  id: 'default-group-used',
  summary: "A resource uses its VPC's default group, explicitly or because it names no group",
  label: 'gets the default group',
  help: 'Give each service its own group, and name it.',
  severity: 'medium',
  preset: 'strict',
  topic: 'exposure',
  scope: 'model',
  aliases: {},
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint',
  ],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const service of model.attachments) {
      const name = localAddress(service);
      const certain = service.existsIf === undefined ? 'yes' : 'unknown';
      const taken = all(service.takesDefault, certain);
      if (taken !== 'no') {
        const reasons = taken === 'yes' ? [] : waitsFor(service.existsIf, service.takesDefaultReasons);
        yield {
          answer: taken,
          subject: service,
          place: service,
          message: `${name} names no security group, so it gets the default group of its VPC.`,
          reasons,
        };
      }
      // Of names that are not known, one may be a default group as well as another: it is one question.
      const doubtful = any(...service.groups.map(({ isDefault }) => isDefault)) === 'yes' ? [] : service.groups;
      const first = doubtful.find(({ isDefault }) => isDefault === 'unknown');
      for (const named of service.groups.filter((each) => each.isDefault === 'yes' || each === first)) {
        const answer = all(named.isDefault, named.existsIf === undefined ? 'yes' : 'unknown');
        const message = `${name} uses ${nameOf(named)}, ${answer === 'yes' ? 'the' : 'possibly a'} default group of its VPC, which everything without an explicit group shares.`;
        const reasons = answer === 'yes' ? [] : reasonsOf(named, doubtful);
        yield {
          answer: answer === 'yes' ? 'yes' : 'unknown',
          subject: service,
          place: named.named.id,
          message,
          reasons,
        };
      }
    }
  },
});

function reasonsOf(named: AttachedGroup, doubtful: readonly AttachedGroup[]): readonly string[] {
  const waiting = doubtful.filter(({ isDefault }) => isDefault === 'unknown').map((each) => each.named.id);
  return waitsFor(named.existsIf, ...waiting.map((id) => (id.kind === 'unknown' ? id.reasons : undefined)));
}

function nameOf({ named: { id }, group }: AttachedGroup): string {
  if (id.kind === 'known') return quotedFact(id);
  return group === undefined ? (waitsFor(id.reasons)[0] ?? 'a group') : localAddress(group);
}
