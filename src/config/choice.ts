/** The effective setting of one check, with the origin of each value. */

import type { Check } from '../findings/check.ts';
import { trustedSources } from '../model/questions/trusted.ts';
import type { ConfigFile, Override } from './decode.ts';
import type { JsonNode } from './jsonc.ts';
import type { CheckEntry } from './keys/checks.ts';
import { defaultOptions } from './keys/options.ts';
import type { Level } from './names.ts';
import { defaultPreset, isOnIn, type Preset } from './presets.ts';

/** Which checks the command line asks for; it overrides every file. */
export interface Selection {
  /** Ids of the only checks that run, on even where a configuration has them off; undefined for no such limit. */
  readonly only: ReadonlySet<string> | undefined;
  /** Ids of checks that don't run. */
  readonly disabled: ReadonlySet<string>;
}

/** A command line that says nothing. */
export const noSelection: Selection = { only: undefined, disabled: new Set() };

/** What a configuration is merged from; later layers override earlier ones. */
export type Layer =
  | { readonly kind: 'preset'; readonly preset: Preset }
  /** Patterns start at the folder, which is relative to the tree's root; for paths outside of it, at the root. */
  | { readonly kind: 'file'; readonly file: ConfigFile; readonly folder: string };

export type FileLayer = Extract<Layer, { readonly kind: 'file' }>;

/** What holds where there is no file. */
export const defaultLayers: readonly Layer[] = [{ kind: 'preset', preset: defaultPreset }];

/** Where a value comes from. */
export type Origin =
  | { readonly kind: 'default' }
  | { readonly kind: 'preset'; readonly preset: Preset }
  /** The value as it is written. */
  | { readonly kind: 'file'; readonly node: JsonNode; readonly override: Override | undefined }
  | { readonly kind: 'command-line'; readonly option: string };

export interface Sourced<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** The level of a check and all its options by name. */
export interface Choice {
  readonly level: Sourced<Level>;
  readonly options: Readonly<Record<string, Sourced<unknown>>>;
}

const byDefault: Origin = { kind: 'default' };

/** What layers, then overrides say about a check. */
export function choiceOf(check: Check, layers: readonly Layer[], overrides: readonly Override[]): Choice {
  let choice: Choice = { level: { value: 'off', origin: byDefault }, options: {} };
  for (const layer of layers) {
    if (layer.kind === 'preset') {
      const value = isOnIn(layer.preset, check) ? check.severity : 'off';
      choice = { ...choice, level: { value, origin: layer } };
    } else choice = withEntries(withPolicies(choice, check, layer.file), check, layer.file.checks);
  }
  const { level, options: chosen } = overrides.reduce(
    (before, override) => withEntries(before, check, override.checks, override),
    choice,
  );
  return {
    level,
    // Of a check that is off nobody asks them, and patterns and ports take time to read.
    get options() {
      return { ...unchangedOptions(check), ...chosen, ...trustedOptions(check, layers) };
    },
  };
}

function unchangedOptions(check: Check): Choice['options'] {
  const options = Object.entries(defaultOptions(check)).map(([name, value]) => [name, { value, origin: byDefault }]);
  return Object.fromEntries(options);
}

/** Of each of its keys the last file that has it decides. */
function trustedOptions(check: Check, layers: readonly Layer[]): Choice['options'] {
  const names = Object.keys(check.options).filter((name) => check.options[name]?.type === 'trusted');
  if (names.length === 0) return {};
  const given = layers.map((layer) => (layer.kind === 'file' ? (layer.file.trusted ?? {}) : {}));
  const value = trustedSources(Object.assign({ cidrs: [], prefixLists: [], groups: [] }, ...given));
  return Object.fromEntries(names.map((name) => [name, { value, origin: byDefault }]));
}

/** A check that is about policies is on as soon as one is declared. */
function withPolicies(before: Choice, check: Check, { policy }: ConfigFile): Choice {
  const names = Object.keys(check.options).filter((name) => check.options[name]?.type === 'policies');
  if (policy === undefined || names.length === 0) return before;
  const origin: Origin = { kind: 'file', node: policy.node, override: undefined };
  return {
    level: before.level.value === 'off' ? { value: check.severity, origin } : before.level,
    options: {
      ...before.options,
      ...Object.fromEntries(names.map((name) => [name, { value: policy.value, origin }])),
    },
  };
}

/** A check's own id overrides other tools'. */
function withEntries(before: Choice, check: Check, entries: readonly CheckEntry[], override?: Override): Choice {
  const mine = entries.filter((entry) => entry.check.id === check.id);
  const ordered = [...mine.filter(({ isAlias }) => isAlias), ...mine.filter(({ isAlias }) => !isAlias)];
  const given = <T>(value: T, node: JsonNode): Sourced<T> => ({ value, origin: { kind: 'file', node, override } });
  return ordered.reduce(({ options }, entry): Choice => {
    const own = Object.entries(entry.options).map(([name, { value, node }]) => [name, given(value, node)]);
    return { level: given(entry.level, entry.node), options: { ...options, ...Object.fromEntries(own) } };
  }, before);
}

/** The level that the command line leaves of one. */
export function selected(
  { id, severity }: Check,
  level: Sourced<Level>,
  { only, disabled }: Selection,
): Sourced<Level> {
  if (disabled.has(id)) return { value: 'off', origin: { kind: 'command-line', option: '--disable' } };
  if (only === undefined) return level;
  const origin: Origin = { kind: 'command-line', option: '--check' };
  if (!only.has(id)) return { value: 'off', origin };
  return level.value === 'off' ? { value: severity, origin } : level;
}
