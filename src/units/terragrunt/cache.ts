/** Modules that Terragrunt has downloaded for a unit. */

import { createHash } from 'node:crypto';
import type { FileSystem } from '../../files.ts';
import { holdsConfiguration } from '../../terraform/modules/sources/elsewhere.ts';

/** Directories of a cache that are looked at. */
const MAX_DIRECTORIES = 100;

/**
 * The directory of the module that a unit's source names; undefined where it was not downloaded, or in another version.
 *
 * Source: `NewSource` in https://github.com/gruntwork-io/terragrunt/blob/v1.1.2/internal/tf/source.go. The directories have names of
 * hashes of paths of the machine and of addresses, and a file in them has that of the version.
 */
export function cachedModule(files: FileSystem, unit: string, source: string): string | undefined {
  const [address = '', query = ''] = source.split('?', 2);
  const start = address.indexOf('://');
  const at = address.indexOf('//', start === -1 ? 0 : start + '://'.length);
  const inside = at === -1 ? '' : address.slice(at).replace(/^\/+|\/+$/g, '');
  const version = versionOf(query);
  const cache = `${unit === '' ? '' : `${unit}/`}.terragrunt-cache`;
  const found = directoriesIn(files, cache)
    .flatMap((directory) => directoriesIn(files, directory))
    .slice(0, MAX_DIRECTORIES)
    .filter((directory) => {
      const read = files.read(`${directory}/.terragrunt-source-version`);
      return read.kind === 'file' && Buffer.from(read.bytes).toString().trim() === version;
    })
    .map((directory) => (inside === '' ? directory : `${directory}/${inside}`))
    .filter((directory) => holdsConfiguration(files, directory));
  return found.length === 1 ? found[0] : undefined;
}

/** As Go encodes the parameters, sorted by name. */
function versionOf(query: string): string {
  const parameters = new URLSearchParams(query);
  parameters.sort();
  return createHash('sha1').update(parameters.toString()).digest('base64url');
}

function directoriesIn(files: FileSystem, directory: string): readonly string[] {
  const listed = files.list(directory);
  if (listed.kind !== 'directory') return [];
  return listed.entries.flatMap(({ name, kind, isLink }) =>
    kind === 'directory' && !isLink ? [`${directory}/${name}`] : [],
  );
}
