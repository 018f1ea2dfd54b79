/** What a baseline knows of findings. */

import type { Part } from '../checks/finding.ts';
import { groupBy } from '../source/group-by.ts';
import { compareSpans, spanKey } from '../source/span.ts';
import type { Declarations } from '../suppress/declared-at.ts';
import { contentOf } from './content.ts';

/** The same fault in the same resource of one file, however many lines it moves. */
export interface Entry {
  readonly check: string;
  /** Relative to the tree's root. */
  readonly file: string;
  /**
   * Address of the resource without instance keys, as the module sees it that holds the place. Empty, as the content is, where two
   * rules are at fault together and their order decides which is told.
   */
  readonly subject: string;
  /** The text of the place. */
  readonly content: string;
  /** Ports and blocks of addresses that the fault is about, where they can change without the place; else absent. */
  readonly traffic?: string;
  /** How many places are like this; at least 1. */
  readonly count: number;
}

/** Checks whose fault is a rule's traffic, of which the place shows only a part: mostly the source. */
const trafficChecks: ReadonlySet<string> = new Set([
  'admin-port-open',
  'data-port-open',
  'internal-port-open',
  'port-open',
  'port-egress',
  'icmp-open',
  'broad-port-range',
  'broad-public-cidr',
  'broad-private-cidr',
  'ipv6-wider-than-ipv4',
  'policy',
  'duplicate-rule',
  'mergeable-rules',
]);

/** Checks that tell the later of rules that are at fault together: in another order it is another one. */
const mutualChecks: ReadonlySet<string> = new Set(['duplicate-rule', 'mergeable-rules']);

/** The parts of findings that one entry stands for. */
export interface Group {
  readonly entry: Entry;
  /** By place, in order of place: one for each that `entry.count` counts. */
  readonly places: readonly (readonly Part[])[];
}

/** Findings by the entries that they would be, those of `answer: 'unknown'` left out. */
export function groupsOf(parts: readonly Part[], declarations: Declarations): Group[] {
  const faults = parts.filter(({ answer }) => answer === 'yes');
  const described = faults.map((part) => ({ part, entry: { ...entryOf(part, declarations), count: 1 } }));
  return [...groupBy(described, ({ entry }) => keyOf(entry)).values()].map((same) => {
    const places = [
      ...groupBy(
        same.map(({ part }) => part),
        ({ span }) => spanKey(span),
      ).values(),
    ];
    places.sort(([a], [b]) => compareSpans(a.span, b.span));
    return { entry: { ...same[0].entry, count: places.length }, places };
  });
}

/** The same text for entries that differ at most in their count. */
export function keyOf({ check, file, subject, content, traffic }: Entry): string {
  return JSON.stringify([file, check, subject, content, traffic ?? '']);
}

function entryOf(part: Part, declarations: Declarations): Omit<Entry, 'count'> {
  const { check, span } = part;
  const place = mutualChecks.has(check)
    ? { subject: '', content: '' }
    : { subject: subjectSeenFrom(part, declarations), content: contentOf(span) };
  const known = { check, file: span.file.path, ...place };
  if (!trafficChecks.has(check)) return known;
  const traffic = [...new Set(part.message.match(/(?<![\w.])(?:\d|::)[\w.:/-]*\w/g))].join(' ');
  return traffic === '' ? known : { ...known, traffic };
}

/** Without the calls that lead to the module of the place: whoever lints that module alone, or renames a call, finds the same. */
function subjectSeenFrom(part: Part, declarations: Declarations): string {
  const { path } = part.span.file;
  const directory = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const depth = declarations.stepsTo(part).findIndex((step) => step.directory === directory);
  return depth <= 0 ? part.subject : part.subject.replace(new RegExp(`^(?:module\\.[^.]+\\.){${depth}}`), '');
}
