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
  /** As SVG has it. */
  readonly path: string;
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

/** Characters of a node's name, of the services below it and of an edge's label; more are cut, and told in a title. */
const MAX_NAME = 34;
const MAX_SERVICES = 30;
const MAX_LABEL = 16;

const NODE_HEIGHT = 40;

/** Room for the name of a module above its nodes. */
const TITLE = 12;

/** More edges have no labels but those that the internet gets over; a title has what it is. */
const MAX_LABELLED = 60;

/** Below the name of a node: its services, ⇠ for other senders than the internet, ↻ where it may send to itself. */
export const notesOf = ({ services, senders, isLoop }: GraphNode): string =>
  [
    ...(services === '' ? [] : [cut(services, MAX_SERVICES)]),
    ...(senders.length === 0 ? [] : [`⇠ ${senders.length === 1 ? senders[0] : `${senders.length} other sources`}`]),
    ...(isLoop ? ['↻'] : []),
  ].join(' ');

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
    const width = Math.max(displayWidth(label) * CHARACTER, displayWidth(notesOf(node)) * SMALL_CHARACTER, 40) + 22;
    graph.setNode(node.key, { width: Math.ceil(width), height: NODE_HEIGHT });
    if (node.module !== undefined) graph.setParent(node.key, `module ${node.module}`);
  }
  const lengthOf = ({ from, to }: GraphEdge): number => byKey.get(to)!.distance - byKey.get(from)!.distance;
  const labelOf = ({ traffic, isReached }: GraphEdge): string =>
    edges.length > MAX_LABELLED && !isReached ? '' : cut(shortTraffic(traffic), MAX_LABEL);
  for (const edge of edges) {
    const minlen = lengthOf(edge);
    if (minlen < 1) continue;
    const label = labelOf(edge);
    const size =
      label === '' ? {} : { width: Math.ceil(label.length * SMALL_CHARACTER) + 6, height: 14, labelpos: 'c' as const };
    graph.setEdge(edge.from, edge.to, { minlen, ...size, weight: edge.isReached ? 3 : 1 });
  }
  // What nothing leads to here keeps its rank.
  const [first] = nodes;
  for (const { key, distance } of nodes)
    if (first !== undefined && key !== first.key && distance > 0 && (graph.inEdges(key) ?? []).length === 0)
      graph.setEdge(first.key, key, { minlen: distance, weight: 0 });
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
      const label = labelOf(edge);
      if (lengthOf(edge) < 1) return { edge, label, ...backwards(boxes.get(edge.from)!, boxes.get(edge.to)!) };
      const { points = [], x = 0, y = 0 } = graph.edge(edge.from, edge.to);
      const [from, to] = [boxes.get(edge.from)!, boxes.get(edge.to)!];
      // From the end of one to the start of the other, wherever dagre cuts the line off.
      const start = { x: from.left + from.width, y: from.top + from.height / 2 };
      const end = { x: to.left, y: to.top + to.height / 2 };
      const between = points
        .slice(1, -1)
        .map((point: Point) => ({ x: round(point.x), y: round(point.y) }))
        .filter((point: Point) => point.x > start.x && point.x < end.x);
      return { edge, label, path: forwards([start, ...between, end]), at: { x: round(x), y: round(y) } };
    }),
    modules: modules.map((label) => {
      const box = boxOf(`module ${label}`);
      return { label, ...box, top: box.top - TITLE };
    }),
  };
}

/** Level at each of its points. */
function forwards([first, ...rest]: readonly [Point, ...Point[]]): string {
  const curves = rest.map(({ x, y }, index) => {
    const before = rest[index - 1] ?? first;
    const middle = round((before.x + x) / 2);
    return `C${middle} ${before.y} ${middle} ${y} ${x} ${y}`;
  });
  return `M${first.x} ${first.y}${curves.join('')}`;
}

/** Around the right ends of both, since it leads to no later rank. */
function backwards(from: Box, to: Box): Pick<PlacedEdge, 'path' | 'at'> {
  const [start, end] = [from, to].map(({ left, top, width, height }) => ({
    x: round(left + width),
    y: round(top + height * 0.75),
  })) as [Point, Point];
  const turn = round(Math.max(start.x, end.x) + 26);
  const y = round((start.y + end.y) / 2);
  return {
    path: `M${start.x} ${start.y}Q${turn} ${start.y} ${turn} ${y}Q${turn} ${end.y} ${end.x} ${end.y}`,
    at: { x: turn, y },
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
