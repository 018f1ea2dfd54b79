/** Which rules belong to the same group. */

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
