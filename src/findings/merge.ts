/** Parts -> findings: one finding for each check and place, with all of its instances; or for two places that differ by address family alone. */

import { isSameList } from '../collections/same-list.ts';
import { docsOf } from '../site.ts';
import { compareStrings } from '../terraform/values/value.ts';
import {
  type FindingOf,
  type FixOf,
  IN_THIS_FILE,
  type PartOf,
  type PartReach,
  type RelatedOf,
  type Together,
  type UndecidedOf,
  worstReachOf,
} from './finding.ts';
import { distinctFingerprints, joinFingerprints } from './fingerprint.ts';
import { gather } from './gather.ts';
import { joinFixes, joinRelated } from './join.ts';
import { joinMessages } from './message.ts';
import type { PlaceKind } from './places.ts';
import { type Severity, worstSeverity } from './severity.ts';
import { type Parts, twinsAmong } from './twins.ts';
import { joinWhen, withWhen } from './when.ts';

export interface Merged<P> {
  /** Sorted by place, then check; at most one for each check and place, be it a finding or a member of one. */
  readonly findings: readonly FindingOf<P>[];
  readonly undecided: readonly UndecidedOf<P>[];
}

/** The result is the same in whatever order the roots are, as long as the parts of each root keep theirs. */
export function mergeParts<P>(parts: readonly PartOf<P>[], places: PlaceKind<P>): Merged<P> {
  const byPlace = new Map<string, PartOf<P>[]>();
  for (const part of parts) {
    const key = `${part.answer} ${part.check} ${places.key(part)}`;
    const same = byPlace.get(key);
    if (same === undefined) byPlace.set(key, [part]);
    else same.push(part);
  }
  const faults: Parts<P>[] = [];
  const undecided: UndecidedOf<P>[] = [];
  for (const same of byPlace.values()) {
    same.sort((a, b) => compareStrings(a.instance, b.instance) || compareStrings(a.root, b.root));
    // What always holds needs no words about where it does.
    const always = same.filter(({ when }) => when === undefined);
    const told = always.length > 0 ? always : same;
    const [first] = told as [PartOf<P>];
    if (first.answer === 'yes') {
      faults.push({ first, same: told });
      continue;
    }
    const reasons = [...new Set(same.flatMap((part) => part.because))].sort(compareStrings);
    const { check, severity, subject } = first;
    undecided.push({
      ...{ check, severity, subject, ...places.pick(first), because: reasons },
      question: same.find(({ question }) => question !== undefined)?.question ?? null,
      roots: rootsOf(same),
      decidedBy: same.every(({ isCallers }) => isCallers === true) ? 'caller' : 'unknown',
    });
  }
  const order = (a: P & { readonly check: string }, b: P & { readonly check: string }): number =>
    places.compare(a, b) || compareStrings(a.check, b.check);
  faults.sort((a, b) => order(a.first, b.first));
  const twins = twinsAmong(faults);
  const seconds = new Set([...twins].flatMap(([fault, second]) => (second === fault ? [] : second)));
  const told = faults.filter((fault) => !seconds.has(fault));
  let fingerprints: readonly string[] | undefined;
  const fingerprintAt = (index: number): string => {
    fingerprints ??= distinctFingerprints(
      told.map((fault) => joinFingerprints(withTwin(fault, twins.get(fault)).map(({ fingerprint }) => fingerprint()))),
    );
    return fingerprints[index]!;
  };
  return {
    findings: gather(
      told.map((fault, index) => ({
        ...knownBody(fault, twins.get(fault), places),
        get fingerprint() {
          return fingerprintAt(index);
        },
      })),
      places,
    ),
    undecided: undecided.sort(order),
  };
}

/** The parts at both places; a fault that has both families in itself is its own twin. */
function withTwin<P>(fault: Parts<P>, twin: Parts<P> | undefined): readonly PartOf<P>[] {
  return twin === undefined || twin === fault ? fault.same : [...fault.same, ...twin.same];
}

interface KnownBody {
  readonly places: unknown;
  readonly twin: unknown;
  readonly same: readonly unknown[];
  readonly body: unknown;
}

/** By the first part: an editor's next run finds most of the same parts again. */
const bodies = new WeakMap<object, KnownBody>();

function knownBody<P>(fault: Parts<P>, twin: Parts<P> | undefined, places: PlaceKind<P>): FindingOf<P> {
  const same = withTwin(fault, twin);
  const known = bodies.get(fault.first);
  if (known?.places === places && known.twin === twin?.first && isSameList(known.same, same))
    return known.body as FindingOf<P>;
  const body = bodyOf(fault, twin, same, places);
  bodies.set(fault.first, { places, twin: twin?.first, same, body });
  return body;
}

