/** The traffic that groups allow, and whether a change allows more or less. */

import { groupBy } from '../collections/group-by.ts';
import { idInWords, ownerKey } from '../model/owner-key.ts';
import { type Allowance, allowancesOf } from '../model/questions/allowance.ts';
import { hasRefusedBlock, type Rule } from '../model/rule.ts';
import type { SecurityGroup } from '../model/security-group.ts';
import type { SecurityGroupModel } from '../model/security-group-model.ts';
import { type AddressSet, unionOfAddresses } from '../network/address-set.ts';
import { coversOpening, reachOf } from '../network/reach.ts';
import { coversTraffic, type Traffic, unionOfTraffic } from '../network/traffic.ts';

/** What the rules of one group and one direction allow. */
interface Admission {
  /** How messages name the group. */
  readonly group: string;
  readonly direction: Rule['direction'];
  /**
   * By what it waits for and whom it is for: all known blocks of a family together, every other peer by itself. So what is not
   * known before apply is the same only where it waits for the same.
   */
  readonly parts: Map<string, Passage[]>;
}

/** Traffic for some addresses, or for a peer that is no known block. */
interface Passage {
  readonly traffic: Traffic;
  readonly addresses: AddressSet | undefined;
}

/** By group and direction. A group without rules that AWS takes is not in it. */
export type Admissions = ReadonlyMap<string, Admission>;

/** A rule that Terraform or AWS rejects allows nothing. */
export function admissionsOf({ ruleSets }: SecurityGroupModel): Admissions {
  const admissions = new Map<string, Admission>();
  for (const { group, rules } of ruleSets) {
    for (const rule of rules) {
      if (hasRefusedBlock(rule)) continue;
      const key = `${rule.direction} ${ownerKey(rule.owner)}`;
      for (const [part, passage] of passagesOf(rule)) {
        const admission = admissions.get(key) ?? {
          group: nameOf(group, rule),
          direction: rule.direction,
          parts: new Map<string, Passage[]>(),
        };
        admissions.set(key, admission);
        const passages = admission.parts.get(part);
        if (passages === undefined) admission.parts.set(part, [passage]);
        else passages.push(passage);
      }
    }
  }
  return admissions;
}

function passagesOf(rule: Rule): Iterable<readonly [part: string, Passage]> {
  let unknown = 0;
  // Unknown peers that wait for the same are told apart by their order.
  const byPart = groupBy(allowancesOf(rule), (allowance) => {
    const { reasons, addresses, identity, peerReasons } = allowance;
    if (isKnownBlock(allowance)) return JSON.stringify([reasons, `IPv${addresses?.family}`]);
    return JSON.stringify([reasons, identity ?? ++unknown, addresses?.family ?? null, peerReasons]);
  });
  return [...byPart].map(([part, [first, ...others]]) => {
    const sets = [first, ...others].flatMap(({ addresses }) => addresses ?? []);
    const addresses = isKnownBlock(first) ? unionOfAddresses(sets[0]!.family, sets) : undefined;
    return [part, { traffic: first.traffic, addresses }];
  });
}

function isKnownBlock({ addresses, peerReasons, identity }: Allowance): boolean {
  return addresses !== undefined && peerReasons.length === 0 && identity === undefined;
}

function nameOf(group: SecurityGroup | undefined, { owner, address }: Rule): string {
  return group?.address ?? (owner.kind === 'id' ? idInWords(owner) : `the group of ${address}`);
}

/** Completes "not fixed: ": which group allows more or less than before; undefined where each allows the same. */
export function differenceOfAdmissions(before: Admissions, after: Admissions): string | undefined {
  const more = firstBeyond(after, before);
  if (more !== undefined) return `${more.group} would ${verbs[more.direction]} more than before`;
  const less = firstBeyond(before, after);
  return less && `${less.group} would ${verbs[less.direction]} less than before`;
}

const verbs: Readonly<Record<Rule['direction'], string>> = {
  ingress: 'allow in',
  egress: 'allow out',
  unknown: 'allow in or out',
};

/** The first that allows what its counterpart does not. */
function firstBeyond(these: Admissions, others: Admissions): Admission | undefined {
  for (const [key, admission] of these) {
    const counterpart = others.get(key)?.parts;
    for (const [part, passages] of admission.parts) {
      if (!covers(counterpart?.get(part) ?? [], passages)) return admission;
    }
  }
  return undefined;
}

/** Whether passages of a part allow all that others of the same part do. */
function covers(whole: readonly Passage[], wanted: readonly Passage[]): boolean {
  const openings = whole.flatMap(({ traffic, addresses }) =>
    addresses === undefined ? [] : { traffic, addresses, rule: undefined },
  );
  const reaches = openings.length === 0 ? [] : reachOf(openings[0]!.addresses.family, openings);
  const all = unionOfTraffic(whole.map(({ traffic }) => traffic));
  return wanted.every(({ traffic, addresses }) =>
    addresses === undefined ? coversTraffic(all, traffic) : coversOpening(reaches, { traffic, addresses }),
  );
}
