/** Runs over everything, and over what a change touches. */

import { configOf } from '../../../src/config/config.ts';
import { type FileSystem, memoryFileSystem } from '../../../src/files.ts';
import { parseHcl } from '../../../src/hcl/native/parser.ts';
import { inspectWorlds } from '../../../src/lint.ts';
import { renderInspectionJson } from '../../../src/report/inspect.ts';
import { type Affected, affectedDirectories, filesToRun } from '../../../src/terraform/affected/affected.ts';
import { noInputs } from '../../../src/terraform/instances/inputs.ts';
import { isDownloadedPath } from '../../../src/terraform/modules/sources/installed.ts';

export type Files = Readonly<Record<string, string>>;

export const parse: Parameters<typeof filesToRun>[2] = (file) => parseHcl(file).value;

const changedIn = (before: Files, after: Files): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path]).sort();

export function affected(
  before: Files,
  after: Files,
  readsVariables: (directory: string, path: string) => boolean = () => false,
): Affected {
  return affectedDirectories({
    before: memoryFileSystem(before),
    after: memoryFileSystem(after),
    changed: changedIn(before, after),
    isIncluded: () => true,
    readsVariables,
    isInstalled: (path) => isDownloadedPath(path, undefined),
    parse,
  });
}

/** What `inspect` shows of each root. */
async function inspected(files: FileSystem, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { roots } = await inspectWorlds(files, paths, {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: noInputs,
    worlds: 'one',
  });
  const shown = new Map<string, string>();
  for (const root of roots) shown.set(root.root, (shown.get(root.root) ?? '') + renderInspectionJson([root], []));
  return shown;
}

/** Of each root of which something else is shown: what. */
export type Differences = Readonly<Record<string, unknown>>;

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Differences {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return Object.fromEntries(
    names
      .filter((name) => before.get(name) !== after.get(name))
      .map((name) => [name, [before.get(name), after.get(name)]]),
  );
}

/** Differences of runs over everything. */
export const wholly = async (before: Files, after: Files): Promise<Differences> =>
  differences(await inspected(memoryFileSystem(before), ['']), await inspected(memoryFileSystem(after), ['']));

/** Differences of runs over some directories. */
export async function partly(before: Files, after: Files, directories: readonly string[]): Promise<Differences> {
  const run = (files: Files) => {
    const tree = memoryFileSystem(files);
    const paths = filesToRun(tree, directories, parse);
    return paths.length === 0 ? new Map<string, string>() : inspected(tree, paths);
  };
  return differences(await run(before), await run(after));
}