/**
 * A finding with an empty fingerprint: that is about the other findings too.
 *
 * @param same the parts at both places
 */
function bodyOf<P>(
  fault: Parts<P>,
  twin: Parts<P> | undefined,
  same: readonly PartOf<P>[],
  places: PlaceKind<P>,
): FindingOf<P> {
  const { first } = fault;
  const when = joinWhen(same.map((part) => part.when));
  const reach = worstReach(same);
  const together = twin === undefined ? togetherOf(same) : undefined;
  const messages = same.map((part) => (twin === undefined ? part.message : part.twin!.message));
  return {
    check: first.check,
    severity: reach === undefined ? first.severity : worstSeverity(same.map(severityOf)),
    message: withWhen(joinMessages(messages), when),
    help: first.help,
    ...places.pick(first),
    subject: first.subject,
    ...(first.group !== undefined && { group: first.group }),
    instances: [...new Set(same.map(({ instance }) => instance))].sort(compareStrings),
    environments: [...new Set(same.flatMap(({ environment }) => environment ?? []))].sort(compareStrings),
    roots: rootsOf(same),
    ...(when.length > 0 && { when }),
    ...(reach && { reach: reach.reach }),
    ...(reach && reach.because.length > 0 && { reachBecause: reach.because }),
    related: [
      ...twinPlace(fault, twin, places),
      ...joinRelated(
        same.flatMap((part) => part.related),
        places,
      ),
      ...(reach?.way ?? []),
    ],
    aliases: first.aliases,
    docs: first.docs ?? docsOf(first.check),
    fingerprint: '',
    fix: fixOf(same, places),
    suggestions: suggestionsOf(same, places),
    ...(together && { together }),
  };
}

/** The worst of all instances, with the way of the first that has it; undefined where none is asked. */
function worstReach<P>(parts: readonly PartOf<P>[]): PartReach<P> | undefined {
  const all = parts.flatMap(({ reach }) => reach ?? []);
  const worst = worstReachOf(all);
  const same = all.filter(({ reach }) => reach === worst?.reach);
  return worst && { ...worst, because: [...new Set(same.flatMap(({ because }) => because))] };
}

function severityOf<P>({ severity, insideSeverity, reach }: PartOf<P>): Severity {
  const isInside = reach?.reach === 'vpc' || reach?.reach === 'unattached';
  return isInside ? (insideSeverity ?? severity) : severity;
}

/** How a finding is told with others, if all of its parts say the same. */
function togetherOf<P>(same: readonly PartOf<P>[]): Together | undefined {
  const all = same.flatMap(({ together }) => together ?? []);
  const texts = all.map(({ words }) => words.join('\n'));
  if (all.length < same.length || new Set(texts.map((text) => text.replace(IN_THIS_FILE, ''))).size > 1)
    return undefined;
  // Another root module may have more of them in other files.
  const first =
    all[
      Math.max(
        0,
        texts.findIndex((text) => text.includes(IN_THIS_FILE)),
      )
    ]!;
  const totals = same.flatMap(({ together }) => together?.of ?? []);
  return totals.length === 0 ? first : { ...first, of: Math.max(...totals) };
}

const rootsOf = <P>(same: readonly PartOf<P>[]): readonly string[] =>
  [...new Set(same.map(({ root }) => root || '.'))].sort(compareStrings);

function twinPlace<P>(fault: Parts<P>, twin: Parts<P> | undefined, places: PlaceKind<P>): RelatedOf<P>[] {
  if (twin === undefined || twin === fault) return [];
  return [{ message: twin.first.twin!.also!, ...places.pick(twin.first), isTwin: true }];
}

/** Fixes the faults of all instances, whose values may have come from different literals; null unless each can be fixed. */
function fixOf<P>(same: readonly PartOf<P>[], places: PlaceKind<P>): FixOf<P> | null {
  const fixes = same.flatMap(({ fix }) => fix ?? []);
  return fixes.length < same.length ? null : joinFixes(fixes, places);
}

/** The first suggestions of all instances together, the second ones, and so on; an instance that has only a fix adds that to each. */
function suggestionsOf<P>(same: readonly PartOf<P>[], places: PlaceKind<P>): FixOf<P>[] {
  const counts = same.flatMap(({ suggestions }) => (suggestions.length > 0 ? suggestions.length : []));
  const choices = Array.from({ length: counts.length > 0 ? Math.min(...counts) : 0 }, (_, index) =>
    same.flatMap(({ suggestions, fix }) => suggestions[index] ?? fix ?? []),
  );
  return choices.filter((fixes) => fixes.length === same.length).map((fixes) => joinFixes(fixes, places));
}
