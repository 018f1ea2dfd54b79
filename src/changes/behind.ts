/** What a block of a configuration hangs on, by the names in it: values of variables, local values, arguments of module calls. */

import type { Attribute, SyntaxTree } from '../hcl/syntax.ts';
import { type Span, textOf } from '../source/span.ts';
import type { LoadedModule } from '../terraform/modules/load.ts';

/** A root module as it is written, with the variable files that it was evaluated with. */
export interface WrittenRoot {
  readonly module: LoadedModule;
  readonly inputs: readonly SyntaxTree[];
}

/** More places are not looked at. */
const maximum = 500;

/**
 * Places of the values behind a block, the nearest first: through local values, and out of a module through the arguments of its call.
 *
 * @param calls names of the module calls on the way to the block, outermost first
 */
export function placesBehind(root: WrittenRoot, calls: readonly string[], block: Span): readonly Span[] {
  const modules: LoadedModule[] = [root.module];
  for (const name of calls) {
    const called = modules.at(-1)!.calls.get(name);
    // What a module that is not there makes is judged at its call.
    if (called?.kind !== 'module') break;
    modules.push(called.module);
  }
  const places: Span[] = [];
  const seen = new Set<string>();
  const queue: { readonly text: string; readonly depth: number }[] = [
    { text: textOf(block), depth: modules.length - 1 },
  ];
  const look = (span: Span, depth: number): void => {
    places.push(span);
    queue.push({ text: textOf(span), depth });
  };
  for (let next = queue.shift(); next !== undefined && places.length < maximum; next = queue.shift()) {
    const { text, depth } = next;
    const module = modules[depth]!;
    for (const [, kind, name] of text.matchAll(/\b(var|local)\.([\w-]+)/g)) {
      const key = `${depth} ${kind}.${name}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (kind === 'local') {
        const local = module.locals.get(name!);
        if (local !== undefined) look(local.value, depth);
        continue;
      }
      for (const given of valuesOf(name!, depth, modules, calls, root)) look(given.span, given.depth);
    }
  }
  return places;
}

interface GivenValue {
  readonly span: Span;
  /** Of the module that it is written in. */
  readonly depth: number;
}

/** What a variable is given, else its default. */
function valuesOf(
  name: string,
  depth: number,
  modules: readonly LoadedModule[],
  calls: readonly string[],
  { inputs }: WrittenRoot,
): readonly GivenValue[] {
  const given =
    depth === 0
      ? inputs.flatMap(({ body }) => body.items.filter((item): item is Attribute => isNamed(item, name)))
      : [modules[depth - 1]!.moduleCalls.get(calls[depth - 1]!)?.content.attributes.get(name)].filter(
          (attribute) => attribute !== undefined,
        );
  const declared = modules[depth]!.variables.get(name)?.content.attributes.get('default');
  return [
    ...given.map((attribute) => ({ span: attribute.value, depth: Math.max(depth - 1, 0) })),
    ...(declared === undefined ? [] : [{ span: declared.value, depth }]),
  ];
}

const isNamed = (item: SyntaxTree['body']['items'][number], name: string): boolean =>
  item.kind === 'attribute' && item.name.name === name;
