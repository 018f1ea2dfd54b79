/** The files that Terragrunt writes for a unit before Terraform runs. */

import type { FileSystem } from '../../files.ts';
import type { Expression } from '../../hcl/syntax.ts';
import { folderOf } from '../../source/path.ts';
import { type Span, textOf } from '../../source/span.ts';
import type { ProblemSink } from '../../terraform/expressions/scope.ts';
import { pathInTree, relativePath } from '../../terraform/functions/path.ts';
import { isConfigurationFile } from '../../terraform/modules/configuration-files.ts';
import type { Value } from '../../terraform/values/value.ts';
import { argumentsOf } from './blocks.ts';
import type { TerragruntFile } from './file.ts';

type Arguments = ReadonlyMap<string, { readonly value: Expression }>;

/**
 * Contents by path relative to the module.
 *
 * Source: https://docs.terragrunt.com/reference/hcl/blocks#generate
 *
 * @param module directory of the unit's module
 */
export function generatedFiles(
  unit: TerragruntFile,
  files: FileSystem,
  module: string,
  problems: ProblemSink,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, { file, content, span }] of generateBlocks(unit)) {
    const argumentOf = (name: string): Value | undefined => {
      const written = content.get(name);
      return written && file.evaluate(written.value);
    };
    const disable = argumentOf('disable');
    const path = argumentOf('path');
    if (path?.kind !== 'string' || (disable?.kind === 'bool' && disable.value)) continue;
    const target = targetOf(path.value, files, folderOf(unit.place.about), module);
    if (target === undefined || !isConfigurationFile(target)) continue;
    const ifExists = argumentOf('if_exists');
    const isKept = ifExists?.kind === 'string' && ifExists.value === 'skip';
    if (isKept && files.read(module === '' ? target : `${module}/${target}`).kind === 'file') continue;
    const contents = argumentOf('contents');
    if (contents?.kind === 'string') found.set(target, contents.value);
    else if (contents?.kind === 'unknown' && declares.test(textOf(content.get('contents')!.value))) {
      const reasons = contents.reasons.map((reason) => reason.name).join(', ');
      const message = `The contents of generate "${name}" depend on ${reasons}, so tfsg evaluates modules without ${target}.`;
      problems.add({ kind: 'evaluation', severity: 'warning', message, span });
    }
  }
  return found;
}

/** Whether a text declares more than providers, what these are given, and backends: without that the rules are the same. */
const declares = /^\s*(?:locals|module|resource|variable)\b/m;

/** By name: those of the unit override those that it includes. */
function generateBlocks(
  unit: TerragruntFile,
): ReadonlyMap<string, { file: TerragruntFile; content: Arguments; span: Span }> {
  const found = new Map<string, { file: TerragruntFile; content: Arguments; span: Span }>();
  for (const { file } of unit.layers) {
    for (const { block, content } of file.blocks('generate')) {
      const name = block.block.labels[0]?.name ?? '';
      if (!found.has(name)) found.set(name, { file, content: content.attributes, span: block.block.header });
    }
    const attribute = file.content.attributes.get('generate');
    if (attribute?.value.kind !== 'object') continue;
    for (const { key, value } of attribute.value.entries) {
      const name = key.kind === 'identifier' ? key.name : key.kind === 'string' ? key.value : undefined;
      const content = argumentsOf(value);
      if (name !== undefined && content !== undefined && !found.has(name))
        found.set(name, { file, content, span: key });
    }
  }
  return found;
}

/** Relative to the module; undefined for a file that is written elsewhere. */
function targetOf(path: string, files: FileSystem, unit: string, module: string): string | undefined {
  if (!path.startsWith('/')) return pathInTree({ files, basePath: '' }, path);
  const place = pathInTree({ files, basePath: '' }, path);
  if (place === undefined) return undefined;
  for (const directory of [unit, module]) {
    const rest = relativePath(directory, place);
    if (!rest.startsWith('..')) return rest;
  }
  return undefined;
}
