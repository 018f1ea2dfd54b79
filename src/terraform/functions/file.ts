/** Functions of files, of templates in files, and of paths. */

import { SENSITIVE } from '../../text/sensitive.ts';
import { setValue } from '../values/equality.ts';
import { EvaluationError } from '../values/errors.ts';
import { boolType, setType, stringType, type Type } from '../values/type.ts';
import { boolValue, stringValue, type UnknownValue, unknownValue, type Value } from '../values/value.ts';
import { asText } from './arguments.ts';
import type { FunctionDefinition, FunctionTable, Invocation, Parameter } from './definition.ts';
import { decodeUtf8 } from './encoding.ts';
import { findFiles } from './glob.ts';
import { type Digest, digestOf } from './hash.ts';
import { unknownCall } from './impure.ts';
import { checkTextLength } from './limits.ts';
import { baseName, cleanPath, directoryName, pathInTree, relativePath } from './path.ts';

const path: Parameter = { name: 'path', type: stringType };

/** Terraform: internal/lang/funcs/filesystem.go and crypto.go. */
export const fileFunctions: FunctionTable = {
  abspath: {
    parameters: [path],
    returns: stringType,
    call: ([value], { name, span }) =>
      asText(value).startsWith('/') ? stringValue(cleanPath(asText(value))) : unknownCall(name, span),
  },
  basename: { parameters: [path], returns: stringType, call: ([value]) => stringValue(baseName(asText(value))) },
  dirname: { parameters: [path], returns: stringType, call: ([value]) => stringValue(directoryName(asText(value))) },
  file: {
    parameters: [path],
    returns: stringType,
    call: ([value], invocation) => {
      const read = readFile(value!, invocation);
      return read.kind === 'outside' ? read.unknown : stringValue(read.text());
    },
  },
  filebase64: {
    parameters: [path],
    returns: stringType,
    call: ([value], invocation) => {
      const read = readFile(value!, invocation);
      if (read.kind === 'outside') return read.unknown;
      checkTextLength((read.bytes.length * 4) / 3, invocation);
      return stringValue(Buffer.from(read.bytes).toString('base64'));
    },
  },
  filebase64sha256: fileHash('sha256', 'base64'),
  filebase64sha512: fileHash('sha512', 'base64'),
  fileexists: {
    parameters: [path],
    returns: boolType,
    call: ([value], invocation) => {
      const { context } = invocation;
      const place = pathInTree(context, asText(value));
      if (place === undefined) return outside(value!, invocation, boolType);
      if (context.files.list(place).kind === 'directory') {
        const shown = invocation.sensitive.has(0) ? SENSITIVE : JSON.stringify(cleanPath(asText(value)));
        throw new EvaluationError(`${shown} is a directory, not a file`, { hidesValues: true });
      }
      const { kind } = context.files.read(place);
      return kind === 'error' ? outside(value!, invocation, boolType) : boolValue(kind === 'file');
    },
  },
  filemd5: fileHash('md5', 'hex'),
  fileset: {
    parameters: [path, { name: 'pattern', type: stringType }],
    returns: setType(stringType),
    call: ([directory, pattern], invocation) => {
      const { context } = invocation;
      const start = pathInTree(context, asText(directory));
      const whole = pathInTree(context, `${asText(directory)}/${asText(pattern)}`);
      if (start === undefined || whole === undefined) {
        return outside(directory!, invocation, setType(stringType));
      }
      const { paths, complete } = found(whole, context, invocation.span);
      const items = paths.map((each) => stringValue(relativePath(start, each)));
      if (complete) return setValue(items, stringType);
      return { ...outside(directory!, invocation, setType(stringType)), known: items };
    },
  },
  filesha1: fileHash('sha1', 'hex'),
  filesha256: fileHash('sha256', 'hex'),
  filesha512: fileHash('sha512', 'hex'),
  pathexpand: {
    parameters: [path],
    returns: stringType,
    call: ([value], { name, span }) => {
      const text = asText(value);
      if (!text.startsWith('~')) return stringValue(text);
      if (text.length > 1 && !/^~[/\\]/.test(text)) throw new EvaluationError('cannot expand user-specific home dir');
      return unknownCall(name, span);
    },
  },
};

