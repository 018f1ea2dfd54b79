/** Every group with the rules that allow something in: what cells of the matrix and nodes of the graph lead to. */

import { groupBy } from '../../../collections/group-by.ts';
import type { ExposedService } from '../../../exposure/exposure.ts';
import { shown } from '../../../model/fact.ts';
import { placeInTree } from '../../../model/place.ts';
import { factOfPeer } from '../../../model/rule.ts';
import type { GroupOpening } from '../openings.ts';
import { stateWords } from '../reached.ts';
import { trafficText } from '../words.ts';
import { type PageFrame, trafficBadge } from './frame.ts';
import { type Html, html, joined } from './html.ts';
import { type PageSection, table } from './tables.ts';

/** The id of an opening's row. */
export type RowIds = ReadonlyMap<GroupOpening, string>;

export const rowIdsOf = ({ openings }: PageFrame): RowIds =>
  new Map(openings.map((opening, index) => [opening, `r${index + 1}`]));

export function groupsSection(frame: PageFrame, ids: RowIds): PageSection {
  const byGroup = [...groupBy(frame.openings, ({ root }) => root)].flatMap(([root, own]) =>
    [...groupBy(own, ({ group }) => group)].map(([group, openings]) => ({ root, group, openings })),
  );
  const open = new Set(byGroup.map(({ root, group }) => frame.anchorOf(root, group)));
  const closed = frame.exposures.roots.flatMap((root) =>
    root.model.groups
      .filter(({ address }) => !open.has(frame.anchorOf(root, address)))
      .map(
        ({ address, span, calls }) =>
          html`<li data-f id="${frame.anchorOf(root, address)}"><code>${address}</code> ${frame.place(placeInTree(span, calls))}</li>\n`,
      ),
  );
  const items = byGroup.map(({ root, group, openings }) => {
    const scope = frame.scopeText(root);
    const state = frame.stateOf(root, group);
    const services = root.exposure.services.filter((service) => service.groups.includes(group));
    const own = root.model.groups.find(({ address }) => address === group);
    return html`<details class="group" id="${frame.anchorOf(root, group)}"${frame.filtered(root, undefined)}><summary><code>${group}</code> <span class="state ${state}">${stateWords[state]}</span>${
      scope === '' ? undefined : html` <span class="sub">${scope}</span>`
    }</summary><p>${own && frame.place(placeInTree(own.span, own.calls))} ${attachedText(own !== undefined, services)}</p>${table(
      `Who may send to ${group}`,
      ['From', 'Traffic', 'Description', 'Rule', 'Place'],
      openings.map((opening) => ruleRow(frame, ids, opening)),
      '',
    )}</details>\n`;
  });
  return {
    id: 'groups',
    title: 'Groups and their rules',
    count: byGroup.length + closed.length,
    body: html`${items}${
      closed.length === 0
        ? undefined
        : html`<details class="group"><summary>${closed.length} that allow nothing in</summary><ul>\n${closed}</ul></details>`
    }`,
  };
}

function ruleRow(frame: PageFrame, ids: RowIds, opening: GroupOpening): Html {
  const { root, source, traffic, answer, rule, peer, because } = opening;
  const { description } = rule;
  const text = description.kind === 'known' ? (shown(description) ?? '') : 'not known before apply';
  return html`<tr id="${ids.get(opening)}"><td>${
    source.kind === 'group' ? frame.groupLink(root, source.name) : html`<code>${source.name}</code>`
  }</td><td>${trafficBadge(traffic, trafficText(traffic))}${
    answer === 'unknown' ? html`<div class="sub">? depends on ${because.join(', ')}</div>` : undefined
  }</td><td>${text}</td><td><code>${rule.address}</code></td><td>${frame.place(placeInTree(factOfPeer(peer).span, rule.calls))}</td></tr>\n`;
}

function attachedText(isOwn: boolean, services: readonly ExposedService[]): Html {
  if (services.length === 0)
    return isOwn ? html`Attached to nothing.` : html`Defined elsewhere: what has it is not known here.`;
  const names = services.map(({ address }) => html`<code>${address}</code>`);
  return html`Attached to ${joined(names, html`, `)}.`;
}
