/** What a config is made of, and where its values come from. */

import type { Check } from '../findings/check.ts';
import { placeOf } from '../source/position.ts';
import type { SourceFile } from '../source/source-file.ts';
import { type JsonNode, propertyOf } from './jsonc.ts';
import { defaultPreset, type Preset } from './presets.ts';

/** One file's own words, or those of an option of the command line; what is absent is left to what comes before, and defaults. */
export interface ConfigFile {
  /** Virtual for an option of the command line, which is its path. */
  readonly file: SourceFile;
  /** As it is written, but for the spelling of checks' names; undefined where there is no object. */
  readonly root: JsonNode | undefined;
  /** What each key's `decode` made of it, by the key's name. */
  readonly given: Readonly<Record<string, unknown>>;
}

/** A later layer goes before an earlier one. */
export type Layer =
  | { readonly kind: 'preset'; readonly preset: Preset }
  /** Patterns start at the folder, which is relative to the tree's root; for paths outside of it, at the root. */
  | {
      readonly kind: 'file';
      readonly file: ConfigFile;
      readonly folder: string;
      /** Absent where it has none. */
      readonly rules?: OwnRules | undefined;
    };

/** The rules of the files that a config names, or that lie beside it. */
export interface OwnRules {
  readonly checks: readonly Check[];
  /** Paths of the tree. */
  readonly files: readonly string[];
}

export type FileLayer = Extract<Layer, { readonly kind: 'file' }>;

/** What holds where there is no file. */
export const defaultLayers: readonly Layer[] = [{ kind: 'preset', preset: defaultPreset }];

/** An option of the command line that says what keys of the config say. */
export interface OptionSetting {
  /** As messages name it: `--fail-on`. */
  readonly option: string;
  /** In the shape of a .tfsgrc.json: `{ failOn: 'high' }`. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** The layers of a config that is below all others. */
export interface BaseLayers {
  /** Of its file, for messages. */
  readonly path: string;
  /** The first of all layers. */
  readonly layers: readonly Layer[];
}

/** Whether layers above may only tighten a key, or a check. Where the base does not say which, all are. */
export function isLocked({ layers }: BaseLayers, name: string, isCheck = false): boolean {
  const all = filesIn(layers).map(({ file }) => file.given['locked'] as ReadonlySet<string> | undefined);
  const locked = all.findLast((each) => each !== undefined);
  return locked === undefined || locked.has(name) || (isCheck && locked.has('checks'));
}

/** What the command line asks for; it goes before any file. */
export interface Selection {
  /** Ids of the only checks that run, on even where a config has them off; undefined for no such limit. */
  readonly only: ReadonlySet<string> | undefined;
  /** Ids of checks that don't run. */
  readonly disabled: ReadonlySet<string>;
  /** In the place of the presets that files start from; absent for these. */
  readonly preset?: Preset | undefined;
  /** The last goes before the others. */
  readonly settings?: readonly OptionSetting[];
  /** What lies below all other layers, and limits them. */
  readonly base?: BaseLayers | undefined;
}

/** The layers with the preset that the command line asks for in the place of all others. */
export function withPreset(layers: readonly Layer[], { preset }: Selection): readonly Layer[] {
  return preset === undefined ? layers : [{ kind: 'preset', preset }, ...filesIn(layers)];
}

/** A command line that says nothing. */
export const noSelection: Selection = { only: undefined, disabled: new Set() };

/** Where a value comes from. */
export type SettingOrigin =
  | { readonly kind: 'default' }
  | { readonly kind: 'preset'; readonly preset: Preset }
  /** The value as it is written; with the override that it stands in. */
  | { readonly kind: 'file'; readonly node: JsonNode; readonly override?: { readonly index: number } }
  /** An option that chooses checks. */
  | { readonly kind: 'command-line'; readonly option: string };

export interface Sourced<T> {
  readonly value: T;
  readonly origin: SettingOrigin;
}

export function byDefault<T>(value: T): Sourced<T> {
  return { value, origin: { kind: 'default' } };
}

export function filesIn(layers: readonly Layer[]): readonly FileLayer[] {
  return layers.filter((layer) => layer.kind === 'file');
}

/** What the layers say about a key, or about a key within it, in their order. */
export function givenBy<F>(
  layers: readonly Layer[],
  { name }: { readonly name: string; decode(...args: never): F },
): readonly (Sourced<NonNullable<F>> & { readonly node: JsonNode; readonly folder: string })[] {
  return filesIn(layers).flatMap(({ file, folder }) => {
    const value = file.given[name] as F;
    const node = propertyOf(file.root, name);
    if (value === undefined || value === null || node === undefined) return [];
    return { value, origin: { kind: 'file', node }, node, folder };
  });
}

/** What the command line says is not limited. */
export function isOfCommandLine({ origin }: Sourced<unknown>): boolean {
  return origin.kind === 'command-line' || (origin.kind === 'file' && origin.node.file.isVirtual);
}

/** For people. */
export function describeOrigin(origin: SettingOrigin): string {
  if (origin.kind === 'default') return 'default';
  if (origin.kind === 'preset') return origin.preset;
  if (origin.kind === 'command-line') return origin.option;
  const { node, override } = origin;
  const place = node.file.isVirtual ? node.file.path : placeOf(node);
  return override === undefined ? place : `overrides[${override.index}] of ${place}`;
}
