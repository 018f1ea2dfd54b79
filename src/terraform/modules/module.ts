/** What a module declares: the merged files of one directory. */

import { append } from '../../collections/append.ts';
import { rawText } from '../../hcl/json/blocks.ts';
import type { Attribute, Block, Expression, SyntaxTree } from '../../hcl/syntax.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { type BlockTypes, type Content, contentOf, metaBlockTypes, overrideContent, type Syntax } from './content.ts';

/** A block of the root of a file that declares something by name. */
export interface Declaration {
  readonly name: string;
  /** Whether an override file has a part in what it holds. */
  readonly isOverridden?: true;
  /** The block's header. */
  readonly span: Span;
  readonly content: Content;
  readonly syntax: Syntax;
  /** The whole block. */
  readonly block: Block;
}

export interface ResourceDeclaration extends Declaration {
  readonly mode: 'managed' | 'data' | 'ephemeral';
  readonly type: string;
}

export interface Module {
  /** Relative to the tree's root; empty for the root itself. */
  readonly directory: string;
  readonly trees: readonly SyntaxTree[];
  readonly variables: ReadonlyMap<string, Declaration>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly outputs: ReadonlyMap<string, Declaration>;
  readonly moduleCalls: ReadonlyMap<string, Declaration>;
  readonly checks: ReadonlyMap<string, Declaration>;
  /** By address within the module: `aws_vpc.main`, `data.aws_vpc.main`. In order of file and place. */
  readonly resources: ReadonlyMap<string, ResourceDeclaration>;
}

/** A file of a module, with what its name says of it. */
export interface ModuleFile {
  readonly tree: SyntaxTree;
  readonly isOverride: boolean;
}

/**
 * Root block types and their labels.
 *
 * Source: https://developer.hashicorp.com/terraform/language/syntax/json#root-object and the pages of the blocks.
 */
const rootBlockTypes: BlockTypes = {
  __proto__: null as never,
  check: 1,
  data: 2,
  ephemeral: 2,
  import: 0,
  locals: 0,
  module: 1,
  moved: 0,
  output: 1,
  provider: 1,
  removed: 0,
  resource: 2,
  terraform: 0,
  variable: 1,
};

/** What one file declares, whatever the other files of its module say. */
export interface DecodedTree {
  /** In order of place. */
  readonly items: readonly DecodedItem[];
  readonly problems: readonly Problem[];
}

type NamedKind = 'variable' | 'output' | 'module' | 'check';

type DecodedItem =
  | { readonly kind: 'local'; readonly attribute: Attribute }
  | { readonly kind: NamedKind; readonly key: string; readonly declaration: Declaration }
  | { readonly kind: 'resource'; readonly key: string; readonly declaration: ResourceDeclaration };

export function decodeTree({ body, syntax }: SyntaxTree): DecodedTree {
  const problems: Problem[] = [];
  const items = contentOf(body, syntax, rootBlockTypes, problems).blocks.flatMap(({ block }): DecodedItem[] => {
    const wanted = rootBlockTypes[block.type.name];
    if (wanted === undefined) return [];
    if (block.labels.length !== wanted) {
      problems.push(labelProblem(block, wanted));
      return [];
    }
    return itemsOf(block, syntax, problems);
  });
  return { items, problems };
}

function itemsOf(block: Block, syntax: Syntax, problems: Problem[]): DecodedItem[] {
  const type = block.type.name;
  const [first = '', second = ''] = block.labels.map((label) => label.name);
  const declaration = (name: string): Declaration => {
    if (syntax === 'native') return new NativeDeclaration(name, block);
    return {
      name,
      span: block.header,
      block,
      syntax,
      content: contentOf(block.body, syntax, metaBlockTypes, problems),
    };
  };
  switch (type) {
    case 'locals':
      return block.body.items.flatMap((item) =>
        item.kind === 'attribute' ? { kind: 'local' as const, attribute: item } : [],
      );
    case 'variable':
    case 'output':
    case 'module':
    case 'check':
      return [{ kind: type, key: first, declaration: declaration(first) }];
    case 'resource':
    case 'data':
    case 'ephemeral': {
      const mode = type === 'resource' ? 'managed' : type;
      const key = mode === 'managed' ? `${first}.${second}` : `${mode}.${first}.${second}`;
      if (syntax === 'native')
        return [{ kind: 'resource', key, declaration: new NativeResource(second, block, mode, first) }];
      return [{ kind: 'resource', key, declaration: { ...declaration(second), mode, type: first } }];
    }
    default:
      return [];
  }
}

/** Its content is made when it is asked for: of most nobody asks. */
class NativeDeclaration implements Declaration {
  readonly name: string;
  readonly span: Span;
  readonly block: Block;
  readonly syntax = 'native';
  #content: Content | undefined;

  constructor(name: string, block: Block) {
    this.name = name;
    this.span = block.header;
    this.block = block;
  }

  get content(): Content {
    // Nothing can be wrong with the shape of blocks that are written as blocks.
    this.#content ??= contentOf(this.block.body, 'native', metaBlockTypes, []);
    return this.#content;
  }
}