/** The functions that Terraform rejects in a template that does not come from a file. */
export const fileSystemFunctions: ReadonlySet<string> = new Set([
  'file',
  'filebase64',
  'filebase64sha256',
  'filebase64sha512',
  'fileexists',
  'filemd5',
  'fileset',
  'filesha1',
  'filesha256',
  'filesha512',
  'templatefile',
]);

function fileHash(algorithm: Digest['algorithm'], encoding: Digest['encoding']): FunctionDefinition {
  return {
    parameters: [path],
    returns: stringType,
    call: ([value], invocation) => {
      const place = placeOf(value!, invocation);
      if (typeof place !== 'string') return place;
      const read = invocation.context.files.read(place);
      if (read.kind === 'file') return stringValue(digestOf(read.bytes, { algorithm, encoding }));
      if (read.kind === 'missing') {
        throw new EvaluationError(`open ${cleanPath(asText(value))}: no such file or directory`);
      }
      return unreadable(value!, place, invocation, stringType);
    },
  };
}

type ReadFile =
  | { readonly kind: 'outside'; readonly unknown: UnknownValue }
  | {
      readonly kind: 'file';
      /** As a path of the tree. */
      readonly place: string;
      readonly bytes: Uint8Array;
      /** @throws EvaluationError where the bytes are not UTF-8 */
      readonly text: () => string;
    };

/** @throws EvaluationError where there is no such file, or it can't be read */
export function readFile(value: Value, invocation: Invocation): ReadFile {
  const place = placeOf(value, invocation);
  if (typeof place !== 'string') return { kind: 'outside', unknown: place };
  const shown = shownText(value, invocation);
  const read = invocation.context.files.read(place);
  if (read.kind === 'missing') {
    if (isDirectory(place, invocation)) throw directoryFault(value);
    throw new EvaluationError(
      `no file exists at ${shown}; this function works only with files that are distributed as part of the configuration source code, so if this file will be created by a resource in this configuration you must instead obtain this result from an attribute of that resource`,
      { argument: 0, hidesValues: true },
    );
  }
  if (read.kind === 'error' && read.isTooLarge === true) {
    throw new EvaluationError(`cannot read the file at ${shown}: ${read.message}`, { kind: 'limit' });
  }
  if (read.kind === 'error') return { kind: 'outside', unknown: unreadable(value, place, invocation, stringType) };
  const { bytes } = read;
  const text = (): string => {
    checkTextLength(bytes.length, invocation);
    const decoded = decodeUtf8(bytes);
    if (decoded !== undefined) return decoded;
    throw new EvaluationError(
      `contents of ${shown} are not valid UTF-8; use the filebase64 function to obtain the Base64 encoded contents or the other file functions (e.g. filemd5, filesha256) to obtain file hashing results instead`,
      { hidesValues: true },
    );
  };
  return { kind: 'file', place, bytes, text };
}

function placeOf(value: Value, invocation: Invocation): string | UnknownValue {
  return pathInTree(invocation.context, asText(value)) ?? outside(value, invocation, stringType);
}

/** A link out of the tree, or what only others may read: Terraform may well read it. */
function unreadable(value: Value, place: string, invocation: Invocation, type: Type): UnknownValue {
  if (isDirectory(place, invocation)) throw directoryFault(value);
  return outside(value, invocation, type);
}

const isDirectory = (place: string, { context }: Invocation): boolean => context.files.list(place).kind === 'directory';

const directoryFault = (value: Value): EvaluationError =>
  new EvaluationError(`failed to read file: read ${cleanPath(asText(value))}: is a directory`, { argument: 0 });

/** What the call would give is not known: the path, its first argument, leads out of the tree. */
function outside(path: Value, invocation: Invocation, type: Type): UnknownValue {
  const { name, span } = invocation;
  return { ...unknownValue({ name: `${name}(${shownText(path, invocation)})`, span }, type), notNull: true };
}

/** The first argument in quotes, as far as a text may show it. */
function shownText(value: Value, { sensitive }: Invocation): string {
  return sensitive.has(0) ? SENSITIVE : JSON.stringify(asText(value));
}

function found(
  pattern: string,
  { files, budget }: Invocation['context'],
  span: Invocation['span'],
): ReturnType<typeof findFiles> {
  try {
    return findFiles(files, pattern, (steps) => budget.spend(steps, span));
  } catch (error) {
    if (!(error instanceof EvaluationError) || error.kind === 'limit') throw error;
    throw new EvaluationError(`failed to glob pattern ${JSON.stringify(pattern)}: ${error.message}`);
  }
}
