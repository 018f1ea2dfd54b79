/** Which directories a change can touch, without evaluating anything. */

import type { FileSystem } from '../../files.ts';
import { folderOf } from '../../source/path.ts';
import { filesBelow } from '../modules/discover.ts';
import { isTerragruntFile } from '../modules/other-files.ts';
import { isTestFile, testHelpers } from '../modules/test-files.ts';
import { Closure } from './closure.ts';
import type { AffectedOptions } from './options.ts';
import { configurationsIn, isBelow, namesOf, scanTree } from './tree.ts';

export type { AffectedOptions } from './options.ts';

export type Affected =
  /** With the path because of which nothing can be left out. */
  | { readonly kind: 'everything'; readonly because: string }
  /** Directories with configuration before or after, sorted. */
  | {
      readonly kind: 'some';
      readonly directories: readonly string[] /** How many others there are; unknown where nothing changed. */;
      readonly others: number | undefined;
    };

/**
 * Directories whose evaluation a change can touch: those with changed files, and all that call them, read their states or read changed
 * files. All callers of each are among them, so that a run over `filesToRun` has the same root modules there as one over the whole tree. Texts are
 * looked through, not parsed: one too many rather than one too few. Units that those depend on are among them too, for their outputs.
 *
 * Left out, as they would touch nearly everything: what a data source looks up among the resources of other roots, which only a run over
 * the whole tree does; a module without changes that loses its last instance while somebody else calls it still; and a module without
 * changes that no unit applies any more, where units have computed sources.
 */
export function affectedDirectories(options: AffectedOptions): Affected {
  const { before, after, changed } = options;
  if (changed.length === 0) return { kind: 'some', directories: [], others: undefined };
  const doubt = changed.find((path) => path === '.gitmodules' || options.isInstalled(path));
  if (doubt !== undefined) return { kind: 'everything', because: doubt };
  const second = scanTree(after, options.isInstalled, () => undefined);
  const touched = new Set(changed.flatMap((path) => namesOf(path, second.links)).map(folderOf));
  const first = scanTree(before, options.isInstalled, (directory) =>
    touched.has(directory) ? undefined : second.scans.get(directory),
  );
  const isLink = (path: string): boolean =>
    first.links.has(path) !== second.links.has(path) || first.links.get(path) !== second.links.get(path);
  const moved = changed.find(isLink);
  if (moved !== undefined) return { kind: 'everything', because: moved };
  const appeared = changed.find((path) => isTerragruntFile(path) && exists(before, path) !== exists(after, path));
  if (appeared !== undefined) return { kind: 'everything', because: appeared };
  const directories = [...new Closure(options, first, second).directories()].sort();
  const isComputed = (directory: string): boolean =>
    [first, second].some(({ scans }) => scans.get(directory)?.isComputed === true);
  // Which modules it calls, and are root modules otherwise, only an evaluation tells.
  const computed = directories.find(isComputed);
  if (computed !== undefined) return { kind: 'everything', because: computed };

  const all = new Set([...first.scans.keys(), ...second.scans.keys()]);
  return { kind: 'some', directories, others: all.size - directories.length };
}

const exists = (files: FileSystem, path: string): boolean => files.read(path).kind === 'file';

/**
 * The files of some directories that a run is given instead of the directories, which would stand for all that is below them too. What only
 * tests of Terraform call is left out, as a run over the whole tree does.
 */
export function filesToRun(
  files: FileSystem,
  directories: readonly string[],
  parse: AffectedOptions['parse'],
): readonly string[] {
  const helpers = testHelpers(files, filesBelow(files, '').filter(isTestFile), parse);
  return directories
    .filter((directory) => ![...helpers].some((helper) => isBelow(helper, directory)))
    .flatMap((directory) => configurationsIn(files, directory));
}
