/** Entries of network ACLs that never take effect. */

import { defineCheck, type Hit } from '../findings/check.ts';
import type { AclEntry } from '../model/acl-entry.ts';
import { known, waitsFor } from '../model/fact.ts';
import { type UnreachableEntry, unreachableIn } from '../model/questions/acl-unreachable.ts';
import { aclDuplicateNumber } from './acl-duplicate-number.ts';
import { capitalized, describeEntry, nameOfEntries, nameOfEntry } from './shared/acl-text.ts';

export const aclUnreachableEntry = defineCheck({
  id: 'acl-unreachable-entry',
  summary: 'An entry of a network ACL never takes effect, because earlier entries decide',
  label: 'never decides',
  help: 'Give the entry a lower number than those that decide before it, or remove it.',
  severity: 'medium',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  coveredBy: [aclDuplicateNumber],
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html'],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const set of model.sets) {
      for (const direction of ['ingress', 'egress'] as const) {
        for (const found of unreachableIn(set, direction)) yield hitOf(found);
      }
    }
  },
});

function hitOf({ entry, earlier, reasons }: UnreachableEntry): Hit {
  const isSure = reasons.length === 0;
  const hit = {
    subject: entry,
    rule: entry,
    place: entry.number,
    message: messageOf(entry, earlier, isSure),
    related: earlier.slice(0, 3).map(({ number }) => ({ message: 'decides first', span: number.span })),
  };
  return isSure
    ? { ...hit, answer: 'yes', existsIf: waitsFor(entry.existsIf) }
    : { ...hit, answer: 'unknown', reasons: [...new Set([...reasons, ...waitsFor(entry.existsIf)])].sort() };
}

const verbs = { allow: ['allows', 'allow'], deny: ['denies', 'deny'] } as const;

function messageOf(entry: AclEntry, earlier: readonly AclEntry[], isSure: boolean): string {
  const own = actionOf(entry);
  const [name, what] = [capitalized(nameOfEntry(entry)), describeEntry(entry)];
  // What AWS makes of a default ACL allows everything.
  const [theirs, ...more] = earlier.length === 0 ? (['allow'] as const) : new Set(earlier.map(actionOf));
  const who = earlier.length === 0 ? 'entry 100, which AWS made,' : nameOfEntries(earlier);
  const number = earlier.length > 1 ? 1 : 0;
  const never = isSure ? 'never' : 'may never';
  if (own === undefined || theirs === undefined || more.length > 0)
    return `${name} ${never} ${isSure ? 'takes' : 'take'} effect: ${who} ${number === 0 ? 'decides' : 'decide'} first.`;
  const done = `${who} already ${verbs[theirs][number]}`;
  if (own === theirs) return `${name} ${isSure ? 'is' : 'may be'} redundant: ${done} ${what}.`;
  return `${name} ${never} ${verbs[own][isSure ? 0 : 1]} ${what}: ${done} it.`;
}

function actionOf({ action }: AclEntry): 'allow' | 'deny' | undefined {
  const value = known(action);
  return value === 'allow' || value === 'deny' ? value : undefined;
}
