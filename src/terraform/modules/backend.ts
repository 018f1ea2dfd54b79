/** Where Terraform keeps the state of a root module, as its backend says. */

import type { FileSystem } from '../../files.ts';
import { cleanPath } from '../functions/path.ts';
import { isMapping, type Value } from '../values/value.ts';
import { configurationFiles } from './configuration-files.ts';
import { type BlockTypes, type Content, contentOf } from './content.ts';
import { discover } from './discover.ts';
import { type LoadedModule, modulesOf, rootDirectory } from './load.ts';
import { literalText } from './module.ts';
import type { DataDirectory } from './sources/installed.ts';

/** The states of one backend: one for each workspace. */
export interface StatePlace {
  /** Equal for the same place. */
  readonly id: string;
  /** Decides with the workspace where a state lies that is not of the default workspace; undefined where there is one state alone. */
  readonly workspaces: string | undefined;
  /** A workspace of HCP Terraform: its organization, and its name or what the names of all of its workspaces start with. */
  readonly remote?: { readonly organization: string; readonly name?: string; readonly prefix?: string };
}

/**
 * The workspace of a root that a data source reads; undefined where it is another state.
 *
 * @param name the workspace that the data source names; null where it is not known
 */
export function workspaceRead(
  root: StatePlace,
  asked: StatePlace,
  name: string | null,
): { readonly workspace: string | null | undefined } | undefined {
  if (root.id === asked.id) {
    if (root.workspaces === undefined) return { workspace: undefined };
    return name === 'default' || root.workspaces === asked.workspaces ? { workspace: name } : undefined;
  }
  const { organization, prefix } = root.remote ?? {};
  if (prefix === undefined || organization !== asked.remote?.organization) return undefined;
  const whole = asked.remote?.name;
  return whole?.startsWith(prefix) === true ? { workspace: whole.slice(prefix.length) } : undefined;
}

/** Reads an argument: a text, undefined where it is not given, null where it is not known. */
type Read = (name: string) => string | undefined | null;

interface BackendKind {
  /** Arguments that tell one state from another, with their defaults; those without one have to be given. */
  readonly place: Readonly<Record<string, string | undefined>>;
  /** The argument that decides where other workspaces are, with its default. */
  readonly workspaces?: readonly [name: string, fallback: string];
}

/** Source: the pages of https://developer.hashicorp.com/terraform/language/backend */
const kinds: Readonly<Record<string, BackendKind>> = {
  __proto__: null as never,
  azurerm: { place: { storage_account_name: undefined, container_name: undefined, key: undefined } },
  consul: { place: { address: '', path: undefined } },
  cos: { place: { bucket: undefined, prefix: '', key: 'terraform.tfstate' } },
  gcs: { place: { bucket: undefined, prefix: '' } },
  http: { place: { address: undefined } },
  kubernetes: { place: { namespace: 'default', secret_suffix: undefined } },
  oss: { place: { bucket: undefined, prefix: 'env:', key: 'terraform.tfstate' } },
  pg: { place: { conn_str: undefined, schema_name: 'terraform_remote_state' } },
  s3: { place: { bucket: undefined, key: undefined }, workspaces: ['workspace_key_prefix', 'env:'] },
};

const terraformBlocks: BlockTypes = { __proto__: null as never, terraform: 0 };
const backendBlocks: BlockTypes = { __proto__: null as never, backend: 1, cloud: 0 };
const workspaceBlocks: BlockTypes = { __proto__: null as never, workspaces: 0 };

/** Whether it says where its state is kept, as a module does that Terraform runs in. */
export const hasBackend = (module: LoadedModule): boolean => backendsOf(module).length > 0;

function backendsOf(root: LoadedModule): readonly { readonly type: string; readonly content: Content }[] {
  return root.trees.flatMap(({ body, syntax }) =>
    contentOf(body, syntax, terraformBlocks, []).blocks.flatMap((terraform) => {
      if (terraform.block.type.name !== 'terraform') return [];
      return contentOf(terraform.block.body, syntax, backendBlocks, []).blocks.flatMap(({ block }) => {
        const type =
          block.type.name === 'cloud' ? 'cloud' : block.type.name === 'backend' ? block.labels[0]?.name : undefined;
        return type === undefined ? [] : [{ type, content: contentOf(block.body, syntax, workspaceBlocks, []) }];
      });
    }),
  );
}

