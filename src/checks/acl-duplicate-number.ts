/** Entries of one network ACL with the same number. */

import { groupBy } from '../collections/group-by.ts';
import { defineCheck } from '../findings/check.ts';
import type { AclEntry } from '../model/acl-entry.ts';
import { shown } from '../model/fact.ts';
import type { EntrySet } from '../model/network-acl.ts';
import { ownerReasons } from '../model/rule.ts';
import { nameOfAcl } from './shared/acl-text.ts';
import { hitIfAllExist } from './shared/rule-fault.ts';

export const aclDuplicateNumber = defineCheck({
  id: 'acl-duplicate-number',
  summary: 'Two entries of a network ACL have the same number in one direction, which AWS rejects',
  label: 'number taken',
  help: 'Give each entry of a direction its own number, IPv4 and IPv6 together.',
  severity: 'high',
  preset: 'recommended',
  topic: 'apply',
  aliases: {},
  sources: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html',
    'https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_network_acl_rule.go',
  ],
  about: 'network-acl',
  options: {},
  *run(model) {
    for (const set of model.sets) {
      for (const direction of ['ingress', 'egress'] as const) {
        const entries = set.entries.filter((entry) => entry.direction === direction && entry.number.kind === 'known');
        for (const [first, ...others] of groupBy(entries, numberOf).values()) {
          for (const other of others) {
            if (numberOf(first) === null || isSameInline(first, other)) continue;
            const number = first.number.kind === 'known' ? shown(first.number) : '';
            const hit = hitIfAllExist(other, {
              place: other.number,
              message: `Another ${direction} entry of ${nameOfAcl(set)} has the number ${number} too, so AWS rejects one of them.`,
              related: [{ message: `${number} is taken here`, span: first.number.span }],
              reasons: reasonsOf(set, first),
            });
            yield { ...hit, rule: other };
          }
        }
      }
    }
  },
});

const numberOf = ({ number }: AclEntry): number | null => (number.kind === 'known' ? number.value : null);

function reasonsOf({ acl }: EntrySet, first: AclEntry) {
  const open = (first.existsIf ?? []).filter((reason) => acl?.existsIf?.includes(reason) !== true);
  return [...open, ...ownerReasons(first)];
}

/** The provider keeps inline entries as a set: what is written twice is one entry. */
function isSameInline(a: AclEntry, b: AclEntry): boolean {
  return a.form.kind === 'inline' && b.form.kind === 'inline' && contentOf(a) === contentOf(b);
}

function contentOf({ action, protocol, fromPort, toPort, peers }: AclEntry): string {
  const facts = [action, protocol, fromPort, toPort, ...peers.map(({ text }) => text)];
  return JSON.stringify(
    facts.map((fact) => (fact.kind === 'known' ? fact.value : fact.reasons.map(({ name }) => name))),
  );
}
