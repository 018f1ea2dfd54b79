/** The ways from the internet to services, direct ones first, each with its steps and their places. */

import type { PathStep } from '../../../exposure/exposure.ts';
import { spanKey } from '../../../source/span.ts';
import { formatCount } from '../../../text/count.ts';
import { type ExposureRow, hopsOf, partsText, rowsByAnswer, throughOf } from '../rows.ts';
import { type PageFrame, trafficBadge } from './frame.ts';
import { type Html, html, joined } from './html.ts';
import type { PageSection } from './tables.ts';

export function chainsSection(frame: PageFrame): PageSection {
  const { yes } = rowsByAnswer(frame.rows);
  const direct = yes.filter(({ hops }) => hops === 1);
  const indirect = yes.filter(({ hops }) => hops !== 1);
  const list = (title: string, rows: readonly ExposureRow[]): Html =>
    rows.length === 0
      ? html``
      : html`<h3>${title} (${rows.length})</h3><ul class="chains">\n${rows.map((row) => chain(frame, row))}</ul>`;
  return {
    id: 'chains',
    title: 'Ways in',
    count: yes.length,
    body:
      yes.length === 0
        ? html`<p class="empty">The internet has no sure way to a service.</p>`
        : html`<p>The shortest way to each service. Open one to see each step and where it is written.</p>${list('Direct', direct)}${list('Indirect, through other services', indirect)}`,
  };
}

function chain(frame: PageFrame, row: ExposureRow): Html {
  const scope = frame.scopeText(row.root);
  const names = ['internet', ...throughOf(row), row.service.address].map((name) => html`<code>${name}</code>`);
  return html`<li${frame.filtered(row.root, row.traffic)}><details><summary>${joined(names, html` <span aria-label="to">→</span> `)} ${trafficBadge(row.traffic, partsText(row.parts))} <span class="sub">${
    row.hops === null ? '' : formatCount(row.hops, 'hop')
  }${scope === '' ? '' : `, ${scope}`}</span></summary><ol>${stepsOf(row).map(({ service, steps }) => html`${steps.map((each) => step(frame, each))}${service && html`<li class="service"><b><code>${service.address}</code></b> ${frame.place(service.span)}</li>`}`)}</ol></details></li>\n`;
}

/** Hop by hop, the steps of all exposures of the row, each once. */
function stepsOf({
  exposures,
}: ExposureRow): readonly { readonly service: PathStep | undefined; readonly steps: readonly PathStep[] }[] {
  const all = exposures.map(({ path }) => hopsOf(path));
  return all[0]!.map(({ service }, index) => {
    const steps = all.flatMap((hops) => hops[index]?.steps ?? []);
    const distinct = new Map(
      steps.map((each) => [`${each.kind} ${each.address} ${each.text} ${spanKey(each.span)}`, each]),
    );
    return { service, steps: [...distinct.values()] };
  });
}

const step = (frame: PageFrame, { kind, address, text, span }: PathStep): Html =>
  html`<li><span class="kind">${kind}</span> <code>${address}</code> ${text} ${frame.place(span)}</li>`;
