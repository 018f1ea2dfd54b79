/** Services that can open no connection, because none of their groups has an egress rule. */

import type { Attachment } from '../aws/attachments.ts';
import type { Place } from '../place.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

export interface ClosedService {
  readonly service: Attachment;
  /** All groups of the service. */
  readonly groups: readonly SecurityGroup[];
  /** Where it names the first one. */
  readonly place: Place;
}

/** Those of which it is certain: each group is one of the configuration's, and no rule can belong to it before apply. */
export function* closedServices(model: SecurityGroupModel): Iterable<ClosedService> {
  const services = model.attachments.filter(({ kind, existsIf }) => kind === 'compute' && existsIf === undefined);
  if (services.length === 0) return;
  const leaving = model.rules.filter(({ direction }) => direction !== 'ingress');
  if (leaving.some(({ owner }) => owner.kind === 'unknown')) return;
  const open = new Set(leaving.flatMap(({ owner }) => (owner.kind === 'group' ? owner.address : [])));
  for (const service of services) {
    const groups = service.groups.map(({ group, existsIf }) => (existsIf === undefined ? group : undefined));
    const [first] = service.groups;
    if (first === undefined || !groups.every((group) => group !== undefined)) continue;
    if (groups.every((group) => isClosed(group, open))) {
      const byAddress = new Map(groups.map((group) => [group.address, group]));
      yield { service, groups: [...byAddress.values()], place: first.named.id };
    }
  }
}

/** A list of egress rules, be it empty, says what is wanted. */
function isClosed(
  { form, address, existsIf, ruleLists, lifecycle }: SecurityGroup,
  open: ReadonlySet<string>,
): boolean {
  const ignored = lifecycle?.ignoresChanges;
  return (
    !form.isDefault &&
    form.removesOtherRules &&
    existsIf === undefined &&
    ruleLists.egress === undefined &&
    ignored?.has('egress') !== true &&
    ignored?.has('all') !== true &&
    !open.has(address)
  );
}
