/** Which files of the working tree git ignores. */

import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { readGitText } from './reading.ts';
import type { Repository } from './repository.ts';

/**
 * Whether rules of `.gitignore` files and of `info/exclude` match a path of the working tree, or a folder that it is in. Paths of folders
 * end with `/`. Whether git has the file all the same is not asked; the user's own file of rules is not read.
 */
export function ignoredPaths(repository: Repository): (path: string) => boolean {
  /** The rules of a folder and of all above it, each with the folder in front: later ones win. */
  const rules = new Map<string, Ignore>();
  const rulesOf = (folder: string): Ignore => {
    const known = rules.get(folder);
    if (known !== undefined) return known;
    const found = ignore({ ignorecase: repository.ignoresCase });
    if (folder === '') found.add(readGitText(join(repository.common, 'info', 'exclude')) ?? '');
    else found.add(rulesOf(folder.slice(0, Math.max(0, folder.lastIndexOf('/')))));
    const own = readGitText(join(repository.worktree, folder, '.gitignore'));
    if (own !== undefined) found.add(own.split(/\r?\n/).map((rule) => below(folder, rule)));
    rules.set(folder, found);
    return found;
  };
  const known = new Map<string, boolean>();
  const isIgnored = (path: string): boolean => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const bare = path.endsWith('/') ? path.slice(0, -1) : path;
    const folder = bare.slice(0, bare.lastIndexOf('/') + 1);
    const result = (folder !== '' && isIgnored(folder)) || rulesOf(folder.slice(0, -1)).ignores(path);
    if (path.endsWith('/')) known.set(path, result);
    return result;
  };
  return isIgnored;
}

/** A rule of a folder as one of the root. */
function below(folder: string, rule: string): string {
  if (folder === '' || rule.trim() === '' || rule.startsWith('#')) return rule;
  const isExcepted = rule.startsWith('!');
  const pattern = isExcepted ? rule.slice(1) : rule;
  const place = folder.replace(/[\\*?[\]!# ]/g, '\\$&');
  const isAnchored = /\/(?!\s*$)/.test(pattern);
  const whole = isAnchored ? `/${place}/${pattern.replace(/^\//, '')}` : `/${place}/**/${pattern}`;
  return (isExcepted ? '!' : '') + whole;
}
