/** Which group rules belong to. */

import { SENSITIVE } from '../text/sensitive.ts';
import type { UnknownReason } from './fact.ts';
import type { Owner } from './rule.ts';

/** The same text for rules of the same group. */
export function ownerKey(owner: Owner): string {
  switch (owner.kind) {
    case 'group':
      return `group ${owner.address}`;
    case 'id':
      return `id ${owner.id}`;
    case 'unknown': {
      const { identity, reasons } = owner;
      if (identity !== undefined) return `unknown ${identity.address}.${identity.path.join('.')}`;
      return `unknown ${reasons.map((reason: UnknownReason) => reason.name).join(' ')}`;
    }
  }
}

/** The identifier of a group or network ACL from elsewhere, in words. Calls that are only for `terraform validate` give an empty one. */
export function idInWords({ id, isSensitive }: Extract<Owner, { readonly kind: 'id' }>): string {
  return isSensitive ? SENSITIVE : id || '""';
}
