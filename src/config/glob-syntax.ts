/** Patterns of paths and of groups in the syntax of RE2, which matches them in time linear in the text. */

/** What wildcards stand for: anything in paths but `/`, or anything at all. */
export type GlobKind = 'path' | 'group';

const LONGEST = 1000;

/**
 * What a pattern can't have, as a sentence; undefined for a good one: `*` and `?`, in paths `**` as a whole folder, `[abc]`, `[!abc]`, `{one,other}`,
 * and `\` before any of these.
 */
export function globFault(glob: string): string | undefined {
  if (glob.length > LONGEST) return `A pattern has ${LONGEST} characters at most, and this one has ${glob.length}.`;
  if (/^(?:[^\\(]|\\.)*\(/s.test(glob))
    return 'A pattern has no parentheses: write {one,other} for alternatives, and \\( for the character itself.';
  if (/\{[^{},\\/]+\.\.[^{},\\/]+\}/.test(glob)) return 'A pattern has no ranges in braces: write {1,2,3}.';
  return undefined;
}

/** @param glob without a fault */
export function globToRe2(glob: string, kind: GlobKind): string {
  const closers = bracesOf(glob);
  const [many, one] = kind === 'path' ? ['[^/]*', '[^/]'] : ['.*', '.'];
  let regex = '';
  /** Where the braces end that are open. */
  const open: number[] = [];
  for (let at = 0; at < glob.length; ) {
    const character = glob[at]!;
    const isFolderStart = at === 0 || /[/{,]/.test(glob[at - 1]!);
    const folders = /^\*\*(\/|(?=[},]|$))/.exec(glob.slice(at, at + 3));
    const classEnd = character === '[' ? classEndOf(glob, at) : -1;
    at += 1;
    if (character === '\\' && at < glob.length) {
      regex += quote(glob[at]!);
      at += 1;
    } else if (kind === 'path' && character === '/' && /^\*\*(?:$|[},])/.test(glob.slice(at, at + 3))) {
      regex += '(?:/.*)?';
      at += 2;
    } else if (kind === 'path' && isFolderStart && folders !== null) {
      regex += folders[1] === '/' ? '(?:.*/)?' : '.*';
      at += folders[0].length - 1;
    } else if (character === '*') {
      while (glob[at] === '*') at += 1;
      regex += many;
    } else if (character === '?') regex += one;
    else if (classEnd !== -1) {
      regex += classOf(glob.slice(at, classEnd), kind);
      at = classEnd + 1;
    } else if (character === '{' && closers.has(at - 1)) {
      open.push(closers.get(at - 1)!);
      regex += '(?:';
    } else if (character === ',' && open.length > 0) regex += '|';
    else if (character === '}' && open.at(-1) === at - 1) {
      open.pop();
      regex += ')';
    } else regex += quote(character);
  }
  return regex;
}

/** Closing braces by the opening ones, as far as they hold alternatives. */
function bracesOf(glob: string): ReadonlyMap<number, number> {
  const closers = new Map<number, number>();
  const open: { readonly at: number; hasComma: boolean }[] = [];
  for (let at = 0; at < glob.length; at += 1) {
    const character = glob[at];
    if (character === '\\') at += 1;
    else if (character === '[') at = Math.max(at, classEndOf(glob, at));
    else if (character === '{') open.push({ at, hasComma: false });
    else if (character === ',' && open.length > 0) open.at(-1)!.hasComma = true;
    else if (character === '}') {
      const opener = open.pop();
      if (opener?.hasComma === true) closers.set(opener.at, at);
    }
  }
  return closers;
}

/** Where the class that opens at an offset is closed, or -1. */
function classEndOf(glob: string, open: number): number {
  let at = open + 1;
  if (glob[at] === '!' || glob[at] === '^') at += 1;
  // A bracket that comes first is one of the characters.
  for (at += 1; at < glob.length; at += 1) {
    if (glob[at] === '\\') at += 1;
    else if (glob[at] === ']') return at;
  }
  return -1;
}

function classOf(inside: string, kind: GlobKind): string {
  const isNegated = /^[!^]/.test(inside);
  const characters = inside
    .slice(isNegated ? 1 : 0)
    .replace(/\\?([\s\S])/g, (written, character: string) => (written === '-' ? written : quote(character)));
  return isNegated ? `[^${characters}${kind === 'path' ? '/' : ''}]` : `[${characters}]`;
}

function quote(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&');
}
