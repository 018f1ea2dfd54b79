/** The graph of an exposure as a Mermaid flowchart, as GitHub and GitLab draw it. */

import { groupBy } from '../../collections/group-by.ts';
import { escapeControls, type SafeText, safeDocument } from '../escape.ts';
import { type ExposureGraph, type GraphNode, graphOf, isBox, linesOfNode } from './graph.ts';
import type { ExposureLook, ShownExposures } from './shown.ts';
import { shortTraffic, withShortRoots } from './words.ts';

/** Characters of a label; what is longer is cut. */
const MAX_LABEL = 60;

/** Colours that can be read on a light and on a dark page. */
const classes = {
  internet: 'fill:#1f2937,stroke:#111827,color:#ffffff',
  direct: 'fill:#fecaca,stroke:#b91c1c,color:#450a0a',
  indirect: 'fill:#fed7aa,stroke:#c2410c,color:#431407',
  unknown: 'fill:#e9d5ff,stroke:#7e22ce,color:#3b0764,stroke-dasharray:4 3',
  other: 'fill:#f3f4f6,stroke:#6b7280,color:#111827',
} as const;

/** One flowchart of at most 60 nodes, whose groups are folded into modules where there are more. */
export function renderExposureMermaid(exposures: ShownExposures, look: ExposureLook): SafeText {
  return safeDocument(flowchart(graphOf(exposures.roots, withShortRoots(exposures.roots, look))));
}

/** Its lines, each with its end. */
export function flowchart({ nodes, edges }: ExposureGraph): string {
  const ids = new Map(nodes.map(({ key }, index) => [key, `n${index}`]));
  const line = (node: GraphNode): string => `${ids.get(node.key)}${shapeOf(node)}:::${classOf(node)}`;
  const byModule = groupBy(nodes, ({ module }) => module);
  const boxes = [...byModule].flatMap(([module, own], index) =>
    module === undefined
      ? own.map((node) => `  ${line(node)}`)
      : [`  subgraph m${index}[${quotedLabel(module)}]`, ...own.map((node) => `    ${line(node)}`), '  end'],
  );
  const arrows = edges.map(
    ({ from, to, traffic, answer, isReached }) =>
      `  ${ids.get(from)} ${answer === 'unknown' ? '-.->' : isReached ? '==>' : '-->'}|${quotedLabel(shortTraffic(traffic))}| ${ids.get(to)}`,
  );
  const used = new Set(nodes.map(classOf));
  const styles = Object.entries(classes).flatMap(([name, style]) =>
    used.has(name as keyof typeof classes) ? `  classDef ${name} ${style}` : [],
  );
  return ['flowchart LR', ...boxes, ...arrows, ...styles, ''].join('\n');
}

function shapeOf(node: GraphNode): string {
  const text = linesOfNode(node).map(quotedText).join('<br>');
  return isBox(node) ? `["${text}"]` : `(["${text}"])`;
}

function classOf({ kind, state }: GraphNode): keyof typeof classes {
  if (kind === 'internet') return 'internet';
  return state === 'direct' || state === 'indirect' || state === 'unknown' ? state : 'other';
}

/** A label; Mermaid takes no empty one. */
export const quotedLabel = (text: string): string => `"${quotedText(text) || ' '}"`;

/** All but letters, digits and what addresses have, as Mermaid's character codes: https://mermaid.js.org/syntax/flowchart.html#special-characters-that-break-syntax */
function quotedText(text: string): string {
  // A code is the character again on the page.
  const safe = escapeControls(text);
  const cut = safe.length > MAX_LABEL ? `${safe.slice(0, MAX_LABEL - 1)}…` : safe;
  return [...cut]
    .map((character) => (/[\p{L}\p{N} .,_/:()…-]/u.test(character) ? character : `#${character.codePointAt(0)};`))
    .join('');
}
