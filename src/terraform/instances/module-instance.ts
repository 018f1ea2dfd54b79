/** One call of a module, or the root: what its names mean, and the instances of its resources. */

import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { evaluateOrUnknown } from '../expressions/evaluate.ts';
import type { Names, Scope } from '../expressions/scope.ts';
import { relativePath } from '../functions/path.ts';
import { type LoadedModule, lengthOfModule, modulesOf } from '../modules/load.ts';
import type { Declaration, ResourceDeclaration } from '../modules/module.ts';
import { EvaluationError } from '../values/errors.ts';
import { asSensitive, type Because, objectValue, stringValue, unknownValue, type Value } from '../values/value.ts';
import type { CallSite, ResourceInstance } from './configuration.ts';
import { Entries, Entry } from './entry.ts';
import type { Evaluation } from './evaluation.ts';
import { EvaluatedBody, type Expansion, expand, type Repeated, stepsPerBlock } from './expand.ts';
import { keyText } from './instance-address.ts';
import { collect, merged, resourceValue } from './instance-values.ts';
import { calledModule, ModuleChange } from './module-change.ts';
import { flagOf, variableValue } from './variable.ts';

/** Where a module instance is called from. */
interface Caller {
  readonly instance: ModuleInstance;
  readonly call: Declaration;
  readonly repetition: Scope['repetition'];
}

