/** What a change opens and closes as a small Mermaid flowchart. */

import { groupBy } from '../../collections/group-by.ts';
import { unionOfTraffic } from '../../network/traffic.ts';
import { formatCount } from '../../text/count.ts';
import { quotedLabel } from '../exposure/mermaid.ts';
import { shortTraffic } from '../exposure/words.ts';
import type { ChangeRow } from './rows.ts';

/** A drawing with more arrows can't be read. */
const MAX_EDGES = 20;

/** Colours that can be read on a light and on a dark page. */
const strokes = { internet: '#b91c1c', opened: '#b45309', closed: '#6b7280' } as const;

/** Its lines, each with its end: sources and groups, an arrow for what is opened, a dotted one for what is closed. Empty for no arrow, or too many. */
export function changesDrawing(rows: readonly ChangeRow[]): string {
  const keyOf = (group: string, { roots }: ChangeRow): string => `group ${JSON.stringify([group, roots])}`;
  const changed = new Set(rows.map((row) => keyOf(row.group, row)));
  const ends = rows.map((row) => {
    const group = keyOf(row.group, row);
    const [only = '', ...more] = row.sources;
    const other = only === 'self' ? group : keyOf(only, row);
    const isDrawn = more.length === 0 && changed.has(other);
    const others = row.isInternet ? 'internet' : isDrawn ? other : otherEnd(row.sources);
    const [from, to] = row.direction === 'ingress' ? [others, group] : [group, others];
    return { row, others, group, from, to };
  });
  const edges = [...groupBy(ends, ({ row, from, to }) => JSON.stringify([row.kind, from, to])).values()];
  if (edges.length === 0 || edges.length > MAX_EDGES) return '';
  const nodes = new Map<string, string>();
  for (const { row, others, group } of ends) {
    if (!nodes.has(others) && !changed.has(others)) nodes.set(others, `n${nodes.size}([${quotedLabel(others)}])`);
    if (!nodes.has(group)) nodes.set(group, `n${nodes.size}[${quotedLabel(row.group)}]`);
  }
  const idOf = (name: string): string => nodes.get(name)!.replace(/[([].*/, '');
  const arrows = edges.map(([{ row, from, to }, ...more]) => {
    const traffic = [row, ...more.map((each) => each.row)].map((each) => each.traffic);
    // Mermaid takes a label that begins with a hyphen or a number with a dot for a list.
    const label = quotedLabel(`${row.kind} ${shortTraffic(unionOfTraffic(traffic))}`);
    return `  ${idOf(from)} ${row.kind === 'opened' ? '==>' : '-.->'}|${label}| ${idOf(to)}`;
  });
  const styles = edges.map(([{ row }], index) => {
    const stroke = row.kind === 'closed' ? strokes.closed : row.isInternet ? strokes.internet : strokes.opened;
    return `  linkStyle ${index} stroke:${stroke}`;
  });
  return ['flowchart LR', ...[...nodes.values()].map((node) => `  ${node}`), ...arrows, ...styles, ''].join('\n');
}

function otherEnd([first = 'unknown', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${formatCount(others.length, 'more', 'more')}`;
}
