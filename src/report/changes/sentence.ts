/** What a comparison comes to, in one sentence. */

import type { ChangeKind, Comparison } from '../../changes/change.ts';
import { groupBy } from '../../collections/group-by.ts';
import type { ProblemKind } from '../../source/problem.ts';
import { compareStrings } from '../../terraform/values/value.ts';
import { formatCount, formatList, formatNumber, withRestCounted } from '../../text/count.ts';
import { cutText } from '../../text/cut.ts';
import { namedPortsOf } from '../exposure/words.ts';
import { type ChangeRow, changeRowsOf, type ReachRow, reachRowsOf, undecidedRowsOf } from './rows.ts';
import type { ChangesLook } from './shown.ts';
import { piecesText, type TextPiece, trafficName } from './words.ts';

/** Names of ports, of sources, and of what is waited for that the sentence has. */
const NAMED_PORTS = 3;
const NAMED = 2;

/** `Opens SSH to the internet on 1 group; closes nothing.` What users write is a piece of its own. */
export function sentenceOf(comparison: Comparison, look: Pick<ChangesLook, 'failing'>): readonly TextPiece[] {
  const rows = changeRowsOf(comparison, look);
  const waiting = undecidedPieces(undecidedRowsOf(comparison));
  const unread = unreadIn(comparison);
  const rest = (separator: string): readonly TextPiece[] => [
    ...(waiting.length === 0 ? [] : ['; ', ...waiting]),
    ...(unread === '' ? [] : [`${waiting.length === 0 ? separator : '; '}${unread}`]),
    '.',
  ];
  if (rows.length > 0) {
    return ['Opens ', ...itemsPieces(rows, 'opened'), '; closes ', ...itemsPieces(rows, 'closed'), ...rest('; ')];
  }
  const reach = reachPieces(reachRowsOf(comparison));
  if (reach.length > 0) return ['No rule changes; ', ...reach, ...rest('; ')];
  if (waiting.length > 0) return ['No change in access is certain', ...rest('; ')];
  return ['No change in access', ...rest(', as far as it was read: ')];
}

/** The same traffic from the same sources, on some groups. */
interface Item {
  readonly pieces: readonly TextPiece[];
  readonly isInternet: boolean;
  readonly grade: number;
  readonly groups: number;
}

/** `SSH to the internet on 1 group`, the gravest first; of more than two the others are counted. */
function itemsPieces(rows: readonly ChangeRow[], kind: ChangeKind): readonly TextPiece[] {
  const own = rows.filter((row) => row.kind === kind);
  const items = [...groupBy(own, (row) => piecesText(itemName(row))).values()]
    .map((some): Item => {
      const [row] = some;
      const groups = new Set(some.flatMap(({ group, roots }) => roots.map((root) => JSON.stringify([root, group]))));
      return {
        pieces: [...itemName(row), ` on ${formatCount(groups.size, 'group')}`],
        isInternet: row.isInternet,
        grade: Math.min(...namedPortsOf(row.traffic).map(({ grade }) => grade)),
        groups: groups.size,
      };
    })
    .sort((a, b) => Number(b.isInternet) - Number(a.isInternet) || a.grade - b.grade || b.groups - a.groups);
  const [first, second, ...others] = items;
  if (first === undefined) return ['nothing'];
  if (second === undefined) return first.pieces;
  if (others.length === 0) return [...first.pieces, ' and ', ...second.pieces];
  return [...first.pieces, `, and ${formatNumber(others.length + 1)} more`];
}

function itemName(row: ChangeRow): readonly TextPiece[] {
  const { kind, direction, traffic } = row;
  const names = [...new Set(namedPortsOf(traffic).map(({ name }) => cutText(name)))];
  const ports = formatList(withRestCounted(names, NAMED_PORTS, 'port'));
  const preposition = direction === 'ingress' && kind === 'closed' ? 'from' : 'to';
  return [`${direction === 'egress' ? 'outbound ' : ''}${ports} ${preposition} `, ...sourcePieces(row)];
}

