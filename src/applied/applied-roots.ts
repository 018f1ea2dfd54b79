/** Root modules that something else than Terraform's own command line applies: Terragrunt's units, and components of stacks. */

import type { QueryCache } from '../collections/query-cache.ts';
import type { RootCase } from '../config/environment-inputs.ts';
import type { FileSystem } from '../files.ts';
import type { SyntaxTree } from '../hcl/syntax.ts';
import type { Problem } from '../source/problem.ts';
import type { Configuration } from '../terraform/instances/configuration.ts';
import type { StatePlace } from '../terraform/modules/backend.ts';
import type { ModuleCall } from '../terraform/modules/calls.ts';
import type { LoadedModule, Loader, ModuleSettings, UnitSite } from '../terraform/modules/load.ts';

/** What a root makes in one of its cases, evaluated when it is first asked for; undefined for the environment stands for the first case. */
export type ConfigurationOf = (root: LoadedModule, environment?: string) => Configuration | undefined;

export interface AppliedRoots {
  readonly roots: readonly LoadedModule[];
  /** Sources that are no directories. */
  readonly sources: ReadonlySet<string>;
  /** Of the files that say what is applied; known once all roots are evaluated. */
  readonly trees: readonly SyntaxTree[];
  /** What the roots are applied from, as calls. */
  readonly calls: readonly ModuleCall[];
  /** Known once all roots are evaluated. */
  readonly problems: readonly Problem[];
  /** The tree as a root sees it; undefined for one that is none of these. */
  filesOf(root: LoadedModule): FileSystem | undefined;
  /** Where Terragrunt keeps the state of a root; undefined where that is not known. */
  stateOf?(root: LoadedModule): StatePlace | undefined;
  /** @param cases of the root without what applies it */
  casesOf(root: LoadedModule, cases: readonly RootCase[]): readonly RootCase[];
  /**
   * From now on outputs can be evaluated.
   *
   * @param isLookingUp whether that is done to find out what a root looks up in others
   */
  resolve(configurationOf: ConfigurationOf, isLookingUp: () => boolean): void;
}

/** Where nothing applies root modules but Terraform's own command line. */
export const noAppliedRoots: AppliedRoots = {
  roots: [],
  sources: new Set(),
  trees: [],
  calls: [],
  problems: [],
  filesOf: () => undefined,
  casesOf: (_, cases) => cases,
  resolve: () => undefined,
};

/** What roots are loaded with. */
export interface LoadingApplied {
  readonly files: FileSystem;
  readonly loader: Loader;
  readonly cache: QueryCache;
  /** How modules are found, for a configuration by its path. */
  settingsFor(path: string): ModuleSettings;
  /** A root module of its own: units of one module are different roots. */
  moduleOf(unit: string, module: LoadedModule, site?: UnitSite): LoadedModule;
}