class NativeResource extends NativeDeclaration implements ResourceDeclaration {
  readonly mode: ResourceDeclaration['mode'];
  readonly type: string;

  constructor(name: string, block: Block, mode: ResourceDeclaration['mode'], type: string) {
    super(name, block);
    this.mode = mode;
    this.type = type;
  }
}

function labelProblem(block: Block, wanted: number): Problem {
  const names = wanted === 2 ? 'a type and a name' : wanted === 1 ? 'a name' : 'no labels';
  return {
    kind: 'terraform',
    severity: 'error',
    message: `A ${block.type.name} block needs ${names}, but this one has ${block.labels.length} label${block.labels.length === 1 ? '' : 's'}.`,
    span: block.header,
    ...(wanted === 2 ? { hint: `Write ${block.type.name} "TYPE" "NAME" {.` } : {}),
  };
}

/**
 * Puts the files of one directory together: first those that are no override files, then those in order of name.
 *
 * @param decode gives what `decodeTree` does, perhaps from before
 */
export function decodeModule(
  directory: string,
  files: readonly ModuleFile[],
  decode: (tree: SyntaxTree) => DecodedTree = decodeTree,
): Outcome<Module> {
  const builder = new ModuleBuilder();
  for (const file of files) if (!file.isOverride) builder.add(decode(file.tree));
  for (const file of files) if (file.isOverride) builder.override(decode(file.tree));
  const { variables, locals, outputs, moduleCalls, checks, resources } = builder;
  const trees = files.map((file) => file.tree);
  return {
    value: { directory, trees, variables, locals, outputs, moduleCalls, checks, resources },
    problems: builder.problems,
  };
}

class ModuleBuilder {
  readonly problems: Problem[] = [];
  readonly variables = new Map<string, Declaration>();
  readonly locals = new Map<string, Attribute>();
  readonly outputs = new Map<string, Declaration>();
  readonly moduleCalls = new Map<string, Declaration>();
  readonly checks = new Map<string, Declaration>();
  readonly resources = new Map<string, ResourceDeclaration>();

  add({ items, problems }: DecodedTree): void {
    append(this.problems, problems);
    for (const item of items) {
      if (item.kind === 'local') {
        const { name } = item.attribute;
        const earlier = this.locals.get(name.name);
        if (earlier === undefined) this.locals.set(name.name, item.attribute);
        else this.#duplicate(`local value "${name.name}"`, name, earlier.name);
        continue;
      }
      const { key, declaration } = item;
      const earlier = this.#mapOf(item.kind).get(key);
      if (earlier !== undefined) this.#duplicate(`${item.kind} "${key}"`, declaration.span, earlier.span);
      else if (item.kind === 'resource') this.resources.set(key, item.declaration);
      else this.#mapOf(item.kind).set(key, declaration);
    }
  }

  override({ items, problems }: DecodedTree): void {
    append(this.problems, problems);
    for (const item of items) {
      if (item.kind === 'local') {
        const { name } = item.attribute;
        if (this.locals.has(name.name)) this.locals.set(name.name, item.attribute);
        else this.#nothingToOverride(`local value "${name.name}"`, name);
        continue;
      }
      const { key, declaration } = item;
      const base = this.#mapOf(item.kind).get(key);
      if (base === undefined) this.#nothingToOverride(`${item.kind} "${key}"`, declaration.span);
      else {
        const content = overrideContent(base.content, declaration.content);
        this.#mapOf(item.kind).set(key, { ...base, isOverridden: true, content });
      }
    }
  }

  #mapOf(kind: NamedKind | 'resource'): Map<string, Declaration> {
    switch (kind) {
      case 'variable':
        return this.variables;
      case 'output':
        return this.outputs;
      case 'module':
        return this.moduleCalls;
      case 'check':
        return this.checks;
      case 'resource':
        // Only what stands there already is put there anew, with other content.
        return this.resources as Map<string, Declaration>;
    }
  }

  #duplicate(what: string, span: Span, earlier: Span): void {
    const where = earlier.file === span.file ? 'this file' : earlier.file.path;
    this.problems.push({
      kind: 'terraform',
      severity: 'error',
      message: `The ${what} is already declared in ${where}.`,
      span,
    });
  }

  #nothingToOverride(what: string, span: Span): void {
    this.problems.push({
      kind: 'terraform',
      severity: 'error',
      message: `This override file overrides the ${what}, which does not exist.`,
      span,
    });
  }
}

/** The text of an argument that Terraform reads without evaluating it, such as a module's `source`; undefined if it is no plain string. */
export function literalText(expression: Expression | undefined): string | undefined {
  if (expression === undefined) return undefined;
  if (expression.kind === 'string') return rawText(expression);
  if (expression.kind === 'parentheses') return literalText(expression.inner);
  if (expression.kind === 'template' && expression.parts.every((part) => part.kind === 'text')) {
    return expression.parts.map((part) => (part.kind === 'text' ? part.value : '')).join('');
  }
  return undefined;
}
