/** The key `environments` of a config. */

import { folderOf, isAbsolutePath } from '../../source/path.ts';
import { placeOf } from '../../source/position.ts';
import type { Problem } from '../../source/problem.ts';
import { joinPath } from '../../terraform/modules/load.ts';
import { oneLineJson } from '../commented-json.ts';
import type { Environment } from '../environment.ts';
import { itemsOf, type JsonNode, plainValue, propertyOf } from '../jsonc.ts';
import type { ConfigKey, Schema } from '../key.ts';
import { givenBy } from '../layer.ts';
import { mistake } from '../mistake.ts';
import { someText, textList } from '../schema-parts.ts';

export type GivenEnvironment = Omit<Environment, 'folder'>;

/** An environment, and what is written. */
export interface ResolvedEnvironment {
  readonly environment: Environment;
  readonly node: JsonNode;
}

export const key: ConfigKey<readonly GivenEnvironment[] | undefined, readonly ResolvedEnvironment[]> = {
  name: 'environments',
  order: 90,
  schema: () => ({
    description: 'Named sets of inputs; each root module is evaluated with each of them.',
    type: 'object',
    additionalProperties: environmentSchema,
  }),
  /** Environments with a mistake are left out. */
  decode(node, { isSound, report }) {
    if (node === undefined) return undefined;
    const problems: Problem[] = [];
    const value = (node.kind === 'object' ? node.entries : []).flatMap(
      ({ name, key: span, value: given }): GivenEnvironment[] => {
        if (!isSound(['environments', name])) return [];
        if (name.trim() === '') {
          problems.push(mistake(span, 'An environment needs a name.'));
          return [];
        }
        const varFiles = itemsOf(propertyOf(given, 'varFiles')).flatMap((item) => {
          const path = String(plainValue(item));
          const fault = faultOf(path);
          if (fault === undefined) return path;
          problems.push(mistake(item, fault));
          return [];
        });
        const vars = propertyOf(given, 'vars');
        const workspace = propertyOf(given, 'workspace');
        return [
          {
            name,
            varFiles,
            variables: (vars?.kind === 'object' ? vars.entries : []).map((entry) => ({
              name: entry.name,
              text: textOf(plainValue(entry.value)),
            })),
            workspace: workspace === undefined ? undefined : String(plainValue(workspace)),
            span,
          },
        ];
      },
    );
    report(problems);
    return value;
  },
  merge(layers) {
    const last = givenBy(layers, key).at(-1);
    if (last === undefined) return [];
    return last.value.map((each) => ({
      environment: { ...each, folder: last.folder },
      node: propertyOf(last.node, each.name)!,
    }));
  },
  print(resolved, { path, fileSystem, layers }) {
    const here = folderOf(path);
    const isFile = (file: string | undefined) => file !== undefined && fileSystem.read(file).kind === 'file';
    const entries = resolved.map(({ environment: { name, varFiles, span, folder }, node }) => {
      // Those that are not beside the root module are looked for from the folder of the config on.
      const moved = varFiles.map((each) =>
        folder === '' || isFile(joinPath(here, each)) ? each : (joinPath(folder, each) ?? each),
      );
      const isHere =
        varFiles.length === 0 || moved.some((each) => isFile(joinPath(here, each)) || isFile(joinPath('', each)));
      return {
        name,
        value: oneLineJson({ ...(plainValue(node) as object), ...(varFiles.length > 0 && { varFiles: moved }) }),
        note: `${placeOf(span)}${isHere ? '' : ', does not apply here: none of its files exist in this directory'}`,
      };
    });
    return givenBy(layers, key).length === 0 ? [] : [{ name: 'environments', value: { open: '{', entries } }];
  },
};

const environmentSchema: Schema = {
  description: 'Variable files, variables and a workspace.',
  type: 'object',
  additionalProperties: false,
  properties: {
    varFiles: textList("Variable files, relative to a root module's directory or else to this file's.", [
      'env/prod.tfvars',
    ]),
    vars: {
      description: 'Values of variables; they override the files.',
      type: 'object',
      examples: [{ office_cidr: '203.0.113.0/24' }],
    },
    workspace: { description: 'Value of terraform.workspace.', ...someText, examples: ['prod'] },
  },
};

function faultOf(path: string): string | undefined {
  if (path.trim() === '') return 'Expected the path of a variable file, such as "env/prod.tfvars".';
  if (isAbsolutePath(path)) {
    return "Paths of variable files are relative to a root module's directory, or to this file's.";
  }
  return undefined;
}

/** As `--var` takes it: texts as they are, everything else as an expression, whose texts are no templates. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value).replace(/[$%](?=\{)/g, '$&$&');
}
