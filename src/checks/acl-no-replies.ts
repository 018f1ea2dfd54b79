/** Network ACLs that allow connections and drop the replies. */

import { defineCheck, type Hit } from '../findings/check.ts';
import { waitsFor } from '../model/fact.ts';
import type { EntrySet } from '../model/network-acl.ts';
import { type WithoutReplies, withoutReplies } from '../model/questions/acl-replies.ts';
import type { Direction } from '../model/rule.ts';
import { capitalized, describeEntry, nameOfAcl, nameOfEntry } from './shared/acl-text.ts';

/** How many more entries of a direction a finding shows. */
const shown = 5;

export const aclNoReplies = defineCheck({
  id: 'acl-no-replies',
  summary: 'A network ACL allows connections in one direction and drops all replies in the other',
  label: 'no way back',
  help: 'Allow the ephemeral ports of the clients in the other direction: TCP 1024-65535.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/nacl-basics.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports',
  ],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const set of model.sets) {
      for (const direction of ['ingress', 'egress'] as const) {
        const found = withoutReplies(set, direction);
        const certain = found.filter(({ reasons }) => reasons.length === 0);
        const told = certain.length > 0 ? certain : found;
        if (told[0] !== undefined) yield hitOf(set, direction, told as readonly [WithoutReplies, ...WithoutReplies[]]);
      }
    }
  },
});

function hitOf(
  set: EntrySet,
  direction: Direction,
  [{ entry, reasons }, ...others]: readonly [WithoutReplies, ...WithoutReplies[]],
): Hit {
  const [back, word] = direction === 'ingress' ? ['egress', 'to'] : ['ingress', 'from'];
  const may = reasons.length === 0 ? 'allows none' : 'may allow none';
  const message = `${capitalized(nameOfEntry(entry))} allows ${describeEntry(entry)}, but ${back} of ${nameOfAcl(set)} ${may} of TCP 1024-65535 ${word} it, so replies are dropped and connections time out.`;
  return {
    answer: reasons.length === 0 ? 'yes' : 'unknown',
    subject: entry,
    rule: entry,
    place: entry.peers[0]?.text ?? entry,
    message,
    related: others.slice(0, shown).map((other) => ({
      message: `${nameOfEntry(other.entry)}, whose replies are dropped too`,
      span: other.entry.peers[0]?.text.span ?? other.entry.span,
    })),
    ...(reasons.length === 0 ? { existsIf: waitsFor(entry.existsIf) } : { reasons }),
  };
}
