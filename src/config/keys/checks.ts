/** The key `checks` of a config: checks by their ids and other tools', with their settings. */

import { append } from '../../collections/append.ts';
import type { Check } from '../../findings/check.ts';
import type { CheckNames } from '../../findings/names.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import type { CheckEntry } from '../check-entry.ts';
import { oneLineJson, type PrintedEntry } from '../commented-json.ts';
import { itemsOf, type JsonNode, plainValue, propertyOf } from '../jsonc.ts';
import type { ConfigKey, DecodeContext, MergeContext, Path } from '../key.ts';
import {
  byDefault,
  describeOrigin,
  type FileLayer,
  filesIn,
  isLocked,
  type Layer,
  type Selection,
  type SettingOrigin,
  type Sourced,
} from '../layer.ts';
import { MAX_MISTAKES, mistake, suggestion } from '../mistake.ts';
import { type CheckLevel, levelRank } from '../names.ts';
import { alwaysIn } from '../override.ts';
import { isOnIn } from '../presets.ts';
import { checkDefinitions, checksReference } from './check-schema.ts';
import { decodeOption, defaultOptions, settableOptions } from './options.ts';

/** The level of a check and all its options by name. */
export interface Choice {
  readonly level: Sourced<CheckLevel>;
  readonly options: Readonly<Record<string, Sourced<unknown>>>;
}

/** What the layers and the command line say about checks. */
export interface Choices {
  /** @param overrides that hold, in their order */
  of(check: Check, overrides: readonly OverrideChecks[]): Choice;
  /** The same without what a base locks. */
  unlimited(check: Check, overrides: readonly OverrideChecks[]): Choice;
  /** What a base has at least; undefined where it locks nothing. */
  floorOf(check: Check, overrides: readonly OverrideChecks[]): Choice | undefined;
  /** The same of an override alone, with the options that it sets. */
  ofOverride(check: Check, override: OverrideChecks): Choice;
}

/** What an override says about checks. */
export interface OverrideChecks {
  /** In `overrides`, from 0. */
  readonly index: number;
  readonly checks: readonly CheckEntry[];
}

export const key: ConfigKey<readonly CheckEntry[], Choices> = {
  name: 'checks',
  order: 60,
  schema: () => checksReference,
  definitions: checkDefinitions,
  decode: (node, context) => decodeChecks(node, ['checks'], context),
  merge(layers, { selection, optionFrom }) {
    const chosenIn = (some: readonly Layer[], check: Check, overrides: readonly OverrideChecks[]): Choice => {
      const ofLayers = some.reduce<Choice>(
        (before, layer) => {
          if (layer.kind === 'file') {
            const turnedOn = withKeys(before, check, layer, optionFrom);
            return withEntries(turnedOn, check, layer.file.given[key.name] as readonly CheckEntry[]);
          }
          // No preset knows own rules.
          if (check.own !== undefined) return before;
          const value = isOnIn(layer.preset, check) ? check.severity : 'off';
          return { level: { value, origin: layer }, options: before.options };
        },
        { level: byDefault(check.own === undefined ? 'off' : check.severity), options: {} },
      );
      return overrides.reduce((before, override) => withEntries(before, check, override.checks, override), ofLayers);
    };
    const { base } = selection;
    const ofBase = new Set(
      filesIn(base?.layers ?? []).flatMap(({ file }) => file.given['overrides'] as readonly OverrideChecks[]),
    );
    const unlimited = (check: Check, overrides: readonly OverrideChecks[]) => chosenIn(layers, check, overrides);
    const floorOf = (check: Check, overrides: readonly OverrideChecks[]) =>
      base !== undefined && isLocked(base, check.id, true)
        ? chosenIn(
            base.layers,
            check,
            overrides.filter((each) => ofBase.has(each)),
          )
        : undefined;
    return {
      unlimited,
      floorOf,
      of(check, overrides) {
        const { level, options } = stricter(floorOf(check, overrides), unlimited(check, overrides));
        return {
          level: selected(check, level, selection),
          // Of a check that is off nobody asks them, and patterns and ports take time to read.
          get options() {
            return { ...unchangedOptions(check, optionFrom), ...options };
          },
        };
      },
      ofOverride(check, override) {
        const { level, options } = stricter(
          floorOf(check, []),
          withEntries({ level: byDefault('off'), options: {} }, check, override.checks, override),
        );
        return { level: selected(check, level, selection), options };
      },
    };
  },
  print(choices, { path, layers, checks }) {
    const settings = checks.map((check) => settingEntry(check, choices.of(check, alwaysIn(path, layers))));
    return [{ name: 'checks', value: { open: '{', entries: settings } }];
  },
};

/** A check that a floor has on keeps the floor's options, and its level unless the other one is graver. */
function stricter(floor: Choice | undefined, choice: Choice): Choice {
  if (floor === undefined || floor.level.value === 'off') return choice;
  const isGraver = levelRank(choice.level.value) > levelRank(floor.level.value);
  return { level: isGraver ? choice.level : floor.level, options: floor.options };
}

