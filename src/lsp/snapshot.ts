/** One linted state of a tree: the only place where the language server starts a run. */

import { checks } from '../checks/index.ts';
import { type QueryCache, query } from '../collections/query-cache.ts';
import { CONFIG_FILE, type Configs, discoverConfigs, fixedConfig, type NamedConfig } from '../config/discover.ts';
import { RULES_FILE } from '../config/own/declared-rules.ts';
import { noSelection } from '../config/resolve.ts';
import { type FileSystem, listedOnce, overlayFileSystem } from '../files.ts';
import type { Finding } from '../findings/finding.ts';
import { membersOf } from '../findings/gather.ts';
import { spans } from '../findings/places.ts';
import { type Evaluated, evaluateModels, type LintOptions, lint } from '../lint.ts';
import type { Report } from '../report/report.ts';
import { isAbsolutePath } from '../source/path.ts';
import type { Problem } from '../source/problem.ts';
import { noInputs } from '../terraform/instances/inputs.ts';
import { isConfigurationFile } from '../terraform/modules/configuration-files.ts';
import { isStackFile, isTerragruntFile } from '../terraform/modules/other-files.ts';
import { WatchedFiles } from '../terraform/modules/watched-files.ts';
import type { OpenDocument } from './document.ts';

/** A config file that the settings name. */
export interface ExplicitConfig {
  /** Path of the tree; absolute where it lies outside. */
  readonly path: string;
  /** What it holds, or why it can't be read. */
  readonly content: Uint8Array | string;
}

/** Config files that are not those of the tree alone. */
export interface NamedConfigs {
  /** In the place of all others. */
  readonly explicit: ExplicitConfig | undefined;
  /** Below all others. */
  readonly base: ExplicitConfig | undefined;
  /** A file outside of the tree that these may need, by its absolute path, or why it can't be read; undefined where there is none. */
  readonly read: (path: string) => Uint8Array | string | undefined;
}

export interface TreeState {
  /** Without the documents. */
  readonly disk: FileSystem;
  /** Open documents by path of the tree. */
  readonly documents: ReadonlyMap<string, OpenDocument>;
  /** Paths of the tree below which everything is linted, besides the directories of the documents. */
  readonly directories: readonly string[];
  /** Whether that is all that is to be linted. */
  readonly isWhole: boolean;
  readonly named: NamedConfigs;
  /** `2026-01-31`, in UTC. */
  readonly today: string;
  /** Of the earlier states of the same tree. */
  readonly cache: QueryCache;
  /** Told now and then that a run goes on. */
  readonly onProgress?: (() => void) | undefined;
}

interface TreeConfigs {
  readonly files: WatchedFiles;
  readonly value: Configs;
}

/** By the config that the settings name. */
const treeConfigs = query<FileSystem, TreeConfigs>();

/** The configs of a state: the same as before as long as no file of theirs is another. */
function configsIn(fileSystem: FileSystem, named: NamedConfigs, cache: QueryCache): Configs {
  const key = JSON.stringify([named.explicit, named.base], (_, value) =>
    value instanceof Uint8Array ? [...value] : value,
  );
  const known = cache.latest(treeConfigs, key);
  const isSame = known?.files.isSameIn(fileSystem) === true;
  const files = isSame ? known.files : new WatchedFiles(fileSystem);
  // What nobody has asked for yet is read as it is now.
  files.readFrom(fileSystem);
  const value = isSame ? known.value : openConfigs(files, named);
  return cache.keep(treeConfigs, key, fileSystem, { files, value }).value;
}

export interface Snapshot {
  /** False where only the directories of the documents are linted, and more is to be. */
  readonly isWhole: boolean;
  readonly documents: ReadonlyMap<string, OpenDocument>;
  readonly report: Report;
  /** Each at its own place, also those that the report gathers. */
  readonly findings: readonly Finding[];
  /** What a report for people shows. */
  readonly problems: readonly Problem[];
  readonly configs: Configs;
  readonly fileSystem: FileSystem;
  /** What the findings are about: for each environment where some are configured. */
  readonly linted: Evaluated;
  /** What the configurations mean without environments, computed when it is first asked for. */
  evaluated(): Promise<Evaluated>;
  /** The report of the same paths in another state of the tree. */
  reportOf(fileSystem: FileSystem): Promise<Report>;
  /** What another state of the tree, or this one, means. */
  meaningOf(fileSystem: FileSystem): Promise<Evaluated>;
}

