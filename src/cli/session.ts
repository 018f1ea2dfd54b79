/** Shared by the commands that read Terraform: the tree, the config and the inputs. */

import { isAbsolute, normalize, parse, relative, sep } from 'node:path';
import { checks } from '../checks/index.ts';
import type { Config } from '../config/config.ts';
import { type Configs, discoverConfigs, fixedConfig, type NamedConfig } from '../config/discover.ts';
import { type Layer, noSelection, type Selection } from '../config/resolve.ts';
import { diskFileSystem, type FileSystem, listedOnce, memoryFileSystem, overlayFileSystem } from '../files.ts';
import type { Check } from '../findings/check.ts';
import { CheckNames } from '../findings/names.ts';
import type { LintOptions } from '../lint.ts';
import { mainFileIn } from '../source/path.ts';
import type { Problem } from '../source/problem.ts';
import { isPlan } from '../terraform/modules/other-files.ts';
import type { Shard } from '../terraform/modules/shard.ts';
import type { DataDirectory } from '../terraform/modules/sources/installed.ts';
import { classifyPaths, findPaths, isPlanFile } from './files/given-paths.ts';
import { type DiskTree, locateTree, readGiven, reasonOf } from './files/tree.ts';
import { type Io, UsageError } from './io.ts';
import type { ConfigArguments, InputArguments } from './options/arguments.ts';

export interface Session {
  readonly tree: DiskTree;
  readonly fileSystem: FileSystem;
  /** Relative to the tree's root. */
  readonly paths: readonly string[];
  readonly configs: Configs;
  readonly options: LintOptions;
  /** About the paths that were given. */
  readonly problems: readonly Problem[];
}

/** Reads the disk below a directory, as diskFileSystem does. */
export type OpenDisk = (...of: Parameters<typeof diskFileSystem>) => FileSystem;

/** @throws UsageError if a file that the command line names can't be read, or it names no check */
export async function openSession(
  given: InputArguments & ConfigArguments & { readonly shard?: Shard | undefined; readonly allowsEmpty?: boolean },
  io: Io,
  openDisk: OpenDisk = (root, admits) => listedOnce(diskFileSystem(root, admits)),
): Promise<Session> {
  const { stdinFilename, isStdinAlone, allowsEmpty = false } = given;
  const all = classifyPaths(io.cwd, given.paths, (path) => path === stdinFilename);
  const named = all.filter(({ kind, text }) => kind === 'path' && text !== stdinFilename && isPlanFile(io.cwd, text));
  const plans = [...given.plans, ...named.map(({ text }) => text)];
  const others = all.filter((each) => !named.includes(each));
  const givenPaths = others.length === 0 && plans.length > 0 ? classifyPaths(io.cwd, ['.'], () => true) : others;
  const bases = givenPaths.flatMap(({ kind, base }) => (kind === 'missing' ? [] : [base]));
  const tree = locateTree(io.cwd, [...bases, ...(stdinFilename === undefined ? [] : [stdinFilename])]);
  const disk = openDisk(tree.root, tree.admits);
  const documents = new Map(
    stdinFilename === undefined ? [] : [[tree.pathOf(stdinFilename), readStdinFile(io, isStdinAlone)]],
  );
  const read = plans.length === 0 ? undefined : (await import('./plans.ts')).readPlans(plans, io, tree, readStdin);
  const documented =
    documents.size === 0 ? disk : overlayFileSystem(isStdinAlone ? memoryFileSystem({}) : disk, documents);
  const fileSystem = read?.withSources(documented) ?? documented;
  const configs = openConfigs(given, io, tree, isStdinAlone ? disk : fileSystem, [
    tree.pathOf(io.cwd),
    ...bases.map((base) => tree.pathOf(base)),
  ]);
  const planned = read?.plans;
  const { paths, problems } = await findPaths(givenPaths, fileSystem, tree, allowsEmpty);
  return {
    tree,
    fileSystem,
    paths,
    configs,
    problems: [...problems, ...(read?.problems ?? [])],
    options: {
      configFor: configs.configFor,
      parser: given.parser,
      environment: given.environment,
      shard: given.shard,
      dataDirectory: dataDirectoryOf(io.environment['TF_DATA_DIR'], tree),
      // A plan is of one world.
      worlds: given.worlds === 'one' || planned !== undefined ? 'one' : undefined,
      ...(planned && { plans: planned, planScope: given.planScope }),
      inputs: {
        variables: given.variables.map(({ kind, text }) =>
          kind === 'var'
            ? { kind, name: text.slice(0, text.indexOf('=')), text: text.slice(text.indexOf('=') + 1) }
            : { kind, path: tree.pathOf(text), bytes: readGiven(io.cwd, text, '--var-file') },
        ),
        environment: given.readsEnvironment ? variablesOf(io.environment) : {},
        workspace: given.workspace,
        any: given.anyInput,
      },
    },
  };
}

/** Gives what a file that the command line names is in another state of the tree; undefined where that does not have it. */
export type NamedIn = (path: string) => NamedConfig | undefined;

/**
 * @param paths of the tree, relative to its root: the command line can name own rules that hold there
 * @param baseIn in the place of what --base-config is in the file system
 * @throws UsageError as openSession
 */
export function openConfigs(
  given: ConfigArguments,
  io: Io,
  tree: DiskTree,
  fileSystem: FileSystem,
  paths: readonly string[] = [tree.pathOf(io.cwd)],
  baseIn?: NamedIn,
): Configs {
  const named = namedFrom(io, tree, fileSystem);
  const base = named(given.baseConfig, '--base-config', baseIn);
  const config = named(given.config, '--config');
  const open = (selection: Selection): Configs =>
    configsOf(fileSystem, { config, base, noConfig: given.noConfig }, selection);
  return open(selectionOf(given, [...given.check, ...given.disable].every(isOfTfsg) ? checks : knownHere(open, paths)));
}

