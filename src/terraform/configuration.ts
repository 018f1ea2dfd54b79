/** All resource instances of a root module, with the addresses that Terraform gives them. */

import type { FileSystem } from '../files.ts';
import { expressionOf } from '../hcl/json-blocks.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { convert } from './convert.ts';
import { EvaluationError } from './errors.ts';
import { evaluate, evaluateOrUnknown } from './evaluate.ts';
import { EvaluatedBody, type Expansion, expand, type Repeated } from './expand.ts';
import { createFunctionContext } from './function-context.ts';
import type { FunctionContext } from './functions/index.ts';
import type { LoadedModule } from './load.ts';
import type { Declaration, ResourceDeclaration } from './module.ts';
import { type Names, ProblemSink, type Scope } from './scope.ts';
import { anyType, boolType, stringType, type Type, typeOf } from './type.ts';
import { parseTypeConstraint } from './type-constraint.ts';
import {
  asSensitive,
  type Because,
  isWhollyKnown,
  mapValue,
  objectValue,
  stringValue,
  tupleValue,
  unknownValue,
  type Value,
} from './value.ts';

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

/** What a root module gets from outside. */
export interface RootInputs {
  /** Values of variables, by name, already in Terraform's order of precedence. */
  readonly variables: ReadonlyMap<string, Value>;
  readonly workspace: string;
}

/** Deeper chains of references than this are not followed: the evaluator would run out of stack. */
const maximumDepth = 300;

/** Evaluates a root module. Nothing is evaluated before it is asked for, and nothing twice. */
export function configure(root: LoadedModule, inputs: RootInputs, files: FileSystem): Configuration {
  const evaluation = new Evaluation(inputs, files, root.directory);
  const instance = new ModuleInstance(evaluation, root, '', '', [], undefined, undefined);
  return {
    root,
    instances: (isWanted) => instance.instances(isWanted),
    get problems() {
      return evaluation.problems.problems;
    },
  };
}

/** What the module instances of one root share. */
class Evaluation {
  readonly problems = new ProblemSink();
  readonly inputs: RootInputs;
  readonly functions: FunctionContext;
  readonly #active = new Set<string>();

  constructor(inputs: RootInputs, files: FileSystem, directory: string) {
    this.inputs = inputs;
    this.functions = createFunctionContext(files, directory);
  }

