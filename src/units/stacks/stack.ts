/** A Terraform stack: the components of a directory, with what each deployment gives them. */

import type { FileSystem } from '../../files.ts';
import { parseJson } from '../../hcl/json/parser.ts';
import { parseHcl } from '../../hcl/native/parser.ts';
import type { Expression } from '../../hcl/syntax.ts';
import { decodeSource } from '../../source/decode.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { evaluateOrUnknown } from '../../terraform/expressions/evaluate.ts';
import { createFunctionContext } from '../../terraform/expressions/function-context.ts';
import type { ProblemSink, Scope } from '../../terraform/expressions/scope.ts';
import { variableValue } from '../../terraform/instances/variable.ts';
import { type BlockTypes, type Content, contentOf, type Syntax } from '../../terraform/modules/content.ts';
import type { Declaration } from '../../terraform/modules/module.ts';
import { Budget, Pool, rootSteps } from '../../terraform/values/budget.ts';
import { EvaluationError } from '../../terraform/values/errors.ts';
import { isMapping, stringValue, unknownValue, type Value } from '../../terraform/values/value.ts';

/** Source: https://developer.hashicorp.com/terraform/language/stacks */
const blockTypes: BlockTypes = {
  __proto__: null as never,
  component: 1,
  deployment: 1,
  deployment_auto_approve: 1,
  deployment_group: 1,
  identity_token: 1,
  locals: 0,
  orchestrate: 2,
  output: 1,
  provider: 2,
  publish_output: 1,
  removed: 0,
  required_providers: 0,
  stack: 1,
  store: 2,
  upstream_input: 1,
  variable: 1,
};

const ofDeployments = /\.tfdeploy\.(?:hcl|json)$/;

/** An instance of a component in one deployment. */
export interface ComponentInstance {
  /** `component.net`, `component.net["eu-west-1"]`. */
  readonly address: string;
  readonly source: Value;
  /** Where the source is written. */
  readonly span: Span;
  readonly deployment: string;
  /** What it gives for the variables of its module. */
  inputs(): Value;
}

/** What a component gives to others; undefined where its module was not read. */
type OutputsOf = (address: string, deployment: string) => Value | undefined;

interface StackBlock {
  readonly name: string;
  readonly content: Content;
  readonly declaration: Declaration;
}

/** The only deployment of a stack that names none. */
const noDeployment = '';

export class Stack {
  readonly directory: string;
  readonly #files: FileSystem;
  readonly #problems: ProblemSink;
  readonly #outputsOf: OutputsOf;
  readonly #pool: Pool;
  readonly #blocks = { components: [] as StackBlock[], deployments: [] as StackBlock[] };
  readonly #variables = new Map<string, Declaration>();
  /** Of components and of deployments. */
  readonly #locals = { components: new Map<string, Expression>(), deployments: new Map<string, Expression>() };

  /** @param names of its files, in the directory */
  constructor(
    files: FileSystem,
    directory: string,
    names: readonly string[],
    problems: ProblemSink,
    outputsOf: OutputsOf,
  ) {
    this.#files = files;
    this.directory = directory;
    this.#problems = problems;
    this.#outputsOf = outputsOf;
    let length = 1024;
    for (const name of names) length += this.#add(directory === '' ? name : `${directory}/${name}`);
    this.#pool = new Pool(rootSteps('called', Number.POSITIVE_INFINITY, 1, length));
  }

  /** In order of deployment, then of component. */
  get instances(): readonly ComponentInstance[] {
    const deployments = this.#blocks.deployments.map(({ name }) => name);
    return (deployments.length === 0 ? [noDeployment] : deployments).flatMap((deployment) =>
      this.#blocks.components.flatMap((component) => this.#instancesOf(component, deployment)),
    );
  }

  /** That evaluating it took more steps than there are, if it did. */
  get limit(): Problem | undefined {
    return this.#pool.problem;
  }

