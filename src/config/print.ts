/** The effective config of a file, printed with the origin of each value. */

import type { FileSystem } from '../files.ts';
import type { Check } from '../findings/check.ts';
import type { SafeText } from '../report/escape.ts';
import { commentedJson } from './commented-json.ts';
import type { ConfigKey } from './key.ts';
import { keys } from './keys/index.ts';
import type { Layer, Selection } from './layer.ts';
import { Resolution, resolveConfig } from './resolve.ts';

export interface PrintRequest {
  /** Of the file that it holds for, relative to the tree's root. */
  readonly path: string;
  /** Without mistakes in them. */
  readonly layers: readonly Layer[];
  readonly checks: readonly Check[];
  /** What the command line says overrides the layers. */
  readonly selection: Selection;
  /** For the variable files of environments. */
  readonly fileSystem: FileSystem;
}

/** A .tfsgrc.json in the tree's root that means the same for the file. */
export function printConfig(request: PrintRequest): SafeText {
  const { path, layers, checks, selection, fileSystem } = request;
  const resolution = new Resolution(layers, checks, selection);
  const context = { path, layers, checks, fileSystem, resolved: <V>(key: ConfigKey<unknown, V>) => resolution.of(key) };
  const entries = Object.values(keys as Readonly<Record<string, ConfigKey<unknown, unknown>>>).flatMap((key) =>
    key.print(resolution.of(key), context),
  );
  return commentedJson({ open: '{', entries }, headOf(request));
}

function headOf({ path, layers, checks, selection }: PrintRequest): string[] {
  const { isIncluded } = resolveConfig(layers, checks, selection);
  const names = layers.flatMap((layer) => {
    if (layer.kind === 'preset') return layer.preset;
    return layer.file.file.isVirtual ? [] : layer.file.file.path;
  });
  return [
    `Effective configuration for ${path}, written as a .tfsgrc.json at the repository root.`,
    `Merged from ${names.length === 0 ? 'nothing' : names.join(', ')}; later entries override earlier ones.`,
    isIncluded(path) ? 'The file is linted.' : 'The file is excluded by "include" or "exclude".',
  ];
}
