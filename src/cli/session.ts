/** Shared by the commands that read Terraform: the tree, the config and the inputs. */

import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { checks } from '../checks/index.ts';
import { type Configs, discoverConfigs, fixedConfig } from '../config/discover.ts';
import type { Selection } from '../config/resolve.ts';
import { diskFileSystem, type FileSystem, listedOnce, overlayFileSystem } from '../files.ts';
import type { Check } from '../findings/check.ts';
import { CheckNames } from '../findings/names.ts';
import type { LintOptions } from '../lint.ts';
import type { Problem } from '../source/problem.ts';
import { isConfigurationFile } from '../terraform/modules/load.ts';
import type { Shard } from '../terraform/modules/shard.ts';
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
  /** Paths that don't exist, as they were given. */
  readonly problems: readonly Problem[];
}

/** @throws UsageError if a file that the command line names can't be read, or it names no check */
export async function openSession(
  given: InputArguments & ConfigArguments & { readonly shard?: Shard | undefined },
  io: Io,
): Promise<Session> {
  const isThere = (path: string) => path === given.stdinFilename || existsSync(resolve(io.cwd, path));
  const there = given.paths.filter(isThere);
  const others = there.filter((path) => path !== given.stdinFilename && isOtherFile(resolve(io.cwd, path)));
  const reader = given.plans.length + others.length > 0 ? await import('./plans.ts') : undefined;
  const named = others.filter((path) => reader?.isPlanFile(io.cwd, path));
  const paths = there.filter((path) => !named.includes(path));
  if (paths.length === 0 && named.length > 0) paths.push('.');
  const tree = locateTree(io.cwd, [...paths, ...(given.stdinFilename === undefined ? [] : [given.stdinFilename])]);
  const disk = listedOnce(diskFileSystem(tree.root, tree.admits));
  const fileSystem =
    given.stdinFilename === undefined
      ? disk
      : overlayFileSystem(disk, new Map([[tree.pathOf(given.stdinFilename), readStdin(io)]]));
  const configs = openConfigs(given, io, tree, fileSystem);
  const planned = reader?.readPlans([...given.plans, ...named], io, tree, () => readStdin(io));
  const hasPlans = given.plans.length + named.length > 0;
  return {
    tree,
    fileSystem,
    paths: paths.map(tree.pathOf),
    configs,
    problems: [...given.paths.filter((path) => !isThere(path)).map(missingPath), ...(planned?.problems ?? [])],
    options: {
      configFor: configs.configFor,
      parser: given.parser,
      environment: given.environment,
      shard: given.shard,
      // A plan is of one world.
      worlds: given.worlds === 'one' || hasPlans ? 'one' : undefined,
      ...(hasPlans && { plans: planned?.plans ?? [], planScope: given.planScope }),
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

/** A file that is not configuration. */
function isOtherFile(path: string): boolean {
  return !isConfigurationFile(basename(path)) && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** @throws UsageError as openSession */
export function openConfigs(given: ConfigArguments, io: Io, tree: DiskTree, fileSystem: FileSystem): Configs {
  const selection = selectionOf(given);
  if (given.config !== undefined) {
    const bytes = readGiven(io.cwd, given.config, '--config');
    return fixedConfig({ path: tree.pathOf(given.config), bytes, fileSystem }, checks, selection);
  }
  if (given.noConfig) return fixedConfig(undefined, checks, selection);
  return discoverConfigs(fileSystem, checks, selection);
}

/** @throws UsageError if a name is of no check */
export function selectionOf({ check, disable, settings }: ConfigArguments): Selection {
  return { only: check.length === 0 ? undefined : idsOf(check), disabled: idsOf(disable), settings };
}

/**
 * The checks of a name, which other tools' ids may share; upper and lower case are alike.
 *
 * @throws UsageError with the nearest name if there is none
 */
export function checksNamed(name: string): readonly Check[] {
  const names = new CheckNames(checks);
  const found = names.find(name);
  if (found !== undefined) return found;
  const nearest = names.nearest(name);
  const hint = nearest === undefined ? 'List all checks with "tfsg checks".' : `Did you mean ${nearest}?`;
  throw new UsageError(`Unknown check ${JSON.stringify(name)}. ${hint}`);
}

function missingPath(path: string): Problem {
  return { kind: 'file', severity: 'error', message: `${path}: no such file or directory.` };
}

/** @throws UsageError if it can't be read */
export function readStdin(io: Io): Uint8Array {
  try {
    return io.readStdin();
  } catch (error) {
    throw new UsageError(`Cannot read standard input: ${reasonOf(error)}.`);
  }
}

function idsOf(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => checksNamed(name).map(({ id }) => id)));
}

function variablesOf(environment: Io['environment']): Readonly<Record<string, string>> {
  const prefix = 'TF_VAR_';
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}
