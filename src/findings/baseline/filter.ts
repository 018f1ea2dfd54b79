/** Removes findings that comments suppress or a baseline records. */

import type { Config } from '../../config/config.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import type { Problem } from '../../source/problem.ts';
import type { Check } from '../check.ts';
import type { Part } from '../finding.ts';
import { membersOf } from '../gather.ts';
import { mergeParts } from '../merge.ts';
import { spans } from '../places.ts';
import type { EvaluatedRoot } from '../suppress/given-inputs.ts';
import { mayHoldSuppressions } from '../suppress/words.ts';
import type { Baseline } from './baseline.ts';

/** How comments that suppress findings are taken. */
export interface SuppressionOptions {
  /** The day, `2026-01-31`, in UTC: comments can end. */
  readonly today: string;
  /** Whether comments of tfsg that suppress nothing are problems. */
  readonly reportUnused: boolean;
}

export interface FilterOptions {
  readonly configFor: (path: string) => Config;
  /** Absent: comments count as the configuration says, and none has ended. */
  readonly suppressions?: SuppressionOptions | undefined;
  /** Absent or false: everything is new. */
  readonly baseline?: Baseline | false | undefined;
}

export interface Accepted {
  readonly parts: readonly Part[];
  readonly problems: readonly Problem[];
  /** How many findings there would have been without comments, or without the baseline, in what was taken away. */
  readonly suppressed: number;
  readonly baselined: number;
}

const unbounded: SuppressionOptions = { today: '', reportUnused: false };

/**
 * @param trees of every file that was read, variable files included
 * @param roots that were evaluated
 */
export async function filterParts(
  parts: readonly Part[],
  trees: readonly SyntaxTree[],
  roots: readonly EvaluatedRoot[],
  checks: readonly Check[],
  { configFor, suppressions = unbounded, baseline }: FilterOptions,
): Promise<Accepted> {
  const different = [...new Set(trees)];
  const isAsked = different.some(({ comments, file }) => comments.length > 0 && mayHoldSuppressions(file.text));
  const { today, reportUnused } = suppressions;
  const asked = isAsked
    ? (await import('../suppress/suppress.ts')).suppressParts(parts, different, roots, checks, {
        configFor,
        today,
        reportsUnused: reportUnused,
      })
    : { parts, suppressed: [], problems: [] };
  const files = new Set(different.map(({ file }) => file.path));
  const filtered =
    baseline === undefined || baseline === false
      ? { parts: asked.parts, known: [] }
      : await baseline({ parts: asked.parts, files, roots });
  return {
    parts: filtered.parts,
    problems: asked.problems,
    suppressed: countOf(asked.suppressed),
    baselined: countOf(filtered.known),
  };
}

function countOf(parts: readonly Part[]): number {
  return membersOf(mergeParts(parts, spans).findings, spans).length;
}
