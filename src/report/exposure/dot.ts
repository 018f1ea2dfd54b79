/** The graph of an exposure in the language of Graphviz. */

import { groupBy } from '../../collections/group-by.ts';
import { type SafeText, safeDocument } from '../escape.ts';
import { type GraphNode, graphOf } from './graph.ts';
import { stateWords } from './reached.ts';
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
      '  node [shape=box, fontname="sans-serif"];',
      '  edge [fontname="sans-serif", fontsize=10];',
      ...boxes,
      ...arrows,
      '}',
      '',
    ].join('\n'),
  );
}

function attributesOf({ label, services, state, kind, isLoop, title, senders }: GraphNode): string {
  const notes = [
    ...(services === '' ? [] : [services]),
    ...(state === undefined || state === 'closed' ? [] : [stateWords[state]]),
    ...(senders.length === 0 ? [] : [`from ${senders.join(', ')}`]),
    ...(isLoop ? ['reaches itself'] : []),
  ];
  const fill = state === 'direct' || state === 'indirect' || state === 'unknown' ? fills[state] : undefined;
  return [
    `label=${quoted([label, ...notes].join('\n'))}`,
    `tooltip=${quoted(title)}`,
    ...(kind === 'group' || kind === 'module' || kind === 'rest' ? [] : ['shape=ellipse']),
    ...(fill === undefined ? [] : ['style=filled', `fillcolor="${fill}"`]),
  ].join(', ');
}

/** Of a text only `"` and `\` have a meaning: https://graphviz.org/doc/info/lang.html */
const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
