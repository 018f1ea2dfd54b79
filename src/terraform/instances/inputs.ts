/** The inputs of a root module: variable files, the command line and the environment. */

import { append } from '../../collections/append.ts';
import { QueryCache, query } from '../../collections/query-cache.ts';
import type { FileSystem } from '../../files.ts';
import { parseJson } from '../../hcl/json/parser.ts';
import { parseExpression } from '../../hcl/native/expression.ts';
import { parseHcl } from '../../hcl/native/parser.ts';
import type { Expression, SyntaxTree } from '../../hcl/syntax.ts';
import { nodesIn } from '../../hcl/walk.ts';
import { decodeSource } from '../../source/decode.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import { SourceFile, type TextRange } from '../../source/source-file.ts';
import { evaluateOrUnknown } from '../expressions/evaluate.ts';
import { createFunctionContext } from '../expressions/function-context.ts';
import { ProblemSink, type Scope } from '../expressions/scope.ts';
import type { LoadedModule } from '../modules/load.ts';
import type { Declaration } from '../modules/module.ts';
import { Budget, Pool, rootSteps } from '../values/budget.ts';
import { convert } from '../values/convert.ts';
import { EvaluationError } from '../values/errors.ts';
import { stringType } from '../values/type.ts';
import { stringValue, type Value } from '../values/value.ts';
import type { RootInputs } from './evaluation.ts';
import type { StatesOfRoots } from './remote-state.ts';
import { flagOf } from './variable.ts';
import { noWorld } from './world.ts';

/** A `--var` or `--var-file`, in the order given: later ones win. */
export type GivenInput =
  | { readonly kind: 'var'; readonly name: string; readonly text: string }
  | { readonly kind: 'var-file'; readonly path: string; readonly bytes: Uint8Array };

export interface Inputs {
  readonly variables: readonly GivenInput[];
  /** Values of TF_VAR_ variables by name, without the prefix; empty unless they are asked for. */
  readonly environment: Readonly<Record<string, string>>;
  /** What `terraform.workspace` is; undefined where nobody says. */
  readonly workspace: string | undefined;
  /** Whether what is given, and defaults, are only some of what the variables of a root can be. */
  readonly any?: boolean | undefined;
  /** What a Terragrunt unit gives for a variable; absent where no unit applies the root, and others may give more. */
  readonly ofUnit?: ((name: string) => Value | undefined) | undefined;
  /** The states of other roots; absent where none is known. */
  readonly states?: StatesOfRoots | undefined;
}

/** No variables, and no workspace. */
export const noInputs: Inputs = { variables: [], environment: {}, workspace: undefined };

/** The inputs of a root, and the trees of the files that they came from. */
export interface ReadInputs extends RootInputs {
  readonly trees: readonly SyntaxTree[];
}

/** What one file, or one text, gives. */
interface GivenValues {
  readonly tree?: SyntaxTree;
  readonly variables: ReadonlyMap<string, Value>;
  readonly problems: readonly Problem[];
}

/** By path. */
const givenFiles = query<{ readonly bytes: Uint8Array; readonly shown: string }, GivenValues>(
  (a, b) => a.shown === b.shown && Buffer.compare(a.bytes, b.bytes) === 0,
);

/** By where the text is from, the text, and how it is taken. */
const givenTexts = query<undefined, GivenValues>();

/**
 * The values of a root's variables in Terraform's order, later ones winning: a Terragrunt unit, the environment, terraform.tfvars,
 * terraform.tfvars.json, *.auto.tfvars and *.auto.tfvars.json by name, the command line.
 *
 * Source: https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 *
 * @param cache of one root module in one environment
 */
export function readInputs(
  fileSystem: FileSystem,
  root: LoadedModule,
  inputs: Inputs,
  cache = new QueryCache(),
): Outcome<ReadInputs> {
  const reader = new InputReader(fileSystem, root, cache);
  if (inputs.ofUnit !== undefined) {
    for (const name of root.variables.keys()) reader.addValue(name, inputs.ofUnit(name));
  }
  for (const [name, text] of Object.entries(inputs.environment)) reader.addText(name, text, `TF_VAR_${name}`);
  for (const name of variableFiles(fileSystem, root.directory)) {
    reader.addFile(root.directory === '' ? name : `${root.directory}/${name}`);
  }
  for (const given of inputs.variables) {
    if (given.kind === 'var') reader.addText(given.name, given.text, `--var ${given.name}`);
    else reader.addBytes(given.path, given.bytes);
  }
  const { variables, trees, problems } = reader;
  return {
    value: {
      variables,
      trees,
      workspace: inputs.workspace,
      any: inputs.any === true,
      isClosed: inputs.ofUnit !== undefined,
      states: inputs.states,
      world: noWorld,
    },
    problems,
  };
}

