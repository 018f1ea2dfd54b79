/** Terragrunt's units as root modules. */

import { append } from '../collections/append.ts';
import type { RootCase } from '../config/environment-inputs.ts';
import type { FileSystem } from '../files.ts';
import type { SyntaxTree } from '../hcl/syntax.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { type StatePlace, stateAskedFor } from '../terraform/modules/backend.ts';
import { appliedCall, type ModuleCall } from '../terraform/modules/calls.ts';
import type { CalledModule, LoadedModule, UnitSite } from '../terraform/modules/load.ts';
import { CircularLookup, EvaluationError } from '../terraform/values/errors.ts';
import { inputOf } from '../units/inputs.ts';
import { outputsOfUnit } from '../units/outputs.ts';
import type { UnreadUnit } from '../units/source.ts';
import { extraArguments } from '../units/terragrunt/extra-arguments.ts';
import type { TerragruntFile } from '../units/terragrunt/file.ts';
import { type Unit, Units } from '../units/terragrunt/units.ts';
import { describeStandIns, describeUnreadUnits, type StandInUnit } from '../units/unread-units.ts';
import type { AppliedRoots, ConfigurationOf, LoadingApplied } from './applied-roots.ts';
import { Chain } from './chain.ts';

export class UnitRoots implements AppliedRoots {
  /** In the order of the units' directories. */
  readonly roots: readonly LoadedModule[];
  readonly calls: readonly ModuleCall[];
  readonly #units: Units;
  readonly #unitOf: ReadonlyMap<LoadedModule, Unit>;
  readonly #problems: Problem[] = [];
  readonly #unread: readonly Problem[];

  private constructor(units: Units, unitOf: ReadonlyMap<LoadedModule, Unit>, unread: readonly Problem[]) {
    this.#units = units;
    this.#unread = unread;
    this.calls = callsOf(unitOf, units);
    this.#unitOf = unitOf;
    this.roots = [...unitOf.keys()];
  }

  /** @param paths of files of units and stacks */
  static async load(paths: readonly string[], { files, loader, cache, settingsFor, moduleOf }: LoadingApplied) {
    const units = new Units(files, (path) => settingsFor(path).modules, loader.finder, cache);
    units.add(paths);
    const unitOf = new Map<LoadedModule, Unit>();
    for (const unit of units.units) {
      const { directory, file } = unit;
      const given = (root: { readonly variables: ReadonlyMap<string, unknown> }) =>
        new Map([...root.variables.keys()].flatMap((name) => pairOf(name, inputOf(file.inputs(), name))));
      const reading = { directory, files: unit.files };
      const loaded = await loader.load(unit.module, given, settingsFor(file.place.about), reading);
      if (loaded === undefined) continue;
      const isDownloaded = loaded.trees.some((tree) => tree.file.isDownloaded);
      const site = isDownloaded ? { ...siteOf(file), isDownloaded } : undefined;
      unitOf.set(moduleOf(directory, loaded, site), unit);
    }
    const unread: UnreadUnit[] = [];
    const standIns: StandInUnit[] = [];
    for (const each of units.unread) {
      const { directory, source, file } = each;
      const { source: address = '', version } = source.address ?? {};
      const found = file && (await loader.loadStandIn(address, version, settingsFor(file.place.about)));
      if (file === undefined || found === undefined) {
        unread.push(each);
        continue;
      }
      const { standIn, module } = found;
      const root = moduleOf(directory, module, { ...siteOf(file), isDownloaded: true, standIn });
      unitOf.set(root, { directory, module: standIn.directory, files, file, source: undefined });
      standIns.push({ ...each, standIn });
    }
    return new UnitRoots(units, unitOf, [
      ...describeUnreadUnits(unread, 'Terragrunt unit'),
      ...describeStandIns(standIns),
    ]);
  }

  filesOf(root: LoadedModule): FileSystem | undefined {
    return this.#unitOf.get(root)?.files;
  }

  stateOf(root: LoadedModule): StatePlace | undefined {
    const unit = this.#unitOf.get(root);
    const state = unit?.file.remoteState();
    return state?.backend.kind === 'string'
      ? stateAskedFor(state.backend.value, state.config, unit!.directory)
      : undefined;
  }

  casesOf(root: LoadedModule, cases: readonly RootCase[]): readonly RootCase[] {
    const unit = this.#unitOf.get(root);
    if (unit === undefined) return cases;
    const extra = extraArguments(unit);
    append(this.#problems, extra.problems);
    const { file } = unit;
    return cases.map(({ environment, inputs }) => ({
      environment,
      inputs: {
        ...inputs,
        variables: [...extra.variables, ...inputs.variables],
        environment: { ...extra.environment, ...inputs.environment },
        workspace: inputs.workspace ?? 'default',
        // They may hang on other units, and these on what is looked up in this one.
        ofUnit: (name) => inputOf(file.inputs(), name),
      },
    }));
  }

  resolve(configurationOf: ConfigurationOf, isLookingUp: () => boolean): void {
    const roots = new Map(this.roots.map((root) => [root.unit!, root]));
    const chain = new Chain('Units');
    this.#units.resolve((directory) => {
      const root = roots.get(directory);
      if (root === undefined) return undefined;
      const circle = (): Error =>
        isLookingUp()
          ? new CircularLookup()
          : new EvaluationError(`The unit ${directory || '.'} depends on itself, directly or through others.`);
      return chain.within(directory, circle, () => {
        const configuration = configurationOf(root);
        return configuration && outputsOfUnit(directory, configuration);
      });
    }, isLookingUp);
  }

  get trees(): readonly SyntaxTree[] {
    return this.#units.trees;
  }

  get sources(): ReadonlySet<string> {
    return this.#units.sources;
  }

  get problems(): readonly Problem[] {
    return [...this.#units.problems, ...this.#problems, ...this.#unread];
  }
}

/** The sources of units. */
function callsOf(roots: ReadonlyMap<LoadedModule, Unit>, { unread }: Units): readonly ModuleCall[] {
  const call = (directory: string, source: string, span: Span, called: CalledModule): ModuleCall =>
    appliedCall({ name: directory, source, span, called, roots: [directory], units: new Set([directory]) });
  const read = [...roots].flatMap(([module, { directory, source }]) => {
    if (source === undefined) return [];
    const { origin, source: text, span } = source;
    return call(directory, text, span, {
      kind: 'module',
      module,
      isDownloaded: module.site?.isDownloaded === true,
      origin,
    });
  });
  const standIns = new Map([...roots.keys()].map((module) => [module.unit, module]));
  const others = unread.map(({ directory, source: { source, reason }, span }) => {
    const module = standIns.get(directory);
    const standIn = module?.site?.standIn;
    if (module === undefined || standIn === undefined)
      return call(directory, source, span, { kind: 'unresolved', source, reason });
    const origin = { kind: 'stand-in', version: standIn.versions } as const;
    return call(directory, source, span, { kind: 'module', module, isDownloaded: true, origin, standIn });
  });
  return [...read, ...others];
}

/** Where a unit says what it applies. */
function siteOf({ source, content }: TerragruntFile): Pick<UnitSite, 'block' | 'source'> {
  return { block: content.span, source: source?.expression ?? content.span };
}

const pairOf = <V>(name: string, value: V | undefined): (readonly [string, V])[] =>
  value === undefined ? [] : [[name, value]];
