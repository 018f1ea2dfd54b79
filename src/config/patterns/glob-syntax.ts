/** Patterns of paths and of groups in the syntax of RE2, which matches them in time linear in the text. */

import { createRequire } from 'node:module';
import { re2 } from '../../terraform/functions/libraries.ts';

/** What wildcards stand for: anything in paths but `/`, or anything at all. */
export type GlobKind = 'path' | 'group';

const LONGEST = 1000;

/** Few runs have patterns: loaded by the first call. */
const picomatch = (): typeof import('picomatch') => createRequire(import.meta.url)('picomatch');

/**
 * What a pattern can't have, as a sentence; undefined for a good one: `*` and `?`, in paths `**` as a whole folder, `[abc]`, `[!abc]`, `{one,other}`,
 * and `\` before any of these.
 */
export function globFault(glob: string): string | undefined {
  if (glob.length > LONGEST) return `A pattern has ${LONGEST} characters at most, and this one has ${glob.length}.`;
  if (/^(?:[^\\(]|\\.)*\(/s.test(glob))
    return 'A pattern has no parentheses: write {one,other} for alternatives, and \\( for the character itself.';
  if (/\{[^{},\\/]+\.\.[^{},\\/]+\}/.test(glob)) return 'A pattern has no ranges in braces: write {1,2,3}.';
  if (regexOf(glob, 'path') === MATCHES_NOTHING)
    return 'This pattern matches nothing: a brace is not closed, or a range in brackets goes backwards.';
  try {
    re2().RE2JS.compile(globToRe2(glob, 'path'));
    return undefined;
  } catch {
    return 'This pattern has something in brackets that is no set of characters: write \\[ for the character itself.';
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

/** In front of `é`, where picomatch writes it, RE2 refuses it. */
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
