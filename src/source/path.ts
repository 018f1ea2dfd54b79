/** Paths of files. */

/** Whether a path is none of a tree, on whatever system. */
export const isAbsolutePath = (path: string): boolean => /^(?:[/\\]|[A-Za-z]:)/.test(path);

/** The directory of a file with a final slash; empty for the tree's own. */
export const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The directory of a file without one; empty for the tree's own, and above that. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The path of a file in a directory without a final slash: what a configuration says of it holds for what the directory makes. */
export const mainFileIn = (directory: string): string => (directory === '' ? 'main.tf' : `${directory}/main.tf`);
