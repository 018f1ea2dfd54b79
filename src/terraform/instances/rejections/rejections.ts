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
import { callOf, entryKeys, keysIn, partsBehind, resourceOf } from '../references.ts';
import { callFaults } from './call-faults.ts';
import { conditionFaults } from './condition-faults.ts';
import { dependencyCycles } from './dependency-cycles.ts';
import { isSettled, type Rejection, type RejectionQuery, type Rejections } from './rejection.ts';
import { hasAllFiles, writtenFaults } from './written-faults.ts';

/** @param root evaluated as far as the wanted resources are asked for */
export function rejectionsOf(root: ModuleInstance, asked: RejectionQuery, cache: QueryCache): Rejections {
  // Older versions take what newer ones reject.
  if (excludesModern(root.module.trees) || modulesOf(root.module).some((module) => hasBlockOfTags(module, cache)))
    return { all: [], told: new Map(), reasons: new Map(), isOld: true };
  const entries = entriesOf(root, asked);
  const outputs = outputsOf(root, entries, asked);
  const cycles = dependencyCycles(root, asked.isWanted, cache);
  const certain = [
    ...writtenFaults(
      [...entries, ...outputs.map(([home, { name }]) => new EntryOf(entryKeys.output(name), home))],
      asked,
      cache,
    ),
    ...cycles,
    ...callFaults(entries),
    ...conditionFaults(root, entries, outputs, cache),
  ];
  const told = new Map<string, Rejection['kind']>();
  const evaluated = new Map<string, Rejection>();
  const starts = new Map(
    certain.flatMap(({ kind, span }) => (kind === 'name' || kind === 'expression' ? [[startKey(span), kind]] : [])),
  );
  // Of what is asked of a module, the evaluation names the call.
  const said = new Map(certain.map(({ message, kind }) => [message, kind]));
  const reasons = new Map(certain.flatMap(({ reason, kind }) => (reason === undefined ? [] : [[reason, kind]])));
  for (const entry of entries) {
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

/** What the wanted resources, and what has them, were worked out from. */
function entriesOf(root: ModuleInstance, { isWanted, isAttached }: RejectionQuery): ReadonlySet<ModuleEntry> {
  const withWanted = new Map<LoadedModule, boolean>();
  const hasWanted = (module: LoadedModule): boolean => {
    const known = withWanted.get(module);
    if (known !== undefined) return known;
    const has = modulesOf(module).some(({ resources }) => [...resources.values()].some(isWanted));
    withWanted.set(module, has);
    return has;
  };
  const found = new Set<ModuleEntry>();
  for (const instance of root.all()) {
    for (const entry of instance.entries) {
      const address = resourceOf(entry.key);
      const declaration = address === undefined ? undefined : instance.module.resources.get(address);
      if (declaration !== undefined && (isWanted(declaration) || isAttached(declaration))) found.add(entry);
      const call = callOf(entry.key);
      const called = call === undefined ? undefined : instance.module.calls.get(call);
      if (called?.kind === 'module' && hasWanted(called.module)) found.add(entry);
    }
  }
  return entriesBehind(found);
}

/** Outputs that nothing asks for, and that name wanted resources. */
function outputsOf(
  root: ModuleInstance,
  entries: ReadonlySet<ModuleEntry>,
  { isWanted }: RejectionQuery,
): readonly (readonly [ModuleInstance, Declaration])[] {
  const isOfWanted = (key: string): boolean => {
    const type = resourceOf(key)?.split('.', 1)[0];
    return type !== undefined && isWanted({ mode: 'managed', type });
  };
  const asked = new Set([...entries].map(({ home, key }) => `${home.address}${key}`));
  return [...root.all()].flatMap((home) =>
    [...home.module.outputs.values()]
      .filter(
        ({ name, block }) => !asked.has(home.address + entryKeys.output(name)) && [...keysIn(block)].some(isOfWanted),
      )
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
function defaultsAt(expression: Attribute['value'], { home, key }: ModuleEntry): ReadonlyMap<string, Value> {
  const address = resourceOf(key);
  const declaration = address === undefined ? undefined : home.module.resources.get(address);
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
function existenceOf({ key, home, value }: ModuleEntry, kind: Rejection['kind']): readonly UnknownReason[] | undefined {
  if (resourceOf(key) === undefined || kind === 'instances') return home.existsIf;
  const { instances } = value as { readonly instances: readonly ResourceInstance[] };
  return instances.some(({ existsIf }) => existsIf === undefined) ? undefined : instances[0]?.existsIf;
}
