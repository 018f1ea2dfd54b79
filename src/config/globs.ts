/** The patterns of files and of groups. */

import { createRequire } from 'node:module';

/** Few runs have patterns: loaded by the first call. */
const picomatch = (): typeof import('picomatch') => createRequire(import.meta.url)('picomatch');

/** What is wrong with a pattern, as a sentence; undefined if nothing. */
export function checkGlob(glob: string): string | undefined {
  if (glob.trim() === '') return 'Expected a pattern such as "**/examples/**".';
  if (glob.startsWith('!')) return 'A pattern can\'t be turned round with "!": use "include" and "exclude" together.';
  if (glob.startsWith('/')) return "Patterns start at this file's folder: leave the slash at the start out.";
  if (glob.includes('\\') && !/\\[*?[\]{}()!+@]/.test(glob)) return 'Patterns are written with "/", on Windows too.';
  if (glob.split('/').includes('..')) return 'A pattern can\'t lead out of the folder of this file with "..".';
  return undefined;
}

/** What is wrong with a pattern of groups, as a sentence; undefined if nothing. */
export function checkGroupGlob(glob: string): string | undefined {
  return glob.trim() === '' ? 'Expected a pattern such as "*-web".' : undefined;
}

/**
 * Whether a path, relative to the patterns' folder, matches one of them. A pattern that matches a folder stands for everything in it; names
 * that start with a dot are names like any other, as in Biome and ESLint.
 */
export function matcherOf(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.map(plainGlob).flatMap((glob) => (glob === '' ? ['**'] : [glob, `${glob}/**`]));
  return patterns.length === 0 ? () => false : picomatch()(patterns, { dot: true, nonegate: true });
}

/** Without `./` at the start and `/` at the end; empty for the folder itself. */
function plainGlob(glob: string): string {
  const plain = glob.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  return plain === '.' ? '' : plain;
}

/** A pattern of a folder as one of the tree's root. */
export function folderGlob(glob: string, folder: string): string {
  if (folder === '') return glob;
  const escaped = folder.replace(/[*?[\]{}()!+@]/g, '\\$&');
  return [escaped, plainGlob(glob)].filter((part) => part !== '').join('/');
}

/** Whether the name or address of a group matches one of the patterns, where `*` stands for any characters. */
export function groupMatcherOf(globs: readonly string[]): (nameOrAddress: string) => boolean {
  return globs.length === 0 ? () => false : picomatch()([...globs], { dot: true, nonegate: true, bash: true });
}
