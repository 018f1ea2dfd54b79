/** All resource instances of a root module, with the addresses that Terraform gives them. */

import type { FileSystem } from '../files.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { EvaluationError } from './errors.ts';
import { evaluateOrUnknown } from './evaluate.ts';
import { type AttributeSchemas, Evaluation, type RootInputs } from './evaluation.ts';
import { EvaluatedBody, type Expansion, expand, type Repeated } from './expand.ts';
import { relativePath } from './functions/path.ts';
import { keyText } from './instance-address.ts';
import { collect, merged, resourceValue } from './instance-values.ts';
import type { LoadedModule } from './load.ts';
import type { Declaration, ResourceDeclaration } from './module.ts';
import type { Names, Scope } from './scope.ts';
import { asSensitive, type Because, objectValue, stringValue, unknownValue, type Value } from './value.ts';
import { flagOf, variableValue } from './variable.ts';

/** A call of a module on the way to an instance, outermost first. */
export interface CallSite {
  /** Name of the call. */
  readonly name: string;
  /** The call's header. */
  readonly span: Span;
  /** The whole of the call: the arguments lie in it. */
  readonly block: Span;
  readonly isDownloaded: boolean;
}

/** One resource as Terraform would create it. */
export interface ResourceInstance {
  /** With module path and keys, as Terraform prints it. */
  readonly address: string;
  /** The same without keys. */
  readonly subject: string;
  readonly mode: ResourceDeclaration['mode'];
  readonly type: string;
  readonly name: string;
  readonly declaration: ResourceDeclaration;
  readonly calls: readonly CallSite[];
  readonly body: EvaluatedBody;
  /** What decides whether this instance exists at all; undefined for a certain one. */
  readonly possible: readonly Because[] | undefined;
}

export interface Configuration {
  readonly root: LoadedModule;
  /** The instances of the wanted types of managed resources and data sources, in all modules, in order of place. */
  instances(isWanted: (declaration: ResourceDeclaration) => boolean): readonly ResourceInstance[];
  /** What could not be evaluated until now, or Terraform would refuse. */
  readonly problems: readonly Problem[];
}

/** Evaluates a root module. Nothing is evaluated before it is asked for, and nothing twice. */
export function configure(
  root: LoadedModule,
  inputs: RootInputs,
  files: FileSystem,
  attributeSchema: AttributeSchemas,
): Configuration {
  const evaluation = new Evaluation(inputs, files, root.directory, attributeSchema);
  const instance = new ModuleInstance(evaluation, root, '', '', [], undefined, undefined);
  return {
    root,
    instances: (isWanted) => instance.instances(isWanted),
    get problems() {
      return evaluation.problems.problems;
    },
  };
}

/** Where a module instance is called from. */
interface Caller {
  readonly instance: ModuleInstance;
  readonly call: Declaration;
  readonly scope: Scope;
}

class ModuleInstance implements Names {
  readonly #values = new Map<string, Value>();
  readonly #modules = new Map<string, ExpandedModule>();
  readonly #resources = new Map<string, ExpandedResource>();
  readonly #scope: Scope;
  readonly #evaluation: Evaluation;
  readonly #module: LoadedModule;
  readonly #address: string;
  readonly #subject: string;
  readonly #calls: readonly CallSite[];
  readonly #caller: Caller | undefined;
  readonly #possible: readonly Because[] | undefined;

  /** @param address with keys and a final dot, such as `module.net["a"].`; empty for the root */
  constructor(
    evaluation: Evaluation,
    module: LoadedModule,
    address: string,
    subject: string,
    calls: readonly CallSite[],
    caller: Caller | undefined,
    possible: readonly Because[] | undefined,
  ) {
    this.#evaluation = evaluation;
    this.#module = module;
    this.#address = address;
    this.#subject = subject;
    this.#calls = calls;
    this.#caller = caller;
    this.#possible = possible;
    const { functions, budget, problems } = evaluation;
    this.#scope = { names: this, functions, budget, problems };
  }

