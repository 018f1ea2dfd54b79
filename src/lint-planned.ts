/** What plans bring, and what they leave. */

import type { BuiltRoot } from './build-root.ts';
import { checks } from './checks/index.ts';
import type { Part } from './findings/finding.ts';
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
  checksFor: ChecksFor,
  isAll: boolean,
): OfPlans {
  const planned = roots.flatMap((root) => root.planned ?? []);
  const partsOf = (models: readonly SecurityModel[]): readonly Part[] => runChecks(checks, models, checksFor).parts;
  const after = new Set(parts.map(keyOf));
  const before = isAll ? new Set<string>() : new Set(partsOf(planned.map((each) => each.before)).map(keyOf));
  const left = parts.filter((part) => !before.has(keyOf(part)));
  const drifted = partsOf(planned.map(({ drift }) => drift)).filter(
    (part) => isExposure(part) && !after.has(keyOf(part)),
  );
  const forgotten = partsOf(planned.map((each) => each.forgotten)).filter(isExposure);
  const problems = [
    ...drifted.map((part) => warning(part, `In AWS, and not in the configuration: ${part.message}`)),
    ...forgotten.map((part) =>
      warning(part, `The plan forgets ${part.instance}, which stays in AWS as it is: ${part.message}`),
    ),
  ];
  const unchanged = new Set(parts.filter((part) => part.answer === 'yes' && before.has(keyOf(part))).map(keyOf));
  const deleted = planned.reduce((sum, each) => sum + each.deleted, 0);
  return { parts: left, problems, unchanged: unchanged.size, deleted };
}

const topics = new Map(checks.map(({ id, topic }) => [id, topic]));

const isExposure = ({ answer, check }: Part): boolean => answer === 'yes' && topics.get(check) === 'exposure';

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
