/** What Terraform rejects in everything that some resources are evaluated from. */

import type { Attribute } from '../../hcl/syntax.ts';
import { problemKey } from '../../source/problem.ts';
import { type Span, spanKey } from '../../source/span.ts';
import type { EvaluationProblem, FoundRejection } from '../expressions/scope.ts';
import { type LoadedModule, modulesOf } from '../modules/load.ts';
import type { Declaration } from '../modules/module.ts';
import { isWholeModule, type ReferencePlace, referenceFaultsIn } from '../modules/reference-faults.ts';
import { excludesModern } from '../modules/required-version.ts';
import type { UnknownReason, Value } from '../values/value.ts';
import { callFaults } from './call-faults.ts';
import { conditionFaults } from './condition-faults.ts';
import { dependencyCycles } from './dependency-cycles.ts';
import type { ResourceInstance } from './instance.ts';
import { defaultsBehind, type ModuleEntry, type ModuleInstance } from './module-instance.ts';
import { callOf, partsBehind, resourceOf } from './references.ts';
import { isSettled, type Rejection, type RejectionQuery, type Rejections } from './rejection.ts';

/** @param root evaluated as far as the wanted resources are asked for */
export function rejectionsOf(root: ModuleInstance, query: RejectionQuery): Rejections {
  // Older versions take what newer ones reject.
  if (excludesModern(root.module.trees)) return { all: [], told: new Map(), reasons: new Map(), isOld: true };
  const entries = entriesBehind(root, query);
  const cycles = dependencyCycles(root, query.isWanted);
  const certain = [
    ...writtenFaults(entries, query),
    ...cycles,
    ...callFaults(entries),
    ...conditionFaults(root, entries, query.isWanted),
  ];
  const told = new Map<string, Rejection['kind']>();
  const evaluated = new Map<string, Rejection>();
  const starts = new Map(
    certain.flatMap(({ kind, span }) => (kind === 'name' || kind === 'expression' ? [[startKey(span), kind]] : [])),
  );
  const reasons = new Map(certain.flatMap(({ reason, kind }) => (reason === undefined ? [] : [[reason, kind]])));
  for (const entry of entries) {
    for (const problem of entry.problems) {
      const { rejection, span } = problem;
      if (rejection === undefined || span === undefined || !isCertain(rejection, entry)) continue;
      const isTold = rejection.kind === 'cycle' ? cycles.length > 0 : starts.has(startKey(span));
      const kind = starts.get(startKey(span)) ?? rejection.kind;
      told.set(problemKey(problem), kind);
      if (rejection.reason !== '') reasons.set(rejection.reason, kind);
      const key = `${rejection.kind} ${spanKey(span)}`;
      if (!isTold && !evaluated.has(key)) evaluated.set(key, rejectionOf(problem, rejection, span, entry));
    }
  }
  return { all: [...certain, ...evaluated.values()], told, reasons, isOld: false };
}

/** Where a reference begins: what Terraform says of it before it evaluates anything explains what has no value. */
const startKey = ({ file, start }: Span): string => `${start} ${file.path}`;

/** What the wanted resources, and what has them, were worked out from. */
function entriesBehind(root: ModuleInstance, { isWanted, isAttached }: RejectionQuery): ReadonlySet<ModuleEntry> {
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
  // A set goes on to what is added to it meanwhile.
  for (const { sources } of found) for (const source of sources) found.add(source);
  return found;
}

/** What is wrong in the texts of what entries are of, each text once. */
function* writtenFaults(entries: Iterable<ModuleEntry>, query: RejectionQuery): Iterable<Rejection> {
  const seen = new Set<unknown>();
  for (const entry of entries) {
    const { home, key } = entry;
    const { module } = home;
    const declared = declarationOf(entry, query);
    if (declared === undefined || seen.has(declared.part)) continue;
    const { part, resource, repeats } = declared;
    seen.add(part);
    const place: ReferencePlace = {
      module,
      isWhole: isWhole(entry),
      resource,
      repeats,
      hasAttribute: query.hasAttribute,
    };
    for (const fault of referenceFaultsIn(part, place)) yield { ...home.subjectOf(key), ...fault };
  }
}

/** Whether all that its module declares is known. */
const isWhole = ({ home: { module, evaluation } }: ModuleEntry): boolean =>
  isWholeModule(module) && !evaluation.mayHaveOtherFiles(module.directory);

interface Declared {
  readonly part: Declaration['block'] | Attribute;
  readonly resource: string | undefined;
  readonly repeats: ReferencePlace['repeats'];
}

/** The text of a wanted resource, local value, output or module call; undefined for anything else. */
function declarationOf({ key, home: { module } }: ModuleEntry, { isWanted }: RejectionQuery): Declared | undefined {
  const resource = resourceOf(key);
  if (resource !== undefined) {
    const declaration = module.resources.get(resource);
    if (declaration === undefined || !isWanted(declaration)) return undefined;
    return { part: declaration.block, resource, repeats: repeatsOf(declaration) };
  }
  const call = callOf(key);
  if (call !== undefined) {
    const declaration = module.moduleCalls.get(call);
    return declaration && { part: declaration.block, resource: undefined, repeats: repeatsOf(declaration) };
  }
  const [root, name = ''] = key.split('.', 2);
  const part =
    root === 'local' ? module.locals.get(name) : root === 'output' ? module.outputs.get(name)?.block : undefined;
  return part && { part, resource: undefined, repeats: undefined };
}

function repeatsOf({ content: { attributes } }: Declaration): ReferencePlace['repeats'] {
  return attributes.has('for_each') ? 'each' : attributes.has('count') ? 'count' : undefined;
}

/** Whether nothing that somebody may still give makes it go away. */
function isCertain({ kind, within }: FoundRejection, entry: ModuleEntry): boolean {
  // What decides whether it exists may decide that it has a value too.
  if (kind === 'expression' && existenceOf(entry, kind) !== undefined) return false;
  if (kind === 'cycle') return true;
  if (kind === 'name') return isWhole(entry);
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
