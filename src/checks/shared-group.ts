/** Groups that unlike services have, so that each is open for what the others need. */

import type { ServiceKind } from '../model/attachment-types.ts';
import type { Attachment } from '../model/attachments.ts';
import { waitsFor } from '../model/fact.ts';
import type { SecurityGroup, SecurityModel } from '../model/security-group.ts';
import type { Because } from '../terraform/value.ts';
import { defineCheck } from './check.ts';
import { localAddress } from './description.ts';

/** Kinds that nobody connects to through a group, or that may belong to any service. */
const passive: ReadonlySet<ServiceKind> = new Set(['function', 'interface', 'job']);

/** A service that has a group, and where it says so. */
interface Use {
  readonly service: Attachment;
  readonly place: Attachment['groups'][number]['named']['id'];
  readonly possible: readonly Because[] | undefined;
}

export const sharedGroup = defineCheck({
  id: 'shared-group',
  summary: 'One group is attached to unlike services, so that each is open for what the others need',
  severity: 'low',
  set: 'strict',
  scope: 'model',
  aliases: [],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  options: {},
  *run(model) {
    for (const { group, rules } of model.ruleSets) {
      // A default group is told by the services that have it. Without ingress rules nothing is open.
      if (group === undefined || group.isDefault || rules.every((rule) => rule.direction === 'egress')) continue;
      const isCertain = ({ possible }: { readonly possible: Use['possible'] }): boolean => possible === undefined;
      const uses = usesOf(model, group);
      const certain = uses.filter(isCertain);
      const isSure =
        isCertain(group) &&
        kindsOf(certain).length > 1 &&
        rules.some((rule) => rule.direction === 'ingress' && isCertain(rule));
      const kinds = kindsOf(isSure ? certain : uses);
      if (kinds.length < 2) continue;
      const reasons = [group, ...uses, ...rules].map(({ possible }) => possible);
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
        because: isSure
          ? []
          : waitsFor(...reasons, direction === undefined ? undefined : [{ name: `${direction.subject}.type` }]),
      };
    }
  },
});

function usesOf({ attachments }: SecurityModel, group: SecurityGroup): Use[] {
  return attachments
    .filter(({ kind }) => !passive.has(kind))
    .flatMap((service) =>
      service.groups
        .filter((attached) => attached.group === group)
        .map(({ named, possible }) => ({ service, place: named.id, possible })),
    );
}

/** The first service of each kind. */
function kindsOf(uses: readonly Use[]): readonly Use[] {
  return uses.filter(({ service }, index) => uses.findIndex((use) => use.service.kind === service.kind) === index);
}

function messageOf(group: SecurityGroup, kinds: readonly Use[]): string {
  const names = kinds.map(({ service }) => `${localAddress(service)} (${service.kind})`);
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const others = kinds.length === 2 ? 'the other needs' : 'the others need';
  return `${localAddress(group)} guards ${list}, so each is open for what ${others}.`;
}