  /** UTF-16 code units of a file. */
  #add(path: string): number {
    const read = this.#files.read(path);
    if (read.kind !== 'file') return 0;
    const { value: file, problems: faults } = decodeSource(path, read.bytes);
    const { value: tree, problems: syntax } = path.endsWith('.json') ? parseJson(file) : parseHcl(file);
    const problems = [...faults, ...syntax];
    const part = ofDeployments.test(path) ? 'deployments' : 'components';
    for (const { block } of contentOf(tree.body, tree.syntax, blockTypes, problems).blocks) {
      const content = contentOf(block.body, tree.syntax, blockTypes, problems);
      const declared = blockOf(block.labels[0]?.name ?? '', block, content, tree.syntax);
      if (block.type.name === 'locals') {
        for (const [name, { value }] of content.attributes) this.#locals[part].set(name, value);
      } else if (block.type.name === 'variable') this.#variables.set(declared.name, declared.declaration);
      else if (block.type.name === 'component') this.#blocks.components.push(declared);
      else if (block.type.name === 'deployment') this.#blocks.deployments.push(declared);
      else if (block.type.name === 'stack') {
        const message = 'tfsg does not read stacks within stacks, so the rules of their components were not checked.';
        this.#problems.add({ kind: 'unread', severity: 'warning', message, span: block.header });
      }
    }
    for (const problem of problems) this.#problems.add(problem);
    return file.text.length;
  }

  #instancesOf({ name, content, declaration }: StackBlock, deployment: string): readonly ComponentInstance[] {
    const source = content.attributes.get('source')?.value;
    if (source === undefined) {
      const message = `The component "${name}" has no source, so its rules were not checked.`;
      this.#problems.add({ kind: 'module', severity: 'warning', message, span: declaration.span });
      return [];
    }
    const scope = this.#scope(deployment);
    const forEach = content.attributes.get('for_each')?.value;
    return repetitionsOf(forEach && evaluateOrUnknown(forEach, scope)).map(({ key, repetition }) => ({
      address: `component.${name}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`,
      source: evaluateOrUnknown(source, { ...scope, repetition }),
      span: source,
      deployment,
      inputs: () => {
        const written = content.attributes.get('inputs')?.value;
        const value = written && evaluateOrUnknown(written, { ...this.#scope(deployment), repetition });
        return value ?? unknownValue({ name: `component.${name}.inputs`, span: declaration.span });
      },
    }));
  }

  /** In which components are evaluated for a deployment. */
  #scope(deployment: string): Scope {
    const given = this.#inputsOf(deployment);
    const active = new Set<string>();
    const scope: Scope = this.#scopeOf((root, name, span) => {
      switch (root) {
        case 'var': {
          const declaration = this.#variables.get(name);
          if (declaration === undefined) throw new EvaluationError(`The stack has no variable "${name}".`, { span });
          const value = given !== undefined && isMapping(given) ? given.entries.get(name) : undefined;
          const open = given?.kind === 'unknown' ? unknownValue(given.reasons) : undefined;
          return variableValue(`var.${name}`, declaration, value ?? open, scope);
        }
        case 'local':
          return this.#local('components', name, span, scope, active);
        case 'component':
          return this.#outputsOf(`component.${name}`, deployment) ?? unknownValue({ name: `component.${name}`, span });
        default:
          return unknownValue({ name: `${root}.${name}`, span });
      }
    });
    return scope;
  }

  /** Undefined where there is no such deployment. */
  #inputsOf(deployment: string): Value | undefined {
    const inputs = this.#blocks.deployments.find(({ name }) => name === deployment)?.content.attributes.get('inputs');
    if (inputs === undefined) return undefined;
    const active = new Set<string>();
    const scope: Scope = this.#scopeOf((root, name, span) =>
      root === 'local'
        ? this.#local('deployments', name, span, scope, active)
        : unknownValue({ name: `${root}.${name}`, span }),
    );
    return evaluateOrUnknown(inputs.value, scope);
  }

  #local(part: 'components' | 'deployments', name: string, span: Span, scope: Scope, active: Set<string>): Value {
    const written = this.#locals[part].get(name);
    if (written === undefined) throw new EvaluationError(`The stack has no local value "${name}".`, { span });
    if (active.has(name)) throw new EvaluationError(`local.${name} refers to itself.`, { span });
    active.add(name);
    try {
      return evaluateOrUnknown(written, scope);
    } finally {
      active.delete(name);
    }
  }

  #scopeOf(member: Scope['names']['member']): Scope {
    return {
      names: { member },
      functions: createFunctionContext(this.#files, this.directory),
      budget: new Budget(this.#pool, 0),
      problems: this.#problems,
    };
  }
}

function blockOf(name: string, block: Declaration['block'], content: Content, syntax: Syntax): StackBlock {
  return { name, content, declaration: { name, span: block.header, content, syntax, block } };
}

interface Repetition {
  readonly key: string | undefined;
  readonly repetition: Scope['repetition'];
}

/** One without a key for a component that is not repeated, or whose keys are not known. */
function repetitionsOf(forEach: Value | undefined): readonly Repetition[] {
  if (forEach === undefined) return [{ key: undefined, repetition: undefined }];
  if (isMapping(forEach)) return [...forEach.entries].map(([key, value]) => repeated(key, value));
  if (forEach.kind === 'set' || forEach.kind === 'tuple' || forEach.kind === 'list') {
    const keys = forEach.items.flatMap((item) => (item.kind === 'string' ? item.value : []));
    if (keys.length === forEach.items.length) return keys.map((key) => repeated(key, stringValue(key)));
  }
  const open = (name: string): Value => unknownValue({ name });
  const repetition = new Map([
    ['each.key', open('each.key')],
    ['each.value', open('each.value')],
  ]);
  return [{ key: undefined, repetition }];
}

const repeated = (key: string, value: Value): Repetition => ({
  key,
  repetition: new Map<string, Value>([
    ['each.key', stringValue(key)],
    ['each.value', value],
  ]),
});
