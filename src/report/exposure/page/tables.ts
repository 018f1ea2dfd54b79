/** The tables of the page: what is exposed, who is trusted, environments side by side, what is undecided and what was not read. */

import { groupBy } from '../../../collections/group-by.ts';
import { unionOfTraffic } from '../../../network/traffic.ts';
import { formatCount } from '../../../text/count.ts';
import { comparedServices } from '../environments.ts';
import { type ExposureRow, partsText, rowsByAnswer, throughOf } from '../rows.ts';
import { externalSources } from '../trusted.ts';
import { undecidedIn } from '../undecided.ts';
import { rootName, trafficText } from '../words.ts';
import { addressCode, lines, type PageFrame, trafficBadge } from './frame.ts';
import { type Html, html, joined } from './html.ts';

/** A part of the page; `count` is what the navigation says of it. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  readonly body: Html;
}

/** Of more sources that are alike, those after them are folded. */
const MAX_NAMES = 4;

export const answerWords = { yes: 'reached', unknown: 'undecided', no: 'no way in' } as const;

export function exposedSection(frame: PageFrame): PageSection {
  const { yes, unknown, no } = rowsByAnswer(frame.rows);
  const rows = [...yes, ...unknown, ...no].map(
    (row) =>
      html`<tr${frame.filtered(row.root, row.traffic)} class="${row.answer}"><td><span class="answer ${row.answer}">${
        answerWords[row.answer]
      }</span></td><th scope="row">${addressCode(row.service.address)}<div class="sub">${row.service.kind}${scopeNote(frame, row)}</div></th><td>${trafficBadge(
        row.traffic,
        partsText(row.parts),
      )}</td><td>${wayOf(row)}</td><td>${row.service.groups.map((group) => html`<div>${frame.groupLink(row.root, group)}</div>`)}</td><td>${frame.place(row.span)}</td></tr>\n`,
  );
  return {
    id: 'exposed',
    title: 'Exposed services',
    count: yes.length,
    body: table(
      'Services whose groups open ports to the internet, those that it reaches first.',
      ['Answer', 'Service', 'Ports', 'Way', 'Groups', 'Place'],
      rows,
      'No service has a port open to the internet.',
    ),
  };
}

function scopeNote(frame: PageFrame, { root }: Pick<ExposureRow, 'root'>): string {
  const text = frame.scopeText(root);
  return text === '' ? '' : `, ${text}`;
}

function wayOf(row: ExposureRow): Html | readonly Html[] {
  if (row.answer !== 'yes')
    return lines(row.answer === 'unknown' ? [`depends on ${row.because.join(', ')}`] : row.because);
  if (row.hops === 1) return html`direct`;
  const through = throughOf(row).map(addressCode);
  return html`through ${joined(through, html` <span aria-label="then">→</span> `)}`;
}

export function trustedSection(frame: PageFrame): PageSection {
  const sources = externalSources(frame.openings);
  const rows = sources.map(({ kind, names, descriptions, size, within, openings }) => {
    const groups = [...groupBy(openings, ({ root }) => root)].flatMap(([root, own]) =>
      [...groupBy(own, ({ group }) => group)].map(([group, some]) => {
        const ports = [...new Set(some.map(({ traffic }) => trafficText(traffic)))].join('; ');
        const scope = frame.scopeText(root);
        return html`<div>${frame.groupLink(root, group)}${scope === '' ? '' : ` (${scope})`}: ${ports}</div>`;
      }),
    );
    const traffic = unionOfTraffic(openings.map((opening) => opening.traffic));
    return html`<tr${frame.filtered(undefined, traffic)}><th scope="row">${namesOf(names)}<div class="sub">${
      kind === 'elsewhere' ? 'group from elsewhere' : kind
    }</div></th><td>${size ?? 'not known'}${within.length === 0 ? undefined : html`<div class="sub">within ${within.join(', ')}</div>`}</td><td>${
      descriptions.length === 0 ? html`<span class="sub">no description</span>` : lines(descriptions)
    }</td><td>${groups}</td></tr>\n`;
  });
  return {
    id: 'trusted',
    title: 'Who is trusted',
    count: sources.reduce((sum, { names }) => sum + names.length, 0),
    body: table(
      'External blocks, prefix lists and groups from elsewhere that rules allow, with what their rules say of them.',
      ['Source', 'Size', 'Descriptions', 'Opens'],
      rows,
      'No rule allows an external block, a prefix list or a group from elsewhere.',
    ),
  };
}

