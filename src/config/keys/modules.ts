/** The key `modules` of a config: directories of the repository that stand for sources of modules. */

import { isAbsolutePath } from '../../source/path.ts';
import { isLocalSource } from '../../terraform/modules/sources/address.ts';
import { oneLineJson } from '../commented-json.ts';
import { type JsonNode, plainValue } from '../jsonc.ts';
import { type ConfigKey, configuredPath } from '../key.ts';
import { describeOrigin, givenBy } from '../layer.ts';
import { mistake } from '../mistake.ts';
import { someText } from '../schema-parts.ts';

/** A directory, and where it is written. */
export interface GivenDirectory {
  readonly path: string;
  readonly node: JsonNode;
}

/** By source. Directories are relative to the tree's root. */
export type MappedModules = ReadonlyMap<string, { readonly directory: string; readonly node: JsonNode }>;

export const key: ConfigKey<ReadonlyMap<string, GivenDirectory> | undefined, MappedModules> = {
  name: 'modules',
  order: 95,
  schema: () => ({
    description:
      "Directories to read instead of module sources, relative to this file's directory. A source without a version or ref stands for all of them, and one without a subdirectory for all of its subdirectories.",
    type: 'object',
    additionalProperties: { description: 'A directory of the repository.', ...someText, examples: ['../modules/vpc'] },
    examples: [{ 'git::ssh://git.example.com/acme/modules': '../modules' }],
  }),
  decode(node, { isSound, report }) {
    if (node?.kind !== 'object') return undefined;
    return new Map(
      node.entries.flatMap(({ name, value }) => {
        if (!isSound(['modules', name])) return [];
        const path = String(plainValue(value));
        const fault = faultOf(name, path);
        if (fault === undefined) return [[name, { path, node: value }] as const];
        report([mistake(value, fault)]);
        return [];
      }),
    );
  },
  merge: (layers) =>
    new Map(
      givenBy(layers, key).flatMap(({ value, folder }) =>
        [...value].flatMap(([source, { path, node }]) => {
          const directory = configuredPath(path.replaceAll('\\', '/'), folder);
          return directory === undefined ? [] : [[source, { directory, node }] as const];
        }),
      ),
    ),
  mistakes: (layers) =>
    givenBy(layers, key).flatMap(({ value, folder }) =>
      [...value.values()].flatMap(({ path, node }) =>
        configuredPath(path.replaceAll('\\', '/'), folder) === undefined
          ? [mistake(node, `${path} is outside the tree.`)]
          : [],
      ),
    ),
  print(resolved) {
    const entries = [...resolved].map(([name, { directory, node }]) => ({
      name,
      value: oneLineJson(directory || '.'),
      note: describeOrigin({ kind: 'file', node }),
    }));
    return entries.length === 0 ? [] : [{ name: 'modules', value: { open: '{', entries } }];
  },
};

function faultOf(source: string, path: string): string | undefined {
  if (isLocalSource(source)) return `"${source}" is a local module, which tfsg reads from its own directory.`;
  if (isAbsolutePath(path)) return 'Expected a directory relative to this file.';
  return undefined;
}
