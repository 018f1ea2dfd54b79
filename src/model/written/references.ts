/** Where modules refer to their resources, as far as their text shows. */

import { append } from '../../collections/append.ts';
import { query, type Results, unkept } from '../../collections/query-cache.ts';
import type { Attribute, Block, SyntaxTree } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import { directoryOf } from '../../source/path.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { containsSpan, type Span, textOf } from '../../source/span.ts';
import { isStandIn } from '../../terraform/stand-ins/stand-in.ts';
import { ATTACHMENT_TYPES } from '../aws/attachment-types.ts';
import { isOfGroups } from '../normalize.ts';
import type { SecurityGroup } from '../security-group.ts';
import type { SecurityGroupModel } from '../security-group-model.ts';

/** Blocks that say where something is or was, and use nothing. */
const bookkeeping: ReadonlySet<string> = new Set(['import', 'moved', 'removed']);

/** Where the modules of groups refer to them. */
export class GroupReferences {
  readonly #model: SecurityGroupModel;
  readonly #cache: Results;
  /** By directory. */
  readonly #references = new Map<string, References>();
  #files: ReadonlySet<SourceFile> | undefined;

  constructor(model: SecurityGroupModel, cache: Results = unkept) {
    this.#model = model;
    this.#cache = cache;
  }

  /** Whether anything does outside of the group's own block and those of its rules; also where that is not known. */
  has(group: SecurityGroup): boolean {
    if (!this.#isInTrees(group)) return true;
    const rules = this.#model.ruleSets.find((ruleSet) => ruleSet.group === group)?.rules ?? [];
    const own = [group, ...rules].map(({ instance }) => instance.block);
    return this.#of(group).some(({ span }) => !own.some((block) => containsSpan(block, span)));
  }

  /**
   * What refers to it beside resources that are in the model: by what is written there something else can come to have it.
   *
   * @returns in words, `output.web_id`, each once
   */
  othersOf(group: SecurityGroup): readonly string[] {
    if (!this.#isInTrees(group)) return [`what refers to ${group.resourceAddress}`];
    // The module's own text is not what somebody has written.
    if (isStandIn(group.span.file.path)) return [`what ${callsOf(group)} is attached to`];
    const others = this.#of(group).filter(({ item }) => !isInModel(item));
    return [...new Set(others.map(nameOf))];
  }

  #isInTrees({ span }: SecurityGroup): boolean {
    this.#files ??= new Set(this.#model.trees.map(({ file }) => file));
    return this.#files.has(span.file);
  }

  #of(group: SecurityGroup): readonly GroupReference[] {
    const directory = directoryOf(group.span.file.path);
    const inModule = this.#references.get(directory) ?? this.#inModule(directory);
    this.#references.set(directory, inModule);
    return inModule.get(`${group.type}.${group.instance.name}`) ?? [];
  }

  #inModule(directory: string): References {
    const references = new Map<string, GroupReference[]>();
    for (const tree of this.#model.trees) {
      if (directoryOf(tree.file.path) !== directory) continue;
      for (const [address, inFile] of this.#cache.get(referencesOfFiles, tree, undefined, () => referencesIn(tree)))
        append(of(references, address), inFile);
    }
    return references;
  }
}

/** For those who ask of one model more than once. */
export const groupReferencesOf = (model: SecurityGroupModel): GroupReferences => new GroupReferences(model);

/** The module that a group is in: `module.network.module.bastion`. */
const callsOf = ({ calls }: SecurityGroup): string => calls.map(({ name }) => `module.${name}`).join('.');

/** A place, and the item of the file that it stands in. */
interface GroupReference {
  readonly span: Span;
  readonly item: Attribute | Block;
}

/** Groups, rules, and what can have groups. */
function isInModel(item: Attribute | Block): boolean {
  if (item.kind !== 'block' || item.type.name !== 'resource') return false;
  const type = item.labels[0]?.name ?? '';
  return isOfGroups({ mode: 'managed', type }) || ATTACHMENT_TYPES.has(type);
}

/** `output.web_id`, `module.app`, `local.groups`, `aws_ssm_parameter.group`. */
function nameOf({ span, item }: GroupReference): string {
  if (item.kind !== 'block') return item.name.name;
  const labels = item.labels.map((label) => label.name);
  if (item.type.name !== 'locals')
    return (item.type.name === 'resource' ? labels : [item.type.name, ...labels]).join('.');
  const local = item.body.items.find((each) => containsSpan(each, span));
  return local?.kind === 'attribute' ? `local.${local.name.name}` : 'a local value';
}

/** Where a file, or a module, refers to groups of the module, by `type.name`. */
type References = ReadonlyMap<string, readonly GroupReference[]>;

/** By the tree. */
const referencesOfFiles = query<undefined, References>();

function referencesIn({ body }: SyntaxTree): References {
  const references = new Map<string, GroupReference[]>();
  const add = (address: string, span: Span, item: Attribute | Block): void => {
    if (address.includes('security_group')) of(references, address).push({ span, item });
  };
  for (const item of body.items) {
    if (bookkeeping.has(item.kind === 'block' ? item.type.name : item.name.name)) continue;
    const text = textOf(item);
    // An escape can stand for any part of a name.
    if (!text.includes('security_group') && !text.includes('\\')) continue;
    for (const { node } of nodesIn(item)) {
      if (node.kind === 'get' && node.object.kind === 'reference')
        add(`${node.object.name}.${node.name.name}`, node, item);
      // `depends_on` in JSON syntax, and of old in quotes.
      if (node.kind === 'string') add(node.value, node, item);
    }
  }
  return references;
}

function of(references: Map<string, GroupReference[]>, address: string): GroupReference[] {
  const known = references.get(address) ?? [];
  references.set(address, known);
  return known;
}
