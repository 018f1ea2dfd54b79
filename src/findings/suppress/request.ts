/** What a suppression comment requests, in any syntax. */

import type { HonoredTool } from '../../config/suppression-settings.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import type { CommentCondition } from './condition.ts';

/**
 * What a comment reaches:
 * - `here`: what it stands on
 * - `file`: the whole file, from its top
 * - `inside`: the resource, data source or module call that it stands in
 * - `line`: its own line and the next, but of a block only the header
 */
export type SuppressionScope = 'here' | 'file' | 'inside' | 'line';

/** One request of one comment. */
export interface Request {
  readonly tool: 'tfsg' | HonoredTool;
  /** The request's own text. */
  readonly span: Span;
  readonly scope: SuppressionScope;
  /** Each name with the ids of the checks that have it; at least one. */
  readonly names: readonly RequestedName[];
  /** Why, in its own words; empty where it does not say. */
  readonly reason: string;
  /** The first day on which it holds no more, `2026-03-01`; undefined for never. */
  readonly endsOn: string | undefined;
  /** In which worlds it holds: where all of them are true. */
  readonly conditions: readonly CommentCondition[];
}

export interface RequestedName {
  readonly text: string;
  readonly span: Span;
  readonly checks: ReadonlySet<string>;
}

/** What was read of a line of a comment. */
export interface CommentRequests {
  readonly requests: readonly Request[];
  readonly problems: readonly Problem[];
}

export const nothingRead: CommentRequests = { requests: [], problems: [] };

export function suppressionProblem({ file, start, end }: Span, message: string, hint?: string): Problem {
  const problem = { kind: 'suppression', severity: 'warning', message, span: { file, start, end } } as const;
  return hint === undefined ? problem : { ...problem, hint };
}

/** The day after a day, both as `2026-02-28`; undefined if there is no such day. */
export function dayAfter(day: string): string | undefined {
  if (!isDay(day)) return undefined;
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar, `2026-02-28`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
