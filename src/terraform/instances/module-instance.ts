/** One call of a module, or the root: the meaning of its names, and the instances of its resources. */

import { append } from '../../collections/append.ts';
import type { Expression } from '../../hcl/syntax.ts';
import type { Node } from '../../hcl/walk.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import { evaluateOrUnknown } from '../expressions/evaluate.ts';
import type { ModuleNames, Scope, WrittenObject } from '../expressions/scope.ts';
import { asDerived } from '../expressions/worlds.ts';
import { relativePath } from '../functions/path.ts';
import { type LoadedModule, lengthOfModule, modulesOf } from '../modules/load.ts';
import type { Declaration, ResourceDeclaration } from '../modules/module.ts';
import { providerGiven, providerIn, providerOf } from '../modules/providers.ts';
import { EvaluationError } from '../values/errors.ts';
import { keyText } from '../values/instance-address.ts';
import { isPrimitive, numberType, stringType } from '../values/type.ts';
import {
  asSensitive,
  type Identity,
  objectValue,
  stringValue,
  typeOf,
  type UnknownReason,
  unknownValue,
  type Value,
} from '../values/value.ts';
import { defaultsBehind, entriesBehind, withWorkspace } from './behind.ts';
import { Beside, type Knowledge } from './beside.ts';
import type { BesideValue } from './body.ts';
import type { Earlier, PlacedInstance } from './earlier.ts';
import { Entry as EntryOf } from './entry.ts';
import type { Evaluation } from './evaluation.ts';
import { type Expansion, expand, type Repeated, stepsPerBlock, WrittenBody } from './expand.ts';
import type { CallSite, IsMeant, ResourceInstance, ResourceKind } from './instance.ts';
import { collect, merged, resourceValue, type WrittenInstance } from './instance-values.ts';
import { lifecycleOf } from './lifecycle.ts';
import { callOf, entryKeys, keysIn, partsBehind, resourceOf } from './references.ts';
import type { Uncreated } from './rejections/rejection.ts';
import { asRead, readsRoots } from './remote-state.ts';
import { withoutRejected } from './validation.ts';
import { flagOf, variableValue } from './variable.ts';

/** Where a module instance is called from. */
interface Caller {
  readonly instance: ModuleInstance;
  readonly call: Declaration;
  readonly repetition: Scope['repetition'];
}

type Entry<T = unknown> = EntryOf<ModuleInstance, T>;

export type ModuleEntry = Entry;

/**
 * What one call of a module means, in one revision. Everything in it is worked out when it is first asked for, and kept; what an
 * earlier revision has worked out, and what still holds, is adopted.
 */
export class ModuleInstance implements PlacedInstance<ModuleInstance> {
  readonly module: LoadedModule;
  readonly evaluation: Evaluation;
  readonly #entries = new Map<string, Entry>();
  /** By call. */
  readonly #made = new Map<string, readonly ModuleInstance[]>();
  readonly #beside = new Map<Knowledge, Beside<ModuleInstance>>();
  readonly #earlier: Earlier<ModuleInstance> | undefined;
  readonly address: string;
  readonly modulePath: string;
  readonly calls: readonly CallSite[];
  readonly existsIf: readonly UnknownReason[] | undefined;
  readonly #caller: Caller | undefined;
  #prefix: string | undefined;

  /**
   * @param address with keys and a final dot, such as `module.net["a"].`; empty for the root
   * @param modulePath the same without keys
   */
  constructor(
    evaluation: Evaluation,
    earlier: Earlier<ModuleInstance> | undefined,
    module: LoadedModule,
    address: string,
    modulePath: string,
    calls: readonly CallSite[],
    caller: Caller | undefined,
    existsIf: readonly UnknownReason[] | undefined,
  ) {
    this.evaluation = evaluation;
    this.#earlier = earlier;
    this.module = module;
    this.address = address;
    this.modulePath = modulePath;
    this.calls = calls;
    this.#caller = caller;
    this.existsIf = existsIf;
  }

  get caller(): Caller | undefined {
    return this.#caller;
  }

  /** What expressions are beside this evaluation. */
  beside(knowledge: Knowledge): Beside<ModuleInstance> {
    const known = this.#beside.get(knowledge) ?? new Beside<ModuleInstance>(this, knowledge);
    this.#beside.set(knowledge, known);
    return known;
  }

