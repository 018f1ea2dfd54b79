/** Patterns of files and groups. */

import { re2 } from '../../terraform/functions/libraries.ts';
import { type GlobKind, globFault, globToRe2 } from './glob-syntax.ts';

/** Characters of all patterns of one file: what matches them takes some 1 KB for each. */
const MAX_CHARACTERS = 20_000;

/** Says what is wrong with the patterns of one file. */
export class GlobChecker {
  #characters = 0;

  /** A sentence; undefined if nothing is wrong. */
  faultOf(glob: string, kind: GlobKind): string | undefined {
    this.#characters += glob.length;
    if (this.#characters > MAX_CHARACTERS)
      return `The patterns of this file have more than ${MAX_CHARACTERS} characters in total; this one is ignored.`;
    return (kind === 'path' ? pathFault(glob) : groupFault(glob)) ?? classFault(glob, kind);
  }
}

/** What is wrong with `[z-a]`, or with braces that are too deep in one another. */
function classFault(glob: string, kind: GlobKind): string | undefined {
  if (!/[[{]/.test(glob)) return undefined;
  const { RE2JS, RE2JSSyntaxException } = re2();
  try {
    RE2JS.compile(globToRe2(glob, kind));
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return `${JSON.stringify(error.getPattern())} in brackets is not a valid character range.`;
  }
}

function pathFault(glob: string): string | undefined {
  if (glob.trim() === '') return 'Expected a pattern such as "**/examples/**".';
  if (glob.startsWith('!')) return 'Patterns cannot be negated with "!": use "include" and "exclude" together.';
  if (glob.startsWith('/')) return "Patterns are relative to this file's directory: remove the leading slash.";
  if (glob.includes('\\') && !/\\[*?[\]{}()!+@]/.test(glob)) return 'Use "/" in patterns, also on Windows.';
  if (glob.split('/').includes('..')) return 'Patterns cannot leave the directory of this file with "..".';
  return globFault(plainGlob(glob) || '.');
}

function groupFault(glob: string): string | undefined {
  return glob.trim() === '' ? 'Expected a pattern such as "*-web".' : globFault(glob);
}

/**
 * Whether a path, relative to the patterns' folder, matches one of them. A pattern that matches a folder stands for everything in it; names
 * that start with a dot are names like any other, as in Biome and ESLint.
 */
export function matcherOf(globs: readonly string[]): (path: string) => boolean {
  return anyOf(
    globs.map(plainGlob).flatMap((glob) => (glob === '' ? ['**'] : [glob, `${glob}/**`])),
    'path',
  );
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
  return anyOf(globs, 'group');
}

/** @param globs without a fault */
function anyOf(globs: readonly string[], kind: GlobKind): (text: string) => boolean {
  if (globs.length === 0) return () => false;
  const { RE2JS } = re2();
  const any = RE2JS.compile(globs.map((glob) => globToRe2(glob, kind)).join('|'), RE2JS.DOTALL);
  return (text) => text !== '' && any.testExact(text);
}
