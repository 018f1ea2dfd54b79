/** Shared by the evaluation of one root module: inputs, problems and limits. */

import type { DirectoryEntry, FileSystem } from '../../files.ts';
import type { Span } from '../../source/span.ts';
import { createFunctionContext } from '../expressions/function-context.ts';
import type { FunctionWorld } from '../functions/index.ts';
import type { LoadedModule } from '../modules/load.ts';
import type { Declaration, ResourceDeclaration } from '../modules/module.ts';
import { WatchedFiles } from '../modules/watched-files.ts';
import { Budget, Pool, type RootSteps } from '../values/budget.ts';
import { EvaluationError } from '../values/errors.ts';
import type { Type } from '../values/type.ts';
import type { Value } from '../values/value.ts';
import type { Entry } from './entry.ts';
import type { ResourceKind } from './instance.ts';
import type { StatesOfRoots } from './remote-state.ts';
import { type World, WorldInputs } from './world.ts';

type AnyEntry = Entry<unknown>;

/** What a provider's schema says of an attribute that the configuration does not write. */
export interface AttributeSchema {
  readonly type: Type;
  /** Its value where it is not written; undefined where apply gives it one. */
  readonly absent: Value | undefined;
  /** What the text will look like that apply gives it, where that is certain. */
  readonly form?: TextForm | undefined;
}

/** `id`: the prefix and hexadecimal digits. `arn`: an ARN of EC2's whose resource is the type, a slash and the attribute `id`. */
export type TextForm =
  | { readonly kind: 'id'; readonly prefix: string }
  | { readonly kind: 'arn'; readonly resourceType: string };

/** Undefined where nothing is known of the attribute. */
export type AttributeSchemas = (resourceType: string, isManaged: boolean, name: string) => AttributeSchema | undefined;

/** What a root module gets from outside. */
export interface RootInputs {
  /** Values of variables, by name, already in Terraform's order of precedence. */
  readonly variables: ReadonlyMap<string, Value>;
  /** Undefined where nobody says which. */
  readonly workspace: string | undefined;
  /** Whether variables of the root can have other values than they are given. */
  readonly any: boolean;
  /** Whether variables that are not given have their defaults for certain. */
  readonly isClosed: boolean;
  /** The states of other roots. */
  readonly states?: StatesOfRoots | undefined;
  /** What inputs are that nobody gives. */
  readonly world: World;
}

/** Deeper chains of references than this are not followed: the evaluator would run out of stack. */
const maximumDepth = 300;

/** More instances than this of one block are not made, however many instances its own module has: a problem says so. */
const maximumInstances = 10_000;

/** Steps for an instance of a resource or a module, beside those that its text allows it: some 2 microseconds and 40 bytes each. */
const stepsPerInstance = { resource: 150, module: 400 };

type Declared = readonly [address: string, declaration: ResourceDeclaration];

/** What the module instances of one root share, in one revision. */
export class Evaluation {
  readonly inputs: RootInputs;
  readonly attributeSchema: AttributeSchemas;
  readonly functions: FunctionWorld;
  readonly pool: Pool;
  /** For what is evaluated beside everything else. */
  readonly besidePool: Pool;
  readonly worlds: WorldInputs;
  readonly #active = new Set<string>();
  readonly #depth: { count: number };
  readonly #made = new Map<string, number>();
  readonly files: WatchedFiles;
  /** Addresses of data sources that read the state of another root. */
  readonly statesRead: Set<string>;
  readonly #fileSystem: FileSystem;
  readonly #kinds: WeakMap<LoadedModule, readonly ResourceKind[]>;
  readonly #wanted: WeakMap<(kind: ResourceKind) => boolean, WeakMap<LoadedModule, readonly Declared[]>>;
  readonly #withOtherFiles = new Map<string, boolean>();
  readonly #ofTerragrunt = new Map<string, boolean>();
  #isCut = false;
  /** Instances of modules, the root's aside. */
  made = 0;

