/** Findings that repeat each other in one file -> one finding with all of them as members. */

import { groupBy } from '../collections/group-by.ts';
import { compareStrings } from '../terraform/values/value.ts';
import type { FindingOf, Together } from './finding.ts';
import { joinFingerprints } from './fingerprint.ts';
import { joinFixes, joinRelated } from './join.ts';
import type { PlaceKind } from './places.ts';
import { withWhen } from './when.ts';

/**
 * Gathers what says the same of several places in one file, in the same roots, environments and worlds. It comes after comments,
 * baselines and diffs: what they take away is not counted.
 *
 * @param findings without members, sorted by place
 * @returns sorted by place
 */
export function gather<P>(findings: readonly FindingOf<P>[], places: PlaceKind<P>): readonly FindingOf<P>[] {
  if (!findings.some(({ together }) => together)) return findings;
  const alike = groupBy(findings, (finding) =>
    finding.together === undefined ? finding : keyOf(finding, finding.together, places),
  );
  return [...alike.values()].map((same) => (same.length === 1 ? same[0] : gathered(same, same[0].together!, places)));
}

/** The findings by themselves, each at its own place, sorted by place, then check. */
export function membersOf<P>(findings: readonly FindingOf<P>[], places: PlaceKind<P>): readonly FindingOf<P>[] {
  if (!findings.some(({ members }) => members)) return findings;
  return findings
    .flatMap((finding) => finding.members ?? [finding])
    .sort((a, b) => places.compare(a, b) || compareStrings(a.check, b.check));
}

function keyOf<P>(finding: FindingOf<P>, { words }: Together, places: PlaceKind<P>): string {
  const { check, severity, environments, roots, when } = finding;
  return JSON.stringify([check, severity, places.file(finding), words, environments, roots, when]);
}

function gathered<P>(
  members: readonly [FindingOf<P>, ...FindingOf<P>[]],
  together: Together,
  places: PlaceKind<P>,
): FindingOf<P> {
  const [first, ...others] = members;
  const { check, severity, help, group, environments, roots, when = [], aliases, docs } = first;
  const fixes = members.flatMap(({ fix }) => fix ?? []);
  return {
    check,
    severity,
    message: withWhen(messageOf(members, together), when),
    help,
    ...places.pick(first),
    subject: together.subject ?? first.subject,
    ...(group !== undefined && { group }),
    instances: [...new Set(members.flatMap(({ instances }) => instances))].sort(compareStrings),
    environments,
    roots,
    ...(when.length > 0 && { when }),
    related: joinRelated(
      [
        ...others.map((other) => ({ message: other.together!.name, ...places.pick(other) })),
        ...members.flatMap(({ related }) => related),
      ],
      places,
    ),
    aliases,
    docs,
    get fingerprint() {
      return joinFingerprints(members.map(({ fingerprint }) => fingerprint));
    },
    fix: fixes.length < members.length ? null : joinFixes(fixes, places),
    suggestions: [],
    members,
  };
}

/** `5 of 8 rules of aws_security_group.web have no description.` */
function messageOf<P>(members: readonly FindingOf<P>[], { words: [before, after] }: Together): string {
  const totals = members.flatMap(({ together }) => together?.of ?? []);
  const of = totals.length === 0 ? '' : ` of ${Math.max(...totals)}`;
  return `${before}${members.length}${of}${after}`;
}
