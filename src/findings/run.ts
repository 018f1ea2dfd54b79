/** SecurityModel + settings -> the parts of findings. */

import { append } from '../collections/append.ts';
import { groupBy } from '../collections/group-by.ts';
import { type QueryCache, query } from '../collections/query-cache.ts';
import type { RootExposure } from '../exposure/exposure.ts';
import type { KindModel } from '../model/kind-model.ts';
import { ownerKey } from '../model/owner-key.ts';
import { isInDownloadedModule, standInCall } from '../model/place.ts';
import type { TrafficRule } from '../model/rule.ts';
import type { SecurityModel } from '../model/security-model.ts';
import type { Problem } from '../source/problem.ts';
import type { SourceFile } from '../source/source-file.ts';
import { spanKey } from '../source/span.ts';
import { isStandIn, madeBy } from '../terraform/stand-ins/stand-in.ts';
import { compareStrings } from '../terraform/values/value.ts';
import { formatList, formatNumber } from '../text/count.ts';
import { shownAliases } from './aliases.ts';
import type { Check, Hit } from './check.ts';
import type { CheckHit } from './check-hit.ts';
import type { Part } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import { groupNameOf, identityOf } from './identity.ts';
import { RelatedPlaces } from './related.ts';
import type { FileChecks, Setting } from './setting.ts';
import { type Findings, findingsByUnit } from './unit-checks.ts';

export interface RunResult {
  /** Root by root, in the order of the models. */
  readonly parts: readonly Part[];
  readonly problems: readonly Problem[];
  /** Findings of hygiene in downloaded modules, which are not among the parts. */
  readonly inDownloadedModules: number;
}

/** More of one check in one file are not made into findings: nobody reads them, and a file of 4 MiB can have hundreds of thousands. */
const MAX_PER_FILE = 10_000;

/**
 * Runs checks over the models of all roots. A file's own settings decide what is found in it.
 *
 * @param checksFor the checks that are on in a file; the same object for files with the same configuration
 * @param exposures of the models, in the same order
 * @param work the same object for runs that one report is made of
 * @param caches of earlier runs with the same checks, one for each model; without them every group is checked
 */
export function runChecks(
  checks: readonly Check[],
  models: readonly SecurityModel[],
  checksFor: (path: string) => FileChecks,
  caches?: readonly QueryCache[],
  exposures?: readonly RootExposure[],
  work: object = {},
): RunResult {
  const parts: Part[] = [];
  const problems: Problem[] = [];
  const hidden = new Set<string>();
  for (const [index, model] of models.entries()) {
    const cache = caches?.[index];
    const found = model.kinds.flatMap((kind) => {
      const of: KindModel = model.of(kind);
      const settings = settingsOf(of, checksFor);
      const run = (some: readonly Check[], part: KindModel): Findings =>
        findingsOf(some, part, settings, settingChooser(of, checksFor), exposures?.[index], work);
      const asked = checks.filter(({ about }) => about === kind);
      const findings =
        cache === undefined ? run(asked, of) : findingsByUnit(asked, of, settings, run, cache.within(kind));
      append(problems, findings.problems);
      return firstByPlace(findings.found, MAX_PER_FILE, (check, file) => problems.push(tooMany(check, file)));
    });
    const places = new RelatedPlaces(model.trees);
    const partFor = (each: CheckHit): Part => partOf(each, model, places);
    for (const each of withoutCovered(found)) {
      const { check, hit, isHidden } = each;
      if (isHidden !== true)
        parts.push(cache?.get(partsOfFound, each, undefined, () => partFor(each)) ?? partFor(each));
      else if (hit.answer === 'yes' && !isStandIn(hit.place.span.file.path))
        hidden.add(`${check.id} ${spanKey(hit.place.span)}`);
    }
  }
  return { parts, problems, inDownloadedModules: hidden.size };
}

/** By what was found. */
const partsOfFound = query<undefined, Part>();

/** Which settings hold for a hit. */
type SettingChooser = (hit: Hit) => ReadonlyMap<string, Setting>;

function settingChooser(model: KindModel, checksFor: (path: string) => FileChecks): SettingChooser {
  return ({ place, subject, rule }) => {
    const { checks, forGroup } = checksFor(place.span.file.path);
    return forGroup === undefined ? checks : forGroup(model.namesOf(rule ?? subject));
  };
}

