/** Terragrunt's own functions. What they would have to run, ask or decrypt for is unknown. */

import type { FileSystem } from '../../files.ts';
import { folderOf } from '../../source/path.ts';
import { type Span, spanKey } from '../../source/span.ts';
import { asText } from '../../terraform/functions/arguments.ts';
import type { FunctionDefinition, FunctionTable, Invocation, Parameter } from '../../terraform/functions/definition.ts';
import { callFunction } from '../../terraform/functions/index.ts';
import { jsonFunctions } from '../../terraform/functions/json.ts';
import { pathInTree, relativePath, TREE_ROOT } from '../../terraform/functions/path.ts';
import { yamlFunctions } from '../../terraform/functions/yaml.ts';
import { EvaluationError } from '../../terraform/values/errors.ts';
import { anyType, boolType, listType, stringType, type Type } from '../../terraform/values/type.ts';
import {
  asSensitive,
  objectValue,
  stringValue,
  tupleValue,
  unknownValue,
  type Value,
} from '../../terraform/values/value.ts';
import { deepMerge } from './merge.ts';

/** What the functions are told by the file that calls them. Paths are of the tree. */
export interface CallingFile {
  /** What texts say that were decoded before, by function and text: many units read the same tables. */
  readonly decoded: Map<string, Value>;
  /** The configuration that is read: for an included file the one that includes it. */
  readonly about: string;
  /** The unit for which all is read. */
  readonly original: string;
  /** Path of an included file by its label, or of the only one; undefined where there is none. */
  includedPath(label: string | undefined): string | undefined;
  /** Whether there is a file or a directory. */
  exists(path: string): boolean;
  /** Whether what lies above the tree is not known. */
  readonly isCutOff: boolean;
  /** The directory that holds `.git`; undefined where that is not in the tree. */
  readonly repository: string | undefined;
  /** What another file of Terragrunt's says; undefined where there is none. */
  read(path: string, span: Span): Value | undefined;
  /** Notes that what comes of the file hangs on the unit too. */
  usesOriginal(): void;
}

const text: Parameter = { name: 'parameter', type: stringType };

/** Source: https://docs.terragrunt.com/reference/hcl/functions, and pkg/config/config_helpers.go of v1.1.2. */
export function terragruntFunctions(file: CallingFile): FunctionTable {
  const directory = folderOf(file.about);
  const repository = (call: Invocation, make: (root: string) => string): Value =>
    file.repository === undefined ? unknownCallOf(call, stringType) : stringValue(make(file.repository));
  const placeOf = (path: string, call: Invocation): string | undefined =>
    pathInTree({ files: call.context.files, basePath: directory }, path);
  return {
    constraint_check: unknownFunction(boolType),
    jsondecode: decodedOnce('jsondecode', jsonFunctions['jsondecode']!, file.decoded),
    yamldecode: decodedOnce('yamldecode', yamlFunctions['yamldecode']!, file.decoded),
    deep_merge: {
      parameters: [],
      variadic: { name: 'maps', type: anyType, known: 'nothing', allowNull: true, sensitivity: 'own' },
      returns: anyType,
      call: ([first, ...others]) => others.reduce(deepMerge, first ?? objectValue([])),
    },
    find_in_parent_folders: {
      parameters: [],
      variadic: text,
      returns: stringType,
      call: (args, call) => {
        const name = args[0] === undefined ? undefined : asText(args[0]);
        const names = name === undefined || name === '' ? defaultNames : [name];
        const found = findAbove(file, call.context.files, directory, names);
        if (found !== undefined) return stringValue(absolutePath(found));
        if (args[1] !== undefined) return args[1];
        if (file.isCutOff) return unknownCallOf(call, stringType);
        throw new EvaluationError(`no ${name ?? 'terragrunt.hcl'}${inDirectoriesAbove}${directory || '.'}`);
      },
    },
    get_aws_account_alias: unknownFunction(stringType),
    get_aws_account_id: unknownFunction(stringType),
    get_aws_caller_identity_arn: unknownFunction(stringType),
    get_aws_caller_identity_user_id: unknownFunction(stringType),
    get_default_retryable_errors: unknownFunction(listType(stringType)),
    get_env: {
      parameters: [{ ...text, name: 'name' }],
      variadic: { ...text, name: 'default' },
      returns: stringType,
      call: ([name, fallback], call) => fallback ?? unknownCallOf(call, stringType, asText(name)),
    },
    get_original_terragrunt_dir: directoryFunction(() => {
      file.usesOriginal();
      return folderOf(file.original);
    }),
    get_parent_terragrunt_dir: includeFunction((label) => {
      const included = file.includedPath(label);
      return absolutePath(included === undefined ? directory : folderOf(included));
    }),
    get_path_from_repo_root: {
      parameters: [],
      returns: stringType,
      call: (_, call) => repository(call, (root) => relativePath(root, directory) || '.'),
    },
    get_path_to_repo_root: {
      parameters: [],
      returns: stringType,
      call: (_, call) => repository(call, (root) => relativePath(directory, root) || '.'),
    },
    get_platform: unknownFunction(stringType),
    get_repo_root: { parameters: [], returns: stringType, call: (_, call) => repository(call, absolutePath) },
    get_terraform_cli_args: unknownFunction(listType(stringType)),
    get_terraform_command: unknownFunction(stringType),
    get_terraform_commands_that_need_input: commands('apply', 'import', 'init', 'plan', 'refresh'),
    get_terraform_commands_that_need_locking: commands(
      'apply',
      'destroy',
      'import',
      'plan',
      'refresh',
      'taint',
      'untaint',
    ),
    get_terraform_commands_that_need_parallelism: commands('apply', 'plan', 'destroy'),
    get_terraform_commands_that_need_vars: commands('apply', 'console', 'destroy', 'import', 'plan', 'push', 'refresh'),
    get_terragrunt_dir: directoryFunction(() => directory),
    get_terragrunt_source_cli_flag: { parameters: [], returns: stringType, call: () => stringValue('') },
    get_working_dir: unknownFunction(stringType),
    mark_as_read: { parameters: [text], returns: stringType, call: ([path]) => path! },
    mark_glob_as_read: unknownFunction(listType(stringType)),
    path_relative_from_include: includeFunction((label) => {
      const included = file.includedPath(label);
      return included === undefined ? '.' : relativePath(directory, folderOf(included)) || '.';
    }),
    path_relative_to_include: includeFunction((label) => {
      const included = file.includedPath(label);
      return included === undefined ? '.' : relativePath(folderOf(included), directory) || '.';
    }),
    read_terragrunt_config: {
      parameters: [text],
      variadic: { name: 'default', type: anyType, known: 'nothing', allowNull: true, sensitivity: 'own' },
      returns: anyType,
      call: ([path, fallback], call) => {
        const place = placeOf(asText(path), call);
        if (place === undefined) return fallback ?? unknownCallOf(call, anyType, asText(path));
        const value = file.read(place, call.span) ?? fallback;
        if (value !== undefined) return value;
        throw new EvaluationError(`there is no file ${place}`);
      },
    },
    read_tfvars_file: {
      parameters: [text],
      returns: stringType,
      call: ([path], call) => {
        const place = placeOf(asText(path), call);
        if (place === undefined) return unknownCallOf(call, stringType, asText(path));
        const read = call.context.files.read(place);
        if (read.kind !== 'file') throw new EvaluationError(`cannot read the file ${place}`);
        const content = Buffer.from(read.bytes).toString();
        if (place.endsWith('json')) return stringValue(content);
        const variables = call.context.decodeVariables(content, call.span, call.context.budget);
        return callFunction('jsonencode', [variables], call.span, call.context);
      },
    },
    run_cmd: unknownFunction(stringType),
    sops_decrypt_file: {
      ...unknownFunction(stringType),
      call: (args, call) => asSensitive(unknownResult(args, call, stringType)),
    },
  };
}

