/** Own rules about what a change opens, and what they are asked of, as before the change: whoever changes a rule does not thereby escape it. */

import type { Check } from '../../findings/check.ts';
import type { FileChecks, Setting } from '../../findings/setting.ts';
import type { Problem } from '../../source/problem.ts';
import { textOf } from '../../source/span.ts';
import { formatList, withRestCounted } from '../../text/count.ts';
import type { Config } from '../config.ts';
import type { Configs } from '../discover.ts';
import { propertyOf } from '../jsonc.ts';
import { filesIn, type Layer } from '../layer.ts';
import { failOnLevels, levelRank, noNewAccessLevels } from '../names.ts';
import type { SuppressionSettings } from '../suppression-settings.ts';

/** The configs of a state. */
type AskedConfigs = Pick<Configs, 'configFor' | 'layersFor'>;

type Settings = ReadonlyMap<string, Setting>;

/** What the change does to a rule that is in force all the same. */
type Weakening = 'removes' | 'turns off' | 'lowers' | 'sets options of';

/** Ids that one sentence names; more are counted. */
const MAX_NAMED = 5;

/** Keys that decide what `opened.allowed` is. */
const allowing = ['trusted', 'policy', 'roles'] as const;

/** Keys that decide what both states are evaluated with. */
const evaluating = ['environments', 'modules'] as const;

