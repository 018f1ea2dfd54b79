/** Where things are declared, and where they are used. */

import type { SyntaxTree } from '../../hcl/syntax.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { containsSpan, type Span, spanKey } from '../../source/span.ts';
import type { Modules } from './modules.ts';
import { type Named, usesIn } from './named.ts';

/** The places where something is declared, which are several for what override files change; none where that was not read. */
export function definitionsOf({ directory, path }: Named, modules: Modules): readonly Span[] {
  const module = modules.at(directory);
  const [root = '', name = ''] = path;
  const found = (span: Span | undefined): readonly Span[] => (span === undefined ? [] : [span]);
  switch (root) {
    case 'var':
      return found(module?.variables.get(name)?.span);
    case 'local':
      return found(module?.locals.get(name)?.name);
    case 'module':
      return found(module?.moduleCalls.get(name)?.span);
    case 'output':
      return found(module?.outputs.get(name)?.span);
    default:
      return found(module?.resources.get(path.join('.'))?.span);
  }
}

/** More places than these are not listed. */
const MAX_PLACES = 2000;

/**
 * The places where something is used: in its module, in the calls of its module, in variable files beside it, and of a group also where its
 * identifier arrives through other modules.
 */
export function referencesTo(named: Named, modules: Modules, models: readonly SecurityGroupModel[]): readonly Span[] {
  const { directory, path } = named;
  const places: Span[] = [];
  const addUses = (trees: readonly SyntaxTree[], used: readonly string[]): void => {
    for (const tree of trees) places.push(...usesIn(tree, used));
  };
  const [root = '', name = ''] = path;
  if (root === 'output') {
    for (const { module, call } of modules.callersOf(directory)) addUses(module.trees, ['module', call.name, name]);
  } else addUses(modules.at(directory)?.trees ?? [], path);
  if (root === 'var') {
    for (const { call } of modules.callersOf(directory)) {
      const argument = call.content.attributes.get(name);
      if (argument !== undefined) places.push(argument.name);
    }
    places.push(...givenIn(directory, name, models));
  }
  for (const place of usesOfGroup(named, modules, models)) {
    if (!places.some((known) => containsSpan(place, known) || containsSpan(known, place))) places.push(place);
  }
  return [...new Map(places.map((place) => [spanKey(place), place])).values()].slice(0, MAX_PLACES);
}

/** Where the variable files of a directory set a variable. */
function givenIn(directory: string, name: string, models: readonly SecurityGroupModel[]): readonly Span[] {
  return models.flatMap(({ root, trees }) =>
    root !== directory
      ? []
      : trees.flatMap(({ body }) =>
          body.items.flatMap((item) => (item.kind === 'attribute' && item.name.name === name ? [item.name] : [])),
        ),
  );
}

/** Where services have a group, and rules name it as a peer. */
function* usesOfGroup(named: Named, modules: Modules, models: readonly SecurityGroupModel[]): Iterable<Span> {
  const [declared] = definitionsOf(named, modules);
  if (declared === undefined) return;
  for (const model of models) {
    const groups = model.groups.filter(({ span }) => spanKey(span) === spanKey(declared));
    if (groups.length === 0) continue;
    const addresses = new Set(groups.map(({ address }) => address));
    for (const { groups: attached } of model.attachments)
      for (const { group, named: peer } of attached)
        if (group !== undefined && addresses.has(group.address)) yield peer.id.span;
    for (const { peers } of model.rules)
      for (const peer of peers)
        if (peer.kind === 'group' && peer.reference !== undefined && addresses.has(peer.reference.address))
          yield peer.id.span;
  }
}
