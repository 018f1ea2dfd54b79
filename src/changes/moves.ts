/** Where `moved` blocks say that resources are now. */

import type { Expression } from '../hcl/syntax.ts';
import { textOf } from '../source/span.ts';
import { type BlockTypes, contentOf } from '../terraform/modules/content.ts';
import type { LoadedModule } from '../terraform/modules/load.ts';

/** A step of an address: a module call, or a resource with its type; `key` has its brackets, and is empty for none. */
interface Step {
  readonly name: string;
  readonly key: string;
}

interface Move {
  /** Names of the calls to the module that says so. */
  readonly module: readonly string[];
  readonly from: readonly Step[];
  readonly to: readonly Step[];
}

const blockTypes: BlockTypes = { __proto__: null as never, moved: 0 };
const noBlocks: BlockTypes = { __proto__: null as never };

/** Chains of moves end; a circle does not. */
const maximum = 100;

/**
 * Gives the address that `moved` blocks of a root module and its modules give an older one; the same where there is none.
 *
 * Source: https://developer.hashicorp.com/terraform/language/block/moved
 */
export function movesIn(root: LoadedModule): (address: string) => string {
  const moves = movesOf(root, [], new Set());
  if (moves.length === 0) return (address) => address;
  return (address) => {
    let steps = stepsOf(address);
    for (let count = 0; count < maximum; count++) {
      const next = moves.map((move) => moved(steps, move)).find((each) => each !== undefined);
      if (next === undefined) break;
      steps = next;
    }
    return steps.map(({ name, key }) => name + key).join('.');
  };
}

function movesOf(module: LoadedModule, path: readonly string[], above: ReadonlySet<LoadedModule>): readonly Move[] {
  if (above.has(module)) return [];
  const own = module.trees.flatMap(({ body, syntax }) =>
    contentOf(body, syntax, blockTypes, []).blocks.flatMap(({ block }): readonly Move[] => {
      if (block.type.name !== 'moved') return [];
      const { attributes } = contentOf(block.body, syntax, noBlocks, []);
      const steps = (name: string): readonly Step[] => {
        const found = attributes.get(name);
        return found === undefined ? [] : stepsOf(addressOf(found.value));
      };
      const [from, to] = [steps('from'), steps('to')];
      return from.length === 0 || to.length === 0 ? [] : [{ module: path, from, to }];
    }),
  );
  const within = new Set([...above, module]);
  const called = [...module.calls].flatMap(([name, call]) =>
    call.kind === 'module' ? movesOf(call.module, [...path, `module.${name}`], within) : [],
  );
  return [...own, ...called];
}

/** In JSON syntax an address is a string. */
const addressOf = (expression: Expression): string =>
  (expression.kind === 'string' ? expression.value : textOf(expression)).replaceAll(/\s+/g, '');

/** The steps of an address; those of a data source have `data` in their name. */
function stepsOf(address: string): readonly Step[] {
  const steps: Step[] = [];
  const step = /(module\.[\w-]+|(?:data\.)?[\w-]+\.[\w-]+)(\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?(?:\.|$)/y;
  while (step.lastIndex < address.length) {
    const found = step.exec(address);
    if (found === null) return [];
    steps.push({ name: found[1]!, key: found[2] ?? '' });
  }
  return steps;
}

function moved(address: readonly Step[], { module, from, to }: Move): readonly Step[] | undefined {
  const inside = address.slice(0, module.length);
  if (inside.length < module.length || inside.some(({ name }, index) => name !== module[index])) return undefined;
  const rest = address.slice(module.length);
  const isKeyed = from.at(-1)!.key !== '' || to.at(-1)!.key !== '';
  const isFrom = from.every(({ name, key }, index) => {
    const own = rest[index];
    if (own?.name !== name) return false;
    // Without keys all instances are meant; else one.
    return key === own.key || (key === '' && index < from.length - 1) || (key === '' && !isKeyed);
  });
  const isWhole = from.at(-1)!.name.startsWith('module.') || rest.length === from.length;
  if (!isFrom || !isWhole) return undefined;
  const last = rest[from.length - 1]!;
  const target = isKeyed ? to : [...to.slice(0, -1), { name: to.at(-1)!.name, key: last.key }];
  return [...inside, ...target, ...rest.slice(from.length)];
}