  /** @param before that of an earlier revision, where what is adopted from it holds */
  constructor(
    inputs: RootInputs,
    files: FileSystem,
    directory: string,
    attributeSchema: AttributeSchemas,
    steps: RootSteps,
    before: Evaluation | undefined,
  ) {
    this.inputs = inputs;
    this.#kinds = before === undefined ? new WeakMap() : before.#kinds;
    this.#wanted = before === undefined ? new WeakMap() : before.#wanted;
    this.worlds = new WorldInputs(inputs.world);
    this.pool = new Pool(steps, before?.pool);
    this.besidePool = new Pool(steps, this.pool);
    this.#fileSystem = files;
    this.files = new WatchedFiles(files, (bytes) => this.pool.addFile(bytes), before?.files);
    this.#depth = inputs.states?.depth ?? { count: 0 };
    this.statesRead = new Set(before?.statesRead);
    this.attributeSchema = attributeSchema;
    this.functions = createFunctionContext(this.files, directory);
  }

  /**
   * The names of the inputs with other values now, variables as `var.x`; undefined if what changed may be behind any value.
   *
   * @param files undefined for the same as before
   */
  changedInputs(now: RootInputs, files: FileSystem | undefined): ReadonlySet<string> | undefined {
    const before = this.inputs;
    if (!this.isWhole || before.workspace !== now.workspace) return undefined;
    if (before.any !== now.any || before.isClosed !== now.isClosed) return undefined;
    if (files !== undefined && !this.files.isSameIn(files)) return undefined;
    const names = new Set([...before.variables.keys(), ...now.variables.keys()]);
    const changed = [...names].filter((name) => before.variables.get(name) !== now.variables.get(name));
    // Another root may have changed.
    const states = files === undefined ? [] : this.statesRead;
    return new Set([...changed.map((name) => `var.${name}`), ...states, ...this.worlds.changes(now.world)]);
  }

  /** Whether nothing is cut off, and would not be in an evaluation from the start. */
  get isWhole(): boolean {
    return !this.#isCut && this.pool.isSure;
  }

  /** The resources of some kinds that a module declares, by address within it. */
  wantedIn(module: LoadedModule, isWanted: (kind: ResourceKind) => boolean): readonly Declared[] {
    const ofKinds = this.#wanted.get(isWanted) ?? new WeakMap<LoadedModule, readonly Declared[]>();
    this.#wanted.set(isWanted, ofKinds);
    const known = ofKinds.get(module);
    if (known !== undefined) return known;
    const wanted = this.#kindsIn(module).some(isWanted)
      ? [...module.resources].filter(([, declaration]) => isWanted(declaration))
      : [];
    ofKinds.set(module, wanted);
    return wanted;
  }

