/** Terragrunt's files as attributes and blocks. */

import { type QueryCache, query } from '../../collections/query-cache.ts';
import type { FileSystem } from '../../files.ts';
import { parseJson } from '../../hcl/json/parser.ts';
import { parseHcl } from '../../hcl/native/parser.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import { decodeSource } from '../../source/decode.ts';
import type { Problem } from '../../source/problem.ts';
import { type BlockTypes, type Content, contentOf } from '../../terraform/modules/content.ts';

export interface ParsedFile {
  readonly tree: SyntaxTree;
  readonly content: Content;
  readonly problems: readonly Problem[];
}

/**
 * Block types and their labels.
 *
 * Source: https://docs.terragrunt.com/reference/hcl/blocks
 */
export const blockTypes: BlockTypes = {
  __proto__: null as never,
  after_hook: 1,
  before_hook: 1,
  catalog: 0,
  dependencies: 0,
  dependency: 1,
  engine: 0,
  error_hook: 1,
  errors: 0,
  exclude: 0,
  extra_arguments: 1,
  feature: 1,
  generate: 1,
  include: 1,
  locals: 0,
  remote_state: 0,
  stack: 1,
  terraform: 0,
  unit: 1,
};

/** By path. */
const parsedFiles = query<Uint8Array, ParsedFile>((a, b) => Buffer.compare(a, b) === 0);

/** What a file says; undefined where it can't be read. */
export function parseTerragruntFile(files: FileSystem, path: string, cache: QueryCache): ParsedFile | undefined {
  const read = files.read(path);
  if (read.kind !== 'file') return undefined;
  // Of a unit that a stack makes, the file is that of the stack's source.
  const place = files.real(path);
  return cache.get(parsedFiles, place, read.bytes, () => {
    const { value: file, problems: faults } = decodeSource(place, read.bytes);
    const isJson = place.endsWith('.json');
    // What Terragrunt has rendered holds values alone.
    const strings = place.endsWith('.rendered.json') ? 'literal' : 'templates';
    const { value: tree, problems: syntax } = isJson ? parseJson(file, strings) : parseHcl(file);
    const problems = [...faults, ...syntax];
    const content = contentOf(tree.body, tree.syntax, strings === 'literal' ? noBlocks : blockTypes, problems);
    return { tree, content, problems };
  });
}

const noBlocks: BlockTypes = { __proto__: null as never };
