/** Changes of a file as a unified diff. */

import { formatPatch, structuredPatch } from 'diff';

/**
 * What `git apply` takes, run in the folder that the path is relative to.
 *
 * @param path with `/`; git's quotes are put around names with unusual characters
 */
export function patchOf(path: string, before: string, after: string): string {
  const patch = structuredPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 });
  return formatPatch({ ...patch, isGit: true });
}