/** Lints the directories of the open documents, and all below some others, as `tfsg PATH...` does. */
export async function takeSnapshot(state: TreeState): Promise<Snapshot> {
  const paths = [...state.directories, ...[...state.documents.keys()].filter(standsForDirectory)];
  // A document that was opened through a link is the file that the link leads to.
  const documents = new Map([...state.documents].map(([path, document]) => [state.disk.real(path), document]));
  const texts = new Map([...documents].map(([path, { text }]) => [path, text]));
  const fileSystem = listedOnce(overlayFileSystem(state.disk, texts));
  const configs = configsIn(fileSystem, state.named, state.cache);
  const options: LintOptions = {
    configFor: configs.configFor,
    parser: 'native',
    confirmSyntaxErrors: false,
    inputs: noInputs,
    ...(state.onProgress && { onProgress: state.onProgress }),
    suppressions: { today: state.today, reportUnused: false },
  };
  const optionsIn = (files: FileSystem): LintOptions => ({
    ...options,
    configFor: files === fileSystem ? options.configFor : openConfigs(files, state.named).configFor,
  });
  const reportOf = (files: FileSystem) => lint(files, paths, optionsIn(files));
  let linted: Evaluated = { models: [], configurations: [], exposures: [], problems: [] };
  const report = await lint(fileSystem, paths, {
    ...options,
    cache: state.cache,
    onEvaluated(found) {
      linted = found;
    },
  });
  let evaluated = linted.models.every(({ environment }) => environment === undefined)
    ? Promise.resolve(linted)
    : undefined;
  return {
    isWhole: state.isWhole,
    documents,
    report,
    findings: membersOf(report.findings, spans),
    problems: [...configs.problems, ...report.problems],
    configs,
    fileSystem,
    linted,
    evaluated() {
      const withoutEnvironments: LintOptions = {
        ...options,
        configFor: (path) => ({ ...options.configFor(path), environments: [] }),
      };
      evaluated ??= evaluateModels(fileSystem, paths, withoutEnvironments);
      return evaluated;
    },
    reportOf,
    meaningOf: (files) => evaluateModels(files, paths, optionsIn(files)),
  };
}

/** Whether the directory of an open document is linted: other files may be open too, such as templates. */
export function standsForDirectory(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isTerragruntFile(name) || isStackFile(name)) return true;
  return isConfigurationFile(name) || /\.tfvars(?:\.json)?$/.test(name) || name === CONFIG_FILE || name === RULES_FILE;
}

function openConfigs(fileSystem: FileSystem, { explicit, base, read }: NamedConfigs): Configs {
  const withOutside: FileSystem = {
    list: (path) => (isAbsolutePath(path) ? { kind: 'missing' } : fileSystem.list(path)),
    real: (path) => fileSystem.real(path),
    outside: fileSystem.outside,
    read(path) {
      if (!isAbsolutePath(path)) return fileSystem.read(path);
      const bytes = read(path);
      if (bytes === undefined) return { kind: 'missing' };
      return typeof bytes === 'string' ? { kind: 'error', message: bytes } : { kind: 'file', bytes };
    },
  };
  const problems: Problem[] = [];
  const open = (config: ExplicitConfig | undefined): NamedConfig | undefined => {
    if (config === undefined) return undefined;
    const { path, content } = config;
    const inTree = fileSystem.read(path);
    const bytes = inTree.kind === 'file' ? inTree.bytes : content;
    if (typeof bytes !== 'string') return { path, bytes, fileSystem: withOutside };
    const message = `Cannot read the configuration ${path}: ${bytes}. Using the defaults.`;
    problems.push({ kind: 'configuration', severity: 'error', message });
    return undefined;
  };
  const below = open(base);
  const configs =
    explicit === undefined
      ? discoverConfigs(fileSystem, checks, noSelection, below)
      : fixedConfig(open(explicit), checks, noSelection, below);
  return problems.length === 0
    ? configs
    : {
        ...configs,
        get problems() {
          return [...problems, ...configs.problems];
        },
      };
}
