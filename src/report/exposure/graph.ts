/** The graph of what gets to what, in ranks by distance from the internet. */

import { groupBy } from '../../collections/group-by.ts';
import { type Traffic, unionOfTraffic } from '../../network/traffic.ts';
import { formatCount } from '../../text/count.ts';
import { type Fold, foldFor, keyOfMember, type Member } from './fold.ts';
import { endsOf, type GroupOpening, openingsOf, type Source, sourceKinds } from './openings.ts';
import { type GroupState, groupStates, statesOf, stateWords } from './reached.ts';
import type { ExposureLook, ShownRoot } from './shown.ts';
import { modulePathOf, rootName } from './words.ts';

export interface GraphNode {
  readonly key: string;
  /** The address of a group without its modules, or the name of what it is else. */
  readonly label: string;
  /** The whole address, with the root module where there are several. */
  readonly title: string;
  readonly kind: Source['kind'] | 'module' | 'rest';
  /** Undefined for what is no group. */
  readonly state: GroupState | undefined;
  /** The module that it is drawn in; undefined for none. */
  readonly module: string | undefined;
  /** What has it: `compute ×2, database`; empty for nothing. */
  readonly services: string;
  /** Others than the internet that may send to it, where their arrows would be too many to read. */
  readonly senders: readonly string[];
  /** Steps from what sends first, 0 for what does. */
  readonly distance: number;
  /** Whether it may send to itself. */
  readonly isLoop: boolean;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly traffic: Traffic;
  readonly answer: 'yes' | 'unknown';
  /** Whether the internet gets over it to a service. */
  readonly isReached: boolean;
}

export interface ExposureGraph {
  /** By distance; at most 60. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** What groups are folded into. */
  readonly fold: Fold;
}

/** More nodes, and more arrows from other sources than the internet, can't be read. */
const MAX_NODES = 60;
const MAX_EDGES = 60;

const sourceLabels: Readonly<Record<Exclude<Source['kind'], 'group'>, string>> = {
  internet: 'internet',
  unknown: 'unknown until apply',
  block: 'external blocks',
  'prefix list': 'prefix lists',
  elsewhere: 'groups from elsewhere',
  private: 'private addresses',
};

const unconnected = {
  state: undefined,
  module: undefined,
  services: '',
  senders: [],
  distance: 0,
  isLoop: false,
} as const;

/** Groups that nothing gets to, and that get to nothing, are left out. */
export function graphOf(roots: readonly ShownRoot[], look: ExposureLook): ExposureGraph {
  const openings = roots.flatMap((root) => openingsOf(root));
  const states = new Map(
    [...groupBy(openings, ({ root }) => root)].map(([root, own]) => [root, statesOf(root, own)] as const),
  );
  const stateOf = ({ root, group }: Member): GroupState => states.get(root)?.get(group) ?? 'closed';
  const groups = groupBy(openings.flatMap(endsOf), (member) => keyOfMember(member, 'group'));
  const kinds = sourceKinds.filter((kind) => openings.some(({ source }) => source.kind === kind));
  const sources = kinds.filter((kind) => kind !== 'group');
  const fold = foldFor(
    [...groups.values()].map(([first]) => first),
    MAX_NODES - sources.length,
  );
  const placeOf = (member: Member): string => keyOfMember(member, fold);
  const fromOf = ({ root, source }: GroupOpening): string =>
    source.kind === 'group' ? placeOf({ root, group: source.name }) : source.kind;
  const merged = [...groupBy(openings, (opening) => JSON.stringify([fromOf(opening), placeOf(opening)])).values()].map(
    (some): GraphEdge => ({
      from: fromOf(some[0]),
      to: placeOf(some[0]),
      traffic: unionOfTraffic(some.map(({ traffic }) => traffic)),
      answer: some.some(({ answer }) => answer === 'yes') ? 'yes' : 'unknown',
      isReached: some.some((opening) => isReachedOver(opening, stateOf)),
    }),
  );
  const all = merged.filter(({ from, to }) => from !== to);
  const told = new Set<string>(all.length > MAX_EDGES ? sources.filter((kind) => kind !== 'internet') : []);
  const edges = all.filter(({ from }) => !told.has(from));
  const sendersOf = groupBy(
    all.filter(({ from }) => told.has(from)),
    ({ to }) => to,
  );
  const loops = new Set(merged.filter(({ from, to }) => from === to).map(({ from }) => from));
  const distances = distancesIn(all, sources);
  const nodes = [
    ...sources
      .filter((kind) => !told.has(kind))
      .map(
        (kind): GraphNode => ({
          ...unconnected,
          key: kind,
          label: sourceLabels[kind],
          title: sourceLabels[kind],
          kind,
        }),
      ),
    ...[
      ...groupBy(
        [...groups.values()].map(([first]) => first),
        placeOf,
      ),
    ].map(
      ([key, some]): GraphNode => ({
        key,
        ...namesOf(some, fold, new Set(roots.map(({ exposure }) => exposure.root)).size > 1, look),
        state: groupStates.find((state) => some.some((member) => stateOf(member) === state)),
        services: servicesText(some, fold),
        senders: (sendersOf.get(key) ?? []).map(({ from }) => sourceLabels[from as keyof typeof sourceLabels]),
        distance: distances.get(key) ?? 0,
        isLoop: loops.has(key),
      }),
    ),
  ];
  return limited({ nodes: nodes.toSorted((a, b) => a.distance - b.distance), edges, fold });
}

