/** Components of Terraform stacks as root modules, with a case for each deployment. */

import { groupBy } from '../collections/group-by.ts';
import type { RootCase } from '../config/environment-inputs.ts';
import type { FileSystem } from '../files.ts';
import type { SyntaxTree } from '../hcl/syntax.ts';
import { folderOf } from '../source/path.ts';
import type { Problem } from '../source/problem.ts';
import { ProblemSink } from '../terraform/expressions/scope.ts';
import { appliedCall, type ModuleCall } from '../terraform/modules/calls.ts';
import type { CalledModule, LoadedModule } from '../terraform/modules/load.ts';
import { EvaluationError } from '../terraform/values/errors.ts';
import { objectValue, type Value } from '../terraform/values/value.ts';
import { inputOf } from '../units/inputs.ts';
import { outputsOfUnit } from '../units/outputs.ts';
import { findSource, type UnreadUnit } from '../units/source.ts';
import { type ComponentInstance, Stack } from '../units/stacks/stack.ts';
import { describeUnreadUnits } from '../units/unread-units.ts';
import type { AppliedRoots, ConfigurationOf, LoadingApplied } from './applied-roots.ts';
import { Chain } from './chain.ts';

/** An instance of a component in the deployments that have it. */
interface ComponentRoot {
  readonly files: FileSystem;
  readonly stack: Stack;
  /** By deployment. */
  readonly instances: ReadonlyMap<string, ComponentInstance>;
}

export class StackRoots implements AppliedRoots {
  readonly roots: LoadedModule[] = [];
  readonly sources = new Set<string>();
  readonly calls: ModuleCall[] = [];
  readonly #components = new Map<LoadedModule, ComponentRoot>();
  readonly #problems = new ProblemSink();
  readonly #unread: UnreadUnit[] = [];
  readonly #chain = new Chain('Components');
  readonly #stacks: Stack[] = [];
  #configurationOf: ConfigurationOf | undefined;

  /** @param paths of files of stacks */
  static async load(paths: readonly string[], loading: LoadingApplied): Promise<StackRoots> {
    const roots = new StackRoots();
    const byDirectory = groupBy(paths, folderOf);
    for (const [directory, found] of byDirectory) {
      const names = found.map((path) => path.slice(path.lastIndexOf('/') + 1));
      const outputsOf = (address: string, deployment: string) => roots.#outputsOf(stack, address, deployment);
      const stack = new Stack(loading.files, directory, names, roots.#problems, outputsOf);
      roots.#stacks.push(stack);
      for (const [address, instances] of groupBy(stack.instances, (each) => each.address)) {
        await roots.#add(stack, address, instances, loading);
      }
    }
    return roots;
  }

  filesOf(root: LoadedModule): FileSystem | undefined {
    return this.#components.get(root)?.files;
  }

  /** Those of the deployments. */
  casesOf(root: LoadedModule, cases: readonly RootCase[]): readonly RootCase[] {
    const component = this.#components.get(root);
    const [first] = cases;
    if (component === undefined || first === undefined) return cases;
    return [...component.instances].map(([deployment, instance]) => {
      const values = instance.inputs();
      const { inputs } = first;
      return {
        environment: deployment === '' ? undefined : deployment,
        inputs: { ...inputs, workspace: inputs.workspace ?? 'default', ofUnit: (name) => inputOf(values, name) },
      };
    });
  }

  resolve(configurationOf: ConfigurationOf): void {
    this.#configurationOf = configurationOf;
  }

  get trees(): readonly SyntaxTree[] {
    return this.#stacks.flatMap(({ trees }) => trees);
  }

  get problems(): readonly Problem[] {
    const limits = this.#stacks.flatMap(({ limit }) => limit ?? []);
    return [...this.#problems.problems, ...limits, ...describeUnreadUnits(this.#unread, 'stack component')];
  }

  async #add(
    stack: Stack,
    address: string,
    instances: readonly ComponentInstance[],
    { files, loader, settingsFor, moduleOf }: LoadingApplied,
  ): Promise<void> {
    const { directory } = stack;
    const unit = `${directory === '' ? '' : `${directory}/`}${address}`;
    const settings = settingsFor(directory === '' ? 'stack.tfcomponent.hcl' : `${directory}/stack.tfcomponent.hcl`);
    const onRemote = (source: string) => this.sources.add(source);
    const sources = instances.map(({ source }) => source);
    const found = findSource(sources, { files, directory, finder: loader.finder, mapped: settings.modules, onRemote });
    const [{ span }] = instances as [ComponentInstance];
    const addCall = (called: CalledModule): void => {
      const roots = [directory];
      this.calls.push(appliedCall({ name: address, source: found.source, span, called, roots, units: new Set() }));
    };
    const loaded =
      found.kind === 'unread'
        ? undefined
        : await loader.load(found.directory, () => new Map(), settings, { directory: unit, files });
    if (found.kind === 'unread' || loaded === undefined) {
      const missing = { kind: 'unread', reason: 'missing', source: found.source } as const;
      const source = found.kind === 'unread' ? found : missing;
      this.#unread.push({ directory: unit, source, span });
      addCall({ kind: 'unresolved', source: source.source, reason: source.reason });
      return;
    }
    const root = moduleOf(unit, loaded);
    addCall({ kind: 'module', module: root, isDownloaded: false, origin: found.origin });
    this.roots.push(root);
    const byDeployment = new Map(instances.map((instance) => [instance.deployment, instance]));
    this.#components.set(root, { files, stack, instances: byDeployment });
  }

  #outputsOf(stack: Stack, address: string, deployment: string): Value | undefined {
    const configurationOf = this.#configurationOf;
    if (configurationOf === undefined) return undefined;
    const own = [...this.#components].filter(
      ([, component]) => component.stack === stack && component.instances.has(deployment),
    );
    const outputs = (root: LoadedModule): Value | undefined => {
      const circle = () => new EvaluationError(`${address} depends on itself, directly or through others.`);
      return this.#chain.within(`${root.unit}\n${deployment}`, circle, () => {
        const configuration = configurationOf(root, deployment === '' ? undefined : deployment);
        return configuration && outputsOfUnit(root.unit!, configuration);
      });
    };
    const repeated = own.flatMap(([root, { instances }]): [string, Value][] => {
      const written = instances.get(deployment)!.address;
      if (!written.startsWith(`${address}[`)) return [];
      const value = outputs(root);
      return value === undefined ? [] : [[JSON.parse(written.slice(address.length + 1, -1)) as string, value]];
    });
    if (repeated.length > 0) return objectValue(repeated);
    const only = own.find(([, { instances }]) => instances.get(deployment)!.address === address);
    return only && outputs(only[0]);
  }
}
