/** Changes in as few rows as say all of them to people. */

import type {
  AccessChange,
  ChangeKind,
  Comparison,
  OpenedFinding,
  OpenedQuestion,
  ReachChange,
  UndecidedAccess,
} from '../../changes/change.ts';
import { groupBy } from '../../collections/group-by.ts';
import type { Related } from '../../findings/finding.ts';
import type { When } from '../../findings/when.ts';
import type { Direction } from '../../model/rule.ts';
import type { Family } from '../../network/ip-address.ts';
import { type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import { type Span, spanKey } from '../../source/span.ts';
import type { ChangesLook } from './shown.ts';

/** What changes of several families or intervals of ports have in common, and all of the places. */
interface Joined {
  readonly kind: ChangeKind;
  readonly when: readonly When[];
  readonly environments: readonly string[];
  readonly roots: readonly string[];
  readonly families: readonly Family[];
  readonly traffic: Traffic;
  /** Each once. */
  readonly spans: readonly [Span, ...Span[]];
}

/** Changes of one group that differ in their families alone, or in their ports. */
export interface ChangeRow extends Joined {
  readonly group: string;
  readonly direction: Direction;
  readonly sources: readonly string[];
  /** Blocks of these that both states let through. */
  readonly except: readonly string[];
  readonly isInternet: boolean;
  readonly isAllowed: boolean;
  readonly isFailing: boolean;
  /** What it waits for; empty for what is certain. */
  readonly because: readonly string[];
  readonly isUndecided: boolean;
  /** Without its own places. */
  readonly related: readonly Related[];
  /** What own rules say of it, each once. */
  readonly findings: readonly OpenedFinding[];
  readonly questions: readonly OpenedQuestion[];
}

export interface ReachRow extends Joined {
  readonly service: string;
  /** Addresses of the services on the way but its own. */
  readonly through: readonly string[];
}

/** Rows of one group in the same root modules. */
export interface GroupRows {
  readonly group: string;
  readonly roots: readonly string[];
  readonly rows: readonly [ChangeRow, ...ChangeRow[]];
}

/** In the order of the comparison. */
export function changeRowsOf(
  { changes }: Pick<Comparison, 'changes'>,
  look: Pick<ChangesLook, 'failing'>,
): ChangeRow[] {
  return joinedRows(
    changes.map((change) => ({
      ...rowOf(change),
      isInternet: change.internet,
      isAllowed: change.isAllowed,
      isFailing: look.failing(change),
    })),
  );
}

/** In the order of the comparison; `kind` says in which state it may be. */
export function undecidedRowsOf({ undecided }: Pick<Comparison, 'undecided'>): ChangeRow[] {
  return joinedRows(undecided.map((change) => ({ ...rowOf(change), because: change.because, isUndecided: true })));
}

/** In the order of the comparison. */
export function reachRowsOf({ reach }: Pick<Comparison, 'reach'>): ReachRow[] {
  const rows = reach.map(
    (change): ReachRow => ({ ...joinedOf(change), service: change.service, through: change.through.slice(0, -1) }),
  );
  const known = ({ kind, service, through, when, environments, roots }: ReachRow): readonly unknown[] => {
    return [kind, service, through, when, environments, roots];
  };
  const byFamily = join(rows, (row) => [...known(row), row.traffic], together);
  return join(byFamily, (row) => [...known(row), row.families, row.traffic.isSensitive], together);
}

/** What opens the most to the internet first, then in the order of the rows; of each group ingress first, then in the order of ports. */
export function rowsByGroup(rows: readonly ChangeRow[]): readonly GroupRows[] {
  const groups = [...groupBy(rows, ({ group, roots }) => JSON.stringify([group, roots])).values()].map(
    (own): GroupRows => ({
      group: own[0].group,
      roots: own[0].roots,
      rows: own.toSorted(
        (a, b) =>
          Number(a.direction === 'egress') - Number(b.direction === 'egress') ||
          (a.traffic.points[0]?.first ?? 0) - (b.traffic.points[0]?.first ?? 0) ||
          Number(a.kind === 'closed') - Number(b.kind === 'closed'),
      ) as [ChangeRow, ...ChangeRow[]],
    }),
  );
  return groups.sort((a, b) => rankOf(a) - rankOf(b));
}

/** Whether something about a row fails the run: that it is opened, or what a rule has against it. */
export function failsRun({ isFailing, findings }: Pick<ChangeRow, 'isFailing' | 'findings'>): boolean {
  return isFailing || findings.some((finding) => finding.isFailing);
}

function rankOf({ rows }: GroupRows): number {
  const opened = rows.filter(({ kind }) => kind === 'opened');
  if (opened.some(failsRun)) return 0;
  if (opened.some(({ isInternet }) => isInternet)) return 1;
  return opened.length > 0 ? 2 : 3;
}

function rowOf(change: AccessChange | UndecidedAccess): ChangeRow {
  const { group, direction, sources, short, span, related, findings, questions } = change;
  const own = spanKey(span);
  return {
    ...joinedOf(change),
    ...{ group, direction, sources: short?.of ?? sources, except: short?.except ?? [] },
    ...{ isInternet: false, isAllowed: false, isFailing: false },
    ...{ because: [], isUndecided: false, findings, questions },
    related: related.filter((each) => each.isUse !== true && spanKey(each.span) !== own),
  };
}

function joinedOf(change: AccessChange | UndecidedAccess | ReachChange): Joined {
  const { kind, when = [], environments, roots, family, traffic, span } = change;
  return { kind, when, environments, roots, traffic, families: family === null ? [] : [family], spans: [span] };
}

function joinedRows(rows: readonly ChangeRow[]): ChangeRow[] {
  const known = (row: ChangeRow): readonly unknown[] => {
    const { kind, group, direction, when, environments, roots, isInternet, isAllowed, isFailing, because } = row;
    return [kind, group, direction, when, environments, roots, isInternet, isAllowed, isFailing, because];
  };
  const both = (some: readonly [ChangeRow, ...ChangeRow[]]): ChangeRow => {
    const row = together(some);
    const related = [
      ...groupBy(
        some.flatMap((each) => each.related),
        ({ message, span }) => `${message}\n${spanKey(span)}`,
      ).values(),
    ].map(([first]) => first);
    const sources = [...new Set(some.flatMap((each) => each.sources))];
    const except = [...new Set(some.flatMap((each) => each.except))];
    const findings = eachOnce(some.flatMap((each) => each.findings));
    const questions = eachOnce(some.flatMap((each) => each.questions));
    return { ...row, sources, except, related, findings, questions };
  };
  const byFamily = join(rows, (row) => [...known(row), row.traffic], both);
  return join(byFamily, (row) => [...known(row), row.families, row.sources, row.except, row.traffic.isSensitive], both);
}

const eachOnce = <T>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((each) => [JSON.stringify(each), each])).values(),
];

function join<T>(
  rows: readonly T[],
  keyOf: (row: T) => readonly unknown[],
  together: (some: readonly [T, ...T[]]) => T,
): T[] {
  return [...groupBy(rows, (row) => JSON.stringify(keyOf(row))).values()].map(together);
}

/** The first, with what the others have. */
function together<T extends Joined>(some: readonly [T, ...T[]]): T {
  const spans = [
    ...groupBy(
      some.flatMap((each) => [...each.spans]),
      spanKey,
    ).values(),
  ].map(([first]) => first);
  return {
    ...some[0],
    families: [...new Set(some.flatMap(({ families }) => families))].sort(),
    traffic: unionOfTraffic(some.map(({ traffic }) => traffic)),
    spans: spans as [Span, ...Span[]],
  };
}
