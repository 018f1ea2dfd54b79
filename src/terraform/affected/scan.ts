/** What the texts of a directory's files can read elsewhere in the tree: found by their form, without parsing them. */

import type { FileSystem } from '../../files.ts';
import { configurationFiles } from '../modules/configuration-files.ts';
import { isStackFile, isTerragruntFile } from '../modules/other-files.ts';
import { moduleAddress } from '../modules/sources/address.ts';
import { anyPath, globAsTemplate, type PathReference, pathReference, patternOf, quotedAt } from './path-reference.ts';

/** Of a directory, or of a file of Terragrunt's that units include. Too much rather than too little. */
export interface TextScan {
  /** Directories of the modules that are called, where they are certain. */
  readonly calls: readonly string[];
  /** Whether there is a call of a module whose source has to be evaluated. */
  readonly isComputed: boolean;
  /** Directories that modules, units, components and states are read from. */
  readonly directories: readonly PathReference[];
  /** Files that functions read. */
  readonly files: readonly PathReference[];
  /** Places of states that are read, each a pattern of a literal in the backend that has it. */
  readonly states: readonly RegExp[];
  /** Literals of backends, one of which may be a place. */
  readonly backends: readonly string[];
}

export const emptyScan: TextScan = {
  calls: [],
  isComputed: false,
  directories: [],
  files: [],
  states: [],
  backends: [],
};

/** Whether a directory of the tree has something that a run evaluates. */
export const isEvaluated = (name: string): boolean => isTerragruntFile(name) || isStackFile(name);

/** Names of files of a directory that say what it is. */
export const scannedFiles = (names: readonly string[]): readonly string[] => [
  ...configurationFiles(names),
  ...names.filter(isEvaluated),
];

/** @param names of files of the directory */
export function scanDirectory(files: FileSystem, directory: string, names: readonly string[]): TextScan {
  return joinScans(
    names.map((name) => {
      const read = files.read(directory === '' ? name : `${directory}/${name}`);
      return read.kind === 'file' ? scanText(decodeText(read.bytes), directory, name) : emptyScan;
    }),
  );
}

/** Without a copy, as a whole tree is read. */
export const decodeText = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString();

export const joinScans = (scans: readonly TextScan[]): TextScan =>
  scans.length === 1
    ? scans[0]!
    : {
        calls: scans.flatMap(({ calls }) => calls),
        isComputed: scans.some(({ isComputed }) => isComputed),
        directories: scans.flatMap(({ directories }) => directories),
        files: scans.flatMap(({ files }) => files),
        states: scans.flatMap(({ states }) => states),
        backends: scans.flatMap(({ backends }) => backends),
      };

/**
 * @param directory that relative paths are of; undefined for that of whatever unit includes the file
 * @param name of the file
 */
export function scanText(text: string, directory: string | undefined, name: string): TextScan {
  const isTerragrunt = /\.hcl(?:\.json)?$/.test(name) && !isStackFile(name);
  const sources = sourcesIn(text, directory, isTerragrunt);
  const paths = isTerragrunt ? pathsIn(text, directory) : [];
  const states = stateBlocksIn(text);
  return {
    calls: sources.flatMap((source) => (source.kind === 'exact' ? [source.path] : [])),
    isComputed: !isTerragrunt && sources.includes(anyPath),
    directories: [...sources, ...paths, ...states.flatMap((block) => localStateIn(block, directory))],
    files: [...filesIn(text, directory), ...paths],
    states: states.flatMap(statesIn),
    backends: backendsIn(text),
  };
}

