/** Defaults, presets, a file and the command line -> what holds. */

import type { Check, Severity } from '../checks/check.ts';
import type { CheckSetting, Config } from './config.ts';
import type { ConfigFile } from './decode.ts';
import { matcherOf } from './globs.ts';
import type { Level } from './names.ts';
import { defaultOptions, type Options } from './options.ts';
import { defaultPreset, isOnIn } from './presets.ts';

/** Which checks the command line asks for; it goes before any file. */
export interface Selection {
  /** Ids of the only checks that run, on even where a configuration has them off; undefined for no such limit. */
  readonly only: ReadonlySet<string> | undefined;
  /** Ids of checks that don't run. */
  readonly disabled: ReadonlySet<string>;
}

/** A command line that says nothing. */
export const noSelection: Selection = { only: undefined, disabled: new Set() };

/**
 * What holds where `file` does, or where there is none.
 *
 * @param folder of the file, relative to the tree's root; patterns start there, except for paths outside of it, for which
 *   they start at the root
 */
export function resolveConfig(
  file: ConfigFile | undefined,
  folder: string,
  checks: readonly Check[],
  selection: Selection,
): Config {
  const settings = new Map<string, CheckSetting>();
  for (const check of checks) {
    const { level, options } = choiceOf(check, file);
    const severity = severityOf(check, level, selection);
    if (severity !== undefined) settings.set(check.id, { severity, options });
  }
  return { isIncluded: inclusionOf(file, folder), failOn: file?.failOn ?? 'low', checks: settings };
}

function choiceOf(check: Check, file: ConfigFile | undefined): { readonly level: Level; readonly options: Options } {
  const preset = file?.extends === undefined ? defaultPreset : (file.extends.at(-1) ?? 'tfsg:off');
  const entries = file?.checks.filter((entry) => entry.check.id === check.id) ?? [];
  const deciding = [...entries.filter(({ isAlias }) => isAlias), ...entries.filter(({ isAlias }) => !isAlias)];
  const declared = policyOptions(check, file);
  const isOn = isOnIn(preset, check) || Object.keys(declared).length > 0;
  return {
    level: deciding.at(-1)?.level ?? (isOn ? check.severity : 'off'),
    options: Object.assign({}, defaultOptions(check), declared, ...deciding.map(({ options }) => options)),
  };
}

/** A check that is about policies is on as soon as one is declared. */
function policyOptions(check: Check, file: ConfigFile | undefined): Options {
  if (file?.policy === undefined) return {};
  const names = Object.keys(check.options).filter((name) => check.options[name]?.type === 'policies');
  return Object.fromEntries(names.map((name) => [name, file.policy]));
}

function severityOf(check: Check, level: Level, { only, disabled }: Selection): Severity | undefined {
  if (disabled.has(check.id)) return undefined;
  if (only === undefined) return level === 'off' ? undefined : level;
  if (!only.has(check.id)) return undefined;
  return level === 'off' ? check.severity : level;
}

function inclusionOf(file: ConfigFile | undefined, folder: string): (path: string) => boolean {
  const { include, exclude } = file ?? {};
  if (include === undefined && exclude === undefined) return () => true;
  const isWanted = include === undefined ? () => true : matcherOf(include);
  const isUnwanted = matcherOf(exclude ?? []);
  const prefix = folder === '' ? '' : `${folder}/`;
  return (path) => {
    const relative = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    return isWanted(relative) && !isUnwanted(relative);
  };
}
