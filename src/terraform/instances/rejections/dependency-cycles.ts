/** Declarations that depend on one another in a circle. */

import { type QueryCache, query } from '../../../collections/query-cache.ts';
import type { Node } from '../../../hcl/walk.ts';
import { compareSpans, type Span } from '../../../source/span.ts';
import type { LoadedModule } from '../../modules/load.ts';
import type { ResourceDeclaration } from '../../modules/module.ts';
import { nameUsesOf } from '../../modules/name-uses.ts';
import { compareStrings } from '../../values/value.ts';
import { declaredIn, knownChanges } from '../earlier.ts';
import type { ModuleInstance } from '../module-instance.ts';
import { callOf, entryKeys, keyOf, resourceOf } from '../references.ts';
import type { Rejection } from './rejection.ts';

/** Something in a module, as Terraform orders it: instances of one block are one. */
interface Vertex {
  readonly id: string;
  readonly place: ModulePlace;
  readonly key: string;
}

/** One call of a module, whatever its instances. */
interface ModulePlace {
  /** With a final dot; empty for the root. */
  readonly path: string;
  readonly module: LoadedModule;
  readonly caller: { readonly place: ModulePlace; readonly call: string } | undefined;
}

interface Edge {
  readonly to: Vertex;
  /** What names it. */
  readonly span: Span;
}

/** The circles that the wanted resources are in, or depend on; each once, whatever the order of the blocks. */
export function dependencyCycles(
  root: ModuleInstance,
  isWanted: (declaration: ResourceDeclaration) => boolean,
  cache: QueryCache,
): readonly Rejection[] {
  const places = placesOf(root);
  const before = cache.find(withoutCycles, '', undefined);
  if (before !== undefined && isStillWithout(before, places, cache)) {
    cache.keep(withoutCycles, '', undefined, places);
    return [];
  }
  const graph = new Graph({ places, cache });
  for (const place of places.values()) {
    for (const [address, declaration] of place.module.resources) {
      if (isWanted(declaration)) graph.visit(vertexOf(place, entryKeys.resource(address)));
    }
  }
  if (graph.circles.length === 0) cache.keep(withoutCycles, '', undefined, places);
  return graph.circles.map(rejectionOf);
}

/** The places of the latest revision, where wanted resources are in no circle and depend on none. */
const withoutCycles = query<undefined, Places>();

/** Whether nothing that is declared otherwise now is in a circle, or depends on one: whatever circle is new goes through it. */
function isStillWithout(before: Places, now: Places, cache: QueryCache): boolean {
  const graph = new Graph({ places: now, cache });
  for (const [path, place] of now) {
    const { module } = before.get(path) ?? {};
    if (module?.directory !== place.module.directory) return false;
    for (const key of module === place.module ? [] : knownChanges(module, place.module, cache)) {
      // What a call gives, all that is in its module may depend on.
      if (callOf(key) !== undefined) return false;
      if (declaredIn(place.module, key) !== undefined) graph.visit(vertexOf(place, key));
    }
  }
  return graph.circles.length === 0;
}

/** Those that were evaluated, by their paths: what calls could lead to, there can be any number of. */
type Places = ReadonlyMap<string, ModulePlace>;

/** What says where a reference leads. */
interface Surroundings {
  readonly places: Places;
  readonly cache: QueryCache;
}

function placesOf(root: ModuleInstance): Places {
  const places = new Map<string, ModulePlace>();
  for (const { modulePath: path, module, calledBy } of root.all()) {
    if (places.has(path)) continue;
    const caller = calledBy && { place: places.get(calledBy.instance.modulePath)!, call: calledBy.name };
    places.set(path, { path, module, caller });
  }
  return places;
}

function vertexOf(place: ModulePlace, key: string): Vertex {
  return { id: `${place.path}${key}`, place, key };
}

interface Visit {
  readonly vertex: Vertex;
  readonly edges: readonly Edge[];
  next: number;
  low: number;
}