/** Options at what their keys say, and the others at their defaults. */
function unchangedOptions(check: Check, optionFrom: MergeContext['optionFrom']): Choice['options'] {
  const defaults = defaultOptions(check, (declaration) => {
    const { given, meaningOf } = optionFrom(declaration.key);
    return given ?? byDefault(meaningOf(declaration.default as never));
  });
  return Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [
      name,
      check.options[name]?.type === 'key' ? (value as Sourced<unknown>) : byDefault(value),
    ]),
  );
}

/** A check is on as soon as a layer has a key that turns on whatever takes its value. */
function withKeys(before: Choice, check: Check, { file }: FileLayer, optionFrom: MergeContext['optionFrom']): Choice {
  if (before.level.value !== 'off') return before;
  const turning = Object.values(check.options).find(
    (option) => option.type === 'key' && file.given[option.key] !== undefined && optionFrom(option.key).turnsOn,
  );
  if (turning?.type !== 'key') return before;
  const node = propertyOf(file.root, turning.key)!;
  return { ...before, level: { value: check.severity, origin: { kind: 'file', node } } };
}

/** A check's own id overrides other tools'. */
function withEntries(
  before: Choice,
  check: Check,
  entries: readonly CheckEntry[],
  override?: { readonly index: number },
): Choice {
  const mine = entries.filter((entry) => entry.check.id === check.id);
  const ordered = [...mine.filter(({ isAlias }) => isAlias), ...mine.filter(({ isAlias }) => !isAlias)];
  const given = <T>(value: T, node: JsonNode): Sourced<T> => ({
    value,
    origin: { kind: 'file', node, ...(override !== undefined && { override }) },
  });
  return ordered.reduce(({ options }, entry): Choice => {
    const own = Object.entries(entry.options).map(([name, { value, node }]) => [name, given(value, node)]);
    return { level: given(entry.level, entry.node), options: { ...options, ...Object.fromEntries(own) } };
  }, before);
}

/** The level that the command line leaves of one. */
function selected(
  { id, severity }: Check,
  level: Sourced<CheckLevel>,
  { only, disabled }: Selection,
): Sourced<CheckLevel> {
  if (disabled.has(id)) return { value: 'off', origin: { kind: 'command-line', option: '--disable' } };
  if (only === undefined) return level;
  const origin: SettingOrigin = { kind: 'command-line', option: '--check' };
  if (!only.has(id)) return { value: 'off', origin };
  return level.value === 'off' ? { value: severity, origin } : level;
}

/** Options of a check that is off are left out, unless something would be lost with them. */
export function settingEntry(check: Check, { level, options }: Choice): PrintedEntry {
  const settable = settableOptions(check).flatMap(([name, option]) => {
    const given = options[name];
    return given === undefined ? [] : [{ name, option, origin: given.origin }];
  });
  const isOffByDefault = level.value === 'off' && settable.every(({ origin }) => origin.kind === 'default');
  const note = describeOrigin(level.origin);
  const levelText = oneLineJson(level.value);
  if (settable.length === 0 || isOffByDefault) return { name: check.id, value: levelText, note };
  const entries = settable.map(({ name, option, origin }) => {
    const written = origin.kind === 'file' ? plainValue(origin.node) : option.default;
    return { name, value: oneLineJson(written), note: describeOrigin(origin) };
  });
  return {
    name: check.id,
    value: { open: '[', entries: [{ value: levelText, note }, { value: { open: '{', entries } }] },
  };
}

/** Entries that are mistaken are left out. @param path to the node */
export function decodeChecks(
  node: JsonNode | undefined,
  path: Path,
  { names, isSound, report }: DecodeContext,
): readonly CheckEntry[] {
  const problems: Problem[] = [];
  const value: CheckEntry[] = [];
  for (const { name, value: setting } of node?.kind === 'object' ? node.entries : []) {
    const named = names.find(name) ?? [];
    const [levelNode, optionsNode] = setting.kind === 'array' ? setting.items : [setting];
    const levelPath = setting.kind === 'array' ? [...path, name, '0'] : [...path, name];
    if (named.length === 0 || levelNode?.kind !== 'scalar' || !isSound(levelPath)) continue;
    const given = optionsNode?.kind === 'object' ? optionsNode.entries : [];
    for (const check of named) {
      const options: Record<string, CheckEntry['options'][string]> = {};
      for (const entry of given) {
        const declaration = check.options[entry.name];
        if (declaration === undefined || !isSound([...path, name, '1', entry.name])) continue;
        const decoded = decodeOption(declaration, entry.value);
        append(problems, decoded.problems);
        if (decoded.problems.length === 0) options[entry.name] = { value: decoded.value, node: entry.value };
      }
      const level = levelNode.value as CheckLevel;
      value.push({ check, isAlias: name !== check.id, level, node: levelNode, options });
    }
  }
  report(problems);
  return value;
}

/** The ids of the checks that a list names. */
export function idsOf(node: JsonNode | undefined, names: CheckNames): Outcome<readonly string[]> {
  const problems: Problem[] = [];
  const value = itemsOf(node).flatMap((item) => {
    // The schema has told this one.
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
    const name = item.value;
    const named = names.find(name);
    if (named !== undefined) return named.map(({ id }) => id);
    const message = `Unknown check ${JSON.stringify(name)}.`;
    problems.push(
      mistake(item, message, problems.length < MAX_MISTAKES ? suggestion(name, names.spellings) : undefined),
    );
    return [];
  });
  return { value, problems };
}
