/** Where the module of a call is: the first of several places that has it. */

import type { FileSystem } from '../../../files.ts';
import { type MappedSources, mappedDirectory } from '../mapped.ts';
import { moduleAddress } from './address.ts';
import { holdsConfiguration, InstalledElsewhere } from './elsewhere.ts';
import { type DataDirectory, type Installed, type InstalledModule, installedFor } from './installed.ts';
import { ownRepositoryDirectory } from './own-repository.ts';
import { isAllowedVersion } from './version-constraint.ts';

/**
 * Where a module was found.
 *
 * - `local`: the source is a directory
 * - `mapped`: the configuration of tfsg names a directory for the source
 * - `installed`: Terraform has installed it for this root module
 * - `elsewhere`: Terraform, Terragrunt or checkov has downloaded it for something else
 * - `repository`: the source is the tree's own repository, or a submodule of it
 * - `stand-in`: nowhere, but tfsg knows what it makes
 */
export interface ModuleOrigin {
  readonly kind: 'local' | 'mapped' | 'installed' | 'elsewhere' | 'repository' | 'stand-in';
  /** What is installed, or for `repository` the ref of the source, which is not what was read. */
  readonly version?: string | undefined;
}

export interface FoundModule {
  /** Directory of the tree. */
  readonly directory: string;
  readonly origin: ModuleOrigin;
  /** What is installed for the modules that it calls. */
  readonly installed: Installed | undefined;
}

/** A call whose source is no directory. */
interface RemoteCall {
  /** Undefined where it is not known. */
  readonly source: string | undefined;
  /** The versions that are allowed; `unknown` where they are not known. */
  readonly version: string | undefined | 'unknown';
  /** Directory of the calling module. */
  readonly directory: string;
}

/** Finds modules of registries and repositories on the disk. */
export class ModuleFinder {
  readonly #files: FileSystem;
  readonly #data: DataDirectory | undefined;
  readonly #elsewhere: InstalledElsewhere;
  readonly #found = new Map<string, FoundModule | undefined>();

  constructor(files: FileSystem, data: DataDirectory | undefined) {
    this.#files = files;
    this.#data = data;
    this.#elsewhere = new InstalledElsewhere(files, data);
  }

  /** What is installed for a root module. */
  installedFor(root: string): ReturnType<typeof installedFor> {
    return installedFor(this.#files, root, this.#data);
  }

  /** @param installed what is noted for the call in the root module that leads to it */
  find(call: RemoteCall, mapped: MappedSources, installed: Installed | undefined): FoundModule | undefined {
    const { source } = call;
    const directory = source === undefined ? undefined : mappedDirectory(mapped, source);
    if (directory !== undefined) return { directory, origin: { kind: 'mapped' }, installed };
    const module = installed?.module;
    if (module !== undefined && fits(call, module) && holdsConfiguration(this.#files, module.directory)) {
      return { directory: module.directory, origin: { kind: 'installed', version: module.version }, installed };
    }
    if (source === undefined) return undefined;
    const key = JSON.stringify([source, call.version, call.directory]);
    if (!this.#found.has(key)) this.#found.set(key, this.#findForOthers(source, call));
    return this.#found.get(key);
  }

  #findForOthers(source: string, { version, directory }: RemoteCall): FoundModule | undefined {
    const found = version === 'unknown' ? undefined : this.#elsewhere.find(source, version);
    if (found !== undefined) {
      const origin: ModuleOrigin = { kind: 'elsewhere', version: found.version };
      return { directory: found.directory, origin, installed: found.installed };
    }
    const own = ownRepositoryDirectory(this.#files, source, directory);
    if (own === undefined || !holdsConfiguration(this.#files, own.directory)) return undefined;
    return { directory: own.directory, origin: { kind: 'repository', version: own.ref }, installed: undefined };
  }
}

/** Whether what is installed is what a call asks for now. What an old Terraform has not noted is taken as right. */
function fits({ source, version }: RemoteCall, module: InstalledModule): boolean {
  if (source !== undefined && module.source !== undefined) {
    const [wanted, found] = [moduleAddress(source), moduleAddress(module.source)];
    if (wanted.kind !== found.kind || wanted.package !== found.package) return false;
    if (wanted.inside !== found.inside || wanted.ref !== found.ref) return false;
  }
  return version === undefined || version === 'unknown' || module.version === undefined
    ? true
    : isAllowedVersion(module.version, version);
}