/** Finds strongly connected parts, as Tarjan does, without recursion: chains of references can be long. */
class Graph {
  readonly #surroundings: Surroundings;
  readonly #numbers = new Map<string, number>();
  readonly #open = new Set<string>();
  /** Of the root, by key. */
  readonly #leaves = new Map<string, boolean>();
  readonly #stack: Visit[] = [];
  readonly circles: (readonly Visit[])[] = [];

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  visit(start: Vertex): void {
    if (this.#numbers.has(start.id) || this.#isSurelyOutside(start)) return;
    const path = [this.#enter(start)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const edge = visit.edges[visit.next++];
      if (edge === undefined) {
        path.pop();
        const above = path.at(-1);
        if (above !== undefined) above.low = Math.min(above.low, visit.low);
        this.#leave(visit);
      } else if (!this.#numbers.has(edge.to.id)) path.push(this.#enter(edge.to));
      else if (this.#open.has(edge.to.id)) visit.low = Math.min(visit.low, this.#numbers.get(edge.to.id)!);
    }
  }

  /** Whether a resource of the root names nothing but what names nothing itself: most do, and are in no circle. */
  #isSurelyOutside({ place, key }: Vertex): boolean {
    const address = resourceOf(key);
    if (address === undefined || place.caller !== undefined) return false;
    const { block } = place.module.resources.get(address)!;
    return referencesOf(block, this.#surroundings.cache).every((reference) => this.#isLeaf(reference.key, place));
  }

  #isLeaf(key: string, { module }: ModulePlace): boolean {
    const known = this.#leaves.get(key);
    if (known !== undefined) return known;
    const [kind, name = ''] = key.split('.', 2);
    const text = kind === 'local' ? module.locals.get(name)?.value : undefined;
    // A variable of the root has no caller that could give it something.
    const isLeaf = kind === 'var' || (text !== undefined && referencesOf(text, this.#surroundings.cache).length === 0);
    this.#leaves.set(key, isLeaf);
    return isLeaf;
  }

  #enter(vertex: Vertex): Visit {
    const low = this.#numbers.size;
    this.#numbers.set(vertex.id, low);
    this.#open.add(vertex.id);
    const visit = { vertex, edges: edgesOf(vertex, this.#surroundings), next: 0, low };
    this.#stack.push(visit);
    return visit;
  }

  #leave({ vertex, low, edges }: Visit): void {
    if (low !== this.#numbers.get(vertex.id)) return;
    const circle: Visit[] = [];
    for (let last = this.#stack.pop(); last !== undefined; last = this.#stack.pop()) {
      circle.push(last);
      this.#open.delete(last.vertex.id);
      if (last.vertex.id === vertex.id) break;
    }
    // A resource that names itself is another fault.
    const namesItself = resourceOf(vertex.key) === undefined && edges.some(({ to }) => to.id === vertex.id);
    if (circle.length > 1 || namesItself) this.circles.push(circle);
  }
}

function edgesOf({ place, key }: Vertex, surroundings: Surroundings): readonly Edge[] {
  const { module, caller } = place;
  const edges: Edge[] = [];
  const [kind, name = ''] = key.split('.', 2);
  const resource = resourceOf(key);
  const call = callOf(key);
  if (resource !== undefined) {
    addReferences(module.resources.get(resource)!.block, place, edges, surroundings);
    for (let at = caller; at !== undefined; at = at.place.caller) addArguments(at, ['depends_on'], edges, surroundings);
  } else if (call !== undefined) addArguments({ place, call }, ['count', 'for_each'], edges, surroundings);
  else if (kind === 'local') addReferences(module.locals.get(name)!.value, place, edges, surroundings);
  else if (kind === 'output') addReferences(module.outputs.get(name)!.block, place, edges, surroundings);
  else if (caller !== undefined) addArguments(caller, [name], edges, surroundings);
  if (caller !== undefined) {
    const { span } = caller.place.module.moduleCalls.get(caller.call)!;
    edges.push({ to: vertexOf(caller.place, entryKeys.call(caller.call)), span });
  }
  return edges;
}

function addArguments(
  { place, call }: NonNullable<ModulePlace['caller']>,
  names: readonly string[],
  edges: Edge[],
  surroundings: Surroundings,
): void {
  const { attributes } = place.module.moduleCalls.get(call)!.content;
  for (const name of names) {
    const expression = attributes.get(name)?.value;
    if (expression !== undefined) addReferences(expression, place, edges, surroundings);
  }
}

function addReferences(part: Node, place: ModulePlace, edges: Edge[], { places, cache }: Surroundings): void {
  for (const { key, output, span } of referencesOf(part, cache)) {
    for (const to of targetsOf(key, output, place, places)) edges.push({ to, span });
  }
}

/** What a text depends on. */
interface Reference {
  readonly key: string;
  /** That is asked of a module, where it is one of them. */
  readonly output: string | undefined;
  /** The first that names it. */
  readonly span: Span;
}

/** By the text. */
const referencesInText = query<undefined, readonly Reference[]>();

function referencesOf(part: Node, cache: QueryCache): readonly Reference[] {
  return cache.get(referencesInText, part, undefined, () => referencesIn(part, cache));
}

/** Each once. */
function referencesIn(part: Node, cache: QueryCache): readonly Reference[] {
  const found = new Map<string, Reference>();
  for (const { node, parent } of nameUsesOf(part, cache)) {
    const key = node.kind === 'get' ? keyOf(node) : undefined;
    if (node.kind !== 'get' || key === undefined) continue;
    const output = parent?.kind === 'get' && parent.object === node ? parent.name.name : undefined;
    const id = `${key} ${output ?? ''}`;
    const known = found.get(id);
    if (known === undefined || compareSpans(node, known.span) < 0) found.set(id, { key, output, span: node });
  }
  return [...found.values()];
}

/** @param output that is asked of a module, where it is one of them */
function targetsOf(key: string, output: string | undefined, place: ModulePlace, places: Places): readonly Vertex[] {
  const { resources, variables, locals } = place.module;
  const [kind, name = ''] = key.split('.', 2);
  const resource = resourceOf(key);
  if (resource !== undefined) return resources.has(resource) ? [vertexOf(place, key)] : [];
  if (kind === 'local') return locals.has(name) ? [vertexOf(place, key)] : [];
  if (kind === 'var') return variables.has(name) ? [vertexOf(place, key)] : [];
  const inner = kind === 'module' ? places.get(`${place.path}module.${name}.`) : undefined;
  if (inner === undefined) return [];
  const { outputs } = inner.module;
  const asked = output !== undefined && outputs.has(output) ? [output] : [...outputs.keys()];
  return [vertexOf(place, entryKeys.call(name)), ...asked.map((each) => vertexOf(inner, entryKeys.output(each)))];
}

function rejectionOf(circle: readonly Visit[]): Rejection {
  const ids = new Set(circle.map(({ vertex }) => vertex.id));
  const addressOf = ({ vertex: { place, key } }: Visit): string => {
    const call = callOf(key);
    return place.path + (resourceOf(key) ?? (call === undefined ? key : entryKeys.module(call)));
  };
  const sorted = [...circle].sort((a, b) => compareStrings(addressOf(a), addressOf(b)));
  const first = sorted[0]!;
  const [edge] = first.edges.filter(({ to }) => ids.has(to.id)).sort((a, b) => compareSpans(a.span, b.span));
  const names = [...new Set(sorted.map(addressOf))];
  return {
    kind: 'cycle',
    address: addressOf(first),
    resourceAddress: addressOf(first),
    calls: [],
    span: edge!.span,
    message: names.join(', '),
  };
}
