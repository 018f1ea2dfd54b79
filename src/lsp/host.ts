/** The language server's access to the outside world, passed in so that tests can replace it. */

import type { FileSystem } from '../files.ts';

/** The files that are linted together. */
export interface LintedTree {
  /** The same text for the same tree. */
  readonly root: string;
  readonly fileSystem: FileSystem;
  /** Something of the disk has changed: it is checked again. */
  refresh(): void;
  /** Absolute path -> path of the tree; absolute where it lies outside. */
  pathOf(absolute: string): string;
  /** Path of the tree -> URI. */
  uriOf(path: string): string;
}

export interface Host {
  /**
   * The tree of a file, as `tfsg FILE` has it that is started in a folder.
   *
   * @param folder absolute; undefined for the file's own
   */
  treeOf(file: string, folder: string | undefined): LintedTree;
  /** Absolute path of a file URI; undefined for any other URI. */
  pathOf(uri: string): string | undefined;
  /** File URI of an absolute path. */
  uriOf(path: string): string;
  /** An absolute path, if it is not one already, from a folder. */
  resolve(folder: string, path: string): string;
  /** The bytes of a file of the disk by its absolute path, or why it can't be read; undefined where there is none. */
  read(path: string): Uint8Array | string | undefined;
  /** URI of the page of a check; undefined where it isn't installed. */
  pageOf(check: string): string | undefined;
  /** Absolute path of a config that lies below all others; absent for none. */
  readonly baseConfig?: string | undefined;
  /** Milliseconds since 1970-01-01, UTC. */
  now(): number;
  /** Told now and then that a run goes on. */
  readonly onProgress?: () => void;
  /** Told when a state is shown: now there may be time for something else. */
  readonly onShown?: () => void;
}