/** With its value, if that is a literal without escapes. */
const sourceArgument = /(?<![\w.-])"?source"?\s*[=:](?!=)\s*(?![\s[{])(?:"(?<literal>[^"\\$%\n]*)")?/g;

/** Blocks whose sources are directories. */
const sourceBlock =
  /^[ \t]*(module|component|unit|stack|terraform|resource|data|run|locals|provider|variable|output)\b[^\n{=]*\{/gm;

function sourcesIn(text: string, directory: string | undefined, isTerragrunt: boolean): readonly PathReference[] {
  if (!text.includes('source')) return [];
  let blocks: readonly RegExpMatchArray[] | undefined;
  const blockAt = (at: number): string | undefined => {
    blocks ??= [...text.matchAll(sourceBlock)];
    return blocks.findLast(({ index }) => index! <= at)?.[1];
  };
  // Most are called again and again.
  const literals = new Set<string>();
  const computed: PathReference[] = [];
  for (const match of text.matchAll(sourceArgument)) {
    const literal = match[1];
    if (literal !== undefined) {
      literals.add(literal);
      continue;
    }
    const quoted = quotedAt(text, match.index + match[0].length);
    const isLiteral = quoted !== undefined && !/[$%]\{|\\/.test(quoted.text);
    if (isLiteral) literals.add(quoted.text);
    // A file that a resource uploads, mostly.
    else if (!/^(?:resource|data|locals|provider|variable|output)$/.test(blockAt(match.index) ?? 'module')) {
      // What the directory's own text does not tell.
      const isAny = quoted === undefined || !isTerragrunt;
      computed.push(isAny ? anyPath : pathReference(insideOf(quoted.text), directory));
    }
  }
  return [...[...literals].flatMap((literal) => directoriesOf(literal, directory)), ...computed];
}

/** What `//` and `?` separate from the address of a repository. */
const insideOf = (source: string): string => source.replace(/\?[^/]*$/, '').replace(/^.*[^:]\/\/(?=[^/])/, '');

function directoriesOf(source: string, directory: string | undefined): readonly PathReference[] {
  if (/^\.\.?(?:[/\\]|$)/.test(source)) return [pathReference(source, directory, true)];
  const address = moduleAddress(source);
  if (address.kind !== 'git') return [];
  // It may be this repository, or a submodule.
  return [address.inside === '' ? repositoryItself : pathReference(address.inside, directory)];
}

/** Or a submodule. */
export const repositoryItself: PathReference = { kind: 'exact', path: '' };

const fileFunction =
  /\b(file\w*|templatefile|read_tfvars_file|sops_decrypt_file|read_terragrunt_config|find_in_parent_folders)(?:\(|\s+\((?=\s*(?:"|\w+[.([])))\s*/g;

function filesIn(text: string, directory: string | undefined): readonly PathReference[] {
  if (!/file|read_terragrunt|parent_folders/.test(text)) return [];
  return [...text.matchAll(fileFunction)].flatMap((match) => {
    const start = match.index + match[0].length;
    // The file of the units above; a change of it is one of all units below it.
    if (text[start] === ')') return [];
    // Found as a call of its own.
    if (text.startsWith('find_in_parent_folders(', start)) return [];
    const first = argumentAt(text, start);
    if (first === undefined) return [anyPath];
    if (match[1] !== 'fileset') return [pathReference(first.text, directory)];
    const comma = /^\s*,\s*/.exec(text.slice(first.end, first.end + 100));
    const glob = comma === null ? undefined : quotedAt(text, first.end + comma[0].length);
    return [glob === undefined ? anyPath : pathReference(globAsTemplate(`${first.text}/${glob.text}`), directory)];
  });
}

/** An argument that is a template or `path.module`, and nothing else. */
function argumentAt(text: string, start: number) {
  const bare = /^path\.module(?=\s*[,)])/.exec(text.slice(start, start + 100));
  if (bare !== null) return { text: '${path.module}', end: start + bare[0].length };
  const quoted = quotedAt(text, start);
  return quoted !== undefined && /^\s*[,)]/.test(text.slice(quoted.end, quoted.end + 100)) ? quoted : undefined;
}

/** Whatever looks like a path in a file of Terragrunt's. */
function pathsIn(text: string, directory: string | undefined): readonly PathReference[] {
  const found: PathReference[] = [];
  if (/\b(?:config_path|path)\s*=\s*(?![\s"]|find_in_parent_folders\()/.test(text)) found.push(anyPath);
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    const quoted = quotedAt(text, at);
    if (quoted === undefined) continue;
    const template = quoted.text.replace(/\?[^/]*$/, '');
    if (/[./]/.test(template)) found.push(pathReference(template, directory, /^\.\.?(?:\/|$)/.test(template)));
    at = quoted.end - 1;
  }
  return found;
}

const stateArgument = /(?<![\w-])(?:key|path|prefix|name|address|conn_str|secret_suffix)\s*=\s*/g;

const stateBlocksIn = (text: string): readonly string[] =>
  text
    .split('terraform_remote_state"')
    .slice(1)
    .map((rest) => rest.slice(0, rest.search(/^\}/m) + 1 || rest.length));

function statesIn(block: string): readonly RegExp[] {
  const found = [...block.matchAll(stateArgument)].map((match) => quotedAt(block, match.index + match[0].length));
  const texts = found.flatMap((quoted) => quoted?.text ?? []);
  return texts.length === 0 || texts.length < found.length ? [/^/] : texts.map(patternOf);
}

/** The directory whose state is read out of a file. */
function localStateIn(block: string, directory: string | undefined): readonly PathReference[] {
  if (!/"local"/.test(block)) return [];
  const paths = [...block.matchAll(/(?<![\w-])path\s*=\s*/g)].map((match) =>
    quotedAt(block, match.index + match[0].length),
  );
  if (paths.length === 0) return [anyPath];
  return paths.map((path) =>
    path === undefined ? anyPath : pathReference(path.text.replace(/\/?[^/}]*$/, ''), directory),
  );
}

/** More characters than a block of a backend has. */
const BACKEND_LENGTH = 3000;

function backendsIn(text: string): readonly string[] {
  if (!text.includes('backend') && !text.includes('cloud')) return [];
  return [...text.matchAll(/\bbackend\s+"|\bcloud\s*\{|"(?:backend|cloud)"\s*:/g)].flatMap(({ index }) => [
    ...[...text.slice(index, index + BACKEND_LENGTH).matchAll(/"([^"\n]*)"/g)].map(([, literal]) => literal!),
  ]);
}
