/** Parts of a config without effect: usually mistakes. */

import { type FileSystem, isOutsideRoot } from '../files.ts';
import type { KindModel } from '../model/kind-model.ts';
import { isGroupPattern } from '../model/questions/policy.ts';
import type { SecurityModel } from '../model/security-model.ts';
import type { Problem } from '../source/problem.ts';
import { type LoadedModule, modulesOf } from '../terraform/modules/load.ts';
import { mappedDirectory } from '../terraform/modules/mapped.ts';
import { type Declaration, literalText } from '../terraform/modules/module.ts';
import { nearestName } from '../text/nearest-name.ts';
import type { Config } from './config.ts';
import { itemsOf, type JsonNode, plainValue, propertyOf } from './jsonc.ts';
import { textsOf } from './keys/assert.ts';
import { mistake } from './mistake.ts';
import { inFolder } from './path-patterns.ts';
import type { GlobKind } from './patterns/glob-syntax.ts';
import { GlobChecker, groupMatcherOf, matcherOf } from './patterns/globs.ts';

/** What a run over a whole tree saw. */
interface Seen {
  /** Paths of all files that were read. */
  readonly files: readonly string[];
  /** Names and addresses of groups, and identifiers of groups from elsewhere, each as configs name them. */
  readonly groups: ReadonlySet<string>;
  /** How many groups have names that only apply knows. */
  readonly unnamed: number;
  /** Addresses of resources and data sources inside their modules: `aws_security_group.web`. */
  readonly resources: ReadonlySet<string>;
  /** Sources of modules, as they are written. */
  readonly sources: ReadonlySet<string>;
  /** Addresses and names of all services and groups. */
  readonly ends: () => ReadonlySet<string>;
}

/**
 * Warnings for what matches nothing in the configs of all files that were read.
 *
 * @param paths that were linted: without the whole folder of a config, something else may match
 * @param roots that the models are of
 * @param unitSources of Terragrunt units and stacks
 * @param ends addresses and names of all services and groups; asked for by assertions alone
 */
export function unusedConfig(
  paths: readonly string[],
  models: readonly SecurityModel[],
  roots: readonly LoadedModule[],
  unitSources: Iterable<string>,
  configFor: (path: string) => Config,
  ends: () => ReadonlySet<string>,
): readonly Problem[] {
  const files = [...new Set(models.flatMap((model) => model.files.map(({ path }) => path)))];
  const configs = [...new Set(files.map(configFor))].filter(
    ({ own }) => own !== undefined && paths.some((path) => covers(path, own.folder)),
  );
  if (configs.length === 0) return [];
  const all = models.flatMap((model) => model.kinds.map((kind): KindModel => model.of(kind)));
  const modules = roots.flatMap(modulesOf);
  const seen: Seen = {
    files,
    groups: new Set(all.flatMap(({ names }) => [...names].flat())),
    unnamed: all.reduce((sum, { unnamed }) => sum + unnamed, 0),
    resources: new Set(modules.flatMap(({ resources }) => [...resources.keys()])),
    sources: new Set([
      ...unitSources,
      ...modules.flatMap(({ moduleCalls }) => [...moduleCalls.values()].flatMap(sourceOf)),
    ]),
    ends,
  };
  return configs.flatMap(({ own }) => unusedIn(own!, seen));
}

function unusedIn({ file, folder }: NonNullable<Config['own']>, seen: Seen): readonly Problem[] {
  const policies = itemsOf(propertyOf(file.root, 'policy'));
  const overrides = itemsOf(propertyOf(file.root, 'overrides'));
  const trusted = propertyOf(file.root, 'trusted');
  const roles = propertyOf(file.root, 'roles');
  const ingress = [
    ...policies.flatMap((policy) => itemsOf(propertyOf(policy, 'ingress'))),
    ...(roles?.kind === 'object' ? roles.entries.flatMap(({ value }) => itemsOf(value)) : []),
  ];
  const sources = [
    ...ingress.flatMap((each) => itemsOf(propertyOf(each, 'from'))),
    ...['prefixLists', 'groups'].flatMap((key) => itemsOf(propertyOf(trusted, key))),
  ];
  return [
    ...policies.flatMap((entry) => groupsProblem(entry, 'policy', seen)),
    ...overrides.flatMap((entry) => [...groupsProblem(entry, 'override', seen), ...filesProblem(entry, folder, seen)]),
    ...sources.flatMap((node) => sourceProblem(node, seen)),
    ...moduleProblems(propertyOf(file.root, 'modules'), seen),
    ...itemsOf(propertyOf(file.root, 'assert')).flatMap((entry) => assertProblems(entry, seen)),
  ];
}

const sourceOf = ({ content }: Declaration): readonly string[] => {
  const source = literalText(content.attributes.get('source')?.value);
  return source === undefined ? [] : [source];
};

function moduleProblems(node: JsonNode | undefined, { sources }: Seen): Problem[] {
  return (node?.kind === 'object' ? node.entries : []).flatMap(({ name, value }) => {
    const entry = new Map([[name, '']]);
    if ([...sources].some((source) => mappedDirectory(entry, source) !== undefined)) return [];
    return [warning(value, `No module has the source "${name}", so this entry has no effect.`)];
  });
}

