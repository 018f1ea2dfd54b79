/** Paths of files in the tree. */

/** The directory of a file with a final slash; empty for the tree's own. */
export const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
