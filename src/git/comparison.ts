/** The state that a change started from, beside the state with the change. */

import { type DirectoryEntry, type FileSystem, readOnce } from '../files.ts';
import { changedPaths } from './changed-paths.ts';
import { GitError } from './git-error.ts';
import { type GitFolder, treeOfCommit } from './git-tree.ts';
import { ignoredPaths } from './ignored.ts';
import { type GitIndex, indexFolders, readIndex } from './index-file.ts';
import { mergeBases } from './merge-base.ts';
import type { Repository } from './repository.ts';
import { resolveRevision } from './revision.ts';
import { gitFileSystem } from './tree-files.ts';
import { withSharedFiles } from './with-shared-files.ts';
import { withWorkingFiles } from './with-working-files.ts';
import { foldersOf, workingTreeFolder } from './working-tree.ts';

export interface GitComparisonOptions {
  /** What has the change: the working tree, or the index, which the next commit is made of. */
  readonly after: 'working-tree' | 'index';
  /** Whether the comparison starts where HEAD left the revision, and not at the revision itself. */
  readonly fromMergeBase: boolean;
  /** Whether a path of the tree was put there by a tool that downloads modules. */
  readonly isInstalled: (path: string) => boolean;
  /** As GIT_INDEX_FILE names it for hooks. */
  readonly indexFile?: string | undefined;
}

export interface GitComparison {
  /** The commit that the change started from. */
  readonly commit: string;
  /** Whether it is an earlier one than the revision names. */
  readonly isMergeBase: boolean;
  /** What makes the comparison another than was asked for, as sentences. */
  readonly warnings: readonly string[];
  readonly before: FileSystem;
  readonly after: FileSystem;
  /** Paths of files that differ, sorted; what only the working tree has and git ignores is in both states. */
  readonly changedPaths: readonly string[];
}

/**
 * @param revision as people write it
 * @param disk the working tree
 * @throws GitError if the revision, the index or a folder can't be read
 */
export function compareWithRevision(
  repository: Repository,
  revision: string,
  disk: FileSystem,
  { after, fromMergeBase, isInstalled, indexFile }: GitComparisonOptions,
): GitComparison {
  const named = resolveRevision(repository, revision);
  const { commit, warnings } = fromMergeBase ? forkOf(repository, revision, named) : { commit: named, warnings: [] };
  const index = readIndex(repository, indexFile);
  const isBeside = besideGit(repository, index, isInstalled);
  const filesOf = (folder: GitFolder): FileSystem =>
    withWorkingFiles(gitFileSystem(folder, repository.worktree), disk, isBeside);
  const { root: staged, byId } = indexFolders(repository, index);
  const first = treeOfCommit(repository, commit, byId);
  const isOfIndex = after === 'index';
  const newer = isOfIndex ? readOnce(filesOf(staged)) : disk;
  const changed = changedPaths(
    first,
    isOfIndex ? staged : workingTreeFolder(repository, index, isInstalled, listIn(disk)),
  );
  return {
    commit,
    isMergeBase: commit !== named,
    warnings: isOfIndex ? [...warnings, ...conflictsOf(index)] : warnings,
    before: withSharedFiles(filesOf(first), newer, [...changed, ...linksIn(index)]),
    after: newer,
    changedPaths: changed,
  };
}

const listIn =
  (disk: FileSystem) =>
  (path: string): readonly DirectoryEntry[] => {
    const listed = disk.list(path);
    // What can't be read can't be compared; a run says so.
    return listed.kind === 'directory' ? listed.entries : [];
  };

/** What leads elsewhere: links and submodules. */
const linksIn = ({ entries }: GitIndex): readonly string[] =>
  entries.filter(({ mode }) => mode >> 12 === 0o12 || mode >> 12 === 0o16).map(({ path }) => path);

interface Start {
  readonly commit: string;
  readonly warnings: readonly string[];
}

function forkOf(repository: Repository, revision: string, named: string): Start {
  let head: string;
  try {
    head = resolveRevision(repository, 'HEAD');
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return { commit: named, warnings: [`Compared with ${revision} itself: ${error.reason}.`] };
  }
  const [best] = mergeBases(repository, head, named);
  if (best !== undefined) return { commit: best, warnings: [] };
  const reason =
    repository.shallow.size > 0
      ? `The clone is shallow and does not reach back to where HEAD left ${revision}, so ${revision} itself is compared. Fetch the whole history: fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 of GitLab, "git fetch --unshallow".`
      : `HEAD and ${revision} have no common history, so ${revision} itself is compared.`;
  return { commit: named, warnings: [reason] };
}

function conflictsOf({ conflicts }: GitIndex): readonly string[] {
  const [first] = conflicts;
  if (first === undefined) return [];
  const others = conflicts.length > 1 ? ` and ${conflicts.length - 1} more` : '';
  return [`Merge conflicts in ${first}${others} are not resolved, so these files are not compared.`];
}

/** Whether a path of the working tree is what git does not have and ignores, or what a tool installed; folders end with `/`. */
function besideGit(
  repository: Repository,
  index: GitIndex,
  isInstalled: (path: string) => boolean,
): (path: string) => boolean {
  const isIgnored = ignoredPaths(repository);
  const files = new Set(index.entries.map(({ path }) => path));
  const folders = foldersOf(index);
  return (path) => {
    const bare = path.endsWith('/') ? path.slice(0, -1) : path;
    if (isInstalled(bare)) return true;
    return !files.has(bare) && !folders.has(bare) && isIgnored(path);
  };
}
