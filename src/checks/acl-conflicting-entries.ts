/** Network ACLs with both inline and standalone entries. */

import { defineCheck, type Hit } from '../findings/check.ts';
import type { EntrySet, NetworkAcl } from '../model/network-acl.ts';
import { ownRulesOf } from '../model/questions/own-rules.ts';
import type { Direction } from '../model/rule.ts';
import { mixedFormsHit } from './shared/mixed-forms.ts';

export const aclConflictingEntries = defineCheck({
  id: 'acl-conflicting-entries',
  summary: 'A network ACL mixes inline and standalone entries, which remove each other on every apply',
  label: 'removes other entries',
  help: 'Use only one form for each direction. A default ACL takes inline entries only.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_network_acl',
  ],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const set of model.sets) {
      for (const direction of ['ingress', 'egress'] as const) {
        const hit = conflictIn(set, direction);
        if (hit !== undefined) yield hit;
      }
    }
  },
});

function conflictIn({ acl, entries }: EntrySet, direction: Direction): Hit | undefined {
  if (acl === undefined) return undefined;
  const standalone = entries.filter((entry) => entry.form.kind === 'standalone' && entry.direction === direction);
  return mixedFormsHit(acl, direction, removerIn(acl, direction, entries), standalone, (where) =>
    acl.isDefault
      ? `removes every ${direction} entry that it does not list, and ${where} ${standalone.length === 1 ? 'adds one' : 'add some'}`
      : `mixes inline ${direction} entries with ${where}`,
  );
}

/** What removes entries that are not listed: a list, or a default ACL as a whole. */
function removerIn(acl: NetworkAcl, direction: Direction, entries: EntrySet['entries']) {
  const own = ownRulesOf(acl, direction, entries);
  if (own !== undefined || !acl.isDefault) return own;
  const ignored = acl.lifecycle?.ignoresChanges;
  const isIgnored = ignored?.has(direction) === true || ignored?.has('all') === true;
  return isIgnored ? undefined : { span: acl.span, reasons: undefined };
}