function findingsOf(
  checks: readonly Check[],
  model: KindModel,
  settings: Iterable<ReadonlyMap<string, Setting>>,
  settingFor: SettingChooser,
  exposure: RootExposure | undefined,
  work: object,
): Findings {
  const found: CheckHit[] = [];
  const problems: Problem[] = [];
  const asked = { work, tell: (problem: Problem) => problems.push(problem) };
  for (const setting of settings) {
    for (const check of checks) {
      const on = setting.get(check.id);
      if (on === undefined || (on.own ?? check) !== check) continue;
      let hits: CheckHit[] = [];
      let isMany = 2 * MAX_PER_FILE;
      try {
        for (const seen of check.run(model as never, on.options as never, exposure, asked)) {
          const isOthers = isInDownloadedModule(seen.place.span);
          const isHidden = isOthers && check.topic === 'hygiene';
          const hit = isOthers && !isHidden ? atCall(seen) : seen;
          if (settingFor(hit) !== setting) continue;
          hits.push({
            check,
            severity: on.severity,
            ...(on.insideSeverity && { insideSeverity: on.insideSeverity }),
            hit,
            ...(hit !== seen && { seen }),
            ...(isHidden && { isHidden }),
          });
          if (hits.length === isMany) {
            // One too many is kept, by which the caller sees it.
            hits = [...firstByPlace(hits, MAX_PER_FILE + 1)];
            isMany = 2 * Math.max(hits.length, MAX_PER_FILE);
          }
        }
      } catch (error) {
        problems.push(failure(check, error));
      }
      append(found, hits);
    }
  }
  return { found, problems };
}

/**
 * The first of each check in each file, by place: which they are does not depend on the order in which they are found.
 *
 * @param tell is called for a check and a file that have more than `most`
 */
function firstByPlace(
  found: readonly CheckHit[],
  most: number,
  tell?: (check: Check, file: SourceFile) => void,
): readonly CheckHit[] {
  if (found.length <= most) return found;
  const dropped = new Set<CheckHit>();
  for (const some of groupBy(found, ({ check, hit }) => `${check.id} ${hit.place.span.file.path}`).values()) {
    if (some.length <= most) continue;
    tell?.(some[0]!.check, some[0]!.hit.place.span.file);
    for (const each of [...some].sort(byPlace).slice(most)) dropped.add(each);
  }
  return dropped.size === 0 ? found : found.filter((each) => !dropped.has(each));
}

function byPlace({ hit: a }: CheckHit, { hit: b }: CheckHit): number {
  return (
    a.place.span.start - b.place.span.start ||
    compareStrings(a.subject.address, b.subject.address) ||
    compareStrings(a.message, b.message)
  );
}

/** What a downloaded module does is told where it is called: there one can leave it, or give it other arguments. */
function atCall(hit: Hit): Hit {
  const { subject, place, message, related = [], rule, answer, reasons, existsIf, question, twin, opens } = hit;
  const depth = subject.calls.findLastIndex(({ span }) => !isInDownloadedModule(span));
  const call = subject.calls[depth];
  if (call === undefined) return hit;
  const names = subject.calls.slice(0, depth + 1).flatMap(({ name }) => (name === '' ? [] : `module.${name}`));
  const module = names.length === 0 ? 'the module of this unit' : names.join('.');
  const standIn = standInCall(subject.calls)?.standIn;
  const as = standIn === undefined ? '' : `, ${madeBy(standIn)}`;
  const inModule = (text: string): string => `In ${module}${as}: ${text}`;
  return {
    answer,
    subject,
    ...(rule && { rule }),
    place: { span: call.source },
    message: inModule(message),
    related: [
      ...(standIn === undefined ? [{ message: 'in the downloaded module', span: place.span }] : []),
      ...related,
    ],
    ...(reasons && { reasons }),
    ...(existsIf && { existsIf }),
    ...(question && { question }),
    ...(twin && { twin: { ...twin, message: inModule(twin.message) } }),
    ...(opens && { opens }),
  };
}

/** All settings that something of a model can have. */
function settingsOf(
  model: KindModel,
  checksFor: (path: string) => FileChecks,
): ReadonlySet<ReadonlyMap<string, Setting>> {
  const settings = new Set<ReadonlyMap<string, Setting>>();
  for (const { checks, forGroup } of new Set(model.files.map(({ path }) => checksFor(path)))) {
    settings.add(checks);
    if (forGroup === undefined) continue;
    for (const names of model.names) settings.add(forGroup(names));
  }
  return settings;
}