  get calledBy(): PlacedInstance<ModuleInstance>['calledBy'] {
    return this.#caller && { instance: this.#caller.instance, name: this.#caller.call.name };
  }

  made(call: string): readonly ModuleInstance[] {
    return this.#made.get(call) ?? [];
  }

  instances(isWanted: (kind: ResourceKind) => boolean, isMeant?: IsMeant): ResourceInstance[] {
    const found: ResourceInstance[] = [];
    for (const [address, declaration] of this.evaluation.wantedIn(this.module, isWanted)) {
      if (isMeant?.(declaration, this.modulePath + address) === false) continue;
      append(found, this.#resource(address, declaration, undefined).instances);
    }
    for (const name of this.module.moduleCalls.keys()) {
      const call = this.module.calls.get(name);
      // What decides how often it is called can take long to evaluate.
      if (call?.kind !== 'module' || !this.#mayHold(call.module, name, isWanted, isMeant)) continue;
      for (const called of this.#called(name, undefined)?.instances ?? [])
        append(found, called.instances(isWanted, isMeant));
    }
    return found;
  }

  /** Whether a called module, or one that is called from it, declares something that is wanted, or may do so. */
  #mayHold(called: LoadedModule, call: string, isWanted: (kind: ResourceKind) => boolean, isMeant?: IsMeant): boolean {
    const pending = [{ module: called, path: `${this.modulePath}module.${call}.` }];
    for (const { module, path } of pending) {
      if (pending.length > MAX_SEARCHED) return true;
      for (const [address, declaration] of this.evaluation.wantedIn(module, isWanted))
        if (isMeant?.(declaration, path + address) !== false) return true;
      for (const [name, each] of module.calls) {
        if (each.kind === 'module') pending.push({ module: each.module, path: `${path}module.${name}.` });
      }
    }
    return false;
  }

  /** What a name is here and in the modules called from here, as far as they are of the directory. */
  *valuesOf(directory: string, root: 'var' | 'local', name: string): Iterable<Value> {
    const { variables, locals } = this.module;
    const declared = root === 'var' ? variables.get(name)?.span : locals.get(name);
    if (this.module.directory === directory && declared !== undefined) {
      yield this.#member(root, name, declared, this.unkept());
    }
    for (const call of this.module.moduleCalls.keys()) {
      for (const called of this.#called(call, undefined)?.instances ?? []) {
        yield* called.valuesOf(directory, root, name);
      }
    }
  }

  /** The directories of this and of all modules that are called from here for an instance, or that a call says are not enabled. */
  *directories(): Iterable<string> {
    yield this.module.directory;
    for (const name of this.module.moduleCalls.keys()) {
      const called = this.#called(name, undefined);
      for (const instance of called?.instances ?? []) yield* instance.directories();
      if (called?.expansion.kind !== 'disabled') continue;
      const call = this.module.calls.get(name);
      if (call?.kind === 'module') for (const { directory } of modulesOf(call.module)) yield directory;
    }
  }

  /** What the configuration of a provider says of an argument; undefined where that is not known. */
  ofProvider(provider: string, argument: string): BesideValue | undefined {
    const content = providerIn(this.module, provider);
    if (content === undefined) {
      const { caller } = this;
      const given = caller && providerGiven(caller.call, provider);
      return given === undefined ? undefined : caller?.instance.ofProvider(given, argument);
    }
    const expression = content.attributes.get(argument)?.value;
    return expression && this.beside('written').evaluate(expression, undefined);
  }

  /** Resources of wanted kinds that have no instance, until now. */
  *uncreated(isWanted: (kind: ResourceKind) => boolean): Iterable<Uncreated> {
    for (const { resource: address, value } of this.#entries.values()) {
      const declaration = address === undefined ? undefined : this.module.resources.get(address);
      if (declaration === undefined || value === undefined || !isWanted(declaration)) continue;
      if ((value as ExpandedResource).instances.length === 0) yield this.#uncreated(address!, declaration);
    }
    for (const instances of this.#made.values()) for (const called of instances) yield* called.uncreated(isWanted);
  }

  #uncreated(address: string, declaration: ResourceDeclaration): Uncreated {
    const user = this.unkept();
    const validation = this.beside('validation');
    const scope = () => validation.scope(user, lengthOf(declaration.block), anyRepetition);
    const instance = {
      ...this.#instance(address, declaration, { key: undefined, repetition: anyRepetition, existsIf: undefined }, user),
      body: new WrittenBody(declaration.content, scope),
      defaultsBehind: () => new Map(),
      beside: (argument: Expression) => validation.evaluate(argument, anyRepetition),
    };
    return {
      instance,
      get problems() {
        return user.problems;
      },
    };
  }

  /** Takes back what others have adopted from here, in this and in all modules that are called from here. */
  reclaim(): void {
    for (const entry of this.#entries.values()) entry.home = this;
    for (const instances of this.#made.values()) for (const called of instances) called.reclaim();
  }

  /** Evaluates a local value that the module declares. */
  evaluateLocal(name: string): void {
    this.#member('local', name, this.module.locals.get(name)!, this.unkept());
  }

  /** What was worked out until now in this instance of the module. */
  get entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  /** Something in it, if it was asked for until now. */
  asked(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  /** This instance of the module, and those of all modules that are called from here. */
  *all(): Iterable<ModuleInstance> {
    yield this;
    for (const instances of this.#made.values()) for (const called of instances) yield* called.all();
  }

  /** What is known by a key, as Terraform names it. */
  subjectOf(key: string): Pick<ResourceInstance, 'address' | 'resourceAddress' | 'calls'> {
    const call = callOf(key);
    const name = resourceOf(key) ?? (call === undefined ? key : entryKeys.module(call));
    return { address: this.address + name, resourceAddress: this.modulePath + name, calls: this.calls };
  }

  /** The same as `defaultsBehind`, of what a part of the module is worked out from, as far as that was done. */
  defaultsOf(parts: readonly Node[]): ReadonlyMap<string, Value> {
    const keys = new Set(parts.flatMap((part) => [...keysIn(part)]));
    const defaults = defaultsBehind([...keys].flatMap((key) => this.#entries.get(key) ?? []));
    return keys.has(entryKeys.terraform('workspace')) ? withWorkspace(defaults, this) : defaults;
  }

  /** Of what was worked out until now. */
  *problems(): Iterable<Problem> {
    for (const { problems } of this.#entries.values()) yield* problems;
    for (const instances of this.#made.values()) for (const called of instances) yield* called.problems();
  }

  /** What was worked out under a key, or is to be, as something that the user is worked out from. */
  #entry<T>(key: string, user: Entry | undefined): Entry<T> {
    let entry = this.#entries.get(key) ?? this.#adopt(key);
    if (entry === undefined) {
      entry = new EntryOf(key, this);
      this.#entries.set(key, entry);
    }
    user?.sources.add(entry);
    return entry as Entry<T>;
  }

  /** Takes over what the earlier revision has under a key, with all that it was worked out from. */
  #adopt(key: string): Entry | undefined {
    const entry = this.#adoptAlone(key);
    const adopted = entry === undefined ? [] : [entry];
    for (const { sources } of adopted) {
      for (const source of sources) {
        const home = this.#earlier?.now(source.home);
        if (home === undefined || home.#entries.has(source.key)) continue;
        const each = home.#adoptAlone(source.key);
        if (each !== undefined) adopted.push(each);
      }
    }
    return entry;
  }

  #adoptAlone(key: string): Entry | undefined {
    const before = this.#earlier?.before(this);
    if (before === undefined || this.#earlier?.isStale(before, key) !== false) return undefined;
    const entry = before.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.set(key, entry);
    entry.home = this;
    this.evaluation.adopt(entry);
    const call = callOf(key);
    if (call !== undefined && entry.value !== undefined) this.#instancesOf(call, entry.value as Expansion);
    return entry;
  }

  /** How many instances `count` makes can be another number in another world, and the keys of `for_each` tell instances apart. */
  get #inputPrefix(): string {
    this.#prefix ??= this.address.replace(/\[\d+\]/g, '');
    return this.#prefix;
  }

  /** For what is asked for and not kept. */
  unkept(): Entry {
    return new EntryOf('', this);
  }

  /** A scope in which one thing is computed. */
  scope(user: Entry, bytes: number, repetition?: Scope['repetition']): Scope {
    const { functions } = this.evaluation;
    const budget = this.evaluation.budgetOf(user, this.#caller === undefined, bytes);
    const names: ModuleNames = {
      member: (root, name, span) => this.#member(root, name, span, user),
      // What nobody asks for in a world counts all the same where nothing is said of inputs.
      written: this.evaluation.inputs.world.size === 0 ? undefined : (local) => this.#written(local, user),
    };
    const worlds = this.evaluation.worlds.for(user, this.#inputPrefix);
    return {
      names,
      repetition,
      bindings: undefined,
      splatItem: undefined,
      functions,
      budget,
      worlds,
      problems: user,
      isInDoubt: undefined,
    };
  }

  #member(root: string, name: string, span: Span, user: Entry): Value {
    switch (root) {
      case 'var': {
        const declaration = this.module.variables.get(name);
        if (declaration === undefined) throw undeclared(`variable "${name}"`, span);
        return this.#value(entryKeys.variable(name), span, declaration.block, user, (scope, entry) => {
          const given = this.#given(name, entry);
          const any = variableValue(`${this.modulePath}var.${name}`, declaration, given, scope);
          const value = withoutRejected(any, name, declaration, scope);
          if (this.#caller !== undefined) return value;
          if (this.evaluation.inputs.any) return anyValue(`var.${name}`, value, entry);
          const isOpen =
            given === undefined && !(this.evaluation.inputs.isClosed && declaration.content.attributes.has('default'));
          return isOpen ? inputValue(`var.${name}`, value, scope) : value;
        });
      }
      case 'local': {
        const local = this.module.locals.get(name);
        if (local === undefined) throw undeclared(`local value "${name}"`, span);
        return this.#value(entryKeys.local(name), span, local.value, user, (scope, entry) => {
          const value = asDerived(evaluateOrUnknown(local.value, scope), `local.${name}`, scope.worlds);
          if (value.kind !== 'unknown' || value.type.kind !== 'bool' || value.input === undefined) return value;
          const { worlds } = this.evaluation;
          if (worlds.sourcesOf(value.input) === undefined) return value;
          const input = `${this.#inputPrefix}local.${name}`;
          worlds.rename(value.input, input, entry);
          return { ...value, input };
        });
      }
      case 'module':
        return this.#moduleValue(name, span, user);
      case 'path':
        return this.#path(name, span);
      case 'terraform':
      case 'tofu':
        if (name === 'workspace') return this.#workspace(span, user);
        return unknownValue({ name: `${root}.${name}`, span });
      case 'each':
      case 'count':
      case 'self':
        throw new EvaluationError(`"${root}.${name}" cannot be used here.`, { span, rejection: 'name' });
      default: {
        const address = `${root}.${name}`;
        const declaration = this.module.resources.get(address);
        if (declaration !== undefined) return this.#resource(address, declaration, user).value;
        const error = undeclared(`${root.startsWith('data.') ? 'data source' : 'resource'} "${address}"`, span);
        const meant = this.#meantRoot(root, name);
        if (meant === undefined) throw error;
        const { message } = error;
        const rejection = { kind: 'name', within: undefined, reason: '' } as const;
        user.add({ kind: 'evaluation', severity: 'warning', message, span, rejection });
        return this.#member(meant, name, span, user);
      }
    }
  }

  /** A local value that is an object with plain names, unless all of it is known. */
  #written(name: string, user: Entry): WrittenObject | undefined {
    const value = this.module.locals.get(name)?.value;
    if (value?.kind !== 'object') return undefined;
    const names = value.entries.map(({ key }) =>
      key.kind === 'identifier' ? key.name : key.kind === 'string' ? key.value : undefined,
    );
    const whole = this.#entry<Value>(entryKeys.local(name), user);
    if (whole.value !== undefined || !names.every((each) => each !== undefined)) return undefined;
    return {
      names,
      entry: (each, span) => {
        const { value: text } = value.entries[names.lastIndexOf(each)]!;
        const evaluated = (scope: Scope): Value => evaluateOrUnknown(text, scope);
        return this.#value(entryKeys.entryOf(name, each), span, text, whole, evaluated);
      },
    };
  }

  /** What is meant by `locals.x` and `vars.x`. */
  #meantRoot(root: string, name: string): 'local' | 'var' | undefined {
    if (root === 'locals' && this.module.locals.has(name)) return 'local';
    return /^(?:vars|variables?)$/.test(root) && this.module.variables.has(name) ? 'var' : undefined;
  }

  #workspace(span: Span, user: Entry): Value {
    user.usesWorkspace = true;
    const { workspace } = this.evaluation.inputs;
    if (workspace !== undefined) return stringValue(workspace);
    const input = 'terraform.workspace';
    return { ...unknownValue({ name: input, span }, stringType), notNull: true, input };
  }

  /** @throws EvaluationError if the module has no such output */
  output(name: string, span: Span, user: Entry): Value {
    const output = this.module.outputs.get(name);
    // It is wrong where it is asked for.
    if (output === undefined) throw undeclared(`output "${name}" in this module`, undefined);
    return this.#value(entryKeys.output(name), span, output.block, user, (scope) => {
      const expression = output.content.attributes.get('value')?.value;
      if (expression === undefined) return unknownValue({ name: `output.${name}`, span: output.span });
      const value = evaluateOrUnknown(expression, scope);
      return flagOf(output, 'sensitive', scope) ? asSensitive(value) : value;
    });
  }

  outputs(user: Entry): Value {
    return objectValue([...this.module.outputs].map(([name, { span }]) => [name, this.output(name, span, user)]));
  }

  /** The value of a variable, local value or output. */
  #value(key: string, span: Span, text: Span, user: Entry, compute: (scope: Scope, entry: Entry) => Value): Value {
    const entry = this.#entry<Value>(key, user);
    entry.value ??= this.evaluation.enter(this.address + key, span, () =>
      compute(this.scope(entry, lengthOf(text)), entry),
    );
    return entry.value;
  }

