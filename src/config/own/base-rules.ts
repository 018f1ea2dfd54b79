/** Own rules about what a change opens, as they were before the change: whoever changes a rule does not thereby escape it. */

import type { Check } from '../../findings/check.ts';
import type { FileChecks, Setting } from '../../findings/setting.ts';
import type { Problem } from '../../source/problem.ts';
import { formatList, withRestCounted } from '../../text/count.ts';
import type { Config } from '../config.ts';
import type { Configs } from '../discover.ts';
import { filesIn, type Layer } from '../layer.ts';
import { failOnLevels, levelRank } from '../names.ts';
import type { SuppressionSettings } from '../suppression-settings.ts';

/** The configs of a state. */
type AskedConfigs = Pick<Configs, 'configFor' | 'layersFor'>;

type Settings = ReadonlyMap<string, Setting>;

/** What the change does to a rule that is in force all the same. */
type Weakening = 'removes' | 'turns off' | 'lowers' | 'sets options of';

/** Ids that one sentence names; more are counted. */
const MAX_NAMED = 5;

/**
 * Configs in which the rules of an older state hold at least as they did there. A rule that is on there has its text and its options from
 * there, and the graver of both levels; others are as the newer state has them. Comments suppress, and findings fail a run, no less strictly
 * than there.
 */
export class BaseRules {
  readonly #newer: AskedConfigs;
  readonly #older: AskedConfigs;
  readonly #pathBefore: (path: string) => string;
  readonly #configs = new Map<Config, Map<Config, Config>>();
  readonly #settings = new Map<Settings, Map<Settings, Settings>>();
  readonly #weakened = new Map<Weakening, Set<string>>();
  /** By the older rule. */
  readonly #edited = new Map<Check, Check>();
  readonly #looser = new Set<'failOn' | 'suppressions'>();
  #leavesOut = false;

  /** @param pathBefore where something of the newer state is in the older one */
  constructor(newer: AskedConfigs, older: AskedConfigs, pathBefore: (path: string) => string) {
    this.#newer = newer;
    this.#older = older;
    this.#pathBefore = pathBefore;
  }

