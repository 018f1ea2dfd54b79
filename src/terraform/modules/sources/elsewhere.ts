/** Modules that a tool has put somewhere in the tree for another root module, or for itself. */

import type { FileSystem } from '../../../files.ts';
import { decodeSource } from '../../../source/decode.ts';
import { cleanPath } from '../../functions/path.ts';
import { configurationFiles } from '../configuration-files.ts';
import { isLocalSource, type ModuleAddress, moduleAddress } from './address.ts';
import { type DataDirectory, dataDirectoriesOf, decodeManifest, type Installed, manifestPath } from './installed.ts';
import { compareVersions, isAllowedVersion, isVersion } from './version-constraint.ts';

/** A package of modules in the tree. */
interface Package {
  /** Directory of the tree. */
  readonly directory: string;
  readonly version: string | undefined;
  readonly ref: string | undefined;
  /** The module in it that it was installed for, with what that one calls. */
  readonly installed?: { readonly inside: string; readonly below: Installed };
}

export interface FoundElsewhere {
  /** Directory of the tree. */
  readonly directory: string;
  /** Of a module of a registry, where it is known. */
  readonly version: string | undefined;
  /** What is installed below it. */
  readonly installed: Installed | undefined;
}

/** Directories of one Terragrunt cache that are looked at. */
const MAX_CACHED = 2000;

/** Searches the tree when it is first asked, and reads no file that it does not need. */
export class InstalledElsewhere {
  readonly #files: FileSystem;
  readonly #data: DataDirectory | undefined;
  #found: Downloads | undefined;

  constructor(files: FileSystem, data: DataDirectory | undefined) {
    this.#files = files;
    this.#data = data;
  }

  /**
   * The latest version that fits a call; of a repository, the same ref.
   *
   * @param constraint the `version` of the call; undefined where any is right
   */
  find(source: string, constraint: string | undefined): FoundElsewhere | undefined {
    const address = moduleAddress(source);
    const fits = ({ version, ref }: Package): boolean => {
      if (address.kind !== 'registry') return ref === address.ref;
      return constraint === undefined || (version !== undefined && isAllowedVersion(version, constraint));
    };
    const candidates = this.#packagesOf(address).filter(fits);
    // Stable: of equal ones the first in the order of paths.
    for (const each of candidates.sort((a, b) => compareVersions(b.version, a.version))) {
      const directory = cleanPath(`${each.directory}/${address.inside}`);
      if (!holdsConfiguration(this.#files, directory)) continue;
      const isSame = each.installed?.inside === address.inside;
      return { directory, version: each.version, installed: isSame ? each.installed?.below : undefined };
    }
    return undefined;
  }

  #packagesOf(address: ModuleAddress): Package[] {
    this.#found ??= findDownloads(this.#files, this.#data);
    const { packages, external } = this.#found;
    return [
      ...(packages.get(address.package) ?? []),
      ...external.flatMap((directory) => externalPackages(this.#files, directory, address)),
    ];
  }
}

/** Whether Terraform would find a module in a directory. */
export function holdsConfiguration(files: FileSystem, directory: string): boolean {
  const listing = files.list(directory);
  return listing.kind === 'directory' && configurationFiles(listing.entries.map(({ name }) => name)).length > 0;
}

interface Downloads {
  /** By address. */
  readonly packages: ReadonlyMap<string, readonly Package[]>;
  /** Directories that checkov has downloaded to. */
  readonly external: readonly string[];
}

function findDownloads(files: FileSystem, data: DataDirectory | undefined): Downloads {
  const packages = new Map<string, Package[]>();
  const external: string[] = [];
  const readManifests = (root: string): void => {
    for (const directory of dataDirectoriesOf(root, data)) {
      const read = files.read(`${directory}/${manifestPath}`);
      if (read.kind !== 'file') continue;
      const { text } = decodeSource(directory, read.bytes).value;
      addPackages(decodeManifest(text, root, directory), packages);
    }
  };
  const enter = (directory: string, left: { count: number } | undefined): void => {
    if (left !== undefined && left.count-- <= 0) return;
    const listing = files.list(directory);
    if (listing.kind !== 'directory') return;
    const folders = listing.entries.filter(({ kind, isLink }) => kind === 'directory' && !isLink);
    const names = new Set(folders.map(({ name }) => name));
    const isData = names.has('.terraform') || (data?.isShared === false && names.has(data.path.split('/')[0]!));
    if (isData) readManifests(directory);
    for (const { name } of folders) {
      const path = directory === '' ? name : `${directory}/${name}`;
      if (name === '.external_modules') external.push(path);
      else if (name === '.terragrunt-cache') enter(path, left ?? { count: MAX_CACHED });
      else if (!['.terraform', '.git', 'node_modules'].includes(name)) enter(path, left);
    }
  };
  enter('', undefined);
  if (data?.isShared === true) readManifests('');
  return { packages, external };
}

function addPackages(installed: Installed, packages: Map<string, Package[]>): void {
  const all = [installed];
  for (const { calls } of all) {
    for (const below of calls.values()) {
      all.push(below);
      const { source, version, directory } = below.module ?? {};
      if (source === undefined || directory === undefined || isLocalSource(source)) continue;
      const { package: name, inside, ref } = moduleAddress(source);
      const end = inside === '' ? '' : `/${inside}`;
      if (!directory.endsWith(end)) continue;
      const found = packages.get(name) ?? [];
      packages.set(name, found);
      const top = directory.slice(0, directory.length - end.length);
      found.push({ directory: top, version, ref, installed: { inside, below } });
    }
  }
}

/**
 * What checkov has downloaded. A package of the public registry is a repository of GitHub's, at a tag or a commit.
 *
 * Source: https://github.com/bridgecrewio/checkov/tree/main/checkov/terraform/module_loading/loaders and, for the names of
 * repositories, https://developer.hashicorp.com/terraform/registry/modules/publish#requirements
 */
function externalPackages(files: FileSystem, external: string, { kind, package: name, ref }: ModuleAddress): Package[] {
  if (kind === 'git') {
    return [{ directory: `${external}/${name}/${ref ?? 'HEAD'}`, version: undefined, ref }];
  }
  if (kind !== 'registry') return [];
  const parts = name.split('/');
  const [namespace, module, system] = parts.slice(-3);
  const isPublic = parts.length === 3;
  const folders = isPublic
    ? [
        `app.terraform.io/${name}`,
        `registry.terraform.io/${name}`,
        `github.com/${namespace}/terraform-${system}-${module}`,
      ]
    : [name];
  return folders.flatMap((folder) => {
    const listing = files.list(`${external}/${folder}`);
    const entries = listing.kind === 'directory' ? listing.entries : [];
    return entries.flatMap((entry): Package[] => {
      const version = isVersion(entry.name) ? entry.name.replace(/^v/, '') : undefined;
      return [{ directory: `${external}/${folder}/${entry.name}`, version, ref: undefined }];
    });
  });
}