  /** The kinds of resources that a module declares, each once. */
  #kindsIn(module: LoadedModule): readonly ResourceKind[] {
    const known = this.#kinds.get(module);
    if (known !== undefined) return known;
    const seen = new Map<string, Map<string, ResourceKind>>();
    module.resources.forEach((each) => {
      const ofMode = seen.get(each.mode);
      if (ofMode === undefined) seen.set(each.mode, new Map([[each.type, each]]));
      else if (!ofMode.has(each.type)) ofMode.set(each.type, each);
    });
    const kinds = [...seen.values()].flatMap((ofMode) => [...ofMode.values()]);
    this.#kinds.set(module, kinds);
    return kinds;
  }

  /** Whether something may add files to a module before Terraform runs: Terragrunt, or a template of one. */
  mayHaveOtherFiles(directory: string): boolean {
    const known = this.#withOtherFiles.get(directory) ?? this.#findOtherFiles(directory);
    this.#withOtherFiles.set(directory, known);
    return known;
  }

  #findOtherFiles(directory: string): boolean {
    if (ofTemplates.test(directory)) return true;
    // What is evaluated does not depend on it, so nothing is evaluated again where it changes.
    if (this.#entriesOf(directory).some(({ name }) => makesFiles.test(name))) return true;
    return foldersAbove(directory).some((above) => this.#isOfTerragrunt(above));
  }

  /** Whether Terragrunt is configured in a folder, or in one that is directly in it: modules beside that may be what it is for. */
  #isOfTerragrunt(folder: string): boolean {
    const known = this.#ofTerragrunt.get(folder);
    if (known !== undefined) return known;
    const has = (path: string): boolean => this.#entriesOf(path).some(({ name }) => ofTerragrunt.test(name));
    const isOne =
      has(folder) ||
      this.#entriesOf(folder).some(
        ({ name, kind, isLink }) =>
          kind === 'directory' && !isLink && !name.startsWith('.') && has(folder === '' ? name : `${folder}/${name}`),
      );
    this.#ofTerragrunt.set(folder, isOne);
    return isOne;
  }

  #entriesOf(directory: string): readonly DirectoryEntry[] {
    const listed = this.#fileSystem.list(directory);
    return listed.kind === 'directory' ? listed.entries : [];
  }

  /**
   * What an entry may take: made when it is first asked for.
   *
   * @param isRoot whether it is of the root module; others are paid for by their calls
   * @param bytes of the text that says what it is
   */
  budgetOf(entry: AnyEntry, isRoot: boolean, bytes: number): Budget {
    entry.budget ??= new Budget(this.pool, isRoot ? 256 + 16 * bytes : 32 + bytes);
    return entry.budget;
  }

  /**
   * How many of the instances that a block asks for are made.
   *
   * @param steps that it takes to work out each of them, beside those that any instance takes
   * @param at what asks for them
   */
  admit(address: string, count: number, steps: number, { span }: Declaration, at: Span, entry: AnyEntry): number {
    const made = this.#made.get(address) ?? 0;
    const most = Math.min(count, Math.max(0, maximumInstances - made));
    // V8 asks ICU, which takes a third of a start, so only where it is said.
    const maximum = () => maximumInstances.toLocaleString('en');
    if (count > maximumInstances) {
      // The number itself may be sensitive.
      const message = `This block has more than ${maximum()} instances; only the first ${maximum()} are checked.`;
      entry.add({ kind: 'limit', severity: 'error', message, span: at });
    } else if (most < count) {
      const message = `${address} has more than ${maximum()} instances in total; the rest are not checked.`;
      entry.add({ kind: 'limit', severity: 'error', message, span });
    }
    // What a resource's text allows is enough for the first instance. Of modules, the first one too can be one of millions.
    const kind = isModuleCall(address) ? 'module' : 'resource';
    const first = kind === 'module' ? 0 : Math.min(most, 1);
    const admitted = first + (entry.budget?.payFor(most - first, stepsPerInstance[kind] + steps, at) ?? 0);
    entry.budget?.allow(steps * (admitted - first));
    if (admitted < Math.min(count, maximumInstances)) this.#isCut = true;
    this.#made.set(address, made + admitted);
    entry.admitted = { address, count: admitted };
    return admitted;
  }

  /** Counts what was worked out in an earlier revision: it may be more than there would be now. */
  adopt(entry: AnyEntry): void {
    const { budget, admitted } = entry;
    budget?.moveTo(this.pool);
    this.worlds.adopt(entry);
    if (admitted === undefined) return;
    const made = (this.#made.get(admitted.address) ?? 0) + admitted.count;
    this.#made.set(admitted.address, made);
    if (made > maximumInstances) this.#isCut = true;
  }

  /** Evaluates something with a name, unless that is what is being evaluated already. */
  enter<T>(name: string, span: Span, compute: () => T): T {
    if (this.#active.has(name)) {
      throw new EvaluationError(`${name} refers to itself, directly or through others.`, {
        span,
        rejection: 'cycle',
      });
    }
    if (this.#depth.count >= maximumDepth) {
      throw new EvaluationError(`This chain of references is longer than ${maximumDepth}.`, {
        span,
        kind: 'limit',
      });
    }
    this.#active.add(name);
    this.#depth.count++;
    try {
      return compute();
    } finally {
      this.#depth.count--;
      this.#active.delete(name);
    }
  }
}

const ofTemplates = /(?:^|\/)_?templates?(?:\/|$)/;

const makesFiles = /^terragrunt(?:\.stack)?\.hcl(?:\.json)?$|\.(?:tf|tofu)(?:\.json)?\.(?!json$)\w+$/;

const ofTerragrunt = /^(?:terragrunt(?:\.stack)?|root)\.hcl(?:\.json)?$/;

/** Outermost last; the tree's own is the last. */
function foldersAbove(directory: string): readonly string[] {
  const parts = directory.split('/');
  return directory === '' ? [] : parts.map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'));
}

const isModuleCall = (address: string): boolean => /(?:^|\.)module\.[^.]+$/.test(address);
