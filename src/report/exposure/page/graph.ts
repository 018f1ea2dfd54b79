/** The graph of the page as SVG: what gets to what, in ranks by distance from the internet. */

import { type ExposureGraph, graphOf } from '../graph.ts';
import { stateWords } from '../reached.ts';
import { trafficText } from '../words.ts';
import type { PageFrame } from './frame.ts';
import { type Html, html } from './html.ts';
import { notesOf, type PlacedEdge, type PlacedGraph, type PlacedNode, placed } from './layout.ts';
import { environmentOf } from './matrix.ts';
import type { PageSection } from './tables.ts';

/** One for each environment. */
export function graphSection(frame: PageFrame): PageSection {
  const graphs = frame.byEnvironment.map(([environment, roots]) => ({
    environment,
    graph: graphOf(roots, frame.look),
  }));
  const figures = graphs.map(
    ({ environment, graph }, index) =>
      html`<div${environmentOf(environment)}>${environment === undefined ? undefined : html`<h3>Environment ${environment}</h3>`}${
        graph.edges.length === 0
          ? html`<p class="empty">No rule allows traffic in.</p>`
          : figure(frame, graph, `graph${index}`)
      }</div>`,
  );
  const legend = (['direct', 'indirect', 'unknown', 'closed'] as const).map(
    (state) =>
      html`<li><span class="state ${state}">${state === 'closed' ? 'not reached' : stateWords[state]}</span></li>`,
  );
  return {
    id: 'graph',
    title: 'Graph',
    count: graphs.reduce((sum, { graph }) => sum + graph.nodes.length, 0),
    body: html`<p>Ranks count rules from left to right, starting at the sources. Thick arrows are on a way from the internet to a service, dashed ones are undecided. The matrix has the same as a table.</p><ul class="legend" aria-label="Colours">${legend}</ul>${figures}`,
  };
}

function figure(frame: PageFrame, graph: ExposureGraph, id: string): Html {
  const { fold } = graph;
  const caption =
    fold === 'group'
      ? undefined
      : html`<p class="sub">Groups are folded into ${fold}s, because there are more than a graph can show.</p>`;
  return html`<figure class="graph"><figcaption>${caption}<div class="zoom js" hidden role="group" aria-label="Zoom"><button type="button" data-z="out" aria-label="Zoom out">−</button><button type="button" data-z="fit">Fit</button><button type="button" data-z="in" aria-label="Zoom in">+</button></div></figcaption><div class="scroll" role="region" aria-label="Graph" tabindex="0">${svg(frame, placed(graph), id)}</div></figure>`;
}

function svg(frame: PageFrame, { width, height, nodes, edges, modules }: PlacedGraph, id: string): Html {
  const marker = (name: string): Html =>
    html`<marker id="${id}${name}" class="${name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z"/></marker>`;
  const boxes = modules.map(
    ({ left, top, width: wide, height: high, label }) =>
      html`<g class="module"><rect x="${left}" y="${top}" width="${wide}" height="${high}" rx="8"/><text x="${left + 8}" y="${top + 13}">${label}</text></g>\n`,
  );
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="Groups and what may send to them"><defs>${marker('reached')}${marker('other')}</defs>\n${boxes}${edges.map(
    (each) => edge(each, id),
  )}${nodes.map((each) => node(frame, each))}</svg>`;
}

function edge({ edge: { from, to, traffic, answer, isReached }, path, label, at }: PlacedEdge, id: string): Html {
  const name = isReached ? 'reached' : 'other';
  const width = label.length * 6 + 6;
  return html`<g class="edge ${name}${answer === 'unknown' ? ' unknown' : ''}" data-a="${from}" data-b="${to}"><title>${trafficText(traffic)}</title><path d="${path}" marker-end="url(#${id}${name})"/>${
    label === ''
      ? undefined
      : html`<rect x="${at.x - width / 2}" y="${at.y - 7}" width="${width}" height="14" rx="3"/><text x="${at.x}" y="${at.y + 4}">${label}</text>`
  }</g>\n`;
}

function node(frame: PageFrame, { node: of, label, left, top, width, height }: PlacedNode): Html {
  const state = of.state === undefined ? '' : stateWords[of.state];
  const notes = notesOf(of);
  const isSource = of.state === undefined;
  const senders = of.senders.length === 0 ? '' : `also from ${of.senders.join(', ')}`;
  const words = [of.title, state, of.services, senders, of.isLoop ? 'may send to itself' : ''].filter(
    (text) => text !== '',
  );
  const shape = html`<title>${words.join(', ')}</title><rect x="${left}" y="${top}" width="${width}" height="${height}" rx="${isSource ? height / 2 : 5}"/><text x="${left + width / 2}" y="${top + (notes === '' ? 25 : 18)}">${label}</text>${
    notes === '' ? undefined : html`<text class="sub" x="${left + width / 2}" y="${top + 32}">${notes}</text>`
  }`;
  const anchor = frame.anchorOfNode(of.key);
  const body = anchor === undefined ? html`<g tabindex="0">${shape}</g>` : html`<a href="#${anchor}">${shape}</a>`;
  return html`<g class="node ${of.kind === 'internet' ? 'internet' : (of.state ?? 'source')}" data-k="${of.key}">${body}</g>\n`;
}
