/** Own rules about what a change opens: asked of each row, in each root module and environment that has it. */

import type { Built } from './build.ts';
import { isAllowedBy } from './changes/allowed.ts';
import type { AccessChange, ToldByRules, UndecidedAccess } from './changes/change.ts';
import type { OpenedCase, OpenedRow } from './changes/compare.ts';
import { checks as ownOfTfsg } from './checks/index.ts';
import { groupBy } from './collections/group-by.ts';
import type { Config } from './config/config.ts';
import type { RootExposure } from './exposure/exposure.ts';
import { exposureOf } from './exposure/exposure-of.ts';
import { shownAliases } from './findings/aliases.ts';
import { filterParts, type SuppressionOptions } from './findings/baseline/filter.ts';
import type { Check, Hit } from './findings/check.ts';
import type { Part, Related } from './findings/finding.ts';
import { rootKey } from './findings/root-key.ts';
import type { Setting } from './findings/setting.ts';
import { joinWhen } from './findings/when.ts';
import type { OpenedAccess, OpenedModel, OpenedPeer } from './model/opened.ts';
import { isInDownloadedModule, spansBehind } from './model/place.ts';
import type { SecurityGroupModel } from './model/security-group-model.ts';
import { isAtLeast } from './report/exit-code.ts';
import { distinctProblems, type Problem } from './source/problem.ts';
import { type Span, textOf } from './source/span.ts';
import { withoutKeys } from './terraform/values/instance-address.ts';
import { compareStrings } from './terraform/values/value.ts';

export interface OpenedOptions {
  /** Which rules are in force for a file, and how; by its path. */
  readonly configFor: (path: string) => Config;
  /** What held for it before; absent where nobody knows. */
  readonly configBefore?: ((path: string) => Config) | undefined;
  readonly suppressions?: SuppressionOptions | undefined;
}

export interface AskedOfOpened {
  /** By row, where there is something to tell. */
  readonly told: ReadonlyMap<AccessChange | UndecidedAccess, ToldByRules>;
  /** Those that were in force for a row. */
  readonly rules: readonly Check[];
  readonly problems: readonly Problem[];
  /** Ids of those that comments suppress findings of; sorted. */
  readonly suppressedRules: readonly string[];
  /** Findings that comments suppress. */
  readonly suppressed: number;
}

/** A row in a root module and environment, with the rules that are in force for it. */
interface AskedCase {
  readonly change: AccessChange | UndecidedAccess;
  readonly of: OpenedCase;
  readonly opened: OpenedAccess;
  /** The rule that opens it, or the module call that brings it: its file decides what is in force. */
  readonly span: Span;
  readonly groups: SecurityGroupModel;
  readonly exposure: RootExposure | undefined;
  readonly config: Config;
  readonly settings: ReadonlyMap<string, Setting>;
}

/** @param built the newer state */
export async function askOpened(
  rows: readonly OpenedRow[],
  built: Built,
  options: OpenedOptions,
): Promise<AskedOfOpened> {
  const { configFor, suppressions } = options;
  const cases = casesIn(rows, built, options);
  const rules = [...new Set(cases.flatMap(({ settings }) => [...settings.values()].flatMap(ruleOf)))];
  if (rules.length === 0) return { told: new Map(), rules, suppressedRules: [], problems: [], suppressed: 0 };
  const problems: Problem[] = [];
  const work = { work: {}, tell: (problem: Problem) => problems.push(problem) };
  const parts: OpenedPart[] = [];
  for (const same of groupBy(cases, ({ groups }) => groups).values()) {
    const [{ groups, exposure }] = same;
    const model: OpenedModel = { opened: same.map(({ opened }) => opened), groups };
    const byOpened = new Map(same.map((each) => [each.opened, each]));
    for (const setting of new Set(same.flatMap(({ settings }) => [...settings.values()]))) {
      for (const check of ruleOf(setting)) {
        const mine = same.filter(({ settings }) => settings.get(check.id) === setting);
        // Rules that are asked of all of a model share its objects.
        const asked = mine.length === same.length ? model : { groups, opened: mine.map(({ opened }) => opened) };
        for (const hit of check.run(asked as never, setting.options as never, exposure, work))
          parts.push(...partsOf(check, setting, hit, byOpened.get(hit.subject as OpenedAccess)!));
      }
    }
  }
  const trees = [...built.roots.flatMap(({ model }) => model.trees), ...built.unitTrees];
  const others = cases.flatMap(({ config }) => config.ownChecks);
  const checks = [...ownOfTfsg, ...new Set([...rules, ...others])];
  const left = await filterParts(parts, trees, built.roots, checks, { configFor, suppressions });
  const kept = new Set(left.parts);
  const suppressedRules = new Set(parts.flatMap((part) => (kept.has(part) || part.answer !== 'yes' ? [] : part.check)));
  return {
    told: toldOf(left.parts as readonly OpenedPart[]),
    rules,
    suppressedRules: [...suppressedRules].sort(compareStrings),
    // What comments about other checks get wrong is for lint to say.
    problems: [
      ...distinctProblems(problems),
      ...left.problems.filter(({ span }) => span !== undefined && namesOne(span, rules)),
    ],
    suppressed: left.suppressed,
  };
}

