/** Modules that only Terraform's tests call, which are not root modules. */

import type { FileSystem } from '../../files.ts';
import { parseJson } from '../../hcl/json/parser.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import { decodeSource } from '../../source/decode.ts';
import { folderOf } from '../../source/path.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { isConfigurationFile } from './configuration-files.ts';
import { contentOf } from './content.ts';
import { joinPath } from './load.ts';
import { literalText } from './module.ts';

/** Whether `terraform test` or `tofu test` reads a file of this name. */
export const isTestFile = (name: string): boolean => /\.(?:tftest|tofutest)\.(?:hcl|json)$/.test(name);

/**
 * The directories of the modules that `run` blocks call to help a test: those in the folder of the tests, or in one whose name has
 * "test" in it. Any other module that a `run` block calls may be what the tests are of.
 *
 * @param paths of test files
 * @param parse native syntax
 */
export function testHelpers(
  files: FileSystem,
  paths: readonly string[],
  parse: (file: SourceFile) => SyntaxTree,
): ReadonlySet<string> {
  const helpers = new Set<string>();
  for (const path of paths) {
    const read = files.read(path);
    if (read.kind !== 'file') continue;
    const { value: file } = decodeSource(path, read.bytes);
    const folder = folderOf(path);
    const root = rootOf(files, folder);
    for (const source of calledSources(path.endsWith('.json') ? parseJson(file).value : parse(file))) {
      const directory = /^\.\.?\//.test(source) ? joinPath(root, source) : undefined;
      if (directory === undefined || directory === root) continue;
      const below = root === '' ? directory : directory.slice(root.length + 1);
      const isInTests = folder !== root && directory.startsWith(`${folder}/`);
      if (isInTests || /test/i.test(below)) helpers.add(directory);
    }
  }
  return helpers;
}

/** The module that tests are of: in their own folder, or the nearest one above with configuration. */
function rootOf(files: FileSystem, folder: string): string {
  const listing = files.list(folder);
  const hasConfiguration =
    listing.kind === 'directory' && listing.entries.some(({ name }) => isConfigurationFile(name));
  if (folder === '' || hasConfiguration) return folder;
  return rootOf(files, folderOf(folder));
}

/** Source: https://developer.hashicorp.com/terraform/language/block/tests/run */
function calledSources({ body, syntax }: SyntaxTree): readonly string[] {
  const blocksOf = (of: typeof body, type: string, labels: number) =>
    contentOf(of, syntax, { __proto__: null as never, [type]: labels }, []).blocks.flatMap(({ block }) =>
      block.type.name === type ? [block.body] : [],
    );
  return blocksOf(body, 'run', 1).flatMap((run) =>
    blocksOf(run, 'module', 0).flatMap((module) => {
      const source = contentOf(module, syntax, { __proto__: null as never }, []).attributes.get('source');
      return literalText(source?.value) ?? [];
    }),
  );
}
