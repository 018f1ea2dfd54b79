/** Places the nodes and edges of a graph: ranks from left to right by distance, in boxes for modules. */

import { Graph, layout } from '@dagrejs/dagre';
import { displayWidth } from '../../width.ts';
import type { ExposureGraph, GraphEdge, GraphNode } from '../graph.ts';
import { shortTraffic } from '../words.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Box {
  readonly node: GraphNode;
  readonly label: string;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly [Point, ...Point[]];
  readonly label: string;
  /** The middle of the label. */
  readonly at: Point;
}

export interface PlacedGraph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly modules: readonly (Box & { readonly label: string })[];
}

/** Pixels of a character in the fonts of names and of small notes. */
export const CHARACTER = 7.3;
export const SMALL_CHARACTER = 6.1;

/** Characters of a node's name and of an edge's label; more are cut, and told in a title. */
const MAX_NAME = 34;
const MAX_LABEL = 16;

const NODE_HEIGHT = 40;

/** Room for the name of a module above its nodes. */
const TITLE = 12;

/** What leads on to a rank of its own decides about places; the rest is drawn afterwards. */
export function placed({ nodes, edges }: ExposureGraph): PlacedGraph {
  const graph = new Graph({ compound: true });
  const modules = [...new Set(nodes.flatMap(({ module }) => module ?? []))];
  graph.setGraph({
    rankdir: 'LR',
    nodesep: modules.length > 0 ? 24 : 14,
    edgesep: 8,
    ranksep: 46,
    marginx: 12,
    marginy: 30,
  });
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  for (const module of modules) graph.setNode(`module ${module}`, { width: 0, height: 0 });
  for (const node of nodes) {
    const label = cut(node.label, MAX_NAME);
    const width = Math.max(displayWidth(label) * CHARACTER, displayWidth(node.services) * SMALL_CHARACTER, 40) + 22;
    graph.setNode(node.key, { width: Math.ceil(width), height: NODE_HEIGHT });
    if (node.module !== undefined) graph.setParent(node.key, `module ${node.module}`);
  }
  const lengthOf = ({ from, to }: GraphEdge): number => byKey.get(to)!.distance - byKey.get(from)!.distance;
  for (const edge of edges) {
    const minlen = lengthOf(edge);
    if (minlen < 1) continue;
    const width = Math.ceil(cut(shortTraffic(edge.traffic), MAX_LABEL).length * SMALL_CHARACTER) + 6;
    graph.setEdge(edge.from, edge.to, { minlen, width, height: 14, labelpos: 'c', weight: edge.isReached ? 3 : 1 });
  }
  layout(graph);
  const boxOf = (key: string): Box => {
    const { x = 0, y = 0, width, height } = graph.node(key);
    return { left: round(x - width / 2), top: round(y - height / 2), width: round(width), height: round(height) };
  };
  const boxes = new Map(nodes.map(({ key }) => [key, boxOf(key)]));
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width) + 40,
    height: Math.ceil(height),
    nodes: nodes.map((node) => ({ node, label: cut(node.label, MAX_NAME), ...boxes.get(node.key)! })),
    edges: edges.map((edge): PlacedEdge => {
      const label = cut(shortTraffic(edge.traffic), MAX_LABEL);
      if (lengthOf(edge) < 1) return { edge, label, ...backwards(boxes.get(edge.from)!, boxes.get(edge.to)!) };
      const { points = [], x = 0, y = 0 } = graph.edge(edge.from, edge.to);
      const rounded = points.map((point: Point) => ({ x: round(point.x), y: round(point.y) }));
      return { edge, label, points: rounded as [Point, ...Point[]], at: { x: round(x), y: round(y) } };
    }),
    modules: modules.map((label) => {
      const box = boxOf(`module ${label}`);
      return { label, ...box, top: box.top - TITLE };
    }),
  };
}

/** Around the right end of what it starts at, since it leads to no later rank. */
function backwards(from: Box, to: Box): Pick<PlacedEdge, 'points' | 'at'> {
  const [start, end] = [
    { x: from.left + from.width, y: from.top + from.height * 0.75 },
    { x: to.left + to.width, y: to.top + to.height * 0.75 },
  ];
  const turn = round(Math.max(start.x, end.x) + 26);
  const middle = { x: turn, y: round((start.y + end.y) / 2) };
  return { points: [start, { x: turn, y: start.y }, middle, { x: turn, y: end.y }, end], at: middle };
}

const round = (value: number): number => Math.round(value * 10) / 10;

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
