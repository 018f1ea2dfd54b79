/** Environments of a root module that nobody has configured: those that variable files in it suggest. */

import type { FileSystem } from '../../files.ts';
import { type FoundEnvironment, foundEnvironments } from './found-environments.ts';

/** Folders of a root module that variable files are looked for in: more levels than these are not entered. */
const LEVELS = 2;

/** Folders whose variable files are for nobody to apply the root with. */
const others = /^(?:examples?|fixtures|modules|samples?|tests)$/;

/** As named in a variable file, in native or JSON syntax. */
const assignment = /^\s*"?([\p{ID_Start}_][\p{ID_Continue}-]*)"?\s*[=:]/gmu;

/**
 * Of several, so that one is a choice; none where they set no variable of the root.
 *
 * @param directory of the root module
 * @param declares whether the root has a variable
 */
export function rootEnvironments(
  fileSystem: FileSystem,
  directory: string,
  declares: (name: string) => boolean,
): readonly FoundEnvironment[] {
  const paths = filesNear(fileSystem, directory, '', LEVELS);
  if (!paths.some((path) => /\.tfvars(?:\.json)?$/.test(path))) return [];
  const found = foundEnvironments(paths).filter(({ name, varFiles }) => {
    // What lies elsewhere than beside the configuration has the folder in its name.
    const isOwn = !name.includes('/');
    return isOwn && varFiles.some((file) => setsOneOf(fileSystem, within(directory, file), declares));
  });
  return found.length > 1 ? found : [];
}

const within = (directory: string, path: string): string => (directory === '' ? path : `${directory}/${path}`);

/** Paths relative to the directory. */
function filesNear(fileSystem: FileSystem, directory: string, below: string, levels: number): readonly string[] {
  const listing = fileSystem.list(within(directory, below).replace(/\/$/, ''));
  if (listing.kind !== 'directory') return [];
  return listing.entries.flatMap(({ name, kind, isLink }) => {
    const path = below === '' ? name : `${below}/${name}`;
    if (kind === 'file') return [path];
    const isEntered = kind === 'directory' && !isLink && levels > 0 && !name.startsWith('.') && !others.test(name);
    return isEntered ? filesNear(fileSystem, directory, path, levels - 1) : [];
  });
}

function setsOneOf(fileSystem: FileSystem, path: string, declares: (name: string) => boolean): boolean {
  const read = fileSystem.read(path);
  if (read.kind !== 'file') return false;
  return [...Buffer.from(read.bytes).toString().matchAll(assignment)].some(([, name]) => declares(name!));
}