/** One finding for one fault: what a wider check says of a rule, or at a place, narrower ones don't repeat. */
function withoutCovered(found: readonly CheckHit[]): CheckHit[] {
  const answers = new Map<string | TrafficRule, Map<string, Hit['answer']>>();
  for (const { check, hit } of found) {
    const key = coverageKey(hit);
    const ofKey = answers.get(key) ?? new Map<string, Hit['answer']>();
    answers.set(key, ofKey);
    if (ofKey.get(check.id) !== 'yes') ofKey.set(check.id, hit.answer);
  }
  return found.filter(({ check, hit }) => {
    const covering = (check.coveredBy ?? []).map(({ id }) => answers.get(coverageKey(hit))?.get(id));
    return !covering.some((answer) => answer === 'yes' || (answer === 'unknown' && hit.answer === 'unknown'));
  });
}

function coverageKey({ rule, subject, place }: Hit): string | TrafficRule {
  return rule ?? `${place.span.start} ${place.span.end} ${place.span.file.path} ${subject.address}`;
}

function tooMany(check: Check, file: SourceFile): Problem {
  return {
    kind: 'limit',
    severity: 'error',
    message: `${check.id} finds more than ${formatNumber(MAX_PER_FILE)} faults in this file: the others are not shown.`,
    span: { file, start: 0, end: 0 },
  };
}

/** A check that fails is our fault; the other checks go on. */
function failure(check: Check, error: unknown): Problem {
  return {
    kind: 'internal',
    severity: 'error',
    message: `Check ${check.id} failed with an internal error: ${error instanceof Error ? error.message : String(error)}.`,
    hint: 'Please report this with a configuration that reproduces it.',
  };
}

/** What may not exist is a fault if it does. */
function conditional(message: string, { existsIf = [], subject, answer }: Hit): string {
  if (answer !== 'yes' || existsIf.length === 0) return message;
  const decides = existsIf.length === 1 ? 'decides' : 'decide';
  return `If this ${subject.noun ?? 'resource'} exists (${formatList(existsIf)} ${decides}): ${message}`;
}

function partOf(
  { check, severity, insideSeverity, hit, seen }: CheckHit,
  model: SecurityModel,
  places: RelatedPlaces,
): Part {
  const { span, origin, isSensitive } = hit.place;
  const { twin, together, rule } = hit;
  const opens = hit.answer === 'yes' && rule !== undefined ? hit.opens : undefined;
  const call = standInCall(hit.subject.calls);
  const group = groupNameOf(hit);
  const existsIf = hit.answer === 'yes' ? (hit.existsIf ?? []) : [];
  const identity = hit.answer === 'yes' ? identityOf(check, seen ?? hit, span) : undefined;
  let fingerprint = identity === undefined ? '' : undefined;
  return {
    answer: hit.answer,
    check: check.id,
    severity,
    message: conditional(hit.message, hit),
    span,
    help: check.help,
    ...(check.own && { docs: check.own.docs }),
    subject: hit.subject.resourceAddress,
    ...(group !== undefined && { group }),
    instance: hit.subject.address,
    root: model.root,
    environment: model.environment ?? null,
    related: [
      ...(hit.related ?? []).filter((each) => !isStandIn(each.span.file.path)),
      ...places.related(span, origin, hit.subject.calls, isSensitive),
      ...(call === undefined || seen !== undefined ? [] : [{ message: madeBy(call.standIn), span: call.source }]),
    ],
    aliases: shownAliases(check.aliases),
    because: hit.reasons ?? [],
    ...(hit.answer === 'unknown' && hit.question !== undefined && { question: hit.question }),
    existsIf,
    ...(opens && {
      opens: { ...opens, key: ownerKey(rule!.owner) },
      ...(insideSeverity && { insideSeverity }),
    }),
    ...(twin && { twin: { ...twin, message: conditional(twin.message, hit) } }),
    // What may not exist is told by itself.
    ...(together && existsIf.length === 0 && { together }),
    plain: { message: hit.message, ...(twin && { twin }), ...(together && { together }) },
    identity,
    fingerprint() {
      fingerprint ??= fingerprintOf(identity!);
      return fingerprint;
    },
    fix: hit.fix ?? null,
    suggestions: hit.suggestions ?? [],
  };
}
