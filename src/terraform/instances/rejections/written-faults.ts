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
import type { Rejection, RejectionQuery } from './rejection.ts';

/** What Terraform rejects in the texts of entries. */
export class WrittenFaults {
  readonly #asked: RejectionQuery;
  readonly #cache: QueryCache;
  readonly #inputs = new Map<ModuleInstance, FaultInput>();

  constructor(asked: RejectionQuery, cache: QueryCache) {
    this.#asked = asked;
    this.#cache = cache;
  }

  /** Of some entries, each text once. */
  *of(entries: Iterable<ModuleEntry>): Iterable<Rejection> {
    const seen = new Set<unknown>();
    for (const entry of entries) {
      const { home, key } = entry;
      const text = textOfEntry(entry, this.#asked);
      if (text === undefined || seen.has(text)) continue;
      seen.add(text);
      for (const fault of this.#inText(text, entry)) yield { ...home.subjectOf(key), ...fault };
    }
  }

  has(entry: ModuleEntry): boolean {
    const text = textOfEntry(entry, this.#asked);
    return text !== undefined && this.#inText(text, entry).length > 0;
  }

  #inText(text: Text, entry: ModuleEntry): readonly ReferenceFault[] {
    const input = this.inputOf(entry);
    return this.#cache.get(faultsOfTexts, text, input, () => {
      const { parts, resource, repeats } = declaredBy(text, entry, this.#asked);
      const { hasAttribute } = this.#asked;
      const { module } = entry.home;
      const place: ReferencePlace = { module, isWhole: input.isWhole, resource, repeats, hasAttribute };
      return parts.flatMap((part) => nameUsesOf(part, this.#cache).flatMap((use) => referenceFault(use, place) ?? []));
    });
  }

  /** What decides, beside its text, what is rejected in an entry. */
  inputOf(entry: ModuleEntry): FaultInput {
    const { home } = entry;
    const known = this.#inputs.get(home);
    if (known !== undefined) return known;
    const names = this.#cache.get(namesOfModule, home.module, undefined, () => namesOf(home.module, this.#cache));
    const input = { names, isWhole: hasAllFiles(entry) };
    this.#inputs.set(home, input);
    return input;
  }
}

/** What decides, beside a text, what Terraform rejects in its references. */
export interface FaultInput {
  /** What its module declares, as text. */
  readonly names: () => string;
  readonly isWhole: boolean;
}

export const isSameInput = (a: FaultInput, b: FaultInput): boolean =>
  a.isWhole === b.isWhole && (a.names === b.names || a.names() === b.names());

/** By the text. */
const faultsOfTexts = query<FaultInput, readonly ReferenceFault[]>(isSameInput);

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
function textOfEntry({ key, resource, call, home: { module } }: ModuleEntry, asked: RejectionQuery): Text | undefined {
  if (resource !== undefined) {
    const declaration = module.resources.get(resource);
    return declaration !== undefined && (asked.isWanted(declaration) || asked.isAttached(declaration))
      ? declaration.block
      : undefined;
  }
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

function declaredBy(
  text: Text,
  { resource, call: name, home: { module } }: ModuleEntry,
  { isWanted }: RejectionQuery,
): Declared {
  if (text.kind === 'attribute') return { parts: [text], resource, repeats: undefined };
  if (resource !== undefined) {
    const declaration = module.resources.get(resource)!;
    const parts = isWanted(declaration) ? partsOf(text) : groupArgumentsOf(text);
    return { parts, resource, repeats: repeatsOf(declaration) };
  }
  const call = module.moduleCalls.get(name ?? '');
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