/** Undefined where that is not certain: what `terraform init -backend-config` adds is not in the configuration. */
export function stateOfRoot(root: LoadedModule): StatePlace | undefined {
  const [backend, other] = backendsOf(root);
  if (other !== undefined) return undefined;
  // Terragrunt gives backends on the command line.
  if (backend === undefined)
    return root.unit === undefined ? localState(rootDirectory(root), undefined, undefined) : undefined;
  const read = readerOf(backend.content);
  if (backend.type === 'remote' || backend.type === 'cloud') {
    const workspaces = backend.content.blocks.find(({ block }) => block.type.name === 'workspaces');
    return (
      workspaces &&
      remoteState(read, readerOf(contentOf(workspaces.block.body, workspaces.syntax, workspaceBlocks, [])))
    );
  }
  return stateOf(backend.type, read, rootDirectory(root));
}

/** Whether a module, or one that it calls, reads the state of another. */
export function readsStates(module: LoadedModule): boolean {
  return modulesOf(module).some(({ resources }) =>
    [...resources.values()].some(({ mode, type }) => mode === 'data' && type === 'terraform_remote_state'),
  );
}

/** Directories of the tree whose files may say where a state is kept. */
export function directoriesWithBackends(files: FileSystem, data: DataDirectory | undefined): readonly string[] {
  return discover(files, [''], () => true, data).directories.filter((directory) => {
    const listing = files.list(directory);
    const names = listing.kind === 'directory' ? configurationFiles(listing.entries.map(({ name }) => name)) : [];
    return names.some((name) => {
      const read = files.read(directory === '' ? name : `${directory}/${name}`);
      return read.kind === 'file' && /\b(?:backend|cloud)\b/.test(Buffer.from(read.bytes).toString());
    });
  });
}

const readerOf =
  ({ attributes }: Content): Read =>
  (name) => {
    const attribute = attributes.get(name);
    return attribute === undefined ? undefined : (literalText(attribute.value) ?? null);
  };

/**
 * The place that a `terraform_remote_state` data source reads; undefined where that is not known.
 *
 * @param directory that paths of the disk are relative to
 * @param config its `config`
 */
export function stateAskedFor(backend: string, config: Value, directory: string): StatePlace | undefined {
  const reader =
    (object: Value | undefined): Read =>
    (name) => {
      if (object === undefined || !isMapping(object)) return object === undefined ? undefined : null;
      const value = object.entries.get(name);
      if (value === undefined || value.kind === 'null') return undefined;
      return value.kind === 'string' ? value.value : null;
    };
  if (!isMapping(config)) return undefined;
  if (backend === 'remote' || backend === 'cloud')
    return remoteState(reader(config), reader(config.entries.get('workspaces')));
  return stateOf(backend, reader(config), directory);
}

function stateOf(type: string, read: Read, directory: string): StatePlace | undefined {
  if (type === 'local') {
    const [path, workspaces] = [read('path'), read('workspace_dir')];
    return path === null || workspaces === null ? undefined : localState(directory, path, workspaces);
  }
  const kind = kinds[type];
  if (kind === undefined) return undefined;
  const parts = Object.entries(kind.place).map(([name, fallback]) => {
    const given = read(name);
    return given === undefined ? fallback : (given ?? undefined);
  });
  const [name, fallback] = kind.workspaces ?? [];
  const workspaces = name === undefined ? '' : read(name) === undefined ? fallback : (read(name) ?? undefined);
  if (parts.includes(undefined) || workspaces === undefined) return undefined;
  return { id: JSON.stringify([type, ...parts]), workspaces };
}

function localState(directory: string, path = 'terraform.tfstate', workspaces = 'terraform.tfstate.d'): StatePlace {
  const place = path.startsWith('/') ? path : cleanPath(`${directory || '.'}/${path}`);
  return { id: JSON.stringify(['local', place]), workspaces };
}

/** HCP Terraform: a workspace there is a state; with a prefix, one for each of Terraform's workspaces. */
function remoteState(read: Read, workspaces: Read): StatePlace | undefined {
  const [host, organization] = [read('hostname'), read('organization')];
  const [name, prefix] = [workspaces('name'), workspaces('prefix')];
  if (host === null || !organization || name === null || prefix === null) return undefined;
  const within = JSON.stringify([host ?? 'app.terraform.io', organization]);
  const id = (kind: string, text: string): string => JSON.stringify(['remote', within, kind, text]);
  if (name !== undefined)
    return { id: id('name', name), workspaces: undefined, remote: { organization: within, name } };
  if (prefix === undefined) return undefined;
  return { id: id('prefix', prefix), workspaces: '', remote: { organization: within, prefix } };
}
