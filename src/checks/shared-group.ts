/** Groups that are shared by different kinds of services. */

import { defineCheck } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import { kindsOf, type ServiceUse, usesOf } from '../model/questions/group-uses.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import { localAddress } from './shared/description.ts';

export const sharedGroup = defineCheck({
  id: 'shared-group',
  summary: 'A group is shared by different kinds of services',
  label: 'shared',
  help: 'Give each kind of service its own group, and use one as a source of the other.',
  severity: 'low',
  preset: 'strict',
  topic: 'exposure',
  scope: 'model',
  aliases: {},
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const { group, rules } of model.ruleSets) {
      // A default group is told by the services that have it. Without ingress rules nothing is open.
      if (group === undefined || group.form.isDefault || rules.every((rule) => rule.direction === 'egress')) continue;
      const isCertain = ({ existsIf }: { readonly existsIf: ServiceUse['existsIf'] }): boolean =>
        existsIf === undefined;
      const uses = usesOf(model, group);
      const certain = uses.filter(isCertain);
      const isSure =
        isCertain(group) &&
        kindsOf(certain).length > 1 &&
        rules.some((rule) => rule.direction === 'ingress' && isCertain(rule));
      const kinds = kindsOf(isSure ? certain : uses);
      if (kinds.length < 2) continue;
      const reasons = [group, ...uses, ...rules].map(({ existsIf }) => existsIf);
      const direction = rules.find((rule) => rule.direction === 'unknown');
      yield {
        answer: isSure ? 'yes' : 'unknown',
        subject: group,
        place: group,
        message: messageOf(group, kinds),
        related: (isSure ? certain : uses).map(({ service, place }) => ({
          message: `used by ${localAddress(service)} (${service.kind})`,
          span: place.span,
          isUse: true as const,
        })),
        reasons: isSure
          ? []
          : waitsFor(...reasons, direction === undefined ? undefined : [{ name: `${direction.resourceAddress}.type` }]),
      };
    }
  },
});

function messageOf(group: SecurityGroup, kinds: readonly ServiceUse[]): string {
  const names = kinds.map(({ service }) => `${localAddress(service)} (${service.kind})`);
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const others = kinds.length === 2 ? 'the other needs' : 'the others need';
  return `${localAddress(group)} is shared by ${list}, so each also has the rules that ${others}.`;
}