  /** What the caller, or the user, gives for a variable. */
  #given(name: string, user: Entry): Value | undefined {
    if (this.#caller === undefined) return this.evaluation.inputs.variables.get(name);
    const { call, instance, repetition } = this.#caller;
    const expression = call.content.attributes.get(name)?.value;
    if (expression === undefined) return undefined;
    const scope = instance.scope(user, 0, repetition);
    scope.budget.allow(lengthOf(expression));
    return evaluateOrUnknown(expression, scope);
  }

  #path(name: string, span: Span): Value {
    const root = this.evaluation.functions.basePath;
    if (name === 'root') return stringValue('.');
    if (name === 'module') return stringValue(relativePath(root, this.module.directory) || '.');
    return unknownValue({ name: `path.${name}`, span });
  }

  #moduleValue(name: string, span: Span, user: Entry): Value {
    const call = this.module.moduleCalls.get(name);
    if (call === undefined) throw undeclared(`module "${name}"`, span);
    const entry = this.#entry<Value>(entryKeys.module(name), user);
    if (entry.value !== undefined) return entry.value;
    const { expansion, instances } = this.#called(name, entry)!;
    const reason = { name: `${this.modulePath}module.${name}`, span: call.span };
    const called = this.module.calls.get(name);
    const isModule = called?.kind === 'module';
    // Of a stand-in some outputs are left out.
    const isWhole = isModule && called.standIn === undefined;
    const isMissing = (output: string): boolean => isModule && !isWhole && !called.module.outputs.has(output);
    const values = expansion.instances.map((_, index): Value => {
      const instance = (): ModuleInstance | undefined => entry.home.#called(name, entry)?.instances[index];
      return {
        ...unknownValue(reason),
        notNull: true,
        attribute: (output) =>
          (isModule && !isMissing(output) ? instance()?.output(output, call.span, entry) : undefined) ??
          unknownValue({ name: `${reason.name}.${output}`, span: call.span }),
        ...(isWhole && instances[index] !== undefined && { whole: () => instance()!.outputs(entry) }),
      };
    });
    entry.value = collect(expansion, values, reason);
    return entry.value;
  }

  #called(name: string, user: Entry | undefined): CalledInstances | undefined {
    const call = this.module.moduleCalls.get(name);
    if (call === undefined) return undefined;
    const entry = this.#entry<Expansion>(entryKeys.call(name), user);
    const called = this.module.calls.get(name);
    const steps = called?.kind === 'module' ? lengthOfModule(called.module) : 0;
    entry.value ??= this.#expand(`module.${name}`, call, entry, steps);
    return { expansion: entry.value, instances: this.#instancesOf(name, entry.value) };
  }

  /** None for a module that was not read. */
  #instancesOf(name: string, expansion: Expansion): readonly ModuleInstance[] {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const call = this.module.moduleCalls.get(name)!;
    const called = this.module.calls.get(name);
    const made =
      called?.kind !== 'module'
        ? []
        : expansion.instances.map(
            (repeated) =>
              new ModuleInstance(
                this.evaluation,
                this.#earlier,
                called.module,
                `${this.address}module.${name}${keyText(repeated)}.`,
                `${this.modulePath}module.${name}.`,
                [...this.calls, callSiteOf(name, call, called)],
                { instance: this, call, repetition: repeated.repetition },
                merged(this.existsIf, repeated.existsIf),
              ),
          );
    this.#made.set(name, made);
    this.evaluation.made += made.length;
    const before = this.#earlier?.before(this);
    if (before !== undefined && this.#earlier?.isStale(before, entryKeys.call(name)) === false) {
      for (const [index, each] of before.made(name).entries()) this.#earlier.pair(each, made[index]!);
    }
    return made;
  }

  #resource(address: string, declaration: ResourceDeclaration, user: Entry | undefined): ExpandedResource {
    const entry = this.#entry<ExpandedResource>(entryKeys.resource(address), user);
    if (entry.value !== undefined) return entry.value;
    const { attributes } = declaration.content;
    // What says how many there are is evaluated once.
    const repetition = attributes.get('for_each') ?? attributes.get('count');
    const bytes = lengthOf(declaration.block) - (repetition === undefined ? 0 : lengthOf(repetition));
    const steps = (bytes >> 1) + stepsPerBlock * declaration.content.blocks.length;
    const expansion = this.#expand(address, declaration, entry, steps);
    const instances = expansion.instances.map((repeated) => this.#instance(address, declaration, repeated, entry));
    const reason = { name: this.modulePath + address, span: declaration.span };
    const identity = { address: this.address + address, path: [] };
    entry.value = expandedResource(instances, expansion, entry, reason, identity);
    entry.made = { problems: entry.problems.length, sources: entry.sources.size };
    return entry.value;
  }

  /** @param name within the module */
  #expand(name: string, declaration: Declaration, entry: Entry, steps: number): Expansion {
    let expansion: Expansion | undefined;
    const scope = this.scope(entry, lengthOf(declaration.block));
    const admit = (count: number, at: Span): number =>
      this.evaluation.admit(this.modulePath + name, count, steps, declaration, at, entry);
    // `count` may refer to what refers back to this: that is a cycle too.
    this.evaluation.enter(this.address + name, declaration.span, () => {
      expansion = expand(declaration.content, scope, admit, (expression) => {
        // Nothing tells what Terraform rejects in a world.
        if (this.evaluation.inputs.world.size > 0) return undefined;
        // Only identifiers are known here and not there.
        for (const { key } of entriesBehind(entry.sources))
          if (key.startsWith('resource aws_')) return this.beside('first-plan').evaluate(expression, undefined).value;
        return undefined;
      });
      return stringValue('');
    });
    return expansion!;
  }

  #instance(address: string, declaration: ResourceDeclaration, repeated: Repeated, entry: Entry): WrittenInstance {
    const scope = () => entry.home.scope(entry, lengthOf(declaration.block), repeated.repetition);
    return {
      address: this.address + address + keyText(repeated),
      resourceAddress: this.modulePath + address,
      mode: declaration.mode,
      type: declaration.type,
      name: declaration.name,
      span: declaration.span,
      block: declaration.block,
      calls: this.calls,
      body: new WrittenBody(declaration.content, scope),
      get lifecycle() {
        return lifecycleOf(declaration.content);
      },
      existsIf: merged(this.existsIf, repeated.existsIf),
      defaultsBehind: (argument) => entry.home.defaultsOf(partsBehind(argument, declaration)),
      beside: (argument, self = new Map()) =>
        entry.home.beside('written').evaluate(argument, new Map([...(repeated.repetition ?? []), ...self])),
      ofProvider: (argument) => entry.home.ofProvider(providerOf(declaration), argument),
    };
  }
}