/** In the order in which Terraform reads them. */
const fixedFiles: readonly string[] = ['terraform.tfvars', 'terraform.tfvars.json'];
const automaticFile = /\.auto\.tfvars(?:\.json)?$/;

/** Whether Terraform reads a file by itself, for the root module of a directory. */
export function isAutomaticVariableFile(directory: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    path === (directory === '' ? name : `${directory}/${name}`) &&
    (fixedFiles.includes(name) || automaticFile.test(name))
  );
}

/** The variable files that Terraform reads by itself, in its order. What is no file, such as a link out of the tree, can't be read, which is said. */
function variableFiles(fileSystem: FileSystem, directory: string): string[] {
  const listing = fileSystem.list(directory);
  if (listing.kind !== 'directory') return [];
  const names = listing.entries.flatMap(({ kind, name }) => (kind === 'file' || kind === 'other' ? name : []));
  return [
    ...fixedFiles.filter((name) => names.includes(name)),
    ...names.filter((name) => automaticFile.test(name)).sort(),
  ];
}

class InputReader {
  readonly problems: Problem[] = [];
  readonly variables = new Map<string, Value>();
  readonly trees: SyntaxTree[] = [];
  readonly #fileSystem: FileSystem;
  readonly #root: LoadedModule;
  readonly #cache: QueryCache;
  #shown: string | undefined;

  constructor(fileSystem: FileSystem, root: LoadedModule, cache: QueryCache) {
    this.#fileSystem = fileSystem;
    this.#root = root;
    this.#cache = cache;
  }

