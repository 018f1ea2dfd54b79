/** What `tfsg init` looks for in a tree. */

import { groupBy } from '../../collections/group-by.ts';
import type { FileSystem } from '../../files.ts';
import { isConfigurationFile } from '../../terraform/modules/configuration-files.ts';
import { filesBelow } from '../../terraform/modules/discover.ts';
import { type HonoredTool, honoredTools } from '../suppression-settings.ts';
import { type FoundEnvironment, foundEnvironments } from './found-environments.ts';

export interface Survey {
  /** Folders of examples and tests that hold findings, by name. */
  readonly fixtures: readonly { readonly name: string; readonly findings: number }[];
  readonly environments: readonly FoundEnvironment[];
  /** Tools whose comments are there. */
  readonly tools: readonly { readonly tool: HonoredTool; readonly comments: number }[];
}

/** How these tools name their comments; src/suppress reads them to the end. */
const comments: Readonly<Record<HonoredTool, RegExp>> = {
  checkov: /(?:checkov|bridgecrew):skip=/g,
  tfsec: /\btfsec:ignore:/g,
  trivy: /\btrivy:ignore:/g,
  kics: /\bkics-scan\s+(?:ignore|disable|enable)/g,
};

const fixtureFolders: ReadonlySet<string> = new Set([
  ...['example', 'examples', 'sample', 'samples', 'fixture', 'fixtures', 'testdata', 'test', 'tests'],
]);

/**
 * @param folder where the config will be, relative to the tree's root
 * @param found paths of the files with findings, one for each finding
 */
export function survey(fileSystem: FileSystem, folder: string, found: readonly string[]): Survey {
  const files = filesBelow(fileSystem, folder);
  const below = (path: string) => (folder === '' ? path : path.slice(folder.length + 1));
  const paths = files.map(below);
  const stages = foldersOfStages(paths);
  const fixtureOf = (path: string) => fixtureIn(path, stages);
  const inFixtures = found.flatMap((path) => fixtureOf(below(path)) ?? []);
  return {
    fixtures: [...groupBy(inFixtures, (name) => name)].map(([name, each]) => ({ name, findings: each.length })),
    environments: foundEnvironments(paths.filter((path) => fixtureOf(path) === undefined)),
    tools: toolsIn(
      fileSystem,
      files.filter((path) => isConfigurationFile(path.slice(path.lastIndexOf('/') + 1))),
    ),
  };
}

/** Folders with a folder for production, beside which `test` is an environment. */
function foldersOfStages(paths: readonly string[]): ReadonlySet<string> {
  const above = paths.flatMap((path) => {
    const folders = path.split('/').slice(0, -1);
    const at = folders.findIndex((name) => /^prod/.test(name));
    return at === -1 ? [] : folders.slice(0, at).join('/');
  });
  return new Set(above);
}

/** The folder of examples or tests that a file is in. */
function fixtureIn(path: string, stages: ReadonlySet<string>): string | undefined {
  const folders = path.split('/').slice(0, -1);
  return folders.find((name, index) => {
    const isStage = /^tests?$/.test(name) && stages.has(folders.slice(0, index).join('/'));
    return fixtureFolders.has(name) && !isStage;
  });
}

function toolsIn(fileSystem: FileSystem, files: readonly string[]): Survey['tools'] {
  const counts = new Map<HonoredTool, number>();
  for (const path of files) {
    const read = fileSystem.read(path);
    if (read.kind !== 'file') continue;
    const text = new TextDecoder().decode(read.bytes);
    for (const tool of honoredTools) {
      const number = text.match(comments[tool])?.length ?? 0;
      if (number > 0) counts.set(tool, (counts.get(tool) ?? 0) + number);
    }
  }
  return honoredTools.flatMap((tool) => {
    const number = counts.get(tool);
    return number === undefined ? [] : { tool, comments: number };
  });
}
