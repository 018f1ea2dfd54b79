/** A matrix of who may send what to which groups. */

import { groupBy } from '../../collections/group-by.ts';
import { type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import { compareStrings } from '../../terraform/values/value.ts';
import { formatCount } from '../../text/count.ts';
import { type GroupOpening, type Source, sourceKinds } from './openings.ts';
import type { ExposureLook } from './shown.ts';
import { modulePathOf, rootName } from './words.ts';

/** What a row or a column is: a group of a root, a module of it, or a source from elsewhere. */
export interface MatrixEntry {
  readonly key: string;
  readonly name: string;
  readonly kind: Source['kind'] | 'module';
  /** The root module that it is of; undefined for what is of none. */
  readonly root: string | undefined;
  /** Groups in a module; 1 for all else. */
  readonly count: number;
}

export interface MatrixCell {
  readonly traffic: Traffic;
  readonly answer: 'yes' | 'unknown';
  /** In order of rules. */
  readonly openings: readonly [GroupOpening, ...GroupOpening[]];
}

export interface Matrix {
  /** Those that may send something. */
  readonly rows: readonly MatrixEntry[];
  /** Those that let something in. */
  readonly columns: readonly MatrixEntry[];
  readonly isFolded: boolean;
  cell(row: MatrixEntry, column: MatrixEntry): MatrixCell | undefined;
}

/** Of more blocks than these, those after them are one row. */
const MAX_BLOCKS = 40;

/** A matrix of more groups than these is one of modules. */
const MAX_GROUPS = 200;

export function matrixOf(openings: readonly GroupOpening[], look: ExposureLook): Matrix {
  const isFolded = groupCount(openings) > MAX_GROUPS;
  const blocks = [
    ...new Set(openings.filter(({ source }) => source.kind === 'block').map(({ source }) => source.name)),
  ];
  const shownBlocks = new Set(blocks.length > MAX_BLOCKS + 1 ? blocks.slice(0, MAX_BLOCKS) : blocks);
  const otherBlocks = formatCount(blocks.length - shownBlocks.size, 'other block');
  const nameOf = (group: string): string => (isFolded ? modulePathOf(group) || 'root module' : group);
  const entryOfGroup = (root: string, group: string): Omit<MatrixEntry, 'count'> => {
    const name = nameOf(group);
    return { key: `${root}\n${name}`, name, kind: isFolded ? 'module' : 'group', root };
  };
  const rowOf = ({ root, source: { kind, name } }: GroupOpening): Omit<MatrixEntry, 'count'> => {
    if (kind === 'group') return entryOfGroup(rootName(root, look), name);
    const shownName = kind === 'block' && !shownBlocks.has(name) ? otherBlocks : name;
    return { key: `${kind} ${shownName}`, name: shownName, kind, root: undefined };
  };
  const columnOf = ({ root, group }: GroupOpening) => entryOfGroup(rootName(root, look), group);
  const cells = groupBy(openings, (opening) => `${columnOf(opening).key}\n\n${rowOf(opening).key}`);
  return {
    rows: entriesOf(openings, rowOf, ({ source }) => source.name),
    columns: entriesOf(openings, columnOf, ({ group }) => group),
    isFolded,
    cell: (row, column) => {
      const some = cells.get(`${column.key}\n\n${row.key}`);
      return (
        some && { traffic: unionOfTraffic(some.map(({ traffic }) => traffic)), answer: answerOf(some), openings: some }
      );
    },
  };
}

const answerOf = (some: readonly GroupOpening[]): 'yes' | 'unknown' =>
  some.some(({ answer }) => answer === 'yes') ? 'yes' : 'unknown';

const groupCount = (openings: readonly GroupOpening[]): number =>
  new Set(
    openings.flatMap(({ root, group, source }) => [
      `${root.exposure.root} ${group}`,
      ...(source.kind === 'group' ? [`${root.exposure.root} ${source.name}`] : []),
    ]),
  ).size;

function entriesOf(
  openings: readonly GroupOpening[],
  entryOf: (opening: GroupOpening) => Omit<MatrixEntry, 'count'>,
  member: (opening: GroupOpening) => string,
): readonly MatrixEntry[] {
  const rank = ({ kind }: MatrixEntry): number => (kind === 'module' ? sourceKinds.length : sourceKinds.indexOf(kind));
  return [...groupBy(openings, (opening) => entryOf(opening).key).values()]
    .map((some): MatrixEntry => {
      const entry = entryOf(some[0]);
      return { ...entry, count: entry.kind === 'module' ? new Set(some.map(member)).size : 1 };
    })
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        compareStrings(a.root ?? '', b.root ?? '') ||
        compareStrings(sortKey(a.name), sortKey(b.name)),
    );
}

/** By which numbers in names are in order: `10.2.0.0` before `10.10.0.0`. */
const sortKey = (name: string): string => name.replace(/\d+/g, (digits) => digits.padStart(10, '0'));
