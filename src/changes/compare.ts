/** Two states of a configuration -> what the newer one opens and closes. */

import { groupBy } from '../collections/group-by.ts';
import type { Related } from '../findings/finding.ts';
import { callsOnTheWay } from '../findings/related.ts';
import { joinWhen } from '../findings/when.ts';
import type { When } from '../model/when.ts';
import type { Problem } from '../source/problem.ts';
import { compareSpans, containsSpan, type Span, spanKey } from '../source/span.ts';
import { compareStrings } from '../terraform/values/value.ts';
import { SENSITIVE } from '../text/sensitive.ts';
import type { Access, RootAccess } from './access.ts';
import type { AccessChange, ChangeKind, Comparison, UndecidedAccess } from './change.ts';
import { type AccessPiece, beyond } from './difference.ts';
import { caseKey, type GroupIn, type GroupPair, pairsOf } from './match.ts';
import type { Passage } from './passage.ts';
import { ChangedPlaces, type OtherFile } from './places.ts';
import { reachChanges } from './reach.ts';
import { accessRowsOf, type Row } from './rows.ts';
import { holdsIn, whenOfWorld, worldsOf } from './worlds.ts';

export interface CompareOptions {
  /** What the older state is called. */
  readonly base: string;
  /** Directories with configuration that no change can touch, and which are in neither state. */
  readonly unchangedDirectories: number;
  /** Whether what a piece of an opened row lets in is trusted, or allowed by the policy of its group. */
  readonly isAllowed: (piece: AccessPiece, group: GroupIn) => boolean;
  /** Takes each opened row with what it is made of. */
  readonly onOpened?: (row: OpenedRow) => void;
}

/** An opened row, in each root module and environment that has it. */
export interface OpenedRow {
  readonly change: AccessChange | UndecidedAccess;
  readonly cases: readonly OpenedCase[];
}

export interface OpenedCase {
  readonly own: GroupIn;
  readonly row: Row;
  readonly isAllowed: boolean;
  /** The rule that opens it. */
  readonly rule: Passage;
  /** The worlds where it is opened; empty for all. */
  readonly when: readonly When[];
}

/** A row of one group in one root module, and in which of its worlds it is. */
interface Found {
  readonly kind: ChangeKind;
  /** As it is now. */
  readonly own: GroupIn;
  readonly direction: Passage['direction'];
  readonly row: Row;
  readonly place: RowPlace;
  readonly when: When;
}

export function compare(before: Access, after: Access, options: CompareOptions): Comparison {
  const { roots: now, problems: forgotten } = withForgotten(before.roots, after.roots);
  const pairs = pairsOf(before.roots, now);
  const renamed = renamedGroups(pairs);
  const places = {
    opened: new ChangedPlaces(fileIn(before, after)),
    closed: new ChangedPlaces(fileIn(after, before)),
  } satisfies Places;
  const cut = new Set<string>();
  const found = pairs.flatMap((pair) => differencesOf(pair, renamed, places, cut));
  const changes: AccessChange[] = [];
  const undecided: UndecidedAccess[] = [];
  for (const same of groupBy(found, keyOf).values()) {
    const { because, ...change } = changeOf(same, options);
    const told = because.length === 0 ? change : undecidedOf(change, because);
    if ('because' in told) undecided.push(told);
    else changes.push(told);
    if (told.kind === 'opened') options.onOpened?.({ change: told, cases: casesOf(same, change.isAllowed) });
  }
  return {
    changes: changes.sort(inOrder),
    undecided: undecided.sort(inOrder),
    reach: reachChanges(before.roots, after.roots),
    problems: [...problemsOf(before, after, cut), ...forgotten],
    rules: [],
    suppressedRules: [],
    base: options.base,
    isReachUnknown: before.roots.some(({ services }) => services === undefined),
    counts: {
      groups: pairs.length,
      roots: new Set([...before.roots, ...after.roots].map(({ root }) => root)).size,
      unchangedDirectories: options.unchangedDirectories,
      suppressed: 0,
      files: after.files,
    },
  };
}

/** What Terraform forgets stays as it is: nothing of it is closed. */
function withForgotten(
  before: readonly RootAccess[],
  after: readonly RootAccess[],
): { readonly roots: readonly RootAccess[]; readonly problems: readonly Problem[] } {
  const olds = new Map(before.map((root) => [caseKey(root), root]));
  const problems = new Map<string, Problem>();
  const roots = after.map((root): RootAccess => {
    const old = olds.get(caseKey(root));
    const left = (old?.passages ?? []).filter(({ address }) => {
      const span = root.forgotten(address);
      if (span === undefined) return false;
      const message = `Terraform forgets ${address}, which stays in AWS: what it lets through is not closed.`;
      problems.set(message, { kind: 'unread', severity: 'warning', message, span });
      return true;
    });
    if (left.length === 0) return root;
    const owners = new Set(left.map(({ owner }) => owner));
    const groups = [...(old?.groups ?? [])].filter(([key]) => owners.has(key));
    return { ...root, passages: [...root.passages, ...left], groups: new Map([...groups, ...root.groups]) };
  });
  return { roots, problems: [...problems.values()] };
}