  readonly configFor = (path: string): Config => {
    const pathBefore = this.#pathBefore(path);
    const [newer, older] = [this.#newer.configFor(path), this.#older.configFor(pathBefore)];
    if (!older.ownChecks.some(isOpened)) return newer;
    const known = this.#configs.get(newer) ?? new Map<Config, Config>();
    this.#configs.set(newer, known);
    const found = known.get(older);
    if (found !== undefined) return found;
    const [now, before] = [this.#newer.layersFor(path), this.#older.layersFor(pathBefore)];
    const isChanged = layersText(now, this.#pathBefore) !== layersText(before);
    const config = isChanged ? this.#joined(newer, older) : newer;
    if (leftOut(now) !== leftOut(before)) this.#leavesOut = true;
    known.set(older, config);
    return config;
  };

  /** What is said of configs and settings that were asked for until now. @param base what the older state is called */
  problems(base: string): readonly Problem[] {
    const were = (ids: readonly string[], verb = ids.length === 1 ? 'is' : 'are'): string =>
      `${formatList(withRestCounted([...ids].sort(), MAX_NAMED, 'rule'))} ${verb} in force as ${ids.length === 1 ? 'it was' : 'they were'} in ${base}`;
    return [
      ...[...this.#weakened].map(([does, ids]) => warning(`The change ${does} own rules: ${were([...ids])}.`)),
      ...[...this.#edited].map(([{ id }, now]): Problem => {
        const { file, start, end } = now.own!.span;
        return {
          ...warning(`The change edits ${id}, which is in force as it was in ${base}.`),
          span: { file, start, end },
        };
      }),
      ...[...this.#looser].map((key) =>
        warning(`The change loosens ${JSON.stringify(key)}: for own rules it is in force as it was in ${base}.`),
      ),
      ...(this.#leavesOut
        ? [
            warning(
              'The change edits "include" or "exclude": what these leave out is not compared, and asked no own rule.',
            ),
          ]
        : []),
    ];
  }

  #joined(newer: Config, older: Config): Config {
    const ids = new Set(older.ownChecks.filter(isOpened).map(({ id }) => id));
    const suppressions = stricterSuppressions(newer.suppressions, older.suppressions, ids);
    const isLooser = rankOf(newer) < rankOf(older);
    if (isLooser) this.#looser.add('failOn');
    if (!isSame(suppressions, newer.suppressions)) this.#looser.add('suppressions');
    const names = new Set(newer.ownChecks.map(({ id }) => id));
    const settings = (now: Settings, before: Settings): Settings => this.#settingsOf(now, before, names, newer);
    return {
      ...newer,
      ownChecks: [...newer.ownChecks, ...older.ownChecks.filter(isOpened)],
      failOn: isLooser ? older.failOn : newer.failOn,
      suppressions,
      checks: settings(newer.checks, older.checks),
      checksFor: (path): FileChecks => {
        const [now, before] = [newer.checksFor(path), older.checksFor(this.#pathBefore(path))];
        const checks = settings(now.checks, before.checks);
        if (now.forGroup === undefined && before.forGroup === undefined) return { checks };
        return {
          checks,
          forGroup: (texts) => settings(now.forGroup?.(texts) ?? now.checks, before.forGroup?.(texts) ?? before.checks),
        };
      },
    };
  }

  #settingsOf(now: Settings, before: Settings, names: ReadonlySet<string>, newer: Config): Settings {
    const known = this.#settings.get(now) ?? new Map<Settings, Settings>();
    this.#settings.set(now, known);
    const found = known.get(before);
    if (found !== undefined) return found;
    const joined = new Map(now);
    for (const [id, setting] of before) {
      if (setting.own === undefined || !isOpened(setting.own)) continue;
      joined.set(id, this.#settingOf(setting.own, setting, now.get(id), names.has(id), newer));
    }
    known.set(before, joined);
    return joined;
  }

  #settingOf(own: Check, before: Setting, now: Setting | undefined, isThere: boolean, newer: Config): Setting {
    const { id } = own;
    const weaken = (how: Weakening): void => {
      this.#weakened.set(how, (this.#weakened.get(how) ?? new Set()).add(id));
    };
    const declared = newer.ownChecks.find((each) => each.id === id);
    if (!isThere) weaken('removes');
    else if (declared !== undefined && textOf(declared) !== textOf(own)) this.#edited.set(own, declared);
    if (now === undefined) {
      if (isThere) weaken('turns off');
      return before;
    }
    const isLower = levelRank(now.severity) < levelRank(before.severity);
    if (isLower) weaken('lowers');
    if (!isSame(now.options, before.options) && textOf(now.own ?? own) === textOf(own)) weaken('sets options of');
    return { ...before, severity: isLower ? before.severity : now.severity };
  }
}

/** What configs are made of. @param pathBefore where each file would be in the older state */
function layersText(layers: readonly Layer[], pathBefore = (path: string): string => path): string {
  const parts = layers.map((layer) => {
    if (layer.kind === 'preset') return layer.preset;
    const { file, rules } = layer;
    return [pathBefore(file.file.path), file.file.text, rules?.checks.map(textOf)];
  });
  return JSON.stringify(parts);
}

/** What they say of files that are not read. */
const leftOut = (layers: readonly Layer[]): string =>
  JSON.stringify(
    filesIn(layers).flatMap(({ file: { given } }) =>
      given['include'] === undefined && given['exclude'] === undefined ? [] : [[given['include'], given['exclude']]],
    ),
  );

const isOpened = ({ about }: Check): boolean => about === 'opened';

/** All that is declared, wherever it stands. */
const textOf = ({ own }: Check): string => own?.page.replace(/^- Declared in .*$/m, '') ?? '';

const isSame = (a: object, b: object): boolean => plainText(a) === plainText(b);

const plainText = (value: object): string =>
  JSON.stringify(value, (_, each: unknown) => (each instanceof Set ? [...each].sort() : each));

/** The higher, the more fails. */
const rankOf = ({ failOn }: Config): number => (failOn === 'never' ? -1 : failOnLevels.indexOf(failOn));

/** @param ids of the rules that it is about */
function stricterSuppressions(
  now: SuppressionSettings,
  before: SuppressionSettings,
  ids: ReadonlySet<string>,
): SuppressionSettings {
  return {
    inline: now.inline && before.inline,
    requireReason: now.requireReason || before.requireReason,
    honor: now.honor.filter((tool) => before.honor.includes(tool)),
    locked: new Set([...now.locked, ...[...before.locked].filter((id) => ids.has(id))]),
  };
}

const warning = (message: string): Problem => ({ kind: 'configuration', severity: 'warning', message });