const ruleOf = ({ own }: Setting): readonly Check[] => (own?.about === 'opened' ? [own] : []);

function namesOne(span: Span, rules: readonly Check[]): boolean {
  const text = textOf(span).toLowerCase();
  return rules.some(({ id, aliases }) =>
    [id, ...shownAliases(aliases)].some((name) => text.includes(name.toLowerCase())),
  );
}

function casesIn(
  rows: readonly OpenedRow[],
  built: Built,
  { configFor, configBefore }: OpenedOptions,
): readonly AskedCase[] {
  const wasAllowed = configBefore === undefined ? () => true : isAllowedBy(configBefore);
  const roots = new Map(built.roots.map((root) => [rootKey(root.model), root]));
  const exposures = new Map<string, RootExposure>();
  return rows.flatMap(({ change, cases }) =>
    cases.map((of): AskedCase => {
      const { own, rule } = of;
      const key = rootKey({ root: own.root.directory, environment: own.root.environment });
      const root = roots.get(key)!;
      const base = root.model.of('security-group');
      const groups = own.group.model?.groups ?? base;
      // What is in another world alone is in no way of this one.
      const exposure = groups === base ? (exposures.get(key) ?? exposureOf(root.model, root.resources)) : undefined;
      if (exposure !== undefined) exposures.set(key, exposure);
      const span = placeOf(rule.places);
      const { path } = span.file;
      const config = configFor(path);
      const group = own.group.model?.group;
      const { checks, forGroup } = config.checksFor(path);
      const names = group === undefined ? [own.group.address] : groups.namesOf(group);
      const settings = config.isIncluded(path) ? (forGroup?.(names) ?? checks) : new Map<string, Setting>();
      const isAllowed = of.isAllowed && of.row.pieces.every((piece) => wasAllowed(piece, own));
      const opened = openedOf(change, { ...of, isAllowed }, [base, groups]);
      return { change, of, opened, span, groups, exposure, config, settings };
    }),
  );
}

/** @param models that have the groups it names, the latter before the former */
function openedOf(
  change: AccessChange | UndecidedAccess,
  { own, row, isAllowed }: OpenedCase,
  models: readonly SecurityGroupModel[],
): OpenedAccess {
  const { address, model } = own.group;
  const { short } = row;
  const peers = row.pieces.flatMap(({ passage: { peer }, addresses }): readonly OpenedPeer[] =>
    addresses !== undefined || peer.kind === 'block' ? [] : [peer],
  );
  return {
    noun: 'group',
    address,
    resourceAddress: model?.group.resourceAddress ?? withoutKeys(address),
    calls: model?.group.calls ?? [],
    span: change.span,
    direction: change.direction,
    traffic: row.traffic,
    isTrafficKnown: row.pieces.every(({ passage }) => passage.isTrafficKnown),
    addresses: row.addresses,
    peerGroups: groupsNamed(peers, models),
    peers: [...new Map(peers.map((peer) => [peer.key, peer])).values()],
    sources: row.sources,
    ...(short && { short: `${short.of.join(', ')} except ${short.except.join(', ')}` }),
    isSensitive: row.pieces.some(({ passage }) => passage.isSensitive),
    internet: row.internet,
    isAllowed,
    because: row.because,
    group: model?.group,
    root: own.root.directory,
    environment: own.root.environment,
  };
}