/** Gives the file of one state that has the place of another's. */
function fileIn({ fileAt }: Access, { relative }: Access): OtherFile | undefined {
  return fileAt && ((path) => fileAt(relative(path)));
}

/** What groups of the older state are called now, by root module and address. */
type Renamed = ReadonlyMap<string, ReadonlyMap<string, string>>;

function renamedGroups(pairs: readonly GroupPair[]): Renamed {
  const all = new Map<string, Map<string, string>>();
  for (const { before, after } of pairs) {
    if (before === undefined || after === undefined || before.group.address === after.group.address) continue;
    const ofRoot = all.get(caseKey(before.root)) ?? new Map<string, string>();
    all.set(caseKey(before.root), ofRoot.set(before.group.address, after.group.address));
  }
  return all;
}

function withNewNames(
  passages: readonly Passage[],
  names: ReadonlyMap<string, string> | undefined,
): readonly Passage[] {
  if (names === undefined) return passages;
  return passages.map((passage) => {
    const { peer } = passage;
    const name = peer.kind === 'named' && peer.group !== undefined ? names.get(peer.group) : undefined;
    return name === undefined
      ? passage
      : { ...passage, peer: { kind: 'named', key: `group ${name}.id`, name, group: name } };
  });
}

function differencesOf(
  { before, after }: GroupPair,
  renamed: Renamed,
  places: Places,
  cut: Set<string>,
): readonly Found[] {
  const own = (after ?? before)!;
  const olds = before === undefined ? [] : withNewNames(before.passages, renamed.get(caseKey(before.root)));
  const news = after?.passages ?? [];
  const switches = new Set([
    ...(before?.root.switches ?? []),
    ...(after?.root.switches ?? []),
    ...(before?.root.written === undefined ? defaultsIn(after?.root.written) : []),
  ]);
  const { worlds, isCut } = worldsOf(
    [...olds, ...news].map(({ when }) => when),
    switches,
    [...(before?.root.rejected ?? []), ...(after?.root.rejected ?? [])],
  );
  if (isCut) cut.add(own.root.root);
  const found: Found[] = [];
  // Most worlds are alike in what is compared.
  const known = new Map<string, readonly Omit<Found, 'when'>[]>();
  const indices = (all: readonly Passage[], active: readonly Passage[]): string => {
    const set = new Set(active);
    return all.map((passage) => Number(set.has(passage))).join('');
  };
  for (const world of worlds) {
    const was = olds.filter(({ when }) => holdsIn(when, world));
    const is = news.filter(({ when }) => holdsIn(when, world));
    const key = worlds.length === 1 ? '' : `${indices(olds, was)} ${indices(news, is)}`;
    const rows = known.get(key) ?? rowsBetween(was, is, before, after, places);
    known.set(key, rows);
    for (const row of rows) found.push({ ...row, when: whenOfWorld(world) });
  }
  return found;
}

/** Variables with a default, by which a report can say that something is switched on. */
function defaultsIn(written: RootAccess['written']): readonly string[] {
  return [...(written?.module.variables ?? [])].flatMap(([name, { content }]) =>
    content.attributes.has('default') ? `var.${name}` : [],
  );
}

function rowsBetween(
  was: readonly Passage[],
  is: readonly Passage[],
  before: GroupIn | undefined,
  after: GroupIn | undefined,
  places: Places,
): readonly Omit<Found, 'when'>[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    const old = was.filter((passage) => passage.direction === direction);
    const now = is.filter((passage) => passage.direction === direction);
    const rows = (
      kind: ChangeKind,
      pieces: readonly AccessPiece[],
      all: readonly Passage[],
    ): readonly Omit<Found, 'when'>[] =>
      accessRowsOf(pieces, all).map((row) => ({
        kind,
        own: (after ?? before)!,
        direction,
        row,
        place: placeOfRow(row, places[kind], (kind === 'opened' ? after : before)!),
      }));
    return [...rows('opened', beyond(now, old, true), now), ...rows('closed', beyond(old, now, false), old)];
  });
}

type Places = Readonly<Record<ChangeKind, ChangedPlaces>>;

function keyOf({ kind, own, direction, row, place }: Found): string {
  const { family, traffic, sources, internet, because } = row;
  return JSON.stringify([
    kind,
    own.group.address,
    direction,
    family,
    traffic,
    sources,
    internet,
    because,
    spanKey(place.span),
  ]);
}

interface RowPlace {
  readonly span: Span;
  readonly piece: AccessPiece;
  readonly isSensitive: boolean;
}

