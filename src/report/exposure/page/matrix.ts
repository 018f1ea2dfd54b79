/** The matrix of the page: who may send what to which groups. */

import { formatCount } from '../../../text/count.ts';
import { type Matrix, type MatrixEntry, matrixOf } from '../matrix.ts';
import { type GroupState, groupStates, stateWords } from '../reached.ts';
import type { ShownRoot } from '../shown.ts';
import { classOfTraffic, portIntervals, rootName, shortTraffic, trafficText } from '../words.ts';
import { classWords, type PageFrame } from './frame.ts';
import type { RowIds } from './groups.ts';
import { type Html, html } from './html.ts';
import type { PageSection } from './tables.ts';

/** Characters of a cell; more are cut, and told where the cell is chosen. */
const MAX_CELL = 6;

/** One for each environment. */
export function matrixSection(frame: PageFrame, ids: RowIds): PageSection {
  const parts = frame.byEnvironment.map(([environment, roots]) => {
    const own = frame.openings.filter(({ root }) => roots.includes(root));
    const title = environment === undefined ? undefined : html`<h3>Environment ${environment}</h3>`;
    return {
      count: own.length,
      body: html`<div${environmentOf(environment)}>${title}${own.length === 0 ? html`<p class="empty">No rule allows traffic in.</p>` : table(frame, ids, matrixOf(own, frame.look), roots)}</div>`,
    };
  });
  const legend = Object.entries(classWords).map(
    ([name, word]) => html`<li><span class="t ${name}"><b>${name.slice(0, 1).toUpperCase()}</b> ${word}</span></li>`,
  );
  return {
    id: 'matrix',
    title: 'Who may send to which group',
    count: parts.reduce((sum, { count }) => sum + count, 0),
    body: html`<ul class="legend" aria-label="Classes of ports">${legend}<li><b>?</b> undecided until apply</li></ul><p class="js" hidden>Arrow keys move between cells, Enter pins one and shows its rules, Escape lets go of it.</p>${parts.map(({ body }) => body)}`,
  };
}

export const environmentOf = (environment: string | undefined): Html =>
  environment === undefined ? html` class="environment"` : html` class="environment" data-f data-e="${environment}"`;

function table(frame: PageFrame, ids: RowIds, matrix: Matrix, shown: readonly ShownRoot[]): Html {
  const { rows, fold, cell } = matrix;
  const roots = new Map(shown.map((root) => [rootName(root, frame.look), root]));
  const stateOf = ({ name, kind, root }: MatrixEntry): GroupState | undefined => {
    const of = root === undefined ? undefined : roots.get(root);
    return kind === 'group' && of !== undefined ? frame.stateOf(of, name) : undefined;
  };
  const rankOf = (column: MatrixEntry): number => groupStates.indexOf(stateOf(column) ?? 'closed');
  const columns = matrix.columns.toSorted((a, b) => rankOf(a) - rankOf(b));
  const caption = `${formatCount(rows.length, 'source')} and ${formatCount(columns.length, fold)}${fold === 'group' ? '' : `, groups folded into ${fold}s because there are more than 200`}. Sources that may send nothing and groups that allow nothing in are left out.`;
  const head = columns.map(
    (column) =>
      html`<th scope="col" class="${stateOf(column)}"${rootOf(frame, column)}>${heading(frame, column, roots)}</th>`,
  );
  const lines = rows.map((row) => {
    const cells = columns.map((column): Html => {
      const found = cell(row, column);
      if (found === undefined) return html`<td>`;
      const { traffic, answer, openings } = found;
      const own = classOfTraffic(traffic) ?? 'other';
      const text = shortTraffic(traffic).replaceAll(', ', ',');
      const room = answer === 'unknown' ? MAX_CELL - 1 : MAX_CELL;
      const short = text.length > room ? `${text.slice(0, room - 1)}…` : text;
      const rules = openings.map((opening) => ids.get(opening)).join(' ');
      return html`<td class="${own}" data-p="${portIntervals(traffic)}" data-t="${trafficText(traffic)}" data-i="${rules}"><a href="#${ids.get(openings[0])}"><b>${own.slice(0, 1).toUpperCase()}</b>${short}${answer === 'unknown' ? '?' : ''}</a>`;
    });
    return html`<tr><th scope="row"${rootOf(frame, row)}>${heading(frame, row, roots)}</th>${cells}\n`;
  });
  return html`<p class="sub">${caption}</p><div class="scroll matrix ${widthOf(rows)}" role="region" aria-label="Matrix" tabindex="0"><table aria-label="${caption}"><thead><tr><td><span class="sub">from ↓ to →</span></td>${head}</tr></thead><tbody>\n${lines}</tbody></table></div><div class="detail" aria-live="polite" hidden></div>`;
}

const rootOf = (frame: PageFrame, { root }: MatrixEntry): Html | undefined =>
  root === undefined || !frame.hasRoots ? undefined : html` data-r="${root}"`;

function heading(
  frame: PageFrame,
  { name, kind, root, count }: MatrixEntry,
  roots: ReadonlyMap<string, ShownRoot>,
): Html {
  const of = root === undefined ? undefined : roots.get(root);
  const isWithin = of !== undefined && frame.hasRoots && root !== name;
  const within = isWithin ? html`<span class="sub">${root} </span>` : undefined;
  if (kind === 'module')
    return html`<div>${within}<span><code>${name}</code> <span class="sub">(${count})</span></span></div>`;
  if (kind !== 'group' || of === undefined) return html`<div><code>${name}</code></div>`;
  const title = `${name}: ${stateWords[frame.stateOf(of, name)]}`;
  return html`<div>${within}<a href="#${frame.anchorOf(of, name)}" title="${title}"><code>${shortName(name)}</code></a></div>`;
}

/** Of an address without the type that nearly all have. */
const shortName = (address: string): string => address.replace(/(^|\.)aws_security_group\.([^.]+)$/, '$1$2');

/** How much room the names of rows need. */
function widthOf(rows: readonly MatrixEntry[]): 'narrow' | 'medium' | 'wide' {
  const longest = Math.max(...rows.map(({ name, kind }) => (kind === 'group' ? shortName(name) : name).length));
  return longest <= 20 ? 'narrow' : longest <= 38 ? 'medium' : 'wide';
}