/** Reads files that the command line names, where another state does not have them. */
const namedFrom =
  (io: Io, tree: DiskTree, fileSystem: FileSystem) =>
  (path: string | undefined, option: string, elsewhere?: NamedIn): NamedConfig | undefined => {
    if (path === undefined) return undefined;
    const inTree = tree.pathOf(path);
    const there = elsewhere?.(inTree);
    if (there !== undefined) return there;
    return { path: inTree, bytes: readGiven(io.cwd, path, option), fileSystem: withFilesOutside(fileSystem) };
  };

/** tfsg's checks, and the own rules that hold at some paths of the tree. */
function knownHere(open: (selection: Selection) => Configs, paths: readonly string[]): readonly Check[] {
  const configs = open(noSelection);
  for (const path of paths) configs.configFor(mainFileIn(path));
  return configs.checks;
}

/**
 * What the same command line says in another state of the tree. Files that it names are those of that state, where it has them.
 *
 * @param selection what it says beside files
 */
export function configsIn(
  fileSystem: FileSystem,
  { config, baseConfig, noConfig }: ConfigArguments,
  io: Io,
  tree: DiskTree,
  selection: Selection,
  namedIn: NamedIn,
): Configs {
  const named = namedFrom(io, tree, fileSystem);
  const files = { config: named(config, '--config', namedIn), base: named(baseConfig, '--base-config', namedIn) };
  return configsOf(fileSystem, { ...files, noConfig }, { ...selection, base: undefined });
}

/** Those of the file that the command line names, or else of the tree. */
function configsOf(
  fileSystem: FileSystem,
  {
    config,
    base,
    noConfig,
  }: Readonly<Record<'config' | 'base', NamedConfig | undefined>> & { readonly noConfig: boolean },
  selection: Selection,
): Configs {
  return config !== undefined || noConfig
    ? fixedConfig(config, checks, selection, base)
    : discoverConfigs(fileSystem, checks, selection, base);
}

const isOfTfsg = (name: string): boolean => new CheckNames(checks).find(name) !== undefined;

/** What holds in the working directory, whatever a command line says. */
export function configsHere(io: Io): {
  readonly configs: Configs;
  readonly config: Config;
  readonly layers: readonly Layer[];
} {
  const tree = locateTree(io.cwd, []);
  const configs = discoverConfigs(diskFileSystem(tree.root), checks, noSelection);
  const path = mainFileIn(tree.pathOf(io.cwd));
  return { configs, config: configs.configFor(path), layers: configs.layersFor(path) };
}

/** tfsg's checks, and the own rules that hold in the working directory. */
export function checksHere(io: Io): readonly Check[] {
  return [...checks, ...configsHere(io).config.ownChecks];
}

/** The same, with files of the whole disk by their absolute paths: for what a file of the command line extends. */
export function withFilesOutside(fileSystem: FileSystem): FileSystem {
  const onDisk = <T>(path: string, look: (disk: FileSystem, path: string) => T): T => {
    const { root } = parse(path);
    return look(diskFileSystem(root), relative(root, path).replaceAll(sep, '/'));
  };
  return {
    ...fileSystem,
    read: (path) => (isAbsolute(path) ? onDisk(path, (disk, each) => disk.read(each)) : fileSystem.read(path)),
    list: (path) => (isAbsolute(path) ? onDisk(path, (disk, each) => disk.list(each)) : fileSystem.list(path)),
  };
}

/** Whether a config that was read until now has mistakes: then nothing is done that it should decide. */
export function isMistaken({ problems }: Configs): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** @throws UsageError if a name is of no check */
function selectionOf({ preset, check, disable, settings }: ConfigArguments, known: readonly Check[]): Selection {
  const idsOf = (names: readonly string[]) =>
    new Set(names.flatMap((name) => checksNamed(name, known).map(({ id }) => id)));
  return { only: check.length === 0 ? undefined : idsOf(check), disabled: idsOf(disable), preset, settings };
}

/**
 * The checks of a name, which other tools' ids may share; upper and lower case are alike.
 *
 * @param known all that there are
 * @throws UsageError with the nearest name if there is none
 */
export function checksNamed(name: string, known: readonly Check[]): readonly Check[] {
  const names = new CheckNames(known);
  const found = names.find(name);
  if (found !== undefined) return found;
  const nearest = names.nearest(name);
  const hint = nearest === undefined ? 'List all checks with "tfsg checks".' : `Did you mean ${nearest}?`;
  throw new UsageError(`Unknown check ${JSON.stringify(name)}. ${hint}`);
}

function readStdinFile(io: Io, isAlone: boolean): Uint8Array {
  const bytes = readStdin(io);
  if (isAlone && isPlan(bytes)) {
    throw new UsageError('Standard input is a plan: use "tfsg --plan -".');
  }
  return bytes;
}

/** @throws UsageError if it can't be read */
export function readStdin(io: Io): Uint8Array {
  try {
    return io.readStdin();
  } catch (error) {
    throw new UsageError(`Cannot read standard input: ${reasonOf(error)}.`);
  }
}

/** Undefined where Terraform keeps its data in the usual place, or out of the tree. */
function dataDirectoryOf(named: string | undefined, tree: DiskTree): DataDirectory | undefined {
  if (named === undefined || named === '') return undefined;
  const isShared = isAbsolute(named);
  const path = isShared ? tree.pathOf(named) : normalize(named).split(sep).join('/').replace(/\/$/, '');
  return path === '' || path === '.' || isAbsolute(path) ? undefined : { path, isShared };
}

function variablesOf(environment: Io['environment']): Readonly<Record<string, string>> {
  const prefix = 'TF_VAR_';
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}
