/** The text of an `inspect --format json` report -> what the groups in it let through. */

import { groupBy } from '../collections/group-by.ts';
import type { Range } from '../source/position.ts';
import { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { Access, RootAccess } from './access.ts';
import { ownerOfDocument, passagesOfDocument, type RuleDocument } from './document.ts';
import type { ComparedGroup } from './passage.ts';

interface Placed {
  readonly file: string;
  readonly range: Range;
  readonly roots: readonly string[];
}

interface GroupDocument extends Placed {
  readonly address: string;
  readonly type: string;
  readonly name: string | null;
}

interface InspectionDocument {
  readonly schemaVersion: number;
  readonly groups: readonly GroupDocument[];
  readonly rules: readonly (RuleDocument & Placed)[];
  readonly problems: readonly { readonly severity: string; readonly message: string }[];
}

/** @returns a text where it can't be taken: why, as the end of a sentence */
export function readInspection(text: string): Access | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is not JSON: ${(error as Error).message}`;
  }
  if (!isInspection(value)) return 'is not a report of "tfsg inspect --format json"';
  const { groups, rules, problems } = value;
  const spanOf = placesIn([...groups, ...rules]);
  const roots = new Set([...groups, ...rules].flatMap((each) => each.roots));
  const unread = problems.filter(({ severity }) => severity === 'error');
  return {
    files: 0,
    relative: (path) => path,
    problems: unread.map(({ message }) => ({ kind: 'unread' as const, severity: 'warning' as const, message })),
    roots: [...roots].map((root): RootAccess => {
      const ofRoot = <T extends Placed>(all: readonly T[]): readonly T[] =>
        all.filter((each) => each.roots.includes(root));
      const compared = ofRoot(groups).map(({ address, type, name }): readonly [string, ComparedGroup] => [
        `group ${address}`,
        { address, type, name: name ?? undefined, namePrefix: undefined, exists: true },
      ]);
      const others = ofRoot(rules)
        .filter(({ group }) => group === null)
        .map((rule): readonly [string, ComparedGroup] => [
          ownerOfDocument(rule),
          {
            address: rule.group_id ?? `the group of ${rule.address}`,
            type: '',
            name: undefined,
            namePrefix: undefined,
            exists: true,
          },
        ]);
      return {
        root: root === '.' ? '' : root,
        environment: undefined,
        directory: root === '.' ? '' : root,
        groups: new Map([...others, ...compared]),
        passages: ofRoot(rules).flatMap((rule) =>
          passagesOfDocument(rule, { span: spanOf(rule), blocks: [], values: [], calls: [] }),
        ),
        switches: new Set(),
        rejected: [],
        written: undefined,
        moved: (address) => address,
        forgotten: () => undefined,
        services: undefined,
      };
    }),
  };
}

function isInspection(value: unknown): value is InspectionDocument {
  if (typeof value !== 'object' || value === null || !('rules' in value && 'groups' in value)) return false;
  const { rules, groups } = value;
  const areSound = (all: unknown, names: readonly string[]): boolean =>
    Array.isArray(all) && all.every((each) => isObject(each) && names.every((name) => name in each) && isPlaced(each));
  return areSound(rules, ruleFields) && areSound(groups, ['address', 'type', 'name']) && 'problems' in value;
}

const ruleFields = [
  'address',
  'group',
  'direction',
  'protocol',
  'from_port',
  'to_port',
  'cidr_ipv4',
  'cidr_ipv6',
  'prefix_list_ids',
  'security_groups',
  'self',
  'unknown',
  'security_group_refs',
  'prefix_list_refs',
  'exists',
];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function isPlaced({ file, range, roots }: Readonly<Record<string, unknown>>): boolean {
  const isPosition = (place: unknown): boolean =>
    isObject(place) &&
    ['line', 'column', 'offset'].every((name) => Number.isSafeInteger(place[name]) && Number(place[name]) >= 0);
  return (
    typeof file === 'string' &&
    isObject(range) &&
    isPosition(range['start']) &&
    isPosition(range['end']) &&
    Array.isArray(roots)
  );
}

/** Bytes of a file that is made up to have places; what lies further has the place of its start. */
const MAX_LENGTH = 8 * 1024 * 1024;

/** Files as long as the places in them want, with line breaks where these say that lines begin. */
function placesIn(all: readonly Placed[]): (placed: Placed) => Span {
  const files = new Map(
    [...groupBy(all, ({ file }) => file)].map(([path, same]) => [
      path,
      madeUp(
        path,
        same.map(({ range }) => range),
      ),
    ]),
  );
  return ({ file: path, range }) => {
    const file = files.get(path)!;
    const end = Math.min(range.end.offset, file.text.length);
    return { file, start: Math.min(range.start.offset, end), end };
  };
}

function madeUp(path: string, ranges: readonly Range[]): SourceFile {
  const positions = ranges.flatMap(({ start, end }) => [start, end]).filter(({ offset }) => offset <= MAX_LENGTH);
  const length = positions.reduce((most, { offset }) => Math.max(most, offset), 0);
  const text = new Array<string>(length).fill(' ');
  const starts = new Map(positions.map(({ line, column, offset }) => [line, offset - column + 1]));
  let [line, start] = [1, 0];
  for (const [next, at] of [...starts].sort(([a], [b]) => a - b)) {
    // The lines in between are as short as they can be, and at the end.
    for (let index = 0; index < next - line; index++) if (at - 1 - index >= start) text[at - 1 - index] = '\n';
    [line, start] = [next, at];
  }
  return new SourceFile(path, text.join(''));
}
