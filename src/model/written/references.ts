/** Where modules refer to their resources, as far as their text shows. */

import type { SyntaxTree } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import { directoryOf } from '../../source/path.ts';
import { containsSpan, type Span } from '../../source/span.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

/** Blocks that say where something is or was, and use nothing. */
const bookkeeping: ReadonlySet<string> = new Set(['import', 'moved', 'removed']);

/** Groups that their modules refer to outside of the groups' own blocks and those of their rules. */
export class ReferredGroups {
  readonly #model: SecurityGroupModel;
  /** By directory. */
  readonly #references = new Map<string, ReadonlyMap<string, readonly Span[]>>();

  constructor(model: SecurityGroupModel) {
    this.#model = model;
  }

  /** Also of a group that is in none of the trees: what refers to it is not known. */
  has(group: SecurityGroup): boolean {
    const { trees, ruleSets } = this.#model;
    if (!trees.some(({ file }) => file === group.span.file)) return true;
    const directory = directoryOf(group.span.file.path);
    const inModule = this.#references.get(directory) ?? referencesIn(trees, directory);
    this.#references.set(directory, inModule);
    const rules = ruleSets.find((ruleSet) => ruleSet.group === group)?.rules ?? [];
    const own = [group, ...rules].map(({ instance }) => instance.block);
    const places = inModule.get(`${group.type}.${group.instance.name}`) ?? [];
    return places.some((place) => !own.some((block) => containsSpan(block, place)));
  }
}

/** Where a module refers to its resources, by `type.name`. */
function referencesIn(trees: readonly SyntaxTree[], directory: string): ReadonlyMap<string, readonly Span[]> {
  const references = new Map<string, Span[]>();
  const add = (address: string, span: Span): void => {
    const known = references.get(address);
    if (known === undefined) references.set(address, [span]);
    else known.push(span);
  };
  for (const { file, body } of trees) {
    if (directoryOf(file.path) !== directory) continue;
    for (const item of body.items) {
      if (bookkeeping.has(item.kind === 'block' ? item.type.name : item.name.name)) continue;
      for (const { node } of nodesIn(item)) {
        if (node.kind === 'get' && node.object.kind === 'reference') add(`${node.object.name}.${node.name.name}`, node);
        // `depends_on` in JSON syntax, and of old in quotes.
        if (node.kind === 'string') add(node.value, node);
      }
    }
  }
  return references;
}