/** What one call of a module means. Everything in it is worked out when it is first asked for, and kept. */
export class ModuleInstance {
  readonly #values = new Entries<Value>();
  readonly #modules = new Entries<ExpandedModule>();
  readonly #moduleValues = new Entries<Value>();
  readonly #resources = new Entries<ExpandedResource>();
  /** What was asked for and is not there. */
  readonly #missing = new Entries<never>();
  readonly #evaluation: Evaluation;
  readonly #address: string;
  readonly #subject: string;
  readonly #calls: readonly CallSite[];
  readonly #caller: Caller | undefined;
  readonly #possible: readonly Because[] | undefined;
  #module: LoadedModule;

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
  }

  get module(): LoadedModule {
    return this.#module;
  }

  instances(isWanted: (declaration: ResourceDeclaration) => boolean): ResourceInstance[] {
    const found: ResourceInstance[] = [];
    for (const [address, declaration] of this.#module.resources) {
      if (!isWanted(declaration)) continue;
      for (const instance of this.#resource(address, declaration, undefined).instances) found.push(instance);
    }
    for (const name of this.#module.moduleCalls.keys()) {
      for (const called of this.#called(name, undefined)?.instances ?? []) {
        for (const instance of called.instances(isWanted)) found.push(instance);
      }
    }
    return found;
  }

  /** What a name is here and in the modules called from here, as far as they are of the directory. */
  *valuesOf(directory: string, root: 'var' | 'local', name: string): Iterable<Value> {
    const { variables, locals } = this.#module;
    const declared = root === 'var' ? variables.get(name)?.span : locals.get(name);
    if (this.#module.directory === directory && declared !== undefined) {
      yield this.#member(root, name, declared, new Entry(() => {}));
    }
    for (const call of this.#module.moduleCalls.keys()) {
      for (const called of this.#called(call, undefined)?.instances ?? []) {
        yield* called.valuesOf(directory, root, name);
      }
    }
  }

  /** The directories of this and of all modules that are called from here for an instance, or that a call says are not enabled. */
  *directories(): Iterable<string> {
    yield this.#module.directory;
    for (const name of this.#module.moduleCalls.keys()) {
      const called = this.#called(name, undefined);
      for (const instance of called?.instances ?? []) yield* instance.directories();
      if (called?.expansion.kind !== 'disabled') continue;
      const call = this.#module.calls.get(name);
      if (call?.kind === 'module') for (const { directory } of modulesOf(call.module)) yield directory;
    }
  }

  *problems(): Iterable<Problem> {
    const all = [this.#values, this.#modules, this.#moduleValues, this.#resources];
    for (const entries of all) {
      for (const { entry } of entries) if (entry.problems.length > 0 && entry.isUsed()) yield* entry.problems;
    }
    for (const { value } of this.#modules) for (const called of value?.instances ?? []) yield* called.problems();
  }

  /** @param inputs names of the variables of a root whose values are others now */
  update(module: LoadedModule, inputs: ReadonlySet<string>): void {
    const before = this.#module;
    this.#module = module;
    this.#values.forget((key) => key.startsWith('var.') && inputs.has(key.slice('var.'.length)));
    if (before === module) return;
    const change = new ModuleChange(before, module);
    this.#values.forget((key) => change.isOtherValue(key));
    this.#moduleValues.forget((name) => change.hasOtherOutputs(name));
    this.#resources.forget((key) => change.isOtherResource(key));
    this.#modules.forget((name) => change.isOtherCall(name));
    this.#missing.forget(() => true);
    for (const { name, value } of [...this.#modules]) {
      const called = calledModule(module, name);
      if (called !== undefined) for (const instance of value?.instances ?? []) instance.update(called, noNames);
    }
  }

  /** Forgets everything: the module is called no more, or in another way. */
  discard(): void {
    for (const entries of [this.#values, this.#modules, this.#moduleValues, this.#resources, this.#missing]) {
      entries.forget(() => true);
    }
  }

  /** A scope in which one thing is worked out. */
  scope(user: Entry, bytes: number, repetition?: Scope['repetition']): Scope {
    const { functions } = this.#evaluation;
    const budget = this.#evaluation.budgetOf(user, this.#caller === undefined, bytes);
    const names: Names = { member: (root, name, span) => this.#member(root, name, span, user) };
    return { names, functions, budget, problems: user, repetition };
  }

  #member(root: string, name: string, span: Span, user: Entry): Value {
    switch (root) {
      case 'var': {
        const declaration = this.#module.variables.get(name);
        if (declaration === undefined) throw this.#undeclared(`variable "${name}"`, span, user);
        return this.#value(`var.${name}`, span, declaration.block, user, (scope, entry) =>
          variableValue(`${this.#subject}var.${name}`, declaration, this.#given(name, entry), scope),
        );
      }
      case 'local': {
        const local = this.#module.locals.get(name);
        if (local === undefined) throw this.#undeclared(`local value "${name}"`, span, user);
        return this.#value(`local.${name}`, span, local.value, user, (scope) => evaluateOrUnknown(local.value, scope));
      }
      case 'module':
        return this.#moduleValue(name, span, user);
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
        if (declaration !== undefined) return this.#resource(address, declaration, user).value;
        throw this.#undeclared(`${root.startsWith('data.') ? 'data source' : 'resource'} "${address}"`, span, user);
      }
    }
  }

  #undeclared(what: string, span: Span, user: Entry): EvaluationError {
    this.#missing.entry(what, user);
    return new EvaluationError(`There is no ${what}.`, { span });
  }

  /** @throws EvaluationError if the module has no such output */
  output(name: string, span: Span, user: Entry): Value {
    const output = this.#module.outputs.get(name);
    if (output === undefined) throw this.#undeclared(`output "${name}" in this module`, span, user);
    return this.#value(`output.${name}`, span, output.block, user, (scope) => {
      const expression = output.content.attributes.get('value')?.value;
      if (expression === undefined) return unknownValue({ name: `output.${name}`, span: output.span });
      const value = evaluateOrUnknown(expression, scope);
      return flagOf(output, 'sensitive', scope) ? asSensitive(value) : value;
    });
  }

  outputs(user: Entry): Value {
    return objectValue([...this.#module.outputs].map(([name, { span }]) => [name, this.output(name, span, user)]));
  }

  /** What is worked out once: `var.x`, `local.x` or `output.x`. */
  #value(name: string, span: Span, text: Span, user: Entry, compute: (scope: Scope, entry: Entry) => Value): Value {
    const entry = this.#values.entry(name, user);
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const value = this.#evaluation.enter(this.#address + name, span, () =>
      compute(this.scope(entry, lengthOf(text)), entry),
    );
    this.#values.set(name, entry, value);
    return value;
  }

  /** What the caller, or the user, gives for a variable. */
  #given(name: string, user: Entry): Value | undefined {
    if (this.#caller === undefined) return this.#evaluation.inputs.variables.get(name);
    const { call, instance, repetition } = this.#caller;
    const expression = call.content.attributes.get(name)?.value;
    if (expression === undefined) return undefined;
    const scope = instance.scope(user, 0, repetition);
    scope.budget.allow(lengthOf(expression));
    return evaluateOrUnknown(expression, scope);
  }

  #path(name: string, span: Span): Value {
    const root = this.#evaluation.functions.basePath;
    if (name === 'root') return stringValue('.');
    if (name === 'module') return stringValue(relativePath(root, this.#module.directory) || '.');
    return unknownValue({ name: `path.${name}`, span });
  }

  #moduleValue(name: string, span: Span, user: Entry): Value {
    const call = this.#module.moduleCalls.get(name);
    if (call === undefined) throw this.#undeclared(`module "${name}"`, span, user);
    const entry = this.#moduleValues.entry(name, user);
    const known = this.#moduleValues.get(name);
    if (known !== undefined) return known;
    const { expansion, instances } = this.#called(name, entry)!;
    const because = { name: `${this.#subject}module.${name}`, span: call.span };
    const isModule = this.#module.calls.get(name)?.kind === 'module';
    const values = expansion.instances.map((_, index): Value => {
      const instance = isModule ? instances[index] : undefined;
      return {
        ...unknownValue(because),
        notNull: true,
        attribute: (output) =>
          instance?.output(output, call.span, entry) ??
          unknownValue({ name: `${because.name}.${output}`, span: call.span }),
        ...(instance !== undefined && { whole: () => instance.outputs(entry) }),
      };
    });
    const value = collect(expansion, values, because);
    this.#moduleValues.set(name, entry, value);
    return value;
  }

  #called(name: string, user: Entry | undefined): ExpandedModule | undefined {
    const call = this.#module.moduleCalls.get(name);
    if (call === undefined) return undefined;
    const entry = this.#modules.entry(name, user, ({ instances, subject: of, made }) => {
      for (const instance of instances) instance.discard();
      this.#evaluation.release(of, made);
    });
    const known = this.#modules.get(name);
    if (known !== undefined) return known;
    const called = this.#module.calls.get(name);
    const local = `${this.#address}module.${name}`;
    const subject = `${this.#subject}module.${name}`;
    const steps = called?.kind === 'module' ? lengthOfModule(called.module) : 0;
    const expansion = this.#expand(local, subject, call, entry, steps);
    const instances =
      called?.kind !== 'module'
        ? []
        : expansion.instances.map(
            (repeated) =>
              new ModuleInstance(
                this.#evaluation,
                called.module,
                `${local}${keyText(repeated)}.`,
                `${subject}.`,
                [...this.#calls, callSiteOf(name, call, called.isDownloaded)],
                { instance: this, call, repetition: repeated.repetition },
                merged(this.#possible, repeated.possible),
              ),
          );
    const expanded = { expansion, instances, subject, made: expansion.instances.length };
    this.#modules.set(name, entry, expanded);
    return expanded;
  }

  #resource(key: string, declaration: ResourceDeclaration, user: Entry | undefined): ExpandedResource {
    const subject = this.#subject + key;
    const entry = this.#resources.entry(key, user, ({ instances }) => {
      this.#evaluation.release(subject, instances.length);
    });
    const known = this.#resources.get(key);
    if (known !== undefined) return known;
    const local = this.#address + key;
    const bytes = lengthOf(declaration.block);
    const steps = (bytes >> 1) + stepsPerBlock * declaration.content.blocks.length;
    const expansion = this.#expand(local, subject, declaration, entry, steps);
    const scope = this.scope(entry, bytes);
    const instances = expansion.instances.map((repeated) => this.#instance(key, declaration, repeated, scope));
    const values = instances.map((instance) => this.#instanceValue(instance));
    const value = collect(expansion, values, { name: subject, span: declaration.span });
    const expanded = {
      instances,
      value: value.kind === 'unknown' ? { identity: { address: local, path: [] }, ...value } : value,
    };
    this.#resources.set(key, entry, expanded);
    return expanded;
  }

  #expand(name: string, subject: string, declaration: Declaration, entry: Entry, steps: number): Expansion {
    let expansion: Expansion | undefined;
    const scope = this.scope(entry, lengthOf(declaration.block));
    const admit = (count: number, at: Span): number =>
      this.#evaluation.admit(subject, count, steps, declaration, at, entry);
    // `count` may refer to what refers back to this: that is a cycle too.
    this.#evaluation.enter(name, declaration.span, () => {
      expansion = expand(declaration.content, scope, admit);
      return stringValue('');
    });
    return expansion!;
  }

  #instance(key: string, declaration: ResourceDeclaration, repeated: Repeated, scope: Scope): ResourceInstance {
    return {
      address: this.#address + key + keyText(repeated),
      subject: this.#subject + key,
      mode: declaration.mode,
      type: declaration.type,
      name: declaration.name,
      declaration,
      calls: this.#calls,
      body: new EvaluatedBody(declaration.content, { ...scope, repetition: repeated.repetition }),
      possible: merged(this.#possible, repeated.possible),
    };
  }

  #instanceValue(instance: ResourceInstance): Value {
    const { address, type, mode, declaration } = instance;
    const values = new Map<string, Value>();
    const once = (name: string, compute: () => Value): Value => {
      const known = values.get(name);
      if (known !== undefined) return known;
      const { attributes } = declaration.content;
      const value = this.#evaluation.enter(`${address}.${name}`, attributes.get(name)!, compute);
      values.set(name, value);
      return value;
    };
    return resourceValue(instance, once, (name) => this.#evaluation.attributeSchema(type, mode === 'managed', name));
  }
}

function callSiteOf(name: string, { span, block, content }: Declaration, isDownloaded: boolean): CallSite {
  return { name, span, block, source: content.attributes.get('source')?.value ?? span, isDownloaded };
}

const lengthOf = ({ start, end }: Span): number => end - start;

const noNames: ReadonlySet<string> = new Set();

interface ExpandedModule {
  readonly expansion: Expansion;
  /** None for a module that is not to be had here. */
  readonly instances: readonly ModuleInstance[];
  /** Address without keys. */
  readonly subject: string;
  readonly made: number;
}

interface ExpandedResource {
  readonly instances: readonly ResourceInstance[];
  readonly value: Value;
}
