/** What Terraform rejects in everything that some resources are evaluated from. */

import { type QueryCache, query } from '../../../collections/query-cache.ts';
import type { Attribute } from '../../../hcl/syntax.ts';
import { problemKey } from '../../../source/problem.ts';
import { type Span, spanKey, textOf } from '../../../source/span.ts';
import type { EvaluationProblem, FoundRejection } from '../../expressions/scope.ts';
import { type LoadedModule, modulesOf } from '../../modules/load.ts';
import type { Declaration, ResourceDeclaration } from '../../modules/module.ts';
import { excludesModern } from '../../modules/required-version.ts';
import type { UnknownReason, Value } from '../../values/value.ts';
import { defaultsBehind, entriesBehind } from '../behind.ts';
import { Entry as EntryOf } from '../entry.ts';
import type { ResourceInstance } from '../instance.ts';
import type { ModuleEntry, ModuleInstance } from '../module-instance.ts';
import { entryKeys, keysIn, partsBehind, resourceOf } from '../references.ts';
import { callFaults } from './call-faults.ts';
import { conditionFaults, conditionsOf } from './condition-faults.ts';
import { dependencyCycles } from './dependency-cycles.ts';
import { isSettled, type Rejection, type RejectionQuery, type Rejections } from './rejection.ts';
import { type FaultInput, hasAllFiles, isSameInput, WrittenFaults } from './written-faults.ts';

/** @param root evaluated as far as the wanted resources are asked for */
export function rejectionsOf(root: ModuleInstance, asked: RejectionQuery, cache: QueryCache): Rejections {
  // Older versions take what newer ones reject.
  if (excludesModern(root.module.trees) || modulesOf(root.module).some((module) => hasBlockOfTags(module, cache)))
    return { all: [], told: new Map(), reasons: new Map(), isOld: true };
  const entries = entriesOf(root, asked, cache);
  const written = new WrittenFaults(asked, cache);
  const loud = [...entries].filter((entry) => !isQuiet(entry, written, cache));
  const outputs = outputsOf(root, entries, asked, cache);
  const cycles = dependencyCycles(root, asked.isWanted, cache);
  const certain = [
    ...written.of([...loud, ...outputs.map(([home, { name }]) => new EntryOf(entryKeys.output(name), home))]),
    ...cycles,
    ...callFaults(loud),
    ...conditionFaults(root, entries, loud, outputs, cache),
  ];
  const told = new Map<string, Rejection['kind']>();
  const evaluated = new Map<string, Rejection>();
  const starts = new Map(
    certain.flatMap(({ kind, span }) => (kind === 'name' || kind === 'expression' ? [[startKey(span), kind]] : [])),
  );
  // Of what is asked of a module, the evaluation names the call.
  const said = new Map(certain.map(({ message, kind }) => [message, kind]));
  const reasons = new Map(certain.flatMap(({ reason, kind }) => (reason === undefined ? [] : [[reason, kind]])));
  for (const entry of loud) {
    for (const problem of entry.problems) {
      const { rejection, span } = problem;
      if (rejection === undefined || span === undefined || !isCertain(rejection, entry)) continue;
      const isCycle = rejection.kind === 'cycle';
      const toldAs = isCycle ? undefined : (starts.get(startKey(span)) ?? said.get(problem.message));
      const isTold = isCycle ? cycles.length > 0 : toldAs !== undefined;
      told.set(problemKey(problem), toldAs ?? rejection.kind);
      if (rejection.reason !== '') reasons.set(rejection.reason, toldAs ?? rejection.kind);
      const key = `${rejection.kind} ${spanKey(span)}`;
      if (!isTold && !evaluated.has(key)) evaluated.set(key, rejectionOf(problem, rejection, span, entry));
    }
  }
  return { all: [...certain, ...evaluated.values()], told, reasons, isOld: false };
}

/** Terraform 0.11 read a block as a map: what has one was written for it. */
function hasBlockOfTags(module: LoadedModule, cache: QueryCache): boolean {
  const isOfTags = (declaration: ResourceDeclaration): boolean => {
    if (declaration.isOverridden !== true && !mayHaveBlockOfTags.test(textOf(declaration.block))) return false;
    return declaration.content.blocks.some(({ block }) => block.type.name === 'tags');
  };
  return cache.get(withBlockOfTags, module, undefined, () =>
    [...module.resources.values()].some((each) => cache.get(ofTags, each, undefined, () => isOfTags(each))),
  );
}

/** Whether a line, or what stands between braces, begins with the name, and no value follows. */
const mayHaveBlockOfTags = /(?:^|[{}]|\*\/)\s*tags\b(?!\s*=)/m;

/** By the module. */
const withBlockOfTags = query<undefined, boolean>();

/** By the resource. */
const ofTags = query<undefined, boolean>();

