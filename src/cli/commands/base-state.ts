/** `--base`: the older state that a change is compared with, and what of both the change can touch. */

import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Access } from '../../changes/access.ts';
import { readInspection } from '../../changes/read-inspection.ts';
import { diskFileSystem, type FileSystem, listedOnce, readOnce } from '../../files.ts';
import { compareWithRevision } from '../../git/comparison.ts';
import { GitError } from '../../git/git-error.ts';
import { openRepository } from '../../git/repository.ts';
import { parseHcl } from '../../hcl/native/parser.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import type { LintOptions } from '../../lint.ts';
import type { ComparedState } from '../../lint-changes.ts';
import { folderOf, mainFileIn } from '../../source/path.ts';
import type { Problem } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { affectedDirectories, filesToRun } from '../../terraform/affected/affected.ts';
import { isDownloadedPath } from '../../terraform/modules/sources/installed.ts';
import { locateTree, readGiven } from '../files/tree.ts';
import { type Io, UsageError } from '../io.ts';
import type { ChangesArguments } from '../options/arguments.ts';
import type { Session } from '../session.ts';

export interface BaseState {
  /** Undefined for what plans say of it. */
  readonly before: ComparedState | Access | undefined;
  readonly after: ComparedState;
  /** What the older state is called. */
  readonly name: string;
  /** Files that differ, as far as that is known without a look at each; undefined where it is not. */
  readonly changedPaths?: readonly string[];
  readonly problems: readonly Problem[];
}

/** Bytes of a report, which is read at once. */
const MAX_REPORT = 256 * 1024 * 1024;

/** @throws UsageError for what is neither a revision, a directory nor a report, and for a revision that can't be read */
export function baseOf(given: ChangesArguments, session: Session, io: Io): BaseState {
  const { base, isStaged } = given;
  const after: ComparedState = { fileSystem: session.fileSystem, paths: session.paths, below: '' };
  if (base === undefined) return { ...plain, before: undefined, after, name: 'the state of the plan' };
  const there = statSync(resolve(io.cwd, base), { throwIfNoEntry: false });
  const isNamedAsPath =
    /^(?:\.{0,2}\/|\.{1,2}$|[A-Za-z]:[\\/])/.test(base) || (there?.isFile() && base.endsWith('.json'));
  const revision = isNamedAsPath ? undefined : revisionState(given, base, session, io);
  if (there !== undefined && typeof revision === 'object')
    throw new UsageError(`--base ${base} is a revision and a path: write refs/heads/${base}, or ./${base}.`, 'changes');
  if (typeof revision === 'object') return revision;
  if (there === undefined)
    throw new UsageError(`--base ${base}: ${revision ?? 'No such file or directory.'}`, 'changes');
  if (isStaged) throw new UsageError(`--staged needs a revision to compare with, and ${base} is none.`, 'changes');
  if (there.isFile()) return { ...plain, before: readReport(base, io), after, name: base };
  return { ...plain, ...folderState(base, after, session.tree.root, io), name: base };
}

const plain: Pick<BaseState, 'problems'> = { problems: [] };

function readReport(base: string, io: Io): Access {
  const read = readInspection(new TextDecoder().decode(readGiven(io.cwd, base, '--base', MAX_REPORT)));
  if (typeof read === 'string') throw new UsageError(`--base ${base} ${read}.`);
  return read;
}

/** @returns a text where there is none: why, in sentences; undefined without git */
function revisionState(
  { isStaged }: ChangesArguments,
  base: string,
  { fileSystem, paths, tree, options }: Session,
  io: Io,
): BaseState | string | undefined {
  try {
    const repository = openRepository(tree.root);
    if (repository === undefined) return undefined;
    const compared = compareWithRevision(repository, base, fileSystem, {
      after: isStaged ? 'index' : 'working-tree',
      fromMergeBase: true,
      isInstalled: isInstalledBy(options),
      indexFile: io.environment['GIT_INDEX_FILE'],
    });
    const { commit, isMergeBase, warnings, changedPaths } = compared;
    const [was, is] = [listedOnce(compared.before), listedOnce(compared.after)];
    return {
      before: { fileSystem: was, paths: pathsIn(was, paths), below: '' },
      after: { fileSystem: is, paths, below: '' },
      name: `${base} (${isMergeBase ? 'merge base ' : ''}${commit.slice(0, 7)})`,
      changedPaths,
      problems: warnings.map((message) => ({ kind: 'unread', severity: 'warning', message })),
    };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    return error.message;
  }
}

/** What of two states is compared. */
interface AffectedPart extends Pick<BaseState, 'before' | 'after'> {
  /** Directories with configuration that no change can touch, and which are in neither state. */
  readonly unchangedDirectories: number;
}

/** The two states as far as what differs between them can make a difference. */
export function affectedPart({ before, after, changedPaths }: BaseState, options: LintOptions): AffectedPart {
  const whole: AffectedPart = { before, after, unchangedDirectories: 0 };
  if (changedPaths === undefined || before === undefined || !('fileSystem' in before)) return whole;
  const { configFor } = options;
  const affected = affectedDirectories({
    before: before.fileSystem,
    after: after.fileSystem,
    changed: changedPaths,
    isIncluded: (path) => configFor(path).isIncluded(path),
    readsVariables: (directory, path) => {
      const names = configFor(mainFileIn(directory)).environments;
      return names.some(({ varFiles }) => varFiles.some((file) => nameOf(file) === nameOf(path)));
    },
    isInstalled: isInstalledBy(options),
    parse,
  });
  if (affected.kind === 'everything') return whole;
  const given = affected.directories.filter((directory) =>
    after.paths.some(
      (path) => path === '' || directory === path || directory.startsWith(`${path}/`) || folderOf(path) === directory,
    ),
  );
  const stateOf = ({ fileSystem }: ComparedState): ComparedState => {
    return { fileSystem, paths: given.length === 0 ? [] : filesToRun(fileSystem, given, parse), below: '' };
  };
  return { before: stateOf(before), after: stateOf(after), unchangedDirectories: affected.others ?? 0 };
}

/** Whether a path was put there by a tool that downloads modules. */
const isInstalledBy =
  ({ dataDirectory }: Pick<LintOptions, 'dataDirectory'>) =>
  (path: string): boolean =>
    isDownloadedPath(path, dataDirectory);

const parse = (file: SourceFile): SyntaxTree => parseHcl(file).value;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Another checkout has everything at the same paths; another folder is what the one that is given was. */
function folderState(base: string, after: ComparedState, root: string, io: Io): Pick<BaseState, 'before' | 'after'> {
  const { fileSystem, paths } = after;
  const [only, ...others] = paths;
  const older = locateTree(io.cwd, [base]);
  const path = older.pathOf(base);
  const isCheckout = path === '' && (existsSync(join(older.root, '.git')) || older.root !== root);
  const isFolder = only !== undefined && others.length === 0 && fileSystem.list(only).kind === 'directory';
  const before = readOnce(diskFileSystem(older.root, older.admits));
  if (isCheckout && !(isFolder && only === ''))
    return { before: { fileSystem: before, paths: pathsIn(before, paths), below: '' }, after };
  if (!isFolder)
    throw new UsageError(
      `--base ${base}: name one directory to compare with it, such as "tfsg changes --base ${base} .".`,
    );
  return { before: { fileSystem: before, paths: [path], below: path }, after: { ...after, below: only } };
}

/** Those that another state has too. */
const pathsIn = (fileSystem: FileSystem, paths: readonly string[]): readonly string[] =>
  paths.filter((path) => fileSystem.list(path).kind === 'directory' || fileSystem.read(path).kind === 'file');
