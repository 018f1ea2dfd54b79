/** Defaults, presets, files and the command line -> the effective config. */

import type { Check } from '../findings/check.ts';
import type { Setting } from '../findings/setting.ts';
import { twoStepsBelow } from '../findings/severity.ts';
import { trustedSources } from '../model/questions/trusted.ts';
import type { Config } from './config.ts';
import type { ConfigKey, MergeContext } from './key.ts';
import { keys } from './keys/index.ts';
import * as options from './keys/options.ts';
import { filesIn, isLocked, type Layer, type Selection } from './layer.ts';
import { checksForFiles, type Override } from './override.ts';
import { ownChecksOf } from './own/declared-rules.ts';
import { matcherOfPatterns } from './path-patterns.ts';

export { defaultLayers, filesIn, type Layer, noSelection, type Selection } from './layer.ts';

/** What the layers say about each key, with where it comes from: what holds and what --print-config prints are made of this. */
export class Resolution {
  readonly #layers: readonly Layer[];
  readonly #context: MergeContext;
  readonly #known = new Map<string, unknown>();
  readonly #full = new Map<string, unknown>();

  constructor(layers: readonly Layer[], checks: readonly Check[], selection: Selection) {
    this.#layers = layers;
    this.#context = { checks, selection, optionFrom: (name) => this.#optionFrom(name) };
  }

  of<V>(key: ConfigKey<unknown, V>): V {
    if (!this.#known.has(key.name)) this.#known.set(key.name, this.#limited(key));
    return this.#known.get(key.name) as V;
  }

  /** What the layers say without what a base locks. */
  full<V>(key: ConfigKey<unknown, V>): V {
    if (!this.#full.has(key.name)) this.#full.set(key.name, key.merge(this.#layers, this.#context));
    return this.#full.get(key.name) as V;
  }

  #limited<V>(key: ConfigKey<unknown, V>): V {
    const full = this.full(key);
    const { base } = this.#context.selection;
    if (base === undefined || key.limited === undefined || !isLocked(base, key.name)) return full;
    return key.limited(key.merge(base.layers, this.#context), full);
  }

  #optionFrom(name: string): ReturnType<MergeContext['optionFrom']> {
    const key = keyOfOption(name);
    const { option } = key;
    return { given: option!.given(this.of(key) as never), meaningOf: option!.meaningOf, turnsOn: option!.turnsOn };
  }
}

/** @throws Error if there is no key of the name that checks can take as an option */
function keyOfOption(name: string): ConfigKey<unknown, unknown> {
  const key: ConfigKey<unknown, unknown> | undefined = Object.values(keys as object).find((each) => each.name === name);
  if (key?.option === undefined) throw new Error(`No key ${name} of the configuration is an option of checks.`);
  return key;
}

/** All options of a check at their defaults. Throws for a default that the check itself got wrong. */
export function defaultsOf(check: Check): options.Options {
  return options.defaultOptions(check, ({ key, default: declared }) =>
    keyOfOption(key).option!.meaningOf(declared as never),
  );
}

export function resolveConfig(layers: readonly Layer[], checks: readonly Check[], selection: Selection): Config {
  return configOfResolution(new Resolution(layers, checks, selection), layers, checks, selection);
}

function configOfResolution(
  resolution: Resolution,
  layers: readonly Layer[],
  checks: readonly Check[],
  { base: below }: Selection,
): Config {
  const choices = resolution.of(keys.checks);
  const isByReach = resolution.of(keys.severityByReach).value;
  const settingsOf = (overrides: readonly Override[]): ReadonlyMap<string, Setting> => {
    const settings = new Map<string, Setting>();
    for (const check of checks) {
      const choice = choices.of(check, overrides);
      const severity = choice.level.value;
      if (severity === 'off') continue;
      const values = Object.entries(choice.options).map(([name, { value }]) => [name, value]);
      const inside = isByReach ? { insideSeverity: twoStepsBelow(severity) } : {};
      settings.set(check.id, {
        severity,
        ...inside,
        options: Object.fromEntries(values),
        ...(check.own && { own: check }),
      });
    }
    return settings;
  };
  const base = settingsOf([]);
  const isWanted = matcherOfPatterns(resolution.of(keys.include), true);
  const isUnwanted = matcherOfPatterns(resolution.of(keys.exclude), false);
  const suppressions = resolution.of(keys.suppressions);
  const trusted = resolution.of(keys.trusted);
  return {
    isIncluded: (path) => isWanted(path) && !isUnwanted(path),
    failOn: resolution.of(keys.failOn).value,
    failOnUnresolved: resolution.of(keys.failOnUnresolved).value,
    noNewAccess: resolution.of(keys.noNewAccess).value,
    trusted: trustedSources({
      cidrs: trusted.cidrs.value,
      prefixLists: trusted.prefixLists.value,
      groups: trusted.groups.value,
    }),
    policies: resolution.of(keys.policy)?.value ?? [],
    checks: base,
    checksFor: checksForFiles(resolution.of(keys.overrides), base, settingsOf),
    environments: resolution.of(keys.environments).map(({ environment }) => environment),
    suppressions: {
      inline: suppressions.inline.value,
      requireReason: suppressions.requireReason.value,
      honor: suppressions.honor.value,
      locked: suppressions.locked.value,
    },
    modules: new Map([...resolution.of(keys.modules)].map(([source, { directory }]) => [source, directory])),
    standIns: resolution.of(keys.standIns).value,
    baseline: resolution.of(keys.baseline).value,
    ownChecks: ownChecksOf(layers),
    own: filesIn(layers).findLast((layer) => !layer.file.file.isVirtual && below?.layers.includes(layer) !== true),
  };
}