/** What `count` and `each` mean where no instance is known. */
const anyRepetition: ReadonlyMap<string, Value> = new Map([
  ['count.index', unknownValue({ name: 'count.index' }, numberType)],
  ['each.key', unknownValue({ name: 'each.key' }, stringType)],
  ['each.value', unknownValue({ name: 'each.value' })],
]);

/** More calls than these are not looked into: modules that call each other twice have millions. */
const MAX_SEARCHED = 200;

/** Here and not in a method, whose module instance it would keep for as long as the entry is taken over from run to run. */
function expandedResource(
  instances: readonly WrittenInstance[],
  expansion: Expansion,
  entry: Entry,
  reason: UnknownReason,
  identity: Identity,
): ExpandedResource {
  let value: Value | undefined;
  return {
    instances,
    get value() {
      // Of most resources nobody asks.
      value ??= resourceOrAll(instances, expansion, entry, reason, identity);
      return value;
    },
  };
}

function resourceOrAll(
  instances: readonly WrittenInstance[],
  expansion: Expansion,
  entry: Entry,
  reason: UnknownReason,
  identity: Identity,
): Value {
  const values = instances.map((instance) => instanceValue(instance, entry));
  const value = collect(expansion, values, reason);
  return value.kind === 'unknown' ? { identity, ...value } : value;
}

