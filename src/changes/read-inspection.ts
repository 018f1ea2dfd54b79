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
  if (!isObject(value)) return false;
  const { rules, groups, problems } = value;
  const areSound = (all: unknown, fields: Fields): boolean =>
    Array.isArray(all) &&
    all.every((each) => isObject(each) && Object.entries(fields).every(([name, isSound]) => isSound(each[name])));
  return areSound(rules, ruleFields) && areSound(groups, groupFields) && areSound(problems, problemFields);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Fields = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrNull = (value: unknown): boolean => value === null || isText(value);
const isPort = (value: unknown): boolean => Number.isSafeInteger(value) || isTextOrNull(value);
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const areWorlds = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.every(isObject));

const isPosition = (value: unknown): boolean =>
  isObject(value) &&
  Object.entries({ line: 1, column: 1, offset: 0 }).every(
    ([name, least]) => Number.isSafeInteger(value[name]) && Number(value[name]) >= least,
  );

const placeFields: Fields = {
  file: isText,
  range: (value) => isObject(value) && isPosition(value['start']) && isPosition(value['end']),
  roots: areTexts,
  when: areWorlds,
};

const groupFields: Fields = { address: isText, type: isText, name: isTextOrNull, ...placeFields };

const ruleFields: Fields = {
  address: isText,
  group: isTextOrNull,
  group_id: isTextOrNull,
  direction: isTextOrNull,
  protocol: isTextOrNull,
  from_port: isPort,
  to_port: isPort,
  cidr_ipv4: areTexts,
  cidr_ipv6: areTexts,
  prefix_list_ids: areTexts,
  security_groups: areTexts,
  self: (value) => typeof value === 'boolean' || isTextOrNull(value),
  unknown: areTexts,
  security_group_refs: areTexts,
  prefix_list_refs: areTexts,
  exists: isText,
  ...placeFields,
};

const problemFields: Fields = { severity: isText, message: isText };

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