/** Where a reference begins: what Terraform says of it before it evaluates anything explains what has no value. */
const startKey = ({ file, start }: Span): string => `${start} ${file.path}`;

/** Whether nothing is rejected in an entry: so with most, and they are the same from run to run. */
function isQuiet(entry: ModuleEntry, written: WrittenFaults, cache: QueryCache): boolean {
  return (
    entry.isEmpty &&
    entry.call === undefined &&
    cache.get(
      quietEntries,
      entry,
      written.inputOf(entry),
      () => !written.has(entry) && conditionsOf(entry, cache).length === 0,
    )
  );
}

const quietEntries = query<FaultInput, boolean>(isSameInput);

/** What the wanted resources, and what has them, were worked out from. */
function entriesOf(
  root: ModuleInstance,
  { isWanted, isAttached }: RejectionQuery,
  cache: QueryCache,
): ReadonlySet<ModuleEntry> {
  const withWanted = new Map<LoadedModule, boolean>();
  const hasWanted = (module: LoadedModule): boolean => {
    const known = withWanted.get(module);
    if (known !== undefined) return known;
    const has = modulesOf(module).some(({ resources }) => [...resources.values()].some(isWanted));
    withWanted.set(module, has);
    return has;
  };
  const isAboutWanted = (entry: ModuleEntry): boolean =>
    cache.get(ofWanted, entry, undefined, () => {
      const declaration = entry.home.module.resources.get(entry.resource!);
      return declaration !== undefined && (isWanted(declaration) || isAttached(declaration));
    });
  const found = new Set<ModuleEntry>();
  for (const instance of root.all()) {
    for (const entry of instance.entries) {
      const { resource, call } = entry;
      if (resource !== undefined && isAboutWanted(entry)) found.add(entry);
      const called = call === undefined ? undefined : instance.module.calls.get(call);
      if (called?.kind === 'module' && hasWanted(called.module)) found.add(entry);
    }
  }
  return entriesBehind(found);
}

/** By the entry of a resource, or the block of an output. */
const ofWanted = query<undefined, boolean>();

/** Outputs that nothing asks for, and that name wanted resources. */
function outputsOf(
  root: ModuleInstance,
  entries: ReadonlySet<ModuleEntry>,
  { isWanted }: RejectionQuery,
  cache: QueryCache,
): readonly (readonly [ModuleInstance, Declaration])[] {
  const isOfWanted = (key: string): boolean => {
    const type = resourceOf(key)?.split('.', 1)[0];
    return type !== undefined && isWanted({ mode: 'managed', type });
  };
  const namesWanted = (block: Declaration['block']): boolean =>
    cache.get(ofWanted, block, undefined, () => [...keysIn(block)].some(isOfWanted));
  const isAsked = (home: ModuleInstance, name: string): boolean => {
    const entry = home.asked(entryKeys.output(name));
    return entry !== undefined && entries.has(entry);
  };
  return [...root.all()].flatMap((home) =>
    [...home.module.outputs.values()]
      .filter(({ name, block }) => !isAsked(home, name) && namesWanted(block))
      .map((output) => [home, output] as const),
  );
}

/** Whether nothing that somebody may still give makes it go away. */
function isCertain({ kind, within }: FoundRejection, entry: ModuleEntry): boolean {
  // What decides whether it exists may decide that it has a value too.
  if (kind === 'expression' && existenceOf(entry, kind) !== undefined) return false;
  if (kind === 'cycle') return true;
  if (kind === 'name') return hasAllFiles(entry);
  if (kind === 'instances' && within === undefined) return true;
  return isSettled(kind, within === undefined ? defaultsBehind([entry]) : defaultsAt(within, entry));
}

/** The defaults behind an expression of what an entry is of. */
function defaultsAt(expression: Attribute['value'], { home, resource }: ModuleEntry): ReadonlyMap<string, Value> {
  const declaration = resource === undefined ? undefined : home.module.resources.get(resource);
  return home.defaultsOf(declaration === undefined ? [expression] : partsBehind(expression, declaration));
}

function rejectionOf(
  { message, hint }: EvaluationProblem,
  { kind }: FoundRejection,
  span: Span,
  entry: ModuleEntry,
): Rejection {
  const existsIf = kind === 'name' ? undefined : existenceOf(entry, kind);
  return { ...entry.home.subjectOf(entry.key), kind, span, message, hint, existsIf };
}

/** What decides whether there is any instance of it. */
function existenceOf(
  { resource, home, value }: ModuleEntry,
  kind: Rejection['kind'],
): readonly UnknownReason[] | undefined {
  if (resource === undefined || kind === 'instances') return home.existsIf;
  const { instances } = value as { readonly instances: readonly ResourceInstance[] };
  return instances.some(({ existsIf }) => existsIf === undefined) ? undefined : instances[0]?.existsIf;
}
