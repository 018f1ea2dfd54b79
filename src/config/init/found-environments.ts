/** Environments that the names of variable files suggest. */

import { groupBy } from '../../collections/group-by.ts';
import { folderOf } from '../../source/path.ts';
import { isConfigurationFile } from '../../terraform/modules/configuration-files.ts';

export interface FoundEnvironment {
  readonly name: string;
  /** Relative to root modules, or to the folder of the config. */
  readonly varFiles: readonly string[];
}

const variableFile = /\.tfvars(?:\.json)?$/;

/** Names of stages, as a part of a name. */
const stage =
  /(?:^|[^a-z])(?:dev|devel|development|test|testing|int|integration|qa|uat|stage|staging|stg|preprod|prod|prd|production|nonprod|live|sandbox|demo)(?:[^a-z]|$)/i;

/** Folders whose variable files are one for each environment, or one folder for each. */
const folderOfEnvironments = /^(?:envs?|environments?|stages?|tfvars|vars)$/;

/** What all environments share, or what is for nobody to use. */
const shared = /^(?:common|globals?|shared|defaults?|base|examples?|samples?|secrets?|backend)$/;

/** @param paths of all files, relative to the folder of the config */
export function foundEnvironments(paths: readonly string[]): readonly FoundEnvironment[] {
  const modules = new Set(paths.filter((path) => isConfigurationFile(nameOf(path))).map(folderOf));
  const found = paths.filter((path) => variableFile.test(path)).flatMap((path) => environmentOf(path, modules));
  const byName = groupBy(found, ({ name }) => name);
  return [...byName.values()].flatMap(variantsOf).sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Found {
  readonly name: string;
  /** The folder that `file` is relative to. */
  readonly start: string;
  readonly file: string;
}

function environmentOf(path: string, modules: ReadonlySet<string>): readonly Found[] {
  const folder = folderOf(path);
  const isLoaded = /(?:^|\/)terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/.test(path);
  if (isLoaded && modules.has(folder)) return [];
  const name = nameFor(nameOf(path).replace(variableFile, ''), folder);
  if (name === undefined) return [];
  const start = moduleAbove(folder, modules);
  return [{ name, start, file: start === '' ? path : path.slice(start.length + 1) }];
}

/** The file's name, or its folder's where that names the environment. */
function nameFor(stem: string, folder: string): string | undefined {
  const name = stem.replace(
    /^(?:terraform|variables|vars)[._-]|[._-](?:config|configuration|variables|vars|tfvars)$/g,
    '',
  );
  if (stage.test(name)) return name;
  const parent = nameOf(folder);
  if (stage.test(parent) || folderOfEnvironments.test(nameOf(folderOf(folder)))) {
    return shared.test(parent) ? undefined : parent;
  }
  return folderOfEnvironments.test(parent) && !shared.test(name) ? name : undefined;
}

/** The nearest folder upwards with Terraform configuration files; the folder of the config if there is none. */
function moduleAbove(folder: string, modules: ReadonlySet<string>): string {
  if (modules.has(folder) || folder === '') return folder;
  return moduleAbove(folderOf(folder), modules);
}

/** Of an environment that root modules have under different paths the most frequent paths keep the name; others get the module's too. */
function variantsOf(found: readonly [Found, ...Found[]]): readonly FoundEnvironment[] {
  const sets = [...groupBy(found, ({ start }) => start)].map(([start, own]) => ({
    start,
    varFiles: own.map(({ file }) => file).sort(),
  }));
  const distinct = [...groupBy(sets, ({ varFiles }) => varFiles.join('\n')).values()];
  const [{ name }] = found;
  return distinct
    .sort((a, b) => b.length - a.length)
    .map(([{ start, varFiles }], index) => ({ name: index === 0 ? name : `${start || '.'}/${name}`, varFiles }));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
