/** Which services others can connect to through a group. */

import type { UnknownReason } from '../../terraform/values/value.ts';
import type { ServiceKind } from '../aws/attachment-types.ts';
import type { Attachment } from '../aws/attachments.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

/** Kinds that nobody connects to through a group, or that may belong to any service. */
const passive: ReadonlySet<ServiceKind> = new Set(['function', 'interface', 'job']);

/** A service that has a group, and where it says so. */
export interface ServiceUse {
  readonly service: Attachment;
  readonly place: Attachment['groups'][number]['named']['id'];
  readonly existsIf: readonly UnknownReason[] | undefined;
}

/** Those of services that somebody connects to, in order of place. */
export function usesOf({ attachments }: SecurityGroupModel, group: SecurityGroup): ServiceUse[] {
  return attachments
    .filter(({ kind }) => !passive.has(kind))
    .flatMap((service) =>
      service.groups
        .filter((attached) => attached.group === group)
        .map(({ named, existsIf }) => ({ service, place: named.id, existsIf })),
    );
}

/** The first service of each kind. */
export function kindsOf(uses: readonly ServiceUse[]): readonly ServiceUse[] {
  return uses.filter(({ service }, index) => uses.findIndex((use) => use.service.kind === service.kind) === index);
}