/** Some of them, and the others folded. */
function namesOf(names: readonly string[]): Html {
  const all = names.map((name) => html`<div><code>${name}</code></div>`);
  if (all.length <= MAX_NAMES + 1) return html`${all}`;
  const rest = all.slice(MAX_NAMES);
  return html`${all.slice(0, MAX_NAMES)}<details><summary>${rest.length} more</summary>${rest}</details>`;
}

/** Undefined where no root module has several environments. */
export function environmentsSection(frame: PageFrame): PageSection | undefined {
  const { environments, services } = comparedServices(frame.exposures.roots, frame.rows);
  if (environments.length < 2) return undefined;
  const rows = services.map(({ address, answers, isDifferent, rows: [{ root }] }) => {
    const cells = environments.map((environment) => {
      const own = answers.get(environment) ?? [];
      if (own.length === 0) return html`<td class="sub">${answers.has(environment) ? 'not open' : 'not there'}</td>`;
      const texts = own.map(
        (row) =>
          html`<div><span class="answer ${row.answer}">${answerWords[row.answer]}</span> ${partsText(row.parts)}${row.hops !== null && row.hops > 1 ? `, ${row.hops} hops` : ''}</div>`,
      );
      return html`<td>${texts}</td>`;
    });
    return html`<tr data-f class="${isDifferent ? 'differs' : 'same'}"><th scope="row">${addressCode(address)}${
      frame.hasRoots ? html`<div class="sub">${rootName(root, frame.look)}</div>` : undefined
    }</th>${cells}<td>${isDifferent ? html`<b>differs</b>` : 'same'}</td></tr>\n`;
  });
  return {
    id: 'environments',
    title: 'Environments side by side',
    count: services.filter(({ isDifferent }) => isDifferent).length,
    body: table(
      'What the internet reaches, or may reach, in each environment.',
      ['Service', ...environments, 'Compared'],
      rows,
      'The internet reaches nothing in any environment.',
    ),
  };
}

export function undecidedSection(frame: PageFrame): PageSection {
  const { shown, others } = undecidedIn(frame.rows, frame.openings);
  const rows = shown.map(
    ({ root, address, kind, worst, from, because, span }) =>
      html`<tr${frame.filtered(root, worst)}><th scope="row">${addressCode(address)}<div class="sub">${kind}${scopeNote(frame, { root })}</div></th><td>${trafficBadge(worst, trafficText(worst))}<div class="sub">from ${from}</div></td><td>${lines(because)}</td><td>${frame.place(span)}</td></tr>\n`,
  );
  return {
    id: 'undecided',
    title: 'Undecided until apply',
    count: shown.length,
    body: html`${table(
      'What depends on values that are not known, and the most that it can open.',
      ['Service or rule', 'At worst', 'Depends on', 'Place'],
      rows,
      others === 0 ? 'Nothing is undecided.' : 'Nothing that comes from outside is undecided.',
    )}${
      others === 0
        ? undefined
        : html`<p class="sub">${formatCount(others, 'more rule')} that only private addresses and groups can use ${others === 1 ? 'is' : 'are'} marked with ? in the matrix.</p>`
    }`,
  };
}

export function unreadSection(frame: PageFrame): PageSection {
  const { problems } = frame.exposures;
  const rows = problems.map(
    ({ severity, kind, message, span, hint }) =>
      html`<tr data-f><td>${severity}</td><td>${kind}</td><td>${message}${
        hint === undefined ? undefined : html`<div class="sub">${hint}</div>`
      }</td><td>${span && frame.place(span)}</td></tr>\n`,
  );
  return {
    id: 'unread',
    title: 'Not read in full',
    count: problems.length,
    body: table(
      'What could not be read or evaluated: it may open more.',
      ['Severity', 'Kind', 'Problem', 'Place'],
      rows,
      'Everything was read.',
    ),
  };
}

/** A table with a caption, in a box of its own that scrolls; where it has no rows, a sentence. */
export function table(caption: string, head: readonly string[], rows: readonly Html[], empty: string): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption>${caption}</caption><thead><tr>${head.map(
    (title) => html`<th scope="col">${title}</th>`,
  )}</tr></thead><tbody>\n${rows}</tbody></table></div>`;
}
