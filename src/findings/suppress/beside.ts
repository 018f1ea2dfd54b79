/** Comments that suppress nothing, beside a finding that they name. */

import { positionAt } from '../../source/position.ts';
import type { Problem } from '../../source/problem.ts';
import type { Part } from '../finding.ts';
import { Places } from './places.ts';
import { suppressionProblem } from './request.ts';
import type { Suppression } from './suppression-index.ts';

/**
 * Those that stand in a block with such a finding, but not where they cover it.
 *
 * @param suppressions of all files, after all parts were looked at
 * @param left what nothing suppresses
 */
export function besideProblems(
  suppressions: readonly Suppression[],
  left: readonly Part[],
): ReadonlyMap<Suppression, Problem> {
  const idle = suppressions.filter(
    ({ request, used, around }) => used.size === 0 && around !== undefined && request.conditions.length === 0,
  );
  const problems = new Map<Suppression, Problem>();
  if (idle.length === 0) return problems;
  const checks = new Set(idle.flatMap(({ request }) => request.names.flatMap((name) => [...name.checks])));
  const found: Part[] = left.filter(({ answer, check }) => answer === 'yes' && checks.has(check));
  const places = new Places(
    found.flatMap(({ check, span, related }) => [
      { check, span },
      ...related.filter(({ isUse }) => isUse !== true).map((each) => ({ check, span: each.span })),
    ]),
  );
  for (const suppression of idle) {
    const { request, around } = suppression;
    const { path } = request.span.file;
    const ids = request.names.flatMap((name) => [...name.checks]);
    for (const id of ids) {
      const place = places.firstIn(id, path, around!);
      if (place === undefined) continue;
      const { line } = positionAt(place.file, place.start);
      problems.set(
        suppression,
        suppressionProblem(
          request.span,
          `This suppression comment does not cover the finding of ${id} on line ${line}, so it has no effect.`,
          'Put it at the end of that line, or above the block.',
        ),
      );
      break;
    }
  }
  return problems;
}
