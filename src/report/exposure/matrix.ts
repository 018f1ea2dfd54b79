/** A matrix of who may send what to which groups. */

import { groupBy } from '../../collections/group-by.ts';
import { type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import { compareStrings } from '../../terraform/values/value.ts';
import { formatCount } from '../../text/count.ts';
import { type Fold, foldFor, keyOfMember, type Member } from './fold.ts';
import { endsOf, type GroupOpening, type Source, sourceKinds } from './openings.ts';
import type { ExposureLook } from './shown.ts';
import { modulePathOf, rootName, sortKey } from './words.ts';

/** What a row or a column is: a group of a root, a module of it, or a source from elsewhere. */
export interface MatrixEntry {
  readonly key: string;
  readonly name: string;
  readonly kind: Source['kind'] | 'module';
  /** The root module that it is of; undefined for what is of none. */
  readonly root: string | undefined;
  /** Groups that it is folded of; 1 for all else. */
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
  readonly fold: Fold;
  cell(row: MatrixEntry, column: MatrixEntry): MatrixCell | undefined;
}

/** Of more blocks than these, those after them are one row. */
const MAX_BLOCKS = 40;

/** A matrix of more groups than these is one of modules, and of more modules one of root modules. */
const MAX_GROUPS = 200;

export function matrixOf(openings: readonly GroupOpening[], look: ExposureLook): Matrix {
  const fold = foldFor(openings.flatMap(endsOf), MAX_GROUPS);
  const blocks = [
    ...new Set(openings.filter(({ source }) => source.kind === 'block').map(({ source }) => source.name)),
  ];
  const shownBlocks = new Set(blocks.length > MAX_BLOCKS + 1 ? blocks.slice(0, MAX_BLOCKS) : blocks);
  const otherBlocks = formatCount(blocks.length - shownBlocks.size, 'other block');
  const entryOfGroup = (member: Member): Omit<MatrixEntry, 'count'> => {
    const { root, group } = member;
    const of = rootName(root, look);
    const name = { group, module: modulePathOf(group) || 'root module', 'root module': of }[fold];
    return { key: keyOfMember(member, fold), name, kind: fold === 'group' ? 'group' : 'module', root: of };
  };
  const rowOf = ({ root, source: { kind, name } }: GroupOpening): Omit<MatrixEntry, 'count'> => {
    if (kind === 'group') return entryOfGroup({ root, group: name });
    const shownName = kind === 'block' && !shownBlocks.has(name) ? otherBlocks : name;
    return { key: `${kind} ${shownName}`, name: shownName, kind, root: undefined };
  };
  const columnOf = ({ root, group }: GroupOpening) => entryOfGroup({ root, group });
  const cells = groupBy(openings, (opening) => `${columnOf(opening).key}\n\n${rowOf(opening).key}`);
  return {
    rows: entriesOf(openings, rowOf, ({ source }) => source.name),
    columns: entriesOf(openings, columnOf, ({ group }) => group),
    fold,
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