/** A path of the tree as Terragrunt has it. */
export const absolutePath = (path: string): string => (path === '' ? TREE_ROOT : `${TREE_ROOT}/${path}`);

/** Stands in the message before the directory that a file is looked for from. */
export const inDirectoriesAbove = ' in the directories above ';

const defaultNames: readonly string[] = ['terragrunt.hcl', 'terragrunt.hcl.json'];

function findAbove(
  file: CallingFile,
  files: FileSystem,
  directory: string,
  names: readonly string[],
): string | undefined {
  for (let at = directory; at !== ''; ) {
    at = folderOf(at);
    for (const name of names) {
      const path = at === '' ? name : `${at}/${name}`;
      if (file.exists(path)) return path;
    }
  }
  // An absolute path is found from the root of the disk.
  const absolute = names.find((name) => name.startsWith(`${TREE_ROOT}/`));
  const path = absolute === undefined ? undefined : pathInTree({ files, basePath: '' }, absolute);
  return path !== undefined && file.exists(path) ? path : undefined;
}

/** As the configuration has the call: `get_env("NAME")`. */
function unknownCallOf({ name, span }: Invocation, type: Type, argument?: string): Extract<Value, { kind: 'unknown' }> {
  const shown = argument === undefined ? '' : JSON.stringify(argument);
  return { ...unknownValue({ name: `${name}(${shown})`, span }, type), notNull: true };
}

const anything: Parameter = { name: 'parameter', type: anyType, known: 'nothing', allowNull: true };

const unknownResult = ([first]: readonly Value[], call: Invocation, type: Type): Value =>
  unknownCallOf(call, type, first?.kind === 'string' ? first.value : undefined);

function unknownFunction(type: Type): FunctionDefinition {
  return {
    parameters: [],
    variadic: anything,
    returns: type,
    call: (args, call) => unknownResult(args, call, type),
  };
}

/** The value of a text does not depend on the unit. It has its place, so that no copy of it with one is made for each unit. */
function decodedOnce(name: string, definition: FunctionDefinition, decoded: Map<string, Value>): FunctionDefinition {
  return {
    ...definition,
    call: (args, call) => {
      const key = `${name} ${spanKey(call.span)} ${asText(args[0])}`;
      const value = decoded.get(key) ?? { ...definition.call(args, call), origin: { span: call.span } };
      decoded.set(key, value);
      return value;
    },
  };
}

function directoryFunction(directory: () => string): FunctionDefinition {
  return { parameters: [], returns: stringType, call: () => stringValue(absolutePath(directory())) };
}

function includeFunction(make: (label: string | undefined) => string): FunctionDefinition {
  return {
    parameters: [],
    variadic: text,
    returns: stringType,
    call: ([label]) => stringValue(make(label === undefined ? undefined : asText(label))),
  };
}

function commands(...names: readonly string[]): FunctionDefinition {
  return {
    parameters: [],
    returns: listType(stringType),
    call: () => tupleValue(names.map((name) => stringValue(name))),
  };
}