function namesOf(
  members: readonly [Member, ...Member[]],
  fold: Fold,
  hasRoots: boolean,
  look: ExposureLook,
): Pick<GraphNode, 'label' | 'title' | 'kind' | 'module'> {
  const [{ root, group }] = members;
  const path = fold === 'root module' ? '' : modulePathOf(group);
  const within = hasRoots ? rootName(root, look) : '';
  const module = [within, path].filter((text) => text !== '').join(': ') || undefined;
  if (fold !== 'group') {
    const name = module ?? 'root module';
    return { label: name, title: name, kind: 'module', module: undefined };
  }
  const label = group.slice(/^(?:module\.[^.["]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?\.)*/.exec(group)?.[0].length);
  return { label, title: within === '' ? group : `${within}: ${group}`, kind: 'group', module };
}

/** `compute ×2, database`: the services that have one of the groups; of what is folded how many groups it has first. */
function servicesText(members: readonly Member[], fold: Fold): string {
  const services = groupBy(members, ({ root }) => root);
  const found = [...services].flatMap(([root, own]) => {
    const groups = new Set(own.map(({ group }) => group));
    return root.exposure.services.filter((service) => service.groups.some((group) => groups.has(group)));
  });
  const kinds = [...groupBy(found, ({ kind }) => kind)]
    .map(([kind, some]) => (some.length === 1 ? kind : `${kind} ×${some.length}`))
    .join(', ');
  if (fold === 'group') return kinds;
  return [formatCount(members.length, 'group'), ...(kinds === '' ? [] : [kinds])].join(': ');
}

function isReachedOver(
  { root, source, group, traffic, answer, peer }: GroupOpening,
  stateOf: (member: Member) => GroupState,
): boolean {
  if (answer === 'unknown') return false;
  if (source.kind === 'internet')
    return peer.kind === 'cidr' && root.exposure.reachOf(group, peer.family, traffic).reach === 'internet';
  const isReached = (each: string): boolean => ['direct', 'indirect'].includes(stateOf({ root, group: each }));
  return source.kind === 'group' && isReached(source.name) && isReached(group);
}

/** From the internet first; what only others get to has its distance from them, and so on for groups that nothing gets to. */
function distancesIn(edges: readonly GraphEdge[], sources: readonly string[]): ReadonlyMap<string, number> {
  const next = groupBy(edges, ({ from }) => from);
  const targets = new Set(edges.map(({ to }) => to));
  const senders = [...next.keys()].filter((key) => !targets.has(key));
  const distances = new Map([...sources, ...senders].map((key) => [key, 0]));
  for (const starts of [sources.slice(0, 1), sources, senders]) {
    for (let front = [...starts], distance = 1; front.length > 0; distance++) {
      front = front.flatMap((key) => next.get(key) ?? []).flatMap(({ to }) => (distances.has(to) ? [] : to));
      for (const key of front) distances.set(key, distance);
      front = [...new Set(front)];
    }
  }
  return distances;
}

/** Where there is too much, what the internet gets to is kept, and then what is near; the rest is counted. */
function limited({ nodes, edges, fold }: ExposureGraph): ExposureGraph {
  if (nodes.length <= MAX_NODES) return { nodes, edges, fold };
  const rank = ({ state }: GraphNode): number => (state === undefined ? -1 : groupStates.indexOf(state));
  const first = nodes.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_NODES - 1);
  const kept = nodes.filter((node) => first.includes(node));
  const label = formatCount(nodes.length - kept.length, `more ${fold}`);
  const rest: GraphNode = { ...unconnected, key: 'rest', label, title: label, kind: 'rest' };
  const keys = new Set(kept.map(({ key }) => key));
  return { nodes: [...kept, rest], edges: edges.filter(({ from, to }) => keys.has(from) && keys.has(to)), fold };
}

/** What is written on a node, line by line. */
export function linesOfNode({ label, services, state, senders, isLoop }: GraphNode): readonly string[] {
  return [
    label,
    ...(services === '' ? [] : [services]),
    ...(state === undefined || state === 'closed' ? [] : [stateWords[state]]),
    ...(senders.length === 0 ? [] : [`from ${senders.join(', ')}`]),
    ...(isLoop ? ['reaches itself'] : []),
  ];
}

/** Whether a node is groups; all else sends to them from outside. */
export const isBox = ({ kind }: GraphNode): boolean => kind === 'group' || kind === 'module' || kind === 'rest';
