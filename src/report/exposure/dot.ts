/** The graph of an exposure in the language of Graphviz. */

import { groupBy } from '../../collections/group-by.ts';
import { escapeControls, type SafeText, safeDocument } from '../escape.ts';
import { type GraphNode, graphOf, isBox, linesOfNode } from './graph.ts';
import type { ExposureLook, ShownExposures } from './shown.ts';
import { shortTraffic, withShortRoots } from './words.ts';

const fills = {
  direct: '#fecaca',
  indirect: '#fed7aa',
  unknown: '#e9d5ff',
} as const;

/** One digraph from left to right, with a cluster for each module; folded as Mermaid's. */
export function renderExposureDot({ roots }: ShownExposures, look: ExposureLook): SafeText {
  const { nodes, edges } = graphOf(roots, withShortRoots(roots, look));
  const ids = new Map(nodes.map(({ key }, index) => [key, `n${index}`]));
  const line = (node: GraphNode): string => `${ids.get(node.key)} [${attributesOf(node)}];`;
  const boxes = [...groupBy(nodes, ({ module }) => module)].flatMap(([module, own], index) =>
    module === undefined
      ? own.map((node) => `  ${line(node)}`)
      : [
          `  subgraph cluster_${index} {`,
          `    label=${quoted(module)};`,
          ...own.map((node) => `    ${line(node)}`),
          '  }',
        ],
  );
  const arrows = edges.map(({ from, to, traffic, answer, isReached }) => {
    const style = answer === 'unknown' ? ', style=dashed' : isReached ? ', penwidth=2' : '';
    return `  ${ids.get(from)} -> ${ids.get(to)} [label=${quoted(shortTraffic(traffic))}${style}];`;
  });
  return safeDocument(
    [
      'digraph exposure {',
      '  rankdir=LR;',
      '  graph [fontname="sans-serif"];',
      '  node [shape=box, fontname="sans-serif"];',
      '  edge [fontname="sans-serif", fontsize=10];',
      ...boxes,
      ...arrows,
      '}',
      '',
    ].join('\n'),
  );
}

function attributesOf(node: GraphNode): string {
  const { state, title } = node;
  const fill = state === 'direct' || state === 'indirect' || state === 'unknown' ? fills[state] : undefined;
  return [
    `label="${linesOfNode(node).map(inQuotes).join('\\n')}"`,
    `tooltip=${quoted(title)}`,
    ...(isBox(node) ? [] : ['shape=ellipse']),
    ...(fill === undefined ? [] : ['style=filled', `fillcolor="${fill}"`]),
  ].join(', ');
}

/** Of a text only `"` and `\` have a meaning: https://graphviz.org/doc/info/lang.html */
const inQuotes = (text: string): string => escapeControls(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"');

const quoted = (text: string): string => `"${inQuotes(text)}"`;
