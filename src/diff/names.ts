/** How diffs name files. */

import { append } from '../collections/append.ts';

/** The names of one file's section of a diff, unquoted, but for `git`. */
export interface DiffNames {
  /** What follows `diff --git `: both names, as written. */
  readonly git?: string;
  /** Behind `---` and `+++`. */
  before?: string;
  after?: string;
  /** Behind `rename to` or `copy to`, which have no prefix. */
  moved?: string;
}

/** The file after the change; undefined where it is gone, or has no name. */
export function pathsOf({ git, before, after, moved }: DiffNames): string | undefined {
  if (after === '/dev/null') return undefined;
  if (moved !== undefined) return moved;
  const [first, second] = git === undefined ? [undefined, undefined] : splitGit(git);
  const target = after ?? second;
  if (target === undefined) return undefined;
  const source = before === undefined || before === '/dev/null' ? first : before;
  return withoutPrefix(target, source);
}

/** Git's prefixes of the two sides: `a/` and `b/`, or with diff.mnemonicPrefix what they are: commit, index, object, working tree. */
const prefixes = /^([abciow12])\/./;

/** A prefix is one only where the other side has another one: without prefixes both sides start alike. */
function withoutPrefix(target: string, source: string | undefined): string {
  const side = prefixes.exec(target)?.[1];
  const other = source === undefined ? undefined : prefixes.exec(source)?.[1];
  const isPrefix =
    side !== undefined && (source === undefined ? /[bwi2]/.test(side) : other !== undefined && other !== side);
  return isPrefix ? target.slice(2) : target;
}

/** Unquoted names may have spaces: where they have, both are the same but for their prefixes, for otherwise a rename is told. */
function splitGit(text: string): [string | undefined, string | undefined] {
  const first = text.startsWith('"') ? unquote(text) : undefined;
  if (first !== undefined) {
    const rest = text.slice(first.length + 1);
    return [first.name, rest.startsWith('"') ? unquote(rest)?.name : rest];
  }
  const quote = text.indexOf(' "');
  if (quote !== -1) return [text.slice(0, quote), unquote(text.slice(quote + 1))?.name];
  const middle = text.length >> 1;
  const halves: [string, string] = [text.slice(0, middle), text.slice(middle + 1)];
  return text[middle] === ' ' ? halves : [undefined, undefined];
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** Several times what systems take, in octal escapes. */
const MAX_NAME_LENGTH = 100_000;

/**
 * A name in git's quotes, whose escapes stand for bytes of UTF-8.
 *
 * Source: core.quotePath in https://git-scm.com/docs/git-config
 *
 * @param text starts with the quote
 * @returns the name, and the length of what was read; undefined if it is damaged
 */
export function unquote(text: string): { readonly name: string; readonly length: number } | undefined {
  const body = /^"((?:[^"\\]|\\.)*)"/s.exec(text.slice(0, MAX_NAME_LENGTH))?.[1];
  if (body === undefined) return undefined;
  const encoder = new TextEncoder();
  const bytes: number[] = [];
  for (const [piece, octal, letter] of body.matchAll(/\\(?:([0-3][0-7]{2})|(.))|[^\\]+/gs)) {
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8));
    } else if (letter !== undefined) {
      const byte = escapes[letter];
      if (byte === undefined) return undefined;
      bytes.push(byte);
    } else {
      append(bytes, encoder.encode(piece));
    }
  }
  return { name: new TextDecoder().decode(new Uint8Array(bytes)), length: body.length + 2 };
}