function instanceValue(instance: WrittenInstance, entry: Entry): Value {
  const { address, type, mode, body } = instance;
  const values = new Map<string, Value>();
  const once = (name: string, compute: () => Value): Value => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const { attributes } = body.content;
    const value = entry.home.evaluation.enter(`${address}.${name}`, attributes.get(name)!, compute);
    values.set(name, value);
    return value;
  };
  const value = resourceValue(instance, once, (name) =>
    entry.home.evaluation.attributeSchema(type, mode === 'managed', name),
  );
  const { states } = entry.home.evaluation.inputs;
  if (states === undefined || !readsRoots(instance, states)) return value;
  return asRead(value, instance, states, (compute) => {
    const { evaluation } = entry.home;
    evaluation.statesRead.add(address);
    return evaluation.enter(address, instance.span, compute);
  });
}

/** A variable of the root that nobody gives is an input: it is unknown, or has its default unless a world has something else. */
function inputValue(input: string, value: Value, scope: Scope): Value {
  if (value.kind === 'unknown') return { ...value, input };
  const answer = scope.worlds?.answer(input);
  if (answer === undefined) return value;
  if ('is' in answer) return { ...answer.is, origin: value.origin, sensitive: value.sensitive };
  return { ...unknownValue({ name: input }, typeOf(value), value.origin), notNull: true, not: answer.not };
}

/** A variable of the root of which one value is known, as one of several. */
function anyValue(input: string, value: Value, entry: Entry): Value {
  if (value.kind === 'unknown') return { ...value, input };
  if (isPrimitive(typeOf(value))) entry.proposals.push({ input, candidate: value });
  return { ...unknownValue({ name: input }, typeOf(value), value.origin), input, sensitive: value.sensitive };
}

function undeclared(what: string, span: Span | undefined): EvaluationError {
  return new EvaluationError(`Reference to undeclared ${what}.`, { span, rejection: 'name' });
}

function callSiteOf(
  name: string,
  { span, block, content }: Declaration,
  { isDownloaded, standIn }: Pick<CallSite, 'isDownloaded' | 'standIn'>,
): CallSite {
  return { name, span, block, source: content.attributes.get('source')?.value ?? span, isDownloaded, standIn };
}

const lengthOf = ({ start, end }: Span): number => end - start;

interface CalledInstances {
  readonly expansion: Expansion;
  readonly instances: readonly ModuleInstance[];
}

export interface ExpandedResource {
  readonly instances: readonly ResourceInstance[];
  readonly value: Value;
}