  addFile(path: string): void {
    const read = this.#fileSystem.read(path);
    if (read.kind === 'file') {
      this.addBytes(this.#fileSystem.real(path), read.bytes);
      return;
    }
    const reason = read.kind === 'missing' ? 'broken symbolic link' : read.message;
    this.problems.push({ kind: 'file', severity: 'error', message: `Cannot read ${path}: ${reason}.` });
  }

  addBytes(path: string, bytes: Uint8Array): void {
    const input = { bytes, shown: this.#namesShown() };
    this.#take(this.#cache.get(givenFiles, path, input, () => this.#valuesOfFile(path, bytes)));
  }

  /** What a Terragrunt unit gives, as Terraform has it from the environment: text for a variable of a primitive type. */
  addValue(name: string, value: Value | undefined): void {
    if (value === undefined) return;
    const declaration = this.#root.variables.get(name)!;
    const isText = value.kind === 'number' || value.kind === 'bool';
    const given =
      isText && isTakenLiterally(declaration) ? { ...convert(value, stringType), origin: value.origin } : value;
    this.variables.set(name, given);
  }

  /** A value given as text: as it is for a variable of a primitive type, else an expression. */
  addText(name: string, text: string, from: string): void {
    const declaration = this.#root.variables.get(name);
    const isLiteral = declaration === undefined || isTakenLiterally(declaration);
    const isSecret = this.#isSecret(name);
    const key = JSON.stringify([from, text, isLiteral, isSecret]);
    const file = new SourceFile(from, text, true, () => !isSecret);
    this.#take(this.#cache.get(givenTexts, key, undefined, () => this.#valuesOfText(name, file, isLiteral)));
  }

  #take({ tree, variables, problems }: GivenValues): void {
    if (tree !== undefined) this.trees.push(tree);
    for (const [name, value] of variables) this.variables.set(name, value);
    append(this.problems, problems);
  }

  #valuesOfFile(path: string, bytes: Uint8Array): GivenValues {
    const shown = new ShownText();
    const { value: file, problems: faults } = decodeSource(path, bytes, undefined, shown.shows);
    const { value: tree, problems: syntax } = path.endsWith('.json') ? parseJson(file, 'literal') : parseHcl(file);
    if (faults.length + syntax.length === 0) {
      shown.allBut(tree.body.items.filter((item) => item.kind === 'block' || this.#isSecret(item.name.name)));
    }
    const problems = [...faults, ...syntax.map(withoutQuotes)];
    const variables = new Map<string, Value>();
    for (const item of tree.body.items) {
      if (item.kind === 'attribute') variables.set(item.name.name, this.#evaluate(item.value, problems));
      else {
        problems.push({
          kind: 'terraform',
          severity: 'error',
          message: `A variable file can contain only assignments, but this is a ${item.type.name} block.`,
          span: item.header,
        });
      }
    }
    return { tree, variables, problems };
  }

  #valuesOfText(name: string, file: SourceFile, isLiteral: boolean): GivenValues {
    if (isLiteral) {
      const value = stringValue(file.text, { span: { file, start: 0, end: file.text.length } });
      return { variables: new Map([[name, value]]), problems: [] };
    }
    const parsed = parseExpression(file);
    const problems = file.shows({ start: 0, end: file.text.length })
      ? [...parsed.problems]
      : parsed.problems.map(withoutQuotes);
    return { variables: new Map([[name, this.#evaluate(parsed.value, problems)]]), problems };
  }

  /** The names of the variables that reports may show. */
  #namesShown(): string {
    this.#shown ??= JSON.stringify([...this.#root.variables.keys()].filter((name) => !this.#isSecret(name)));
    return this.#shown;
  }

  /** Whether what is given for a variable may be in no report: it is sensitive, or nothing says that it is not. */
  #isSecret(name: string): boolean {
    const declaration = this.#root.variables.get(name);
    if (declaration === undefined) return true;
    const { start, end } = declaration.block;
    const scope = this.#scope(new ProblemSink(), poolFor(end - start));
    return flagOf(declaration, 'sensitive', scope) || flagOf(declaration, 'ephemeral', scope);
  }

  #evaluate(expression: Expression, problems: Problem[]): Value {
    for (const { node } of nodesIn(expression)) {
      if (node.kind !== 'call') continue;
      const message = 'Function calls are not allowed here: Terraform rejects this value.';
      problems.push({ kind: 'terraform', severity: 'error', message, span: node });
    }
    const pool = poolFor(expression.end - expression.start);
    const sink = new ProblemSink();
    const value = evaluateOrUnknown(expression, this.#scope(sink, pool));
    const faults = [...sink.problems, ...(pool.problem === undefined ? [] : [pool.problem])];
    append(
      problems,
      faults.map((problem) => (isShown(problem) ? problem : withoutQuotes(problem))),
    );
    return value;
  }

  /** Without names. */
  #scope(problems: ProblemSink, pool: Pool): Scope {
    return {
      names: {
        member(_root, _name, span) {
          throw new EvaluationError('Variables may not be used here.', { span });
        },
      },
      functions: createFunctionContext(this.#fileSystem, this.#root.directory),
      budget: new Budget(pool, 0),
      problems,
    };
  }
}

/** For what hangs on nothing but its own text. */
function poolFor(bytes: number): Pool {
  return new Pool(rootSteps('called', Number.POSITIVE_INFINITY, 1, 64 + bytes));
}

/** What of a variable file may stand in reports: nothing, until it is known what it holds. */
class ShownText {
  #hidden: readonly TextRange[] | undefined;

  readonly shows = ({ start, end }: TextRange): boolean =>
    this.#hidden?.every((hidden) => hidden.end <= start || end <= hidden.start) ?? false;

  allBut(hidden: readonly TextRange[]): void {
    this.#hidden = hidden;
  }
}

const isShown = ({ span }: Problem): boolean => span === undefined || span.file.shows(span);

/** Of a text that may not be shown, or that can't be read, no message quotes anything but signs. */
function withoutQuotes({ hint, ...problem }: Problem): Problem {
  const isSafe = [problem.message, hint ?? ''].every((text) => !/["`][^"`]*[\p{L}\p{N}]/u.test(text));
  if (isSafe) return hint === undefined ? problem : { ...problem, hint };
  return { ...problem, message: 'Invalid value. Details are hidden because the value may be sensitive.' };
}

/** Source: `decodeVariableType` in https://github.com/hashicorp/terraform/blob/v1.11.4/internal/configs/named_values.go */
function isTakenLiterally(declaration: Declaration): boolean {
  const type = declaration.content.attributes.get('type')?.value;
  if (type === undefined) return true;
  const name = type.kind === 'reference' ? type.name : type.kind === 'string' ? type.value : undefined;
  return name === 'string' || name === 'number' || name === 'bool';
}
