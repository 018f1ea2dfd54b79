/** Git submodules: directories that `git submodule update` fills. */

import type { FileSystem } from '../../../files.ts';
import { sectionsOf } from '../../../source/git-sections.ts';

/** A submodule, as a .gitmodules file declares it. */
export interface Submodule {
  /** Directory of the tree. */
  readonly directory: string;
  readonly url: string | undefined;
}

/** The submodules of the repository in a directory. */
export function submodulesIn(files: FileSystem, directory: string): readonly Submodule[] {
  const prefix = directory === '' ? '' : `${directory}/`;
  const read = files.read(`${prefix}.gitmodules`);
  if (read.kind !== 'file') return [];
  return sectionsOf(Buffer.from(read.bytes).toString()).flatMap(({ values }) => {
    const path = values.get('path');
    return path === undefined ? [] : [{ directory: prefix + path, url: values.get('url') }];
  });
}

/** Whether a directory is, or lies in, a submodule of a repository above it. */
export function isInSubmodule(files: FileSystem, directory: string): boolean {
  const parts = directory.split('/');
  return parts.some((_, depth) =>
    submodulesIn(files, parts.slice(0, depth).join('/')).some(
      (submodule) => directory === submodule.directory || directory.startsWith(`${submodule.directory}/`),
    ),
  );
}
