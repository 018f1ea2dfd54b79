/** What plans bring, and what they leave. */

import type { BuiltRoot } from './build-root.ts';
import type { Check } from './findings/check.ts';
import type { Part } from './findings/finding.ts';
import { checksOfNews } from './findings/open-before.ts';
import { runChecks } from './findings/run.ts';
import type { ChecksFor } from './findings/setting.ts';
import type { SecurityModel } from './model/security-model.ts';
import type { Problem } from './source/problem.ts';

export interface OfPlans {
  readonly parts: readonly Part[];
  readonly problems: readonly Problem[];
  /** How many findings hold before the plans too, and are left out. */
  readonly unchanged: number;
  /** How many groups and rules, as resources, the plans delete. */
  readonly deleted: number;
}

/**
 * @param parts what holds after the plans
 * @param isAll whether what holds before them stays too
 */
export function ofPlans(
  roots: readonly BuiltRoot[],
  parts: readonly Part[],
  checks: readonly Check[],
  checksFor: ChecksFor,
  isAll: boolean,
): OfPlans {
  const isExposure = exposureOf(checks);
  const planned = roots.flatMap((root) => root.planned ?? []);
  const partsOf = (models: readonly SecurityModel[], asked = checks): readonly Part[] =>
    runChecks(asked, models, checksFor).parts;
  const after = new Set(parts.map(keyOf));
  const isNew = isAll ? () => true : newsIn(roots, parts, checks, partsOf);
  const left = parts.filter(isNew);
  const told = new Set(left.map(keyOf));
  const drifted = planned
    .flatMap(({ drift, recorded }) => partsOf([drift], checksOfNews(checks, recorded, drift)))
    .filter(isExposure);
  const forgotten = partsOf(planned.map((each) => each.forgotten)).filter(isExposure);
  const problems = [
    ...drifted.flatMap((part) => {
      if (told.has(keyOf(part))) return [];
      const isKept = after.has(keyOf(part));
      const where = isKept ? ' since the last apply, and kept by this plan in' : ', and not in the configuration of';
      return warning(part, `In AWS${where} ${part.instance}: ${part.message}`);
    }),
    ...forgotten.map((part) =>
      warning(part, `The plan forgets ${part.instance}, which stays in AWS as it is: ${part.message}`),
    ),
  ];
  const unchanged = new Set(parts.filter((part) => part.answer === 'yes' && !isNew(part)).map(keyOf));
  const deleted = planned.reduce((sum, each) => sum + each.deleted, 0);
  return { parts: left, problems, unchanged: unchanged.size, deleted };
}

/**
 * Whether something holds after the plans alone: neither it, nor what lets the same in, was there before. Only checks that find something
 * after the plans are asked again.
 */
function newsIn(
  roots: readonly BuiltRoot[],
  parts: readonly Part[],
  checks: readonly Check[],
  partsOf: (models: readonly SecurityModel[], asked: readonly Check[]) => readonly Part[],
): (part: Part) => boolean {
  const isExposure = exposureOf(checks);
  const found = new Set(parts.map(({ check }) => check));
  const before = new Set<string>();
  for (const { planned } of roots) {
    if (planned === undefined) continue;
    const asked = checks.filter(({ id }) => found.has(id));
    for (const part of partsOf([planned.before], asked)) before.add(keyOf(part));
  }
  const opening = parts.filter((part) => isExposure(part) && !before.has(keyOf(part)));
  const asked = checks.filter(({ id }) => opening.some(({ check }) => check === id));
  const opened = new Set<string>();
  for (const { model, planned } of roots) {
    if (planned === undefined || asked.length === 0) continue;
    for (const part of partsOf([model], checksOfNews(asked, planned.before, model))) opened.add(keyOf(part));
  }
  return (part) => !before.has(keyOf(part)) && (!isExposure(part) || opened.has(keyOf(part)));
}

function exposureOf(checks: readonly Check[]): (part: Part) => boolean {
  const topics = new Map(checks.map(({ id, topic }) => [id, topic]));
  return ({ answer, check }) => answer === 'yes' && topics.get(check) === 'exposure';
}

/** The same for what is wrong in the same way before and after; where it stands can be another place. */
function keyOf({ answer, check, root, instance, identity, message }: Part): string {
  const { direction, content, traffic, peers } = identity ?? {};
  return JSON.stringify([
    answer,
    check,
    root,
    instance,
    ...(identity === undefined ? [message] : [direction, content, traffic, peers]),
  ]);
}

function warning({ span }: Part, message: string): Problem {
  return { kind: 'unread', severity: 'warning', message, span };
}
