/** The plans that the command line names. */

import { type FileSystem, overlayFileSystem } from '../files.ts';
import { type Plan, readPlan } from '../plan/plan.ts';
import { type ArchivedModule, ArchiveFault, modulesIn } from '../plan/plan-archive.ts';
import { directoryOf } from '../source/path.ts';
import type { Problem } from '../source/problem.ts';
import { SourceFile } from '../source/source-file.ts';
import { isConfigurationFile } from '../terraform/modules/configuration-files.ts';
import { isZip } from '../terraform/modules/other-files.ts';
import { type DiskTree, readGiven } from './files/tree.ts';
import { type Io, UsageError } from './io.ts';

/** Bytes: V8 has no longer strings. */
const LARGEST = 512 * 1024 * 1024;

export interface GivenPlans {
  /** Undefined where only binary ones are given. */
  readonly plans: readonly Plan[] | undefined;
  readonly problems: readonly Problem[];
  /** The tree with the configuration that is in binary plans. */
  readonly withSources: (files: FileSystem) => FileSystem;
}

/**
 * @param files as given; `-` for standard input
 * @throws UsageError if one can't be read
 */
export function readPlans(
  files: readonly string[],
  io: Io,
  tree: DiskTree,
  readStdin: (io: Io) => Uint8Array,
): GivenPlans {
  const plans: Plan[] = [];
  const problems: Problem[] = [];
  const documents = new Map<string, Uint8Array>();
  const archives: string[] = [];
  for (const file of files) {
    const bytes = file === '-' ? readStdin(io) : readGiven(io.cwd, file, '--plan', LARGEST);
    if (isZip(bytes)) {
      archives.push(file);
      problems.push(...addSources(file, bytes, tree, documents));
      continue;
    }
    const path = file === '-' ? 'plan on standard input' : tree.pathOf(file);
    // Terraform writes sensitive values as they are, and all on one line.
    const read = readPlan(new SourceFile(path, decoded(bytes, file), file === '-', () => false));
    if (read.value !== undefined) plans.push(read.value);
    problems.push(...read.problems);
  }
  if (files.length === archives.length) problems.push(...archives.map(valuesNotRead));
  const hasValues = files.length > archives.length;
  return {
    plans: hasValues ? plans : undefined,
    problems,
    withSources: (base) => (documents.size === 0 ? base : withDocuments(base, documents)),
  };
}

/** Puts the modules of a binary plan where Terraform had them. */
function addSources(file: string, bytes: Uint8Array, tree: DiskTree, documents: Map<string, Uint8Array>): Problem[] {
  try {
    const modules = modulesIn(bytes);
    const outside = modules.filter((module) => !addModule(module, tree, documents));
    const listed = modules.map(({ key, source, version, directory }) => ({
      Key: key,
      Source: source,
      ...(version !== undefined && { Version: version }),
      Dir: directory,
    }));
    const list = new TextEncoder().encode(JSON.stringify({ Modules: listed }));
    documents.set(tree.pathOf('.terraform/modules/modules.json'), list);
    return outside.map(({ key }) => ({
      kind: 'unread',
      severity: 'warning',
      message: `${file}: module.${key.replaceAll('.', '.module.')} lies outside the tree and was not read.`,
      hint: 'Run tfsg in the directory of the root module.',
    }));
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error;
    return [{ kind: 'file', severity: 'error', message: `${file}: ${error.message}.` }];
  }
}

function addModule({ directory, files }: ArchivedModule, tree: DiskTree, documents: Map<string, Uint8Array>): boolean {
  return [...files].every(([name, text]) => {
    const path = tree.pathOf(`${directory}/${name}`);
    const isInside = !/^(?:\.\.(?:\/|$)|\/|[A-Za-z]:)/.test(path);
    if (isInside) documents.set(path, text);
    return isInside;
  });
}

/** The directories of the plan have no other configuration than the plan's. */
function withDocuments(base: FileSystem, documents: ReadonlyMap<string, Uint8Array>): FileSystem {
  const overlaid = overlayFileSystem(base, documents);
  const directories = new Set([...documents.keys()].map(directoryOf));
  const isHidden = (path: string): boolean =>
    !documents.has(path) &&
    directories.has(directoryOf(path)) &&
    isConfigurationFile(path.slice(path.lastIndexOf('/') + 1));
  return {
    ...overlaid,
    read: (path) => (isHidden(path) ? { kind: 'missing' } : overlaid.read(path)),
    list(path) {
      const listed = overlaid.list(path);
      if (listed.kind !== 'directory') return listed;
      const prefix = path === '' ? '' : `${path}/`;
      return { ...listed, entries: listed.entries.filter(({ name }) => !isHidden(prefix + name)) };
    },
  };
}

const valuesNotRead = (file: string): Problem => ({
  kind: 'unread',
  severity: 'warning',
  message: `${file} is a plan in Terraform's binary format: its configuration was checked, and not its values.`,
  hint: `Write the values as JSON: terraform show -json ${file} > plan.json. Then pass both.`,
});

/** PowerShell writes UTF-16 with `>`. */
function decoded(bytes: Uint8Array, file: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xfe && second === 0xff
      ? 'utf-16be'
      : second === 0 || (first === 0xff && second === 0xfe)
        ? 'utf-16le'
        : 'utf-8';
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    throw new UsageError(`--plan ${file}: it is too large for one text.`);
  }
}