  /** Evaluates something with a name, unless that is what is being evaluated already. */
  enter(name: string, span: Span, compute: () => Value): Value {
    if (this.#active.has(name)) {
      throw new EvaluationError(`${name} refers to itself, directly or through others.`, { span });
    }
    if (this.#active.size >= maximumDepth) {
      throw new EvaluationError(`More than ${maximumDepth} references follow one another here.`, {
        span,
        kind: 'limit',
      });
    }
    this.#active.add(name);
    try {
      return compute();
    } finally {
      this.#active.delete(name);
    }
  }
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
    this.#scope = { names: this, functions: evaluation.functions, problems: evaluation.problems };
  }

  instances(isWanted: (declaration: ResourceDeclaration) => boolean): ResourceInstance[] {
    const found: ResourceInstance[] = [];
    for (const [address, declaration] of this.#module.resources) {
      if (isWanted(declaration)) found.push(...this.#resource(address, declaration).instances);
    }
    for (const name of this.#module.moduleCalls.keys()) {
      for (const instance of this.#called(name)?.instances ?? []) found.push(...instance.instances(isWanted));
    }
    return found;
  }

  member(root: string, name: string, span: Span): Value {
    switch (root) {
      case 'var':
        return this.#memo(`${this.#address}var.${name}`, span, () => this.#variable(name, span));
      case 'local': {
        const local = this.#module.locals.get(name);
        if (local === undefined) throw undeclared(`local value "${name}"`, span, this.#module.locals.keys(), name);
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
        throw undeclared(`${what} "${address}"`, span, this.#module.resources.keys(), address);
      }
    }
  }

  /** @throws EvaluationError if the module has no such output */
  output(name: string, span: Span): Value {
    const output = this.#module.outputs.get(name);
    if (output === undefined)
      throw undeclared(`output "${name}" in this module`, span, this.#module.outputs.keys(), name);
    const expression = output.content.attributes.get('value')?.value;
    if (expression === undefined) return unknownValue({ name: `output.${name}`, span: output.span });
    const value = this.#memo(`${this.#address}output.${name}`, span, () => evaluateOrUnknown(expression, this.#scope));
    return this.#flag(output, 'sensitive') ? asSensitive(value) : value;
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
    if (declaration === undefined) throw undeclared(`variable "${name}"`, span, this.#module.variables.keys(), name);
    const { attributes } = declaration.content;
    const type = this.#typeOf(declaration);
    const given = this.#given(name);
    const converted = given === undefined ? undefined : this.#converted(given, type, name);
    const fallback = attributes.get('default')?.value;
    let value: Value;
    if (converted !== undefined && (converted.kind !== 'null' || this.#flag(declaration, 'nullable', true)))
      value = converted;
    else if (fallback !== undefined) value = this.#converted(evaluateOrUnknown(fallback, this.#scope), type, name);
    else
      value = unknownValue({ name: `${this.#subject}var.${name}`, span: declaration.span }, type, {
        span: declaration.span,
      });
    if (this.#flag(declaration, 'ephemeral'))
      value = asEphemeral(value, `${this.#subject}var.${name}`, declaration.span);
    return this.#flag(declaration, 'sensitive') ? asSensitive(value) : value;
  }

  /** What the caller, or the user, gives for a variable. */
  #given(name: string): Value | undefined {
    if (this.#caller === undefined) return this.#evaluation.inputs.variables.get(name);
    const { call, scope } = this.#caller;
    const expression = call.content.attributes.get(name)?.value;
    return expression === undefined ? undefined : evaluateOrUnknown(expression, scope);
  }

  #typeOf(declaration: Declaration): Type {
    const expression = declaration.content.attributes.get('type')?.value;
    if (expression === undefined) return anyType;
    // JSON syntax has no place for an expression but a string.
    const read = declaration.syntax === 'json' ? expressionOf(expression) : { value: expression, problems: [] };
    const parsed = parseTypeConstraint(read.value, (value) => evaluate(value, { ...this.#scope, problems: undefined }));
    for (const problem of [...read.problems, ...parsed.problems]) this.#evaluation.problems.add(problem);
    return parsed.value;
  }

  #converted(value: Value, type: Type, name: string): Value {
    try {
      return { ...convert(value, type), origin: value.origin };
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      const declared = this.#module.variables.get(name)!.span;
      const span = value.origin?.span ?? declared;
      this.#evaluation.problems.add({
        kind: 'evaluation',
        severity: 'warning',
        message: `This value is not suitable for var.${name}: ${error.message}.`,
        span,
      });
      return unknownValue({ name: `${this.#subject}var.${name}`, span: declared }, type, { span });
    }
  }

  #flag(declaration: Declaration, name: string, otherwise = false): boolean {
    const expression = declaration.content.attributes.get(name)?.value;
    if (expression === undefined) return otherwise;
    const value = evaluateOrUnknown(expression, this.#scope);
    try {
      const flag = convert(value, boolType);
      return flag.kind === 'bool' ? flag.value : otherwise;
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return otherwise;
    }
  }

  #path(name: string, span: Span): Value {
    const root = this.#evaluation.functions.basePath;
    if (name === 'root') return stringValue('.');
    if (name === 'module') return stringValue(relativePath(root, this.#module.directory));
    return unknownValue({ name: `path.${name}`, span });
  }

  #moduleValue(name: string, span: Span): Value {
    const called = this.#called(name);
    if (called === undefined) throw undeclared(`module "${name}"`, span, this.#module.moduleCalls.keys(), name);
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
    const values = instances.map((instance) => this.#resourceValue(instance));
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
    return expansion!;
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

  /** What is written is known; what only apply knows is unknown, but keeps its name. */
  #resourceValue(instance: ResourceInstance): Value {
    const { address, subject, declaration } = instance;
    const attribute = (name: string): Value => {
      if (declaration.content.attributes.has(name) && !metaArguments.has(name)) {
        const value = this.#memo(`${address}.${name}`, declaration.content.attributes.get(name)!, () => {
          return instance.body.attribute(name)!.value;
        });
        if (value.kind !== 'null' && (declaration.mode === 'managed' || isWhollyKnown(value))) return value;
      }
      const blocks = blocksValue(instance.body, name, subject);
      if (blocks !== undefined) return blocks;
      const because = { name: `${subject}.${name}`, span: declaration.span };
      const identity = { address, path: [name] };
      // Every resource has an `id`, and one of its own; an `arn` is the same in AWS's words.
      if (name === 'id' || name === 'arn') return { ...unknownValue(because, stringType), notNull: true, identity };
      return { ...unknownValue(because), identity };
    };
    return {
      ...unknownValue({ name: subject, span: declaration.span }),
      notNull: true,
      identity: { address, path: [] },
      attribute,
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

/** Arguments of every resource that are no attributes of it. */
const metaArguments: ReadonlySet<string> = new Set(['count', 'for_each', 'provider', 'depends_on']);

/** Nothing that is planned may show an ephemeral value, so it counts as unknown. */
function asEphemeral(value: Value, name: string, span: Span): Value {
  return { ...unknownValue({ name, span }, typeOf(value), value.origin), ephemeral: true };
}

/** The nested blocks of a type, as a tuple; undefined where there are none, or only apply knows how many. */
function blocksValue(body: EvaluatedBody, type: string, owner: string): Value | undefined {
  const written = body.content.blocks.some(
    ({ block }) => block.type.name === type || (block.type.name === 'dynamic' && block.labels[0]?.name === type),
  );
  const blocks = written ? body.blocks.filter((block) => block.type === type) : [];
  if (blocks.length === 0 || blocks.some((block) => block.possible !== undefined)) return undefined;
  return tupleValue(blocks.map((block, index) => blockValue(block.body, `${owner}.${type}[${index}]`, block.span)));
}

function blockValue(body: EvaluatedBody, name: string, span: Span): Value {
  return {
    ...unknownValue({ name, span }),
    notNull: true,
    attribute: (member) =>
      body.attribute(member)?.value ??
      blocksValue(body, member, name) ??
      unknownValue({ name: `${name}.${member}`, span }),
  };
}

/** What a reference to a repeated block means: one value, a tuple by index, or an object by key. */
function collect(expansion: Expansion, values: readonly Value[], because: Because): Value {
  if (expansion.kind === 'single') return values[0]!;
  const keys = expansion.instances.map((instance) => instance.key);
  const certain = expansion.instances.every((instance) => instance.possible === undefined);
  if (certain) {
    if (expansion.kind === 'count') return tupleValue(values);
    return objectValue(keys.map((key, index) => [String(key), values[index]!]));
  }
  const possible = expansion.instances.findIndex((instance) => instance.possible !== undefined);
  const reasons = expansion.instances[possible]!.possible!;
  const knownEntries = mapValue(
    keys.flatMap((key, index) => (typeof key === 'string' ? [[key, values[index]!] as const] : [])),
    anyType,
  ).entries;
  return {
    ...unknownValue(reasons.length === 0 ? because : reasons),
    notNull: true,
    knownEntries,
    item: values[possible],
  };
}

function merged(a: readonly Because[] | undefined, b: readonly Because[] | undefined): readonly Because[] | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : [...a, ...b.filter((because) => !a.some((other) => other.name === because.name))];
}

/** `[0]`, `["key"]` with the escapes of HCL, or nothing. */
export function keyText(key: number | string | undefined): string {
  if (key === undefined) return '';
  return typeof key === 'number' ? `[${key}]` : `[${quoted(key)}]`;
}

function quoted(text: string): string {
  return `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(/[$%](?=\{)/g, (mark) => mark + mark)}"`;
}

/** The path from one directory of the tree to another, as Terraform gives `path.module`. */
function relativePath(from: string, to: string): string {
  if (from === to) return '.';
  const a = from === '' ? [] : from.split('/');
  const b = to === '' ? [] : to.split('/');
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  return [...a.slice(shared).map(() => '..'), ...b.slice(shared)].join('/');
}

function undeclared(what: string, span: Span, _names: Iterable<string>, _name: string): EvaluationError {
  return new EvaluationError(`There is no ${what}.`, { span });
}