/** That of the piece whose place changed; else of the first in order of place. */
function placeOfRow({ pieces }: Row, places: ChangedPlaces, { root }: GroupIn): RowPlace {
  const all = pieces.map((piece) => ({ piece, ...places.placeOf(piece.passage.places, root.written) }));
  const sorted = all.toSorted((a, b) => Number(b.isChanged) - Number(a.isChanged) || compareSpans(a.span, b.span));
  const { span, piece, isSensitive = false } = sorted[0]!;
  return { span, piece, isSensitive };
}

function changeOf(
  same: readonly [Found, ...Found[]],
  { isAllowed }: CompareOptions,
): AccessChange & Pick<UndecidedAccess, 'because'> {
  const [{ kind, own, direction, row, place }] = same;
  const { span, piece, isSensitive } = place;
  const byRoot = groupBy(same, (each) => caseKey(each.own.root));
  const whens = [...byRoot.values()].map((ofRoot) => joinWhen(ofRoot.map(({ when }) => when)));
  const when = whens.some((each) => each.length === 0) ? [] : joinWhen(whens.flat());
  return {
    kind,
    group: own.group.address,
    direction,
    family: row.family,
    traffic: row.traffic,
    sources: row.sources,
    ...(row.short && { short: row.short }),
    internet: row.internet,
    isAllowed: kind === 'opened' && row.pieces.every((each) => isAllowed(each, own)),
    because: row.because,
    ...(when.length > 0 && { when }),
    environments: [...new Set(same.flatMap((each) => each.own.root.environment ?? []))].sort(compareStrings),
    roots: [...new Set(same.map((each) => each.own.root.directory || '.'))].sort(compareStrings),
    span,
    related: relatedOf(span, piece, isSensitive),
    findings: [],
    questions: [],
  };
}

function undecidedOf(change: AccessChange, because: readonly string[]): UndecidedAccess {
  const { internet: _, isAllowed: __, ...others } = change;
  return { ...others, because };
}

function casesOf(same: readonly Found[], isAllowed: boolean): readonly OpenedCase[] {
  return [...groupBy(same, (each) => caseKey(each.own.root)).values()].map((ofRoot) => {
    const [{ own, row, place }] = ofRoot;
    return { own, row, isAllowed, rule: place.piece.passage, when: joinWhen(ofRoot.map(({ when }) => when)) };
  });
}

/** The rule, where the place is elsewhere, and the module calls on the way. */
function relatedOf(span: Span, { passage: { places } }: AccessPiece, isSensitive: boolean): readonly Related[] {
  const block = places.span;
  const isAtRule = block.file === span.file && block.start === span.start;
  const isInside =
    isAtRule || places.values.some((value) => containsSpan(value.span, span) || containsSpan(span, value.span));
  const rule = isInside ? [] : [{ message: 'used by this rule', span: block, isUse: true as const }];
  const secret = isSensitive ? [{ message: SENSITIVE, span, isSecret: true as const }] : [];
  return [...secret, ...rule, ...callsOnTheWay(places.calls, [span])];
}

/** How problems of the older state begin. */
export const OF_OLDER_STATE = 'Before the change: ';

/** What is wrong with the older state is no error of the newer one. */
export const asOfOlderState = (problem: Problem): Problem => ({
  ...problem,
  severity: 'warning',
  message: `${OF_OLDER_STATE}${problem.message}`,
});

/** With those of the older state that the newer one does not have. */
function problemsOf(before: Access, after: Access, cut: ReadonlySet<string>): readonly Problem[] {
  // Its lines may have moved.
  const textOf = ({ span, message }: Problem, { relative }: Access): string =>
    `${span === undefined ? '' : relative(span.file.path)}\n${message}`;
  const told = new Set(after.problems.map((problem) => textOf(problem, after)));
  const old = before.problems
    .filter((problem) => isOfReading(problem) && !told.has(textOf(problem, before)))
    .map(asOfOlderState);
  const worlds = [...cut].sort(compareStrings).map(
    (root): Problem => ({
      kind: 'limit',
      severity: 'warning',
      message: `${root || '.'} depends on more combinations of inputs than are compared: changes may be missing. Pass values with --var-file or --var.`,
    }),
  );
  return [...after.problems, ...old, ...worlds];
}

/** Whether it makes what is compared incomplete. */
const isOfReading = ({ severity, kind }: Problem): boolean =>
  severity === 'error' || kind === 'module' || kind === 'unread';

function inOrder(
  a: Omit<AccessChange, 'internet' | 'isAllowed'>,
  b: Omit<AccessChange, 'internet' | 'isAllowed'>,
): number {
  return (
    Number(a.kind === 'closed') - Number(b.kind === 'closed') ||
    compareStrings(a.roots.join(), b.roots.join()) ||
    compareStrings(a.group, b.group) ||
    Number(a.direction === 'egress') - Number(b.direction === 'egress') ||
    (a.family ?? 9) - (b.family ?? 9) ||
    a.traffic.points[0]!.first - b.traffic.points[0]!.first ||
    compareStrings(a.sources.join(), b.sources.join()) ||
    compareSpans(a.span, b.span)
  );
}