/** An end of an assertion that is nothing here. */
function assertProblems(entry: JsonNode, { ends, unnamed }: Seen): Problem[] {
  const path = propertyOf(entry, 'deny') ?? propertyOf(entry, 'permit');
  return ['from', 'to'].flatMap((end) => {
    const node = propertyOf(path, end);
    const texts = textsOf(node).map((each) => String(plainValue(each)));
    const checker = new GlobChecker();
    const patterns = texts.filter((text) => checker.faultOf(text, 'group') === undefined);
    if (node === undefined || patterns.length === 0 || (end === 'from' && texts.includes('internet'))) return [];
    if ([...ends()].some(groupMatcherOf(patterns))) return [];
    const message = `No group or service matches ${quoted(patterns)}, so this assertion has no effect.`;
    return [warning(node, message, doubtOf(unnamed))];
  });
}

function covers(path: string, folder: string): boolean {
  return path === '' || folder === path || folder.startsWith(`${path}/`);
}

function groupsProblem(entry: JsonNode, what: string, { groups, unnamed }: Seen): Problem[] {
  const node = propertyOf(entry, 'groups');
  const patterns = globsOf(node, 'group');
  if (node === undefined || patterns.length === 0 || [...groups].some(groupMatcherOf(patterns))) return [];
  const message = `No group matches ${quoted(patterns)}, so this ${what} has no effect.`;
  return [warning(node, message, doubtOf(unnamed))];
}

/** A group with a name that only apply knows may match all the same. */
function doubtOf(unnamed: number): string | undefined {
  if (unnamed === 0) return undefined;
  return unnamed === 1 ? 'One group has a name that is unknown.' : `${unnamed} groups have names that are unknown.`;
}

function filesProblem(entry: JsonNode, folder: string, { files }: Seen): Problem[] {
  const node = propertyOf(entry, 'files');
  const patterns = globsOf(node, 'path');
  if (node === undefined || patterns.length === 0 || files.some(inFolder(matcherOf(patterns), folder))) return [];
  return [warning(node, `No file that was read matches ${quoted(patterns)}, so this override has no effect.`)];
}

function sourceProblem(node: JsonNode, { resources, groups, unnamed }: Seen): Problem[] {
  const text = String(plainValue(node));
  if (isGroupPattern(text) && new GlobChecker().faultOf(text, 'group') === undefined) {
    if ([...groups, ...resources].some(groupMatcherOf([text]))) return [];
    return [warning(node, `No group matches ${quoted([text])}, so this source has no effect.`, doubtOf(unnamed))];
  }
  const [address] = /(?:data\.)?aws_[a-z_]+\.[\w-]+(?=(?:\[.*\])?$)/.exec(text) ?? [];
  if (address === undefined || resources.has(address)) return [];
  const nearest = nearestName(address, resources);
  return [
    warning(
      node,
      `${address} does not exist, so this entry has no effect.`,
      nearest === undefined ? undefined : `Did you mean ${JSON.stringify(nearest)}?`,
    ),
  ];
}

/** The patterns of a list that have no fault; the others are mistakes, which are told as such. */
function globsOf(node: JsonNode | undefined, kind: GlobKind): string[] {
  const checker = new GlobChecker();
  return itemsOf(node)
    .map((item) => String(plainValue(item)))
    .filter((glob) => checker.faultOf(glob, kind) === undefined);
}

function quoted(patterns: readonly string[]): string {
  return patterns.map((pattern) => JSON.stringify(pattern)).join(' or ');
}

function warning(node: JsonNode, message: string, hint?: string): Problem {
  return { ...mistake(node, message, hint), severity: 'warning' };
}

/** Names that people give a config file, beside the one that is read. */
const lookalike = /^\.?tfsg(?:rc)?(?:\.config)?\.(?:json[c5]?|ya?ml|toml|hcl|[cm]?js)$|^\.?tfsgrc$/i;

/** A warning for each thing in a folder that looks like a config and is not read, where nothing is that is. */
export function lookalikesIn(fileSystem: FileSystem, folder: string, configFile: string): readonly Problem[] {
  // A folder of another project has its own config, which is none of ours.
  const listing = isOutsideRoot(folder) ? undefined : fileSystem.list(folder);
  if (listing?.kind !== 'directory') return [];
  const pathOf = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  return listing.entries.flatMap(({ name, kind }): Problem[] => {
    if (kind !== 'file' || name === configFile) return [];
    const isKey = name === 'package.json' && hasKey(fileSystem, pathOf(name));
    if (!isKey && !lookalike.test(name)) return [];
    const what = isKey ? `"tfsg" in ${pathOf(name)}` : pathOf(name);
    const message = `${what} is ignored. Did you mean ${configFile}?`;
    return [{ kind: 'configuration', severity: 'warning', message }];
  });
}

/** Whether a package.json has a configuration, as other tools have theirs there. */
function hasKey(fileSystem: FileSystem, path: string): boolean {
  const read = fileSystem.read(path);
  return read.kind === 'file' && /^\s{0,4}"tfsg"\s*:\s*\{/m.test(new TextDecoder().decode(read.bytes));
}
