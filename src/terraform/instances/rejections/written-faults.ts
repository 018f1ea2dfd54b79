/** What Terraform rejects in the references of the texts that some entries are of. */

import { type QueryCache, query } from '../../../collections/query-cache.ts';
import type { Attribute } from '../../../hcl/syntax.ts';
import type { Node } from '../../../hcl/walk.ts';
import { textOf } from '../../../source/span.ts';
import type { LoadedModule } from '../../modules/load.ts';
import type { Declaration } from '../../modules/module.ts';
import { nameUsesOf } from '../../modules/name-uses.ts';
import {
  isWholeModule,
  type ReferenceFault,
  type ReferencePlace,
  referenceFault,
} from '../../modules/reference-faults.ts';
import type { ModuleEntry, ModuleInstance } from '../module-instance.ts';
import { callOf, resourceOf } from '../references.ts';
import type { Rejection, RejectionQuery } from './rejection.ts';

/** Each text once. */
export function* writtenFaults(
  entries: Iterable<ModuleEntry>,
  asked: RejectionQuery,
  cache: QueryCache,
): Iterable<Rejection> {
  const seen = new Set<unknown>();
  const inputs = new Map<ModuleInstance, FaultInput>();
  const inputOf = (entry: ModuleEntry): FaultInput => {
    const { module } = entry.home;
    const names = cache.get(namesOfModule, module, undefined, () => namesOf(module, cache));
    return { names, isWhole: hasAllFiles(entry) };
  };
  for (const entry of entries) {
    const { home, key } = entry;
    const { module } = home;
    const whole = textOfEntry(entry, asked);
    if (whole === undefined || seen.has(whole)) continue;
    seen.add(whole);
    const input = inputs.get(home) ?? inputOf(entry);
    inputs.set(home, input);
    const faults = cache.get(faultsOfTexts, whole, input, () => {
      const { parts, resource, repeats } = declaredBy(whole, entry, asked);
      const { hasAttribute } = asked;
      const place: ReferencePlace = { module, isWhole: input.isWhole, resource, repeats, hasAttribute };
      return parts.flatMap((part) => nameUsesOf(part, cache).flatMap((use) => referenceFault(use, place) ?? []));
    });
    for (const fault of faults) yield { ...home.subjectOf(key), ...fault };
  }
}

/** What decides, beside a text, what Terraform rejects in its references. */
interface FaultInput {
  /** What its module declares, as text. */
  readonly names: () => string;
  readonly isWhole: boolean;
}

/** By the text. */
const faultsOfTexts = query<FaultInput, readonly ReferenceFault[]>(
  (a, b) => a.isWhole === b.isWhole && (a.names === b.names || a.names() === b.names()),
);

/** Whether all is known that its module declares, and the module that gives it its value. */
export function hasAllFiles({ home: { module, evaluation, calledBy } }: ModuleEntry): boolean {
  return [module, calledBy?.instance.module].every(
    (each) => each === undefined || (isWholeModule(each) && !evaluation.mayHaveOtherFiles(each.directory)),
  );
}

/** By the directory: the same text again where nothing is different. */
const namesOfModules = query<string, string>((a, b) => a === b);

/** The same function for the same module. */
const namesOfModule = query<undefined, () => string>();

/** Worked out when it is first asked for, and then without the module: one run alone asks for it of few. */
function namesOf(module: LoadedModule, cache: QueryCache): () => string {
  let left: LoadedModule | undefined = module;
  let names = '';
  return () => {
    if (left !== undefined) names = namesIn(left, cache);
    left = undefined;
    return names;
  };
}

/** What a module declares, and of which of that there can be several instances. */
function namesIn(module: LoadedModule, cache: QueryCache): string {
  const { variables, locals, moduleCalls, calls, resources, directory } = module;
  const repeated = ([name, declaration]: readonly [string, Declaration]): string =>
    `${name} ${cache.get(repeats, declaration, undefined, () => (mayRepeat(declaration) && repeatsOf(declaration)) || '')}`;
  const outputs = [...calls].map(([name, called]) => {
    if (called.kind !== 'module') return name;
    return `${name} ${isWholeModule(called.module)} ${[...called.module.outputs.keys()].join(' ')}`;
  });
  const all = [variables.keys(), locals.keys(), [...moduleCalls].map(repeated), outputs, [...resources].map(repeated)];
  const text = all.map((each) => [...each].join('\n')).join('\n\n');
  return cache.get(namesOfModules, directory, text, () => text);
}

/** By the declaration. */
const repeats = query<undefined, string>();

/** Whether its text says so: what is in it may have to be read first. */
function mayRepeat({ block, isOverridden }: Declaration): boolean {
  return isOverridden === true || /\b(?:count|for_each)\b/.test(textOf(block));
}

type Text = Declaration['block'] | Attribute;

/** The text of a resource, local value, output or module call; undefined for anything else. */
function textOfEntry({ key, home: { module } }: ModuleEntry, asked: RejectionQuery): Text | undefined {
  const resource = resourceOf(key);
  if (resource !== undefined) {
    const declaration = module.resources.get(resource);
    return declaration !== undefined && (asked.isWanted(declaration) || asked.isAttached(declaration))
      ? declaration.block
      : undefined;
  }
  const call = callOf(key);
  if (call !== undefined) return module.moduleCalls.get(call)?.block;
  const [root, name = ''] = key.split('.', 2);
  return root === 'local' ? module.locals.get(name) : root === 'output' ? module.outputs.get(name)?.block : undefined;
}

interface Declared {
  /** What of the text counts. */
  readonly parts: readonly Node[];
  readonly resource: string | undefined;
  readonly repeats: ReferencePlace['repeats'];
}

function declaredBy(text: Text, { key, home: { module } }: ModuleEntry, { isWanted }: RejectionQuery): Declared {
  const resource = resourceOf(key);
  if (text.kind === 'attribute') return { parts: [text], resource, repeats: undefined };
  if (resource !== undefined) {
    const declaration = module.resources.get(resource)!;
    const parts = isWanted(declaration) ? partsOf(text) : groupArgumentsOf(text);
    return { parts, resource, repeats: repeatsOf(declaration) };
  }
  const call = module.moduleCalls.get(callOf(key) ?? '');
  if (call === undefined) return { parts: [text], resource, repeats: undefined };
  return { parts: partsOf(text), resource, repeats: repeatsOf(call) };
}

/** All of a block; in JSON syntax without `dynamic`, where nothing but a schema tells which names that binds. */
function partsOf(block: Declaration['block']): readonly Node[] {
  const isDynamic = (item: Node): boolean => item.kind === 'attribute' && item.name.name === 'dynamic';
  const { items } = block.body;
  return items.some(isDynamic) ? items.filter((item) => !isDynamic(item)) : [block];
}

/** The arguments that are named after security groups, wherever in a block; not where `dynamic` blocks give names a meaning. */
function groupArgumentsOf({ body }: Declaration['block']): readonly Attribute[] {
  return body.items.flatMap((item) => {
    if (item.kind === 'block') return item.type.name === 'dynamic' ? [] : groupArgumentsOf(item);
    return item.name.name.includes('security_group') ? item : [];
  });
}

function repeatsOf({ content: { attributes } }: Declaration): ReferencePlace['repeats'] {
  return attributes.has('for_each') ? 'each' : attributes.has('count') ? 'count' : undefined;
}
