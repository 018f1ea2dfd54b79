/** Defaults, presets, files and the command line -> the effective configuration. */

import type { Check } from '../findings/check.ts';
import type { Setting } from '../findings/run.ts';
import { choiceOf, type FileLayer, type Layer, type Selection, selected } from './choice.ts';
import { type Config, defaultSuppressions } from './config.ts';
import type { Override } from './decode.ts';
import { matcherOf } from './globs.ts';
import { checksForFiles, inFolder, readyOverrides } from './keys/overrides.ts';

export { defaultLayers, type Layer, noSelection, type Selection } from './choice.ts';

export function resolveConfig(layers: readonly Layer[], checks: readonly Check[], selection: Selection): Config {
  const files = filesIn(layers);
  const settingsOf = (overrides: readonly Override[]) => settingsOfLayers(layers, overrides, checks, selection);
  const base = settingsOf([]);
  return {
    isIncluded: inclusionOf(files),
    failOn: lastOf(files, ({ file }) => file.failOn) ?? 'low',
    failOnUnresolved: lastOf(files, ({ file }) => file.failOnUnresolved) ?? false,
    checks: base,
    checksFor: checksForFiles(readyOverrides(files), base, settingsOf),
    environments: lastOf(files, ({ file, folder }) => file.environments?.map((each) => ({ ...each, folder }))) ?? [],
    suppressions: Object.assign({}, defaultSuppressions, ...files.map(({ file }) => file.suppressions ?? {})),
    own: files.at(-1),
  };
}

export function filesIn(layers: readonly Layer[]): readonly FileLayer[] {
  return layers.filter((layer) => layer.kind === 'file');
}

/** The last file that says something about a part of the configuration decides it. */
export function lastOf<T>(files: readonly FileLayer[], part: (layer: FileLayer) => T | undefined): T | undefined {
  return files.reduce<T | undefined>((before, layer) => part(layer) ?? before, undefined);
}

function settingsOfLayers(
  layers: readonly Layer[],
  overrides: readonly Override[],
  checks: readonly Check[],
  selection: Selection,
): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>();
  for (const check of checks) {
    const choice = choiceOf(check, layers, overrides);
    const { value: severity } = selected(check, choice.level, selection);
    if (severity === 'off') continue;
    const values = Object.entries(choice.options).map(([name, { value }]) => [name, value]);
    settings.set(check.id, { severity, options: Object.fromEntries(values) });
  }
  return settings;
}

function inclusionOf(files: readonly FileLayer[]): (path: string) => boolean {
  const matches = (key: 'include' | 'exclude', otherwise: boolean): ((path: string) => boolean) =>
    lastOf(files, ({ file, folder }) => file[key] && inFolder(matcherOf(file[key]), folder)) ?? (() => otherwise);
  const [isWanted, isUnwanted] = [matches('include', true), matches('exclude', false)];
  return (path) => isWanted(path) && !isUnwanted(path);
}
