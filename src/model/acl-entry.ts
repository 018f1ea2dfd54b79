/** Entries of network ACLs, however they were written. */

import type { Span } from '../source/span.ts';
import type { ResourceInstance } from '../terraform/instances/instance.ts';
import { type Fact, type UnknownReason, waitsFor } from './fact.ts';
import { type CidrPeer, type TrafficRule, trafficOf } from './rule.ts';

/** How a resource type writes entries. */
export interface AclForm {
  /** `inline`: written in the ACL, as a block or in an attribute; `standalone`: a resource of its own. */
  readonly kind: 'inline' | 'standalone';
  /** Names of the arguments that differ from type to type. */
  readonly number: string;
  readonly action: string;
}

/** The arguments as they are written, where the entry itself has what AWS makes of them; null where they are absent. */
export interface WrittenEntry {
  readonly protocol: Fact<string | null>;
  readonly fromPort: Fact<number | null>;
  readonly toPort: Fact<number | null>;
  readonly icmpType: Fact<number | null>;
  readonly icmpCode: Fact<number | null>;
}

/**
 * One numbered entry of a network ACL. `protocol` is in the form of security-group rules, `fromPort` and `toPort` are the type and code of ICMP and
 * ICMPv6, and 0 stands where a standalone entry leaves a port out, or any entry a type or code.
 */
export interface AclEntry extends TrafficRule {
  readonly noun: 'entry';
  readonly form: AclForm;
  /** What decides whether it is of ingress or egress; empty where that is known. */
  readonly directionReasons: readonly UnknownReason[];
  /** Its place in the order, 1 to 32766: the lowest that matches decides. Null where it is absent. */
  readonly number: Fact<number | null>;
  /** `allow` or `deny`, in lower case where it is one of them; null where it is absent. */
  readonly action: Fact<string | null>;
  /** The block of addresses; AWS takes exactly one. */
  readonly peers: readonly CidrPeer[];
  readonly written: WrittenEntry;
  /** The resource type that it is written in: its ACL's, or its own. */
  readonly type: string;
  /** The resource that it is written in. */
  readonly instance: ResourceInstance;
  /** What it comes from, a `dynamic` block or an attribute, where only apply knows how many entries that makes. */
  readonly indefinite: { readonly form: 'dynamic' | 'attribute'; readonly span: Span } | undefined;
  /** Nothing of it is known, not even whether it is one entry, none or many. */
  readonly isOpenEnded: boolean;
}

/** What decides what an entry matches, where it comes, and whether it is there: names, sorted; none for one that is certain. */
export function reasonsOfEntry(entry: AclEntry): readonly string[] {
  const traffic = trafficOf(entry);
  const facts = [entry.number, entry.action, ...entry.peers.map(({ text }) => text)];
  return waitsFor(
    entry.existsIf,
    entry.directionReasons,
    traffic.kind === 'unknown' ? traffic.reasons : undefined,
    ...facts.map((fact) => (fact.kind === 'unknown' ? fact.reasons : undefined)),
  );
}
