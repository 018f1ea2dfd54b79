/** SecurityModel + settings -> findings. */

import { createHash } from 'node:crypto';
import type { Rule } from '../model/rule.ts';
import type { SecurityModel } from '../model/security-group.ts';
import type { Problem } from '../source/problem.ts';
import { compareSpans, type Span, textOf } from '../source/span.ts';
import { isDownloaded } from '../terraform/load.ts';
import { compareStrings } from '../terraform/value.ts';
import type { Check, Hit, Severity } from './check.ts';
import type { Finding, Fix, Related, Undecided } from './finding.ts';
import { Places } from './related.ts';

/** A check that is on: what it reports at, and its options as `run` wants them. */
export interface Setting {
  readonly severity: Severity;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface RunResult {
  /** Sorted by place, then check; one for each check and place. */
  readonly findings: readonly Finding[];
  readonly undecided: readonly Undecided[];
  readonly problems: readonly Problem[];
}

interface Found {
  readonly check: Check;
  readonly severity: Severity;
  readonly hit: Hit;
  readonly places: Places;
}

/**
 * Runs checks over the models of all roots. A file's own settings decide what is found in it.
 *
 * @param settingsFor the checks that are on for a file, by id; the same object for files with the same configuration
 */
export function runChecks(
  checks: readonly Check[],
  models: readonly SecurityModel[],
  settingsFor: (path: string) => ReadonlyMap<string, Setting>,
): RunResult {
  const found: Found[] = [];
  const problems: Problem[] = [];
  for (const model of models) {
    const places = new Places(model.trees);
    const settings = new Set(model.trees.map((tree) => settingsFor(tree.file.path)));
    for (const setting of settings) {
      for (const check of checks) {
        const on = setting.get(check.id);
        if (on === undefined) continue;
        try {
          for (const hit of check.run(model, on.options as never)) {
            const { path } = hit.place.span.file;
            // What nobody wrote in this tree, nobody can mend in it.
            if (settingsFor(path) === setting && !isDownloaded(path)) {
              found.push({ check, severity: on.severity, hit, places });
            }
          }
        } catch (error) {
          problems.push(failure(check, error));
        }
      }
    }
  }
  return { ...merge(withoutCovered(found)), problems };
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
    message: `The check ${check.id} failed: ${error instanceof Error ? error.message : String(error)}.`,
    hint: 'Please report this with the configuration that shows it.',
  };
}

/** One finding for each check and place, with all instances that have it. */
function merge(found: readonly Found[]): Pick<RunResult, 'findings' | 'undecided'> {
  const byPlace = new Map<string, Found[]>();
  for (const one of found) {
    const { span } = one.hit.place;
    const key = `${one.hit.answer} ${one.check.id} ${span.start} ${span.end} ${span.file.path}`;
    const same = byPlace.get(key);
    if (same === undefined) byPlace.set(key, [one]);
    else same.push(one);
  }
  const findings: Finding[] = [];
  const undecided: Undecided[] = [];
  for (const same of byPlace.values()) {
    same.sort((a, b) => compareStrings(a.hit.subject.address, b.hit.subject.address));
    const [{ hit, check }] = same as [Found];
    if (hit.answer === 'yes') findings.push(finding(same));
    else {
      const because = [...new Set(same.flatMap((one) => one.hit.because ?? []))].sort(compareStrings);
      undecided.push({ check: check.id, subject: hit.subject.subject, span: hit.place.span, because });
    }
  }
  return { findings: withDistinctFingerprints(findings.sort(order)), undecided: undecided.sort(order) };
}

function order<T extends { readonly span: Span; readonly check: string }>(a: T, b: T): number {
  return compareSpans(a.span, b.span) || compareStrings(a.check, b.check);
}

function finding(same: readonly Found[]): Finding {
  const [{ hit, check, severity }] = same as readonly [Found];
  const { span } = hit.place;
  return {
    check: check.id,
    severity,
    message: hit.message,
    span,
    subject: hit.subject.subject,
    instances: [...new Set(same.map((one) => one.hit.subject.address))],
    environments: [],
    related: relatedOf(same),
    aliases: check.aliases,
    docs: `docs/checks/${check.id}.md`,
    fingerprint: fingerprint(check.id, span, hit.subject.subject),
    fix: fixOf(same),
  };
}

/** Mends the faults of all instances, whose values may have come from different literals; null unless each can be mended. */
function fixOf(same: readonly Found[]): Fix | null {
  const fixes = same.flatMap(({ hit }) => hit.fix ?? []);
  if (fixes.length < same.length) return null;
  const edits = new Map(
    fixes.flatMap((fix) =>
      fix.edits.map((edit) => [`${edit.span.start} ${edit.span.end} ${edit.span.file.path}`, edit] as const),
    ),
  );
  return { message: [...new Set(fixes.map((fix) => fix.message))].join(' '), edits: [...edits.values()] };
}

/** The places behind the hits of all instances, each once: their values may have come from different literals. */
function relatedOf(same: readonly Found[]): Related[] {
  const related = new Map<string, Related>();
  for (const { hit, places } of same) {
    const { span, origin } = hit.place;
    for (const one of [...(hit.related ?? []), ...places.related(span, origin, hit.subject.calls)]) {
      const key = `${one.span.start} ${one.span.end} ${one.span.file.path}`;
      if (!related.has(key)) related.set(key, one);
    }
  }
  return [...related.values()];
}

function fingerprint(check: string, span: Span, subject: string): string {
  const text = textOf(span).replace(/\s+/g, ' ');
  return hash([check, span.file.path, subject, text].join('\0'));
}

/** The same text twice in one subject is two findings: from the second on, the fingerprint has the number in it. */
function withDistinctFingerprints(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  return findings.map((one) => {
    const count = counts.get(one.fingerprint) ?? 0;
    counts.set(one.fingerprint, count + 1);
    return count === 0 ? one : { ...one, fingerprint: hash(`${one.fingerprint} ${count}`) };
  });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
