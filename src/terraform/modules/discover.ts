/** Paths -> the directories that contain Terraform configuration. */

import type { FileSystem } from '../../files.ts';
import { folderOf } from '../../source/path.ts';
import type { Problem } from '../../source/problem.ts';
import { SourceFile } from '../../source/source-file.ts';
import { isConfigurationFile } from './configuration-files.ts';
import { describeLinks, isStackFile, isTerragruntFile, whyNotLinted } from './other-files.ts';
import { type DataDirectory, isDownloadedPath, isDownloadsDirectory } from './sources/installed.ts';
import { isTestFile } from './test-files.ts';

/**
 * Never entered: what tools have downloaded, and what is no configuration. `.boilerplate` holds templates for new units.
 *
 * Source: https://docs.terragrunt.com/features/scaffold
 */
export function isSkippedDirectory(name: string): boolean {
  return isDownloadsDirectory(name) || name === '.git' || name === 'node_modules' || name === '.boilerplate';
}

/** Paths of all files of a folder and of those below it that a run enters. */
export function filesBelow(fileSystem: FileSystem, folder: string): readonly string[] {
  const listing = fileSystem.list(folder);
  if (listing.kind !== 'directory') return [];
  return listing.entries.flatMap(({ name, kind, isLink }) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'directory') return isLink || isSkippedDirectory(name) ? [] : filesBelow(fileSystem, path);
    return kind === 'file' ? [path] : [];
  });
}

export interface Discovered {
  /** Sorted. */
  readonly directories: readonly string[];
  readonly problems: readonly Problem[];
  /** Configuration files that may not be linted. */
  readonly excluded: number;
  /** Files of tests, in the order found. */
  readonly tests: readonly string[];
  /** Files of Terragrunt units and stacks, in the order found. */
  readonly terragrunt: readonly string[];
  /** Files of Terraform stacks, in the order found. */
  readonly stacks: readonly string[];
}

/**
 * A file stands for its directory, a directory for itself and all below it. A path that is not there, or is no file of Terraform's,
 * is a problem; so is what lies there and is not read.
 *
 * @param isIncluded whether a file may be linted; a directory without such a file is left out
 * @param data the directory that Terraform keeps its data in, if it is not `.terraform`: it is not entered
 */
export function discover(
  fileSystem: FileSystem,
  paths: readonly string[],
  isIncluded: (path: string) => boolean,
  data?: DataDirectory,
): Discovered {
  const walk = new Walk(fileSystem, isIncluded, data);
  for (const path of paths) walk.add(path);
  return walk.found();
}

class Walk {
  readonly #files: FileSystem;
  readonly #data: DataDirectory | undefined;
  readonly #isIncluded: (path: string) => boolean;
  readonly #directories = new Set<string>();
  readonly #excluded = new Set<string>();
  readonly #problems: Problem[] = [];
  readonly #tests: string[] = [];
  readonly #terragrunt = new Set<string>();
  readonly #stacks = new Set<string>();
  /** Symbolic links that lead out of the tree. */
  readonly #links: string[] = [];

  constructor(files: FileSystem, isIncluded: (path: string) => boolean, data: DataDirectory | undefined) {
    this.#files = files;
    this.#data = data;
    this.#isIncluded = isIncluded;
  }

  add(path: string): void {
    if (this.#files.list(path).kind === 'directory') {
      this.#enter(path);
      return;
    }
    const read = this.#files.read(path);
    if (read.kind === 'error') this.#fail(path, read.message);
    else if (read.kind === 'missing') this.#fail(path, 'no such file or directory');
    else {
      const reason = whyNotLinted(path, read.bytes);
      if (reason !== undefined) this.#fail(path, reason);
      else if (!this.#isIncluded(path)) this.#excluded.add(path);
      else if (isTerragruntFile(path)) this.#terragrunt.add(path);
      else if (isStackFile(path)) this.#addStack(folderOf(path));
      else this.#directories.add(folderOf(path));
    }
  }

  found(): Discovered {
    const [link] = this.#links;
    const links: readonly Problem[] =
      link === undefined
        ? []
        : [
            {
              kind: 'unread',
              severity: 'warning',
              message: describeLinks(this.#links),
              span: { file: new SourceFile(link, ''), start: 0, end: 0 },
            },
          ];
    return {
      directories: [...this.#directories].sort(),
      problems: [...this.#problems, ...links],
      excluded: this.#excluded.size,
      tests: this.#tests,
      terragrunt: [...this.#terragrunt],
      stacks: [...this.#stacks],
    };
  }

  #enter(directory: string): void {
    const listing = this.#files.list(directory);
    if (listing.kind !== 'directory') {
      // It was listed just now: a name that is not UTF-8 can't be found under the text that it is listed as.
      const missing = directory.includes('\ufffd') ? 'its name is not UTF-8' : 'it no longer exists';
      this.#fail(directory, `cannot read the directory: ${listing.kind === 'missing' ? missing : listing.message}`);
      return;
    }
    for (const { name, kind, isLink } of listing.entries) {
      const path = directory === '' ? name : `${directory}/${name}`;
      // What a link leads to has its own place in the tree.
      if (kind === 'directory') {
        if (!isLink && !isSkippedDirectory(name) && !isDownloadedPath(path, this.#data)) this.#enter(path);
      } else if (isConfigurationFile(name)) {
        if (this.#isIncluded(path)) this.#directories.add(directory);
        else this.#excluded.add(path);
      } else if (isTestFile(name)) {
        this.#tests.push(path);
      } else if (isTerragruntFile(name)) {
        if (this.#isIncluded(path)) this.#terragrunt.add(path);
        else this.#excluded.add(path);
      } else if (isStackFile(name)) {
        if (this.#isIncluded(path)) this.#stacks.add(path);
        else this.#excluded.add(path);
      } else if (kind === 'outside' && this.#isIncluded(path)) {
        this.#links.push(path);
      }
    }
  }

  /** A file of a stack stands for all of it. */
  #addStack(directory: string): void {
    const listing = this.#files.list(directory);
    for (const { name } of listing.kind === 'directory' ? listing.entries : []) {
      if (isStackFile(name)) this.#stacks.add(directory === '' ? name : `${directory}/${name}`);
    }
  }

  #fail(path: string, reason: string): void {
    this.#problems.push({
      kind: 'file',
      severity: 'error',
      message: `${path === '' ? '.' : path}: ${reason.replace(/\.?$/, '.')}`,
    });
  }
}