function groupsNamed(peers: readonly OpenedPeer[], models: readonly SecurityGroupModel[]): OpenedAccess['peerGroups'] {
  const named = new Set(peers.flatMap((peer) => (peer.kind === 'named' ? (peer.group ?? []) : [])));
  if (named.size === 0) return new Map();
  const all = models.flatMap(({ groups }) => groups.filter(({ address }) => named.has(address)));
  return new Map(all.map((group) => [group.address, group]));
}

/** With what it is about. */
interface OpenedPart extends Part {
  readonly asked: AskedCase;
}

/** Of a downloaded module where that is called, as findings of lint are. */
function placeOf({ span, calls }: OpenedCase['rule']['places']): Span {
  if (!isInDownloadedModule(span)) return span;
  return calls.findLast((call) => !isInDownloadedModule(call.span))?.source ?? span;
}

/** One for each world that the row is in. */
function partsOf(check: Check, { severity }: Setting, hit: Hit, asked: AskedCase): readonly OpenedPart[] {
  const { of, opened, change } = asked;
  const { rule, own } = of;
  const because = [...new Set([...(hit.reasons ?? []), ...opened.because])].sort(compareStrings);
  const answer = opened.because.length > 0 ? 'unknown' : hit.answer;
  const { message } = hit;
  const whens = of.when.length === 0 ? [undefined] : of.when;
  return whens.map((when) => ({
    asked,
    answer,
    ...{ check: check.id, severity, message, help: check.help, docs: check.own!.docs },
    span: asked.span,
    subject: withoutKeys(rule.address),
    group: opened.resourceAddress,
    instance: opened.address,
    root: own.root.directory,
    environment: own.root.environment ?? null,
    related: placesOf(change.span, asked),
    aliases: shownAliases(check.aliases),
    because: answer === 'unknown' ? because : [],
    existsIf: [],
    // By this a comment at the group is found.
    together: { words: ['', ''], subject: opened.resourceAddress, name: '' },
    plain: { message },
    identity: undefined,
    fingerprint: () => '',
    fix: null,
    suggestions: [],
    ...(when && { when }),
  }));
}

/** Where comments count: at what opens it, and at all that the values of the rule came through. */
function placesOf(span: Span, { of: { rule } }: AskedCase): readonly Related[] {
  const { values, calls } = rule.places;
  const steps = values.flatMap((value) => [value.span, ...spansBehind(value.origin)]);
  return [span, rule.places.span, ...steps, ...calls.map((call) => call.span)].map((each) => ({
    message: '',
    span: each,
  }));
}

function toldOf(parts: readonly OpenedPart[]): AskedOfOpened['told'] {
  const told = new Map<AccessChange | UndecidedAccess, ToldByRules>();
  for (const [change, own] of groupBy(parts, ({ asked }) => asked.change)) {
    const same = [
      ...groupBy(own, ({ answer, check, severity, message }) =>
        JSON.stringify([answer, check, severity, answer === 'yes' ? message : '']),
      ).values(),
    ].sort(([a], [b]) => compareStrings(a.check, b.check) || compareStrings(a.message, b.message));
    const holding = (some: readonly OpenedPart[]) => {
      const when = joinWhen(some.map((part) => part.when));
      return {
        ...(when.length > 0 && { when }),
        environments: [...new Set(some.flatMap(({ environment }) => environment ?? []))].sort(compareStrings),
        roots: [...new Set(some.map(({ root }) => root || '.'))].sort(compareStrings),
        isFailing: some.some(({ severity, asked }) => isAtLeast(severity, asked.config.failOn)),
      };
    };
    told.set(change, {
      findings: same.flatMap((some) => {
        const [{ answer, check, severity, message, help, docs = '' }] = some;
        return answer === 'yes' ? [{ check, severity, message, help, docs, ...holding(some) }] : [];
      }),
      questions: same.flatMap((some) => {
        const [{ answer, check, severity }] = some;
        const because = [...new Set(some.flatMap((part) => part.because))].sort(compareStrings);
        return answer === 'unknown' ? [{ check, severity, because, ...holding(some) }] : [];
      }),
    });
  }
  return told;
}
