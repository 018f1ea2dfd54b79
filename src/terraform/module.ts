/** What a module declares: the files of one directory, put together. */

import { rawText } from '../hcl/json-blocks.ts';
import type { Attribute, Block, Expression, SyntaxTree } from '../hcl/syntax.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { type BlockTypes, type Content, contentOf, metaBlockTypes, overrideContent, type Syntax } from './content.ts';

/** A block of the root of a file that declares something by name. */
export interface Declaration {
  readonly name: string;
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

/** Puts the files of one directory together: first those that are no override files, then those in order of name. */
export function decodeModule(directory: string, files: readonly ModuleFile[]): Outcome<Module> {
  const builder = new ModuleBuilder();
  for (const file of files) if (!file.isOverride) builder.add(file.tree);
  for (const file of files) if (file.isOverride) builder.override(file.tree);
  const { variables, locals, outputs, moduleCalls, resources } = builder;
  return {
    value: { directory, trees: files.map((file) => file.tree), variables, locals, outputs, moduleCalls, resources },
    problems: builder.problems,
  };
}

class ModuleBuilder {
  readonly problems: Problem[] = [];
  readonly variables = new Map<string, Declaration>();
  readonly locals = new Map<string, Attribute>();
  readonly outputs = new Map<string, Declaration>();
  readonly moduleCalls = new Map<string, Declaration>();
  readonly resources = new Map<string, ResourceDeclaration>();

  add(tree: SyntaxTree): void {
    this.#decode(tree, {
      local: (attribute) => {
        const earlier = this.locals.get(attribute.name.name);
        if (earlier === undefined) this.locals.set(attribute.name.name, attribute);
        else this.#duplicate(`local value "${attribute.name.name}"`, attribute.name, earlier.name);
      },
      declaration: (kind, map, key, declaration) => {
        const earlier = map.get(key);
        if (earlier === undefined) map.set(key, declaration);
        else this.#duplicate(`${kind} "${key}"`, declaration.span, earlier.span);
      },
    });
  }

  override(tree: SyntaxTree): void {
    this.#decode(tree, {
      local: (attribute) => {
        if (this.locals.has(attribute.name.name)) this.locals.set(attribute.name.name, attribute);
        else this.#nothingToOverride(`local value "${attribute.name.name}"`, attribute.name);
      },
      declaration: (kind, map, key, declaration) => {
        const base = map.get(key);
        if (base === undefined) this.#nothingToOverride(`${kind} "${key}"`, declaration.span);
        else map.set(key, { ...base, content: overrideContent(base.content, declaration.content) });
      },
    });
  }

  #decode(
    tree: SyntaxTree,
    put: {
      readonly local: (attribute: Attribute) => void;
      readonly declaration: <D extends Declaration>(
        kind: string,
        map: Map<string, D>,
        key: string,
        declaration: D,
      ) => void;
    },
  ): void {
    const { syntax } = tree;
    const root = contentOf(tree.body, syntax, rootBlockTypes, this.problems);
    for (const { block } of root.blocks) {
      const type = block.type.name;
      const labels = block.labels.map((label) => label.name);
      const wanted = rootBlockTypes[type];
      if (wanted === undefined) continue;
      if (labels.length !== wanted) {
        this.#labelProblem(block, wanted);
        continue;
      }
      const declaration = (name: string): Declaration => ({
        name,
        span: block.header,
        block,
        syntax,
        content: contentOf(block.body, syntax, metaBlockTypes, this.problems),
      });
      const [first = '', second = ''] = labels;
      switch (type) {
        case 'locals':
          for (const item of block.body.items) if (item.kind === 'attribute') put.local(item);
          break;
        case 'variable':
          put.declaration('variable', this.variables, first, declaration(first));
          break;
        case 'output':
          put.declaration('output', this.outputs, first, declaration(first));
          break;
        case 'module':
          put.declaration('module', this.moduleCalls, first, declaration(first));
          break;
        case 'resource':
        case 'data':
        case 'ephemeral': {
          const mode = type === 'resource' ? 'managed' : type;
          const address = mode === 'managed' ? `${first}.${second}` : `${mode}.${first}.${second}`;
          put.declaration('resource', this.resources, address, { ...declaration(second), mode, type: first });
          break;
        }
      }
    }
  }

  #labelProblem(block: Block, wanted: number): void {
    const names = wanted === 2 ? 'a type and a name' : wanted === 1 ? 'a name' : 'no label';
    this.problems.push({
      kind: 'terraform',
      severity: 'error',
      message: `A ${block.type.name} block takes ${names}, but this one has ${block.labels.length} label${block.labels.length === 1 ? '' : 's'}.`,
      span: block.header,
      ...(wanted === 2 ? { hint: `Write ${block.type.name} "TYPE" "NAME" {.` } : {}),
    });
  }

  #duplicate(what: string, span: Span, earlier: Span): void {
    const where = earlier.file === span.file ? '' : ` in ${earlier.file.path}`;
    this.problems.push({
      kind: 'terraform',
      severity: 'error',
      message: `The ${what} is declared twice in this module; it stands already${where || ' in this file'}.`,
      span,
    });
  }

  #nothingToOverride(what: string, span: Span): void {
    this.problems.push({
      kind: 'terraform',
      severity: 'error',
      message: `There is no ${what} that this override file could override.`,
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