/**
 * Configs in which the rules of an older state hold at least as they did there. A rule that is on there has its text and its options from
 * there, and the graver of both levels; others are as the newer state has them. Comments suppress, and findings fail a run, no less strictly
 * than there. Whether there are rules or not, files that are included there are compared, stand-ins are read, and new access and what is undecided fail as they did.
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
  readonly #looser = new Set<'failOn' | 'failOnUnresolved' | 'noNewAccess' | 'standIns' | 'suppressions'>();
  readonly #allowing = new Set<(typeof allowing)[number]>();
  readonly #evaluating = new Set<(typeof evaluating)[number]>();
  /** Files that the change leaves out. */
  readonly #leftOut = new Set<string>();

  /** @param pathBefore where something of the newer state is in the older one */
  constructor(newer: AskedConfigs, older: AskedConfigs, pathBefore: (path: string) => string) {
    this.#newer = newer;
    this.#older = older;
    this.#pathBefore = pathBefore;
  }

  readonly configFor = (path: string): Config => {
    const pathBefore = this.#pathBefore(path);
    const [newer, older] = [this.#newer.configFor(path), this.#older.configFor(pathBefore)];
    const known = this.#configs.get(newer) ?? new Map<Config, Config>();
    this.#configs.set(newer, known);
    const found = known.get(older);
    if (found !== undefined) return found;
    const [now, before] = [this.#newer.layersFor(path), this.#older.layersFor(pathBefore)];
    const isChanged = layersText(now, this.#pathBefore) !== layersText(before);
    const config = isChanged ? this.#joined(newer, older) : newer;
    const rules = older.ownChecks.filter(isOpened);
    const differs = (key: string): boolean => writtenOf(now, key) !== writtenOf(before, key);
    if (rules.length > 0) for (const key of evaluating) if (differs(key)) this.#evaluating.add(key);
    if (rules.some((own) => /\ballowed\b/.test(declarationOf(own))))
      for (const key of allowing) if (differs(key)) this.#allowing.add(key);
    known.set(older, config);
    return config;
  };

  /** What held for a file, by its path in the newer state. */
  readonly configBefore = (path: string): Config => this.#older.configFor(this.#pathBefore(path));

  /** What is said of configs and settings that were asked for until now. */
  problems(): readonly Problem[] {
    const listed = (names: Iterable<string>, noun: string): string =>
      formatList(withRestCounted([...names].sort(), MAX_NAMED, noun));
    const quoted = (keys: ReadonlySet<string>): string => listed([...keys].map(quote), 'key');
    const sentences = [
      ...[...this.#weakened].map(
        ([does, ids]) =>
          `The change ${does} own rules: ${listed(ids, 'rule')} ${ids.size === 1 ? 'is in force as it was' : 'are in force as they were'} before.`,
      ),
      ...[...this.#looser].map((key) => `The change loosens ${quote(key)}, which is in force as it was before.`),
    ];
    if (this.#leftOut.size > 0)
      sentences.push(
        `The change leaves out files by "include" or "exclude": ${listed(this.#leftOut, 'file')} ${this.#leftOut.size === 1 ? 'is' : 'are'} compared all the same.`,
      );
    if (this.#allowing.size > 0)
      sentences.push(
        `The change edits ${quoted(this.#allowing)}: for own rules, "opened.allowed" is true only for what was allowed before, too.`,
      );
    if (this.#evaluating.size > 0)
      sentences.push(
        `The change edits ${quoted(this.#evaluating)}, and both states are evaluated with what it says now: own rules are not asked of what that leaves out.`,
      );
    return [
      ...sentences.map(warning),
      ...[...this.#edited].map(([{ id }, now]): Problem => {
        const { file, start, end } = now.own!.span;
        return {
          ...warning(`The change edits ${id}, which is in force as it was before.`),
          span: { file, start, end },
        };
      }),
    ];
  }

  #joined(newer: Config, older: Config): Config {
    const isIncluded = (path: string): boolean => {
      if (newer.isIncluded(path)) return true;
      if (!older.isIncluded(this.#pathBefore(path))) return false;
      this.#leftOut.add(path);
      return true;
    };
    const standIns = newer.standIns || older.standIns;
    if (standIns && !newer.standIns) this.#looser.add('standIns');
    const failOnUnresolved = newer.failOnUnresolved || older.failOnUnresolved;
    if (failOnUnresolved && !newer.failOnUnresolved) this.#looser.add('failOnUnresolved');
    const rank = ({ noNewAccess }: Config): number => noNewAccessLevels.indexOf(noNewAccess);
    const { noNewAccess } = rank(newer) < rank(older) ? older : newer;
    if (noNewAccess !== newer.noNewAccess) this.#looser.add('noNewAccess');
    const config = older.ownChecks.some(isOpened) ? this.#withRules(newer, older) : newer;
    return { ...config, isIncluded, standIns, failOnUnresolved, noNewAccess };
  }

  #withRules(newer: Config, older: Config): Config {
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
    else if (declared !== undefined && declarationOf(declared) !== declarationOf(own)) this.#edited.set(own, declared);
    if (now === undefined) {
      if (isThere) weaken('turns off');
      return before;
    }
    const isLower = levelRank(now.severity) < levelRank(before.severity);
    if (isLower) weaken('lowers');
    if (!isSame(now.options, before.options) && declarationOf(now.own ?? own) === declarationOf(own))
      weaken('sets options of');
    return { ...before, severity: isLower ? before.severity : now.severity };
  }
}

/** What configs are made of. @param pathBefore where each file would be in the older state */
function layersText(layers: readonly Layer[], pathBefore = (path: string): string => path): string {
  const parts = layers.map((layer) => {
    if (layer.kind === 'preset') return layer.preset;
    const { file, rules } = layer;
    return [pathBefore(file.file.path), file.file.text, rules?.checks.map(declarationOf)];
  });
  return JSON.stringify(parts);
}

/** What their files say of a key, as it is written. */
const writtenOf = (layers: readonly Layer[], key: string): string =>
  JSON.stringify(
    filesIn(layers).flatMap(({ file: { root } }) => {
      const value = propertyOf(root, key);
      return value === undefined ? [] : [textOf(value)];
    }),
  );

const isOpened = ({ about }: Check): boolean => about === 'opened';

/** All that is declared, wherever it stands. */
const declarationOf = ({ own }: Check): string => own?.page.replace(/^- Declared in .*$/m, '') ?? '';

const quote = (key: string): string => JSON.stringify(key);

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
