/** What `terraform init` and `terraform get` have noted of the modules that they have put on the disk. */

import { type FileSystem, isOutsideRoot } from '../../../files.ts';
import { decodeSource } from '../../../source/decode.ts';
import type { Outcome, Problem } from '../../../source/problem.ts';
import { cleanPath } from '../../functions/path.ts';

/** The directory that Terraform keeps its data in, instead of `.terraform`, as TF_DATA_DIR names it. */
export interface DataDirectory {
  /** With `/`. Of each root module, by its directory; or, with `isShared`, a path of the tree. */
  readonly path: string;
  readonly isShared: boolean;
}

/** What is installed below a module of a root. */
export interface Installed {
  /** The module itself; undefined for the root, and for what only leads to others. */
  module: InstalledModule | undefined;
  /** By name of the call. */
  readonly calls: Map<string, Installed>;
}

export interface InstalledModule {
  /** Directory of the tree. */
  readonly directory: string;
  /** As Terraform writes it out in full; undefined where an old Terraform does not say. */
  readonly source: string | undefined;
  /** Of a module of a registry. */
  readonly version: string | undefined;
}

const defaultDataDirectory = '.terraform';

/** Names of directories that hold what tools have downloaded. */
const downloads: ReadonlySet<string> = new Set([defaultDataDirectory, '.terragrunt-cache', '.external_modules']);

/** Whether a name is of a directory that holds what a tool has downloaded. */
export const isDownloadsDirectory = (name: string): boolean => downloads.has(name);

/** Whether a path of the tree was put there by a tool that downloads modules. */
export function isDownloadedPath(path: string, data: DataDirectory | undefined): boolean {
  if (path.split('/').some(isDownloadsDirectory)) return true;
  if (data === undefined || data.path === '') return false;
  return data.isShared ? `${path}/`.startsWith(`${data.path}/`) : `/${path}/`.includes(`/${data.path}/`);
}

/** Where the manifest of a root may be, the first that is there counts. */
export function dataDirectoriesOf(root: string, data: DataDirectory | undefined): readonly string[] {
  const below = (path: string): string => cleanPath(`${root || '.'}/${path}`);
  const own = data === undefined ? [] : [data.isShared ? data.path : below(data.path)];
  return [...own, below(defaultDataDirectory)].filter((each) => !isOutsideRoot(each) || isOutsideRoot(root));
}

/** What is installed for a root; undefined where Terraform has noted nothing. */
export function installedFor(
  files: FileSystem,
  root: string,
  data: DataDirectory | undefined,
): Outcome<Installed | undefined> {
  const problems: Problem[] = [];
  for (const directory of dataDirectoriesOf(root, data)) {
    const path = `${directory}/${manifestPath}`;
    const read = files.read(path);
    if (read.kind === 'error')
      problems.push({ kind: 'file', severity: 'error', message: `Cannot read ${path}: ${read.message}.` });
    if (read.kind !== 'file') continue;
    const { value: file, problems: faults } = decodeSource(path, read.bytes);
    return { value: decodeManifest(file.text, root, directory), problems: [...problems, ...faults] };
  }
  return { value: undefined, problems };
}

/** In a data directory. */
export const manifestPath = 'modules/modules.json';

/**
 * @param root that paths in it are relative to
 * @param directory the data directory that it was found in
 */
export function decodeManifest(text: string, root: string, directory: string): Installed {
  const installed: Installed = { module: undefined, calls: new Map() };
  for (const { key, target, source, version } of entriesOf(text)) {
    const joined = placeOfInstalled(target, root, directory);
    if (joined === undefined) continue;
    let at = installed;
    for (const name of key.split('.')) {
      const next = at.calls.get(name) ?? { module: undefined, calls: new Map() };
      at.calls.set(name, next);
      at = next;
    }
    at.module = { directory: joined, source, version };
  }
  return installed;
}

/** An absolute path is of the machine that Terraform ran on: what counts is where in the data directory it leads to. */
function placeOfInstalled(target: string, root: string, directory: string): string | undefined {
  const path = target.replaceAll('\\', '/');
  if (/^(?:\/|[A-Za-z]:\/)/.test(path)) {
    const name = `/${directory.slice(directory.lastIndexOf('/') + 1)}/modules/`;
    const at = path.lastIndexOf(name);
    return at === -1 ? undefined : cleanPath(`${directory}/modules/${path.slice(at + name.length)}`);
  }
  const joined = cleanPath(`${root || '.'}/${path}`);
  if (joined === '.') return '';
  return isOutsideRoot(joined) && !isOutsideRoot(root) ? undefined : joined;
}

interface ManifestEntry {
  readonly key: string;
  readonly target: string;
  readonly source: string | undefined;
  readonly version: string | undefined;
}

/** A manifest that can't be read is as good as none: the modules in it are unresolved, which is said. */
function entriesOf(text: string): ManifestEntry[] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return [];
  }
  const modules = (manifest as { Modules?: unknown } | null)?.Modules;
  if (!Array.isArray(modules)) return [];
  return modules.flatMap((module: unknown) => {
    const { Key: key, Dir: target, Source: source, Version: version } = (module ?? {}) as Record<string, unknown>;
    if (typeof key !== 'string' || key === '' || typeof target !== 'string') return [];
    return [{ key, target, source: someText(source), version: someText(version) }];
  });
}

const someText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
