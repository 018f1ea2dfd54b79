/** What a root module gets from outside: variable files, the command line and the environment. */

import type { FileSystem } from '../files.ts';
import { parseExpression } from '../hcl/expression.ts';
import { parseJson } from '../hcl/json.ts';
import { parseHcl } from '../hcl/parser.ts';
import type { Expression, SyntaxTree } from '../hcl/syntax.ts';
import { nodesIn } from '../hcl/walk.ts';
import { decodeSource } from '../source/decode.ts';
import type { Outcome, Problem } from '../source/problem.ts';
import { SourceFile } from '../source/source-file.ts';
import { Budget } from './budget.ts';
import { EvaluationError } from './errors.ts';
import { evaluateOrUnknown } from './evaluate.ts';
import type { RootInputs } from './evaluation.ts';
import { createFunctionContext } from './function-context.ts';
import type { LoadedModule } from './load.ts';
import type { Declaration } from './module.ts';
import { ProblemSink, type Scope } from './scope.ts';
import { stringValue, type Value } from './value.ts';

/** A `--var` or `--var-file`, in the order given: later ones win. */
export type GivenInput =
  | { readonly kind: 'var'; readonly name: string; readonly text: string }
  | { readonly kind: 'var-file'; readonly path: string; readonly bytes: Uint8Array };

export interface Inputs {
  readonly variables: readonly GivenInput[];
  /** Values of TF_VAR_ variables by name, without the prefix; empty unless they are asked for. */
  readonly environment: Readonly<Record<string, string>>;
  /** What `terraform.workspace` is; undefined for `default`. */
  readonly workspace: string | undefined;
}

/** No variables, the workspace `default`. */
export const noInputs: Inputs = { variables: [], environment: {}, workspace: undefined };

/** The inputs of a root, and the trees of the files that they came from. */
export interface ReadInputs extends RootInputs {
  readonly trees: readonly SyntaxTree[];
}

/**
 * The values of a root's variables in Terraform's order, later ones winning: the environment, terraform.tfvars,
 * terraform.tfvars.json, *.auto.tfvars and *.auto.tfvars.json by name, the command line.
 *
 * Source: https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export function readInputs(fileSystem: FileSystem, root: LoadedModule, inputs: Inputs): Outcome<ReadInputs> {
  const reader = new InputReader(fileSystem, root);
  for (const [name, text] of Object.entries(inputs.environment)) reader.addText(name, text, `TF_VAR_${name}`);
  for (const name of variableFiles(fileSystem, root.directory)) {
    reader.addFile(root.directory === '' ? name : `${root.directory}/${name}`);
  }
  for (const given of inputs.variables) {
    if (given.kind === 'var') reader.addText(given.name, given.text, `--var ${given.name}`);
    else reader.addBytes(given.path, given.bytes);
  }
  const { variables, trees } = reader;
  return {
    value: { variables, trees, workspace: inputs.workspace ?? 'default' },
    problems: [...reader.problems, ...reader.sink.problems],
  };
}

/** The variable files that Terraform reads by itself, in its order. */
function variableFiles(fileSystem: FileSystem, directory: string): string[] {
  const listing = fileSystem.list(directory);
  if (listing.kind !== 'directory') return [];
  const names = listing.entries.filter((entry) => entry.kind === 'file').map((entry) => entry.name);
  const fixed = ['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => names.includes(name));
  return [...fixed, ...names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name)).sort()];
}

class InputReader {
  readonly problems: Problem[] = [];
  readonly sink = new ProblemSink();
  readonly variables = new Map<string, Value>();
  readonly trees: SyntaxTree[] = [];
  readonly #fileSystem: FileSystem;
  readonly #root: LoadedModule;
  readonly #scope: Scope;

  constructor(fileSystem: FileSystem, root: LoadedModule) {
    this.#fileSystem = fileSystem;
    this.#root = root;
    const budget = new Budget();
    this.#scope = {
      names: {
        member(_root, _name, span) {
          throw new EvaluationError('Variables may not be used here.', { span });
        },
      },
      functions: createFunctionContext(fileSystem, root.directory, budget),
      budget,
      problems: this.sink,
    };
  }

  addFile(path: string): void {
    const read = this.#fileSystem.read(path);
    if (read.kind === 'file') this.addBytes(path, read.bytes);
    else if (read.kind === 'error') {
      this.problems.push({ kind: 'file', severity: 'error', message: `${path} can't be read: ${read.message}` });
    }
  }

  addBytes(path: string, bytes: Uint8Array): void {
    const { value: file, problems } = decodeSource(path, bytes);
    const parsed = path.endsWith('.json') ? parseJson(file, 'literal') : parseHcl(file);
    this.problems.push(...problems, ...parsed.problems);
    this.trees.push(parsed.value);
    for (const item of parsed.value.body.items) {
      if (item.kind === 'attribute') this.#add(item.name.name, item.value);
      else {
        this.problems.push({
          kind: 'terraform',
          severity: 'error',
          message: `A variable file holds assignments alone, but here is a ${item.type.name} block.`,
          span: item.header,
        });
      }
    }
  }

  /** A value given as text: as it is for a variable of a primitive type, else an expression. */
  addText(name: string, text: string, from: string): void {
    const declaration = this.#root.variables.get(name);
    const file = new SourceFile(from, text, true);
    const span = { file, start: 0, end: text.length };
    if (declaration === undefined || isTakenLiterally(declaration)) {
      this.variables.set(name, stringValue(text, { span }));
      return;
    }
    const parsed = parseExpression(file);
    this.problems.push(...parsed.problems);
    this.#add(name, parsed.value);
  }

  #add(name: string, expression: Expression): void {
    for (const { node } of nodesIn(expression)) {
      if (node.kind !== 'call') continue;
      const message = 'Functions may not be called here: Terraform refuses this value.';
      this.problems.push({ kind: 'terraform', severity: 'error', message, span: node });
    }
    this.variables.set(name, evaluateOrUnknown(expression, this.#scope));
  }
}

/** Source: `decodeVariableType` in https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/named_values.go */
function isTakenLiterally(declaration: Declaration): boolean {
  const type = declaration.content.attributes.get('type')?.value;
  if (type === undefined) return true;
  const name = type.kind === 'reference' ? type.name : type.kind === 'string' ? type.value : undefined;
  return name === 'string' || name === 'number' || name === 'bool';
}
