/** How many groups a service has. */

import type { AttachedGroup } from '../aws/attachments.ts';

/** Each group once; what is not known to be one group counts nothing. */
export function countGroups(groups: readonly AttachedGroup[]): number {
  return new Set(
    groups.flatMap(({ named: { id, reference } }) => {
      if (id.kind === 'known') return id.value;
      return reference === undefined ? [] : [[reference.address, ...reference.path].join('.')];
    }),
  ).size;
}
