/** What inputs that nobody gives could be, and what their defaults switch off, by what was evaluated until now. */

import type { Block } from '../../hcl/syntax.ts';
import type { Span } from '../../source/span.ts';
import { answering } from '../expressions/worlds.ts';
import type { LoadedModule } from '../modules/load.ts';
import type { ResourceDeclaration } from '../modules/module.ts';
import type { InputAnswer } from '../values/inputs.ts';
import { numberText } from '../values/number-text.ts';
import { boolValue, integerValue, isEmptyCollection, type Value } from '../values/value.ts';
import { type RootVariable, rootVariablesBehind } from './behind.ts';
import type { Expansion } from './expand.ts';
import type { ExpandedResource, ModuleEntry, ModuleInstance } from './module-instance.ts';
import { entryKeys } from './references.ts';
import { isRejected } from './validation.ts';
import type { World } from './world.ts';

/** What an input could be. */
export interface Domain {
  /** Each once, sorted. */
  readonly candidates: readonly Value[];
  /** Whether it can be something else. */
  readonly isOpen: boolean;
}

/** A value that an input is compared with. */
interface ProposedValue {
  readonly input: string;
  readonly candidate: Value;
}

/** What is written and makes no instance. Addresses are without keys. */
export type Absent = { readonly address: string; readonly variables: () => readonly RootVariable[] } & (
  | { readonly kind: 'resource'; readonly declaration: ResourceDeclaration }
  | { readonly kind: 'module'; readonly module: LoadedModule }
  | { readonly kind: 'block'; readonly block: Block }
);

/** Something that makes no instance because of the defaults of some variables. */
export interface Switch {
  readonly kind: Absent['kind'];
  /** Of the resource or module call, without keys. */
  readonly address: string;
  /** For a nested block of that resource. */
  readonly block: Span | undefined;
  /** What the variables would be otherwise. */
  readonly world: World;
}

/** More candidates of one input are not looked at: it is left open. */
const maximumCandidates = 256;

/** By the name of the input. */
export function domainsOf(root: ModuleInstance): ReadonlyMap<string, Domain> {
  const found = new Map<string, Map<string, Value>>();
  const propose = (input: string, candidate: Value): void => {
    const known = found.get(input) ?? new Map<string, Value>();
    found.set(input, known);
    known.set(`${candidate.kind} ${shown(candidate)}`, candidate);
  };
  for (const { input, candidate } of [...proposalsIn(root), ...validationsOf(root)]) propose(input, candidate);
  const domains = new Map<string, Domain>();
  for (const [input, candidates] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (candidates.size > maximumCandidates) continue;
    const sorted = [...candidates].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, candidate]) => candidate);
    domains.set(input, domainOf(root, input, sorted));
  }
  return domains;
}

/** A value of an input as text, the same for the same. */
function shown(value: Value): string {
  return value.kind === 'string' || value.kind === 'bool'
    ? String(value.value)
    : value.kind === 'number'
      ? numberText(value.value)
      : '';
}

/** Values that inputs are compared with. */
function* proposalsIn(root: ModuleInstance): Iterable<ProposedValue> {
  for (const { entries } of root.all()) for (const { proposals } of entries) yield* proposals;
}

/** Of what an input is compared with, what the validations of a variable of the root allow. */
function domainOf(root: ModuleInstance, input: string, candidates: readonly Value[]): Domain {
  const name = /^var\.([^.[]+)$/.exec(input)?.[1];
  if (candidates.some(({ kind }) => kind === 'bool') || name === undefined) {
    return { candidates, isOpen: candidates.every(({ kind }) => kind !== 'bool') };
  }
  return {
    candidates: candidates.filter((is) => !isInvalid(root, name, { is })),
    isOpen: !isInvalid(root, name, { not: candidates }),
  };
}

/** What the validations of the root's variables compare them with. */
function* validationsOf(root: ModuleInstance): Iterable<ProposedValue> {
  for (const name of root.module.variables.keys()) {
    const user = root.unkept();
    isInvalid(root, name, undefined, user);
    yield* user.proposals;
  }
}

/** Whether a validation of a variable of the root is false, so that Terraform rejects its value. */
function isInvalid(root: ModuleInstance, name: string, answer: InputAnswer | undefined, user = root.unkept()): boolean {
  const declaration = root.module.variables.get(name);
  const own = root.scope(user, 0);
  const worlds = answering(own.worlds!, (input) => (input === `var.${name}` ? answer : undefined));
  return declaration !== undefined && isRejected(declaration, { ...own, worlds });
}

/**
 * Evaluates the local values of a world in which its base compares an input of the world with something.
 *
 * @returns those
 */
export function compareInputs(root: ModuleInstance, base: ModuleInstance): readonly ModuleEntry[] {
  const { world } = root.evaluation.inputs;
  const compared = new Set<string>();
  for (const { key, proposals } of base.entries) if (proposals.some(({ input }) => world.has(input))) compared.add(key);
  return [...root.module.locals.keys()].flatMap((name) => {
    const key = entryKeys.local(name);
    if (!compared.has(key)) return [];
    root.evaluateLocal(name);
    return root.asked(key)!;
  });
}

/**
 * Blocks that make no instance: resources of the wanted types, calls of modules, and nested blocks of wanted resources; each with the
 * variables of the root that it depends on.
 */
export function* absentIn(
  root: ModuleInstance,
  isWanted: (declaration: ResourceDeclaration) => boolean,
): Iterable<Absent> {
  for (const { entries, module, modulePath } of root.all()) {
    for (const entry of entries) {
      const { resource: name, call, value } = entry;
      if (value === undefined || (name === undefined && call === undefined)) continue;
      const variables = () => rootVariablesBehind(entry.sources);
      const declaration = name === undefined ? undefined : module.resources.get(name);
      if (declaration !== undefined && isWanted(declaration)) {
        const address = modulePath + name;
        if ((value as ExpandedResource).instances.length === 0)
          yield { kind: 'resource', address, declaration, variables };
        for (const block of entry.absent) yield { kind: 'block', address, block, variables };
      }
      const called = call === undefined ? undefined : module.calls.get(call);
      if (called?.kind !== 'module' || (value as Expansion).instances.length > 0) continue;
      yield { kind: 'module', address: `${modulePath}module.${call}`, module: called.module, variables };
    }
  }
}

export function switchesOf(absent: Iterable<Absent>): readonly Switch[] {
  return [...absent].flatMap((each) => {
    const world = new Map<string, InputAnswer>();
    for (const { name, value, isGiven } of each.variables()) {
      const answer = isGiven ? undefined : otherwise(value);
      if (answer !== undefined) world.set(name, answer);
    }
    if (world.size === 0) return [];
    return [{ kind: each.kind, address: each.address, block: each.kind === 'block' ? each.block : undefined, world }];
  });
}

/** What a variable would be that does not switch something off; undefined for what switches nothing. */
function otherwise(value: Value): InputAnswer | undefined {
  if (value.kind === 'bool') return { is: boolValue(!value.value) };
  if (value.kind === 'number' && value.value === 0) return { is: integerValue(1) };
  if (value.kind === 'null' || (value.kind === 'string' && value.value === '')) return { not: [value] };
  return isEmptyCollection(value) ? { not: [value] } : undefined;
}
