/** SecurityModel + settings -> the parts of findings. */

import { GroupNames, namesOfGroup } from '../model/questions/group-names.ts';
import type { Rule } from '../model/rule.ts';
import type { SecurityModel } from '../model/security-group.ts';
import type { Problem } from '../source/problem.ts';
import { spanKey } from '../source/span.ts';
import { isDownloaded } from '../terraform/modules/load.ts';
import { formatList } from '../text/count.ts';
import type { Check, Hit, Severity } from './check.ts';
import type { Part } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import { identityOf } from './identity.ts';
import type { CheckMemory } from './memory.ts';
import { Places } from './related.ts';

/** A check that is on: what it reports at, and its options as `run` wants them. */
export interface Setting {
  readonly severity: Severity;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The checks that are on in a file. */
export interface FileChecks {
  /** By id, for what is of no group, and of groups that make no difference. */
  readonly checks: ReadonlyMap<string, Setting>;
  /**
   * For what is of a group, by the texts that name it: its name where that is known, and its address without instance keys. The
   * same object for the same settings; absent where groups make no difference.
   */
  readonly forGroup?: (names: readonly string[]) => ReadonlyMap<string, Setting>;
}

export interface RunResult {
  /** Root by root, in the order of the models. */
  readonly parts: readonly Part[];
  readonly problems: readonly Problem[];
  /** Findings of hygiene in downloaded modules, which are not among the parts. */
  readonly inDownloadedModules: number;
}

/** What a check that is on saw. */
export interface Found {
  readonly check: Check;
  readonly severity: Severity;
  readonly hit: Hit;
  /** What the check saw in a downloaded module, where the hit is told at the call. */
  readonly seen?: Hit;
  /** It is about how code of others is kept, which is left out. */
  readonly isHidden?: true;
}

/**
 * Runs checks over the models of all roots. A file's own settings decide what is found in it.
 *
 * @param checksFor the checks that are on in a file; the same object for files with the same configuration
 * @param memories of earlier runs with the same checks, one for each model; without them every group is checked
 */
export function runChecks(
  checks: readonly Check[],
  models: readonly SecurityModel[],
  checksFor: (path: string) => FileChecks,
  memories?: readonly CheckMemory[],
): RunResult {
  const parts: Part[] = [];
  const problems: Problem[] = [];
  const hidden = new Set<string>();
  for (const [index, model] of models.entries()) {
    const names = new GroupNames(model);
    const settings = settingsOf(model, names, checksFor);
    const run = (some: readonly Check[], part: SecurityModel): Found[] =>
      hitsOf(some, part, settings, settingChooser(names, checksFor), problems);
    const memory = memories?.[index];
    const found = memory === undefined ? run(checks, model) : memory.found(checks, model, settings, run);
    const places = new Places(model.trees);
    const partFor = (each: Found): Part => partOf(each, model, places);
    for (const each of withoutCovered(found)) {
      const { check, hit, isHidden } = each;
      if (isHidden !== true) parts.push(memory?.part(each, partFor) ?? partFor(each));
      else if (hit.answer === 'yes') hidden.add(`${check.id} ${spanKey(hit.place.span)}`);
    }
  }
  return { parts, problems, inDownloadedModules: hidden.size };
}

/** Which settings hold for a hit. */
type SettingChooser = (hit: Hit) => ReadonlyMap<string, Setting>;

function settingChooser(names: GroupNames, checksFor: (path: string) => FileChecks): SettingChooser {
  return ({ place, subject, rule }) => {
    const { checks, forGroup } = checksFor(place.span.file.path);
    return forGroup === undefined ? checks : forGroup(names.of(subject, rule));
  };
}

function hitsOf(
  checks: readonly Check[],
  model: SecurityModel,
  settings: Iterable<ReadonlyMap<string, Setting>>,
  settingFor: SettingChooser,
  problems: Problem[],
): Found[] {
  const found: Found[] = [];
  for (const setting of settings) {
    for (const check of checks) {
      const on = setting.get(check.id);
      if (on === undefined) continue;
      try {
        for (const seen of check.run(model, on.options as never)) {
          const isOthers = isDownloaded(seen.place.span.file.path);
          const isHidden = isOthers && check.topic === 'hygiene';
          const hit = isOthers && !isHidden ? atCall(seen) : seen;
          if (settingFor(hit) === setting) {
            found.push({
              check,
              severity: on.severity,
              hit,
              ...(hit !== seen && { seen }),
              ...(isHidden && { isHidden }),
            });
          }
        }
      } catch (error) {
        problems.push(failure(check, error));
      }
    }
  }
  return found;
}

/** What a downloaded module does is told where it is called: there one can leave it, or give it other arguments. */
function atCall(hit: Hit): Hit {
  const { subject, place, message, related = [], rule, answer, because, existence } = hit;
  const depth = subject.calls.findLastIndex(({ span }) => !isDownloaded(span.file.path));
  const call = subject.calls[depth];
  if (call === undefined) return hit;
  const module = subject.calls.slice(0, depth + 1).map(({ name }) => `module.${name}`);
  return {
    answer,
    subject,
    ...(rule && { rule }),
    place: { span: call.source },
    message: `In ${module.join('.')}: ${message}`,
    related: [{ message: 'in the downloaded module', span: place.span }, ...related],
    ...(because && { because }),
    ...(existence && { existence }),
  };
}

/** All settings that something of a model can have. */
function settingsOf(
  model: SecurityModel,
  names: GroupNames,
  checksFor: (path: string) => FileChecks,
): ReadonlySet<ReadonlyMap<string, Setting>> {
  const settings = new Set<ReadonlyMap<string, Setting>>();
  for (const { checks, forGroup } of new Set(model.trees.map((tree) => checksFor(tree.file.path)))) {
    settings.add(checks);
    if (forGroup === undefined) continue;
    for (const { owner } of model.rules) settings.add(forGroup(names.ofOwner(owner)));
    for (const group of model.groups) settings.add(forGroup(namesOfGroup(group)));
  }
  return settings;
}

/** One finding for one fault: what a wider check says of a rule, or at a place, narrower ones don't repeat. */
function withoutCovered(found: readonly Found[]): Found[] {
  const answers = new Map<string | Rule, Map<string, Hit['answer']>>();
  for (const { check, hit } of found) {
    const key = coverageKey(hit);
    const ofKey = answers.get(key) ?? new Map<string, Hit['answer']>();
    answers.set(key, ofKey);
    if (ofKey.get(check.id) !== 'yes') ofKey.set(check.id, hit.answer);
  }
  return found.filter(({ check, hit }) => {
    const covering = (check.coveredBy ?? []).map((id) => answers.get(coverageKey(hit))?.get(id));
    return !covering.some((answer) => answer === 'yes' || (answer === 'unknown' && hit.answer === 'unknown'));
  });
}

function coverageKey({ rule, subject, place }: Hit): string | Rule {
  return rule ?? `${place.span.start} ${place.span.end} ${place.span.file.path} ${subject.address}`;
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
function messageOf({ message, existence = [], subject, answer }: Hit): string {
  if (answer !== 'yes' || existence.length === 0) return message;
  const decides = existence.length === 1 ? 'decides' : 'decide';
  return `If this ${'peers' in subject ? 'rule' : 'group'} exists (${formatList(existence)} ${decides}): ${message}`;
}

function partOf({ check, severity, hit, seen }: Found, model: SecurityModel, places: Places): Part {
  const { span, origin, isSensitive } = hit.place;
  const identity = hit.answer === 'yes' ? identityOf(check, seen ?? hit, span) : undefined;
  let fingerprint = identity === undefined ? '' : undefined;
  return {
    answer: hit.answer,
    check: check.id,
    severity,
    message: messageOf(hit),
    span,
    subject: hit.subject.subject,
    instance: hit.subject.address,
    root: model.root,
    environment: model.environment ?? null,
    related: [...(hit.related ?? []), ...places.related(span, origin, hit.subject.calls, isSensitive)],
    aliases: check.aliases,
    because: hit.because ?? [],
    identity,
    // Few formats show it, and what makes it takes long to load.
    get fingerprint() {
      fingerprint ??= fingerprintOf(identity!);
      return fingerprint;
    },
    fix: hit.fix ?? null,
    suggestions: hit.suggestions ?? [],
  };
}