function sourcePieces({ kind, isInternet, families, sources, except }: ChangeRow): readonly TextPiece[] {
  if (isInternet) return [families.join() === '6' ? 'the IPv6 internet' : 'the internet'];
  // The rest of these is open in both states.
  const part = except.length > 0 ? [kind === 'opened' ? 'more of ' : 'a part of '] : [];
  const names = listed(
    sources.map((source) => (source === 'self' ? 'the group itself' : { code: source })),
    (rest) => formatCount(rest, 'more source'),
  );
  return [...part, ...names];
}

/** `1 change depends on var.office_cidr`; none where all is certain. */
function undecidedPieces(rows: readonly ChangeRow[]): readonly TextPiece[] {
  if (rows.length === 0) return [];
  const reasons = [...new Set(rows.flatMap(({ because }) => because))].sort(compareStrings);
  const changes = formatCount(rows.length, 'change');
  if (reasons.length === 0) return [`${changes} ${rows.length === 1 ? 'is' : 'are'} undecided`];
  const names = listed(
    reasons.map((reason) => ({ code: reason })),
    (rest) => formatCount(rest, 'more value'),
  );
  return [`${changes} ${rows.length === 1 ? 'depends' : 'depend'} on `, ...names];
}

/** `the internet now reaches aws_db_instance.main on PostgreSQL (5432/tcp)`; none where nothing changed. */
function reachPieces(rows: readonly ReachRow[]): readonly TextPiece[] {
  const part = (kind: ChangeKind): readonly TextPiece[] => {
    const byService = groupBy(
      rows.filter((row) => row.kind === kind),
      ({ service }) => service,
    );
    const [only, ...others] = byService.values();
    if (only === undefined) return [];
    const words = kind === 'opened' ? 'now reaches ' : 'no longer reaches ';
    if (others.length > 0) return [`${words}${formatCount(others.length + 1, 'service')}`];
    const traffic = formatList(
      withRestCounted([...new Set(only.map((row) => trafficName(row.traffic)))], NAMED, 'port'),
    );
    return [words, { code: only[0].service }, ` on ${traffic}`];
  };
  const [opened, closed] = [part('opened'), part('closed')];
  if (opened.length + closed.length === 0) return [];
  const and = opened.length > 0 && closed.length > 0 ? [' and '] : [];
  return ['the internet ', ...opened, ...and, ...closed];
}

function listed(names: readonly TextPiece[], counted: (rest: number) => string): readonly TextPiece[] {
  const rest = names.length - NAMED;
  const shown = rest > 1 ? [...names.slice(0, NAMED), counted(rest)] : names;
  return shown.flatMap((name, index) => (index === 0 ? [name] : [index === shown.length - 1 ? ' and ' : ', ', name]));
}

/** Problems that leave something unread or unknown; others are mistakes of comments and configuration files. */
const unreadKinds: ReadonlySet<ProblemKind> = new Set([
  'file',
  'syntax',
  'terraform',
  'evaluation',
  'limit',
  'unread',
  'internal',
]);

/** `1 module was not read`, `2 modules were not read and there is 1 other problem`; empty for nothing. */
export function unreadIn({ problems }: Pick<Comparison, 'problems'>): string {
  const modules = problems.filter(({ kind }) => kind === 'module').length;
  const others = problems.filter(
    ({ kind, severity }) => kind !== 'module' && (severity === 'error' || unreadKinds.has(kind)),
  ).length;
  const some = formatCount(others, modules > 0 ? 'other problem' : 'problem');
  return formatList([
    ...(modules > 0 ? [`${formatCount(modules, 'module')} ${modules === 1 ? 'was' : 'were'} not read`] : []),
    ...(others > 0 ? [`there ${others === 1 ? 'is' : 'are'} ${some}`] : []),
  ]);
}
