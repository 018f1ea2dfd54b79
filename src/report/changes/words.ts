/** Words for what the formats of a comparison show. */

import { describeWhen } from '../../findings/when.ts';
import type { Traffic } from '../../network/traffic.ts';
import { placeOf } from '../../source/position.ts';
import type { Span } from '../../source/span.ts';
import { formatList, withRestCounted } from '../../text/count.ts';
import { namedPortsOf, trafficText } from '../exposure/words.ts';
import type { ChangeRow, ReachRow } from './rows.ts';
import type { ChangesLook } from './shown.ts';

/** Words of ours, or what users write. */
export type TextPiece = string | { readonly code: string };

/** Sources, environments and reasons of one row; more are counted. */
const MAX_SOURCES = 6;
const MAX_NAMED = 3;

export const piecesText = (pieces: readonly TextPiece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.code)).join('');

/** `PostgreSQL (5432/tcp)`, `SSH (22/tcp) and HTTPS (443/tcp)`, `TCP 8000-8010`. */
export function trafficName(traffic: Traffic): string {
  return formatList(namedPortsOf(traffic).map(({ name, port }) => (port === undefined ? name : `${name} (${port})`)));
}

/** `in TCP 22 (SSH)`. */
export const directedTraffic = ({ direction, traffic }: ChangeRow): string =>
  `${direction === 'ingress' ? 'in' : 'out'} ${trafficText(traffic)}`;

/** `from 0.0.0.0/0, ::/0`, `to pl-0123`. */
export function sourcesText(row: ChangeRow): string {
  const { preposition, names, note } = sourcesOfRow(row);
  return `${preposition} ${names}${note}`;
}

/** The same in its parts, of which users write the names. */
export function sourcesOfRow({ direction, sources, except, isInternet, kind }: ChangeRow): {
  readonly preposition: 'from' | 'to';
  readonly names: string;
  readonly note: string;
} {
  const preposition = direction === 'ingress' ? 'from' : 'to';
  const isWhole = !isInternet || sources.some((source) => /^(?:0\.0\.0\.0|::)\/0$/.test(source));
  // All but a few addresses are dozens of blocks, which say nothing to people.
  if (!isWhole && sources.length > MAX_NAMED) {
    const rest = kind === 'opened' ? 'was open before' : 'is still open';
    return { preposition, names: 'the internet', note: `, except what ${rest}` };
  }
  const names = withRestCounted(sources, MAX_SOURCES, direction === 'ingress' ? 'source' : 'destination');
  if (except.length > 0) {
    const left = withRestCounted(except, MAX_SOURCES, 'block').join(', ');
    return { preposition, names: `${names.join(', ')} except ${left}`, note: '' };
  }
  const note = kind === 'opened' ? ', now all of the internet' : ', all of the internet before';
  return { preposition, names: names.join(', ') || 'what is not known', note: isWhole ? '' : note };
}

/** Where a change is made: `where var.environment is "prod", for prod, allowed here`; empty where there is nothing to say. */
export function conditionsText(row: ChangeRow | ReachRow): string {
  const isChange = 'because' in row;
  return [
    whereText(row),
    isChange && row.isAllowed ? 'trusted or allowed by a policy' : '',
    isChange && row.because.length > 0
      ? `depends on ${withRestCounted(row.because, MAX_NAMED, 'value').join(', ')}`
      : '',
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** `where var.environment is "prod", for prod`; empty where there is nothing to say. */
export function whereText({ when, environments }: Pick<ChangeRow, 'when' | 'environments'>): string {
  const named = `for ${withRestCounted(environments, MAX_NAMED, 'environment').join(', ')}`;
  return [describeWhen(when), environments.length === 0 ? '' : named].filter((text) => text !== '').join(', ');
}

/** `in root modules live/dev, live/prod`; empty where the whole tree is one root module. */
export function rootsText(
  roots: readonly string[],
  { shownPath, isOneRoot = false }: Pick<ChangesLook, 'shownPath' | 'isOneRoot'>,
): string {
  if (isOneRoot || roots.length === 0 || roots.join() === '.') return '';
  const names = roots.map((root) => (root === '.' ? '.' : shownPath(root)));
  return `in root ${roots.length === 1 ? 'module' : 'modules'} ${withRestCounted(names, MAX_NAMED, 'root module').join(', ')}`;
}

/** `path:line:column`. */
export function placeName(span: Span, { shownPath }: Pick<ChangesLook, 'shownPath'>): string {
  const { path, isVirtual } = span.file;
  return isVirtual ? path : placeOf(span, shownPath(path));
}
