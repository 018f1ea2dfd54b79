/** Patterns of paths and groups as RE2 patterns, which match in linear time. */

import { createRequire } from 'node:module';
import { re2 } from '../../terraform/functions/libraries.ts';

/** What wildcards stand for: anything in paths but `/`, or anything at all. */
export type GlobKind = 'path' | 'group';

const MAX_LENGTH = 1000;

/** Few runs have patterns: loaded by the first call. */
const picomatch = (): typeof import('picomatch') => createRequire(import.meta.url)('picomatch');

/**
 * What a pattern can't have, as a sentence; undefined for a good one: `*` and `?`, in paths `**` as a whole folder, `[abc]`, `[!abc]`, `{one,other}`,
 * and `\` before any of these.
 */
export function globFault(glob: string): string | undefined {
  if (glob.length > MAX_LENGTH)
    return `A pattern can have at most ${MAX_LENGTH} characters; this one has ${glob.length}.`;
  if (/^(?:[^\\(]|\\.)*\(/s.test(glob))
    return 'Parentheses are not supported in patterns: write {one,other} for alternatives, or \\( for a literal parenthesis.';
  if (/\{[^{},\\/]+\.\.[^{},\\/]+\}/.test(glob)) return 'Brace ranges are not supported in patterns: write {1,2,3}.';
  if (regexOf(glob, 'path') === MATCHES_NOTHING)
    return 'This pattern matches nothing: it has an unclosed brace or a reversed range in brackets.';
  try {
    re2().RE2JS.compile(globToRe2(glob, 'path'));
    return undefined;
  } catch {
    return 'The brackets in this pattern do not contain a valid character set: write \\[ for a literal bracket.';
  }
}

/** What picomatch makes of a pattern that it can't read. */
const MATCHES_NOTHING = '$^';

/**
 * A pattern as picomatch understands it, in the syntax of RE2. What picomatch looks ahead for, RE2 can't: it keeps `.` and `..` out, and
 * empty names, which no path of a tree has.
 *
 * @param glob without a fault
 */
export function globToRe2(glob: string, kind: GlobKind): string {
  return withoutLookahead(regexOf(glob, kind));
}

function regexOf(glob: string, kind: GlobKind): string {
  // To picomatch a class is turned round by `^` alone, `|` stands between alternatives, and `\d` is a digit.
  const text = glob.replace(/\\.|\[!|\|/gs, (found) => {
    if (found === '[!') return '[^';
    if (found === '|') return '\\|';
    return /^\\[a-z\d]$/i.test(found) ? found.slice(1) : found;
  });
  return picomatch().makeRe(text, { dot: true, nonegate: true, noextglob: true, bash: kind === 'group' }).source;
}

/** Classes and escaped characters have parentheses that open no group. */
const part = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?[=!]|[()]|[^()\\[]+|\[/gs;

/** In front of `é`, where picomatch writes it, RE2 rejects it. */
const needlessEscape = /\\(?=[^\0-\x7f])/g;

function withoutLookahead(regex: string): string {
  let kept = '';
  /** How many groups are open inside of one that is left out. */
  let depth = 0;
  for (const [text] of regex.matchAll(part)) {
    const isLookahead = text === '(?=' || text === '(?!';
    if (depth > 0) depth += text === '(' || isLookahead ? 1 : text === ')' ? -1 : 0;
    else if (isLookahead) depth = 1;
    else kept += text.replace(needlessEscape, '');
  }
  return kept;
}
