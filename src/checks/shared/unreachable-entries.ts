/** Shared code of the checks of entries that never take effect. */

import type { Hit } from '../../findings/check.ts';
import { waitsFor } from '../../model/fact.ts';
import type { NetworkAclModel } from '../../model/network-acl-model.ts';
import { actionOf, actionsOf, type UnreachableEntry, unreachableIn } from '../../model/questions/acl-unreachable.ts';
import { capitalized, describeEntry, nameOfEntries, nameOfEntry } from './acl-text.ts';

/** How many of the entries that decide a finding shows. */
const shown = 3;

/** @param isRedundant whether those that decide do what the entry does */
export function* unreachableHits({ sets }: NetworkAclModel, isRedundant: boolean): Iterable<Hit> {
  for (const set of sets) {
    for (const direction of ['ingress', 'egress'] as const) {
      for (const found of unreachableIn(set, direction)) if (found.isRedundant === isRedundant) yield hitOf(found);
    }
  }
}

function hitOf(found: UnreachableEntry): Hit {
  const { entry, earlier, reasons } = found;
  const hit = {
    subject: entry,
    rule: entry,
    place: entry.number,
    message: messageOf(found),
    related: earlier.slice(0, shown).map(({ number }) => ({ message: 'decides first', span: number.span })),
  };
  return reasons.length === 0
    ? { ...hit, answer: 'yes', existsIf: waitsFor(entry.existsIf) }
    : { ...hit, answer: 'unknown', reasons: [...new Set([...reasons, ...waitsFor(entry.existsIf)])].sort() };
}

/** As one entry does it, and as several do. */
const verbs = { allow: ['allows', 'allow'], deny: ['denies', 'deny'] } as const;

function messageOf({ entry, earlier, isRedundant, reasons }: UnreachableEntry): string {
  const isSure = reasons.length === 0;
  const [name, what] = [capitalized(nameOfEntry(entry)), describeEntry(entry)];
  const who = earlier.length === 0 ? 'entry 100, which AWS made,' : nameOfEntries(earlier);
  const number = earlier.length > 1 ? 1 : 0;
  const own = actionOf(entry);
  const [theirs, ...more] = actionsOf(earlier);
  const never = isSure ? 'never' : 'may never';
  if (own === undefined || theirs === undefined || more.length > 0)
    return `${name} ${never} ${isSure ? 'takes' : 'take'} effect: ${who} ${number === 0 ? 'decides' : 'decide'} first.`;
  const done = `${who} already ${verbs[theirs][number]}`;
  if (isRedundant) return `${name} ${isSure ? 'is' : 'may be'} redundant: ${done} ${what}.`;
  return `${name} ${never} ${verbs[own][isSure ? 0 : 1]} ${what}: ${done} it.`;
}