  instances(isWanted: (declaration: ResourceDeclaration) => boolean): ResourceInstance[] {
    const found: ResourceInstance[] = [];
    for (const [address, declaration] of this.#module.resources) {
      if (!isWanted(declaration)) continue;
      for (const instance of this.#resource(address, declaration).instances) found.push(instance);
    }
    for (const name of this.#module.moduleCalls.keys()) {
      for (const called of this.#called(name)?.instances ?? []) {
        for (const instance of called.instances(isWanted)) found.push(instance);
      }
    }
    return found;
  }

  member(root: string, name: string, span: Span): Value {
    switch (root) {
      case 'var':
        return this.#memo(`${this.#address}var.${name}`, span, () => this.#variable(name, span));
      case 'local': {
        const local = this.#module.locals.get(name);
        if (local === undefined) throw undeclared(`local value "${name}"`, span);
        return this.#memo(`${this.#address}local.${name}`, span, () => evaluateOrUnknown(local.value, this.#scope));
      }
      case 'module':
        return this.#moduleValue(name, span);
      case 'path':
        return this.#path(name, span);
      case 'terraform':
      case 'tofu':
        if (name === 'workspace') return stringValue(this.#evaluation.inputs.workspace);
        return unknownValue({ name: `${root}.${name}`, span });
      case 'each':
      case 'count':
      case 'self':
        throw new EvaluationError(`"${root}.${name}" has no meaning here.`, { span });
      default: {
        const address = `${root}.${name}`;
        const declaration = this.#module.resources.get(address);
        if (declaration !== undefined) return this.#resource(address, declaration).value;
        const what = root.startsWith('data.') ? 'data source' : 'resource';
        throw undeclared(`${what} "${address}"`, span);
      }
    }
  }

  /** @throws EvaluationError if the module has no such output */
  output(name: string, span: Span): Value {
    const output = this.#module.outputs.get(name);
    if (output === undefined) throw undeclared(`output "${name}" in this module`, span);
    const expression = output.content.attributes.get('value')?.value;
    if (expression === undefined) return unknownValue({ name: `output.${name}`, span: output.span });
    const value = this.#memo(`${this.#address}output.${name}`, span, () => evaluateOrUnknown(expression, this.#scope));
    return flagOf(output, 'sensitive', this.#scope) ? asSensitive(value) : value;
  }

  get outputs(): Value {
    return objectValue([...this.#module.outputs].map(([name, { span }]) => [name, this.output(name, span)]));
  }

  #memo(name: string, span: Span, compute: () => Value): Value {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const value = this.#evaluation.enter(name, span, compute);
    this.#values.set(name, value);
    return value;
  }

  #variable(name: string, span: Span): Value {
    const declaration = this.#module.variables.get(name);
    if (declaration === undefined) throw undeclared(`variable "${name}"`, span);
    return variableValue(`${this.#subject}var.${name}`, declaration, this.#given(name), this.#scope);
  }

  /** What the caller, or the user, gives for a variable. */
  #given(name: string): Value | undefined {
    if (this.#caller === undefined) return this.#evaluation.inputs.variables.get(name);
    const { call, scope } = this.#caller;
    const expression = call.content.attributes.get(name)?.value;
    return expression === undefined ? undefined : evaluateOrUnknown(expression, scope);
  }

  #path(name: string, span: Span): Value {
    const root = this.#evaluation.functions.basePath;
    if (name === 'root') return stringValue('.');
    if (name === 'module') return stringValue(relativePath(root, this.#module.directory) || '.');
    return unknownValue({ name: `path.${name}`, span });
  }

  #moduleValue(name: string, span: Span): Value {
    const called = this.#called(name);
    if (called === undefined) throw undeclared(`module "${name}"`, span);
    return called.value;
  }

  #called(name: string): ExpandedModule | undefined {
    const known = this.#modules.get(name);
    if (known !== undefined) return known;
    const call = this.#module.moduleCalls.get(name);
    if (call === undefined) return undefined;
    const called = this.#module.calls.get(name);
    const local = `${this.#address}module.${name}`;
    const subject = `${this.#subject}module.${name}`;
    const expansion = this.#expand(local, call);
    const of = (repeated: Repeated): readonly [ModuleInstance | undefined, Value] => {
      const address = local + keyText(repeated.key);
      const because = { name: subject, span: call.span };
      if (called?.kind !== 'module') {
        const attribute = (output: string): Value => unknownValue({ name: `${subject}.${output}`, span: call.span });
        return [undefined, { ...unknownValue(because), notNull: true, attribute }];
      }
      const instance = new ModuleInstance(
        this.#evaluation,
        called.module,
        `${address}.`,
        `${subject}.`,
        [...this.#calls, { name, span: call.span, block: call.block, isDownloaded: called.isDownloaded }],
        { instance: this, call, scope: { ...this.#scope, repetition: repeated.repetition } },
        merged(this.#possible, repeated.possible),
      );
      return [
        instance,
        {
          ...unknownValue(because),
          notNull: true,
          attribute: (output) => instance.output(output, call.span),
          whole: () => instance.outputs,
        },
      ];
    };
    const made = expansion.instances.map(of);
    const expanded = {
      instances: made.flatMap(([instance]) => instance ?? []),
      value: collect(
        expansion,
        made.map(([, value]) => value),
        { name: subject, span: call.span },
      ),
    };
    this.#modules.set(name, expanded);
    return expanded;
  }

  #resource(key: string, declaration: ResourceDeclaration): ExpandedResource {
    const known = this.#resources.get(key);
    if (known !== undefined) return known;
    const local = this.#address + key;
    const expansion = this.#expand(local, declaration);
    const instances = expansion.instances.map((repeated) => this.#resourceInstance(key, declaration, repeated));
    const values = instances.map((instance) => {
      const { type, mode } = instance;
      return resourceValue(
        instance,
        (name, compute) =>
          this.#memo(`${instance.address}.${name}`, declaration.content.attributes.get(name)!, compute),
        (name) => this.#evaluation.attributeSchema(type, mode === 'managed', name),
      );
    });
    const because = { name: this.#subject + key, span: declaration.span };
    const value = collect(expansion, values, because);
    const expanded = {
      instances,
      value: value.kind === 'unknown' ? { identity: { address: local, path: [] }, ...value } : value,
    };
    this.#resources.set(key, expanded);
    return expanded;
  }

  #expand(name: string, declaration: Declaration): Expansion {
    let expansion: Expansion | undefined;
    // `count` may refer to what refers back to this: that is a cycle too.
    this.#evaluation.enter(name, declaration.span, () => {
      expansion = expand(declaration.content, this.#scope);
      return stringValue('');
    });
    return this.#evaluation.admit(this.#subject + name.slice(this.#address.length), expansion!, declaration);
  }

  #resourceInstance(key: string, declaration: ResourceDeclaration, repeated: Repeated): ResourceInstance {
    return {
      address: this.#address + key + keyText(repeated.key),
      subject: this.#subject + key,
      mode: declaration.mode,
      type: declaration.type,
      name: declaration.name,
      declaration,
      calls: this.#calls,
      body: new EvaluatedBody(declaration.content, { ...this.#scope, repetition: repeated.repetition }),
      possible: merged(this.#possible, repeated.possible),
    };
  }
}

interface ExpandedModule {
  readonly instances: readonly ModuleInstance[];
  readonly value: Value;
}

interface ExpandedResource {
  readonly instances: readonly ResourceInstance[];
  readonly value: Value;
}

function undeclared(what: string, span: Span): EvaluationError {
  return new EvaluationError(`There is no ${what}.`, { span });
}
