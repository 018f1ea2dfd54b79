/** Applies suppression comments. */

import { append } from '../../collections/append.ts';
import type { Config } from '../../config/config.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import type { Problem } from '../../source/problem.ts';
import type { TextRange } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { isDownloaded } from '../../terraform/modules/load.ts';
import type { Check } from '../check.ts';
import type { Part } from '../finding.ts';
import { CheckNames } from '../names.ts';
import { linesOf } from './comment-lines.ts';
import { Covering } from './covering.ts';
import type { DeclarationFinder } from './declared-at.ts';
import { readOwnComment } from './own-comment.ts';
import { isPlaceholder } from './reason.ts';
import { type Request, suppressionProblem } from './request.ts';
import { type Suppression, type SuppressionGroup, SuppressionIndex } from './suppression-index.ts';
import { type Misplaced, SuppressionTargets } from './targets.ts';
import { readToolComment } from './tool-comments.ts';
import { mayHoldSuppressions } from './words.ts';

export interface SuppressOptions {
  readonly configFor: (path: string) => Config;
  /** The day on which comments are checked, in UTC: `2026-01-31`. */
  readonly today: string;
  /** What `terraform.workspace` is, in whatever environment; undefined where environments say. */
  readonly workspace: string | undefined;
  /** Whether comments of tfsg that suppress nothing are problems. */
  readonly reportsUnused: boolean;
}

export interface Suppressed {
  /** What is left, in the order given. */
  readonly parts: readonly Part[];
  readonly suppressed: readonly Part[];
  readonly problems: readonly Problem[];
}

/**
 * Takes away the parts that comments reach: those whose place, a related place, the resource or a module call on the way to it is in
 * what a comment stands on.
 *
 * @param trees of every file that a part can have to do with; comments in downloaded modules are nobody's here, and don't count
 */
export function suppressParts(
  parts: readonly Part[],
  trees: readonly SyntaxTree[],
  declarations: DeclarationFinder,
  checks: readonly Check[],
  options: SuppressOptions,
): Suppressed {
  const problems: Problem[] = [];
  const byFile = new Map<string, readonly Suppression[]>();
  const names = new CheckNames(checks);
  for (const tree of new Map(trees.map((each) => [each.file.path, each])).values()) {
    const { path, text, isVirtual } = tree.file;
    if (tree.comments.length === 0 || isVirtual || isDownloaded(path) || !mayHoldSuppressions(text)) continue;
    const config = options.configFor(path);
    if (!config.suppressions.inline) continue;
    const read = readFile(tree, config, names, options.today);
    if (config.isIncluded(path)) append(problems, read.problems);
    if (read.suppressions.length > 0) byFile.set(path, read.suppressions);
  }
  if (byFile.size === 0) return { parts, suppressed: [], problems };
  const indexes = new Map([...byFile].map(([path, suppressions]) => [path, new SuppressionIndex(suppressions)]));
  const kept: Part[] = [];
  const suppressed: Part[] = [];
  const lockedAt = new Map<Suppression, Set<string>>();
  for (const part of parts) {
    const { check } = part;
    const isLocked = options.configFor(part.span.file.path).suppressions.locked.has(check);
    const onLocked = (suppression: Suppression): unknown =>
      lockedAt.set(suppression, (lockedAt.get(suppression) ?? new Set()).add(check));
    let isSuppressed = false;
    for (const group of suppressionsOf(part, indexes, declarations)) {
      if (group.suppress(check, () => workspaceOf(part, options), isLocked, onLocked)) isSuppressed = true;
    }
    (isSuppressed ? suppressed : kept).push(part);
  }
  for (const [{ request }, ids] of lockedAt)
    append(
      problems,
      [...ids].sort().map((id) => lockedProblem(request, id)),
    );
  if (options.reportsUnused) {
    const covering = new Covering(checks, parts);
    for (const suppressions of byFile.values()) append(problems, unusedProblems(suppressions, covering, options));
  }
  return { parts: kept, suppressed, problems };
}

function readFile(
  tree: SyntaxTree,
  { suppressions: settings }: Config,
  names: CheckNames,
  today: string,
): { readonly suppressions: Suppression[]; readonly problems: readonly Problem[] } {
  const suppressions: Suppression[] = [];
  const problems: Problem[] = [];
  let reader: SuppressionTargets | undefined;
  for (const comment of tree.comments) {
    if (!mayHoldSuppressions(tree.file.text.slice(comment.start, comment.end))) continue;
    for (const line of linesOf(comment)) {
      const readings = [
        readOwnComment(line, names),
        ...settings.honor.map((tool) => readToolComment(tool, line, names)),
      ];
      append(
        problems,
        readings.flatMap((reading) => reading.problems),
      );
      for (const request of readings.flatMap((reading) => reading.requests)) {
        reader ??= new SuppressionTargets(tree);
        const targets = reader.of(comment, request.scope);
        const fault = faultOf(request, targets, settings.requireReason, today);
        if (fault !== undefined) problems.push(suppressionProblem(request.span, ...fault));
        else if (typeof targets !== 'string') {
          suppressions.push({ request, targets, locked: settings.locked, used: new Set() });
        }
      }
    }
  }
  return { suppressions, problems };
}

const misplaced: Readonly<Record<Misplaced, readonly [message: string, hint: string]>> = {
  'nothing-below': [
    'This suppression comment is not attached to any code and has no effect.',
    'Put it at the end of the line to suppress, or on the line directly above.',
  ],
  'not-at-the-top': [
    'A file-wide suppression comment must be at the top of the file, above all code; this one has no effect.',
    'Move it to the top, or put a comment at each place.',
  ],
  'not-inside': [
    'checkov reads this comment only inside a resource, data source or module block; here it has no effect.',
    'Move it between the braces, or write tfsg:ignore.',
  ],
};

/** Why a request suppresses nothing. */
function faultOf(
  { tool, reason, endsOn }: Request,
  targets: readonly TextRange[] | Misplaced,
  needsReason: boolean,
  today: string,
): readonly [message: string, hint?: string] | undefined {
  if (endsOn !== undefined && endsOn <= today) {
    return [`This suppression expired on ${endsOn} and has no effect.`, 'Fix the finding or extend the date.'];
  }
  if (needsReason && reason === '') {
    return [
      'This suppression comment needs a reason (suppressions.requireReason); without one it has no effect.',
      tool === 'tfsg' ? 'Add "-- " and the reason.' : 'Add the reason.',
    ];
  }
  if (needsReason && isPlaceholder(reason)) {
    return [
      `"${tool === 'tfsg' ? `-- ${reason}` : reason}" is a placeholder, so this suppression comment has no effect.`,
      'Say why: the configuration requires reasons (suppressions.requireReason).',
    ];
  }
  return typeof targets === 'string' ? misplaced[targets] : undefined;
}

function suppressionsOf(
  part: Part,
  indexes: ReadonlyMap<string, SuppressionIndex>,
  declarations: DeclarationFinder,
): ReadonlySet<SuppressionGroup> {
  const own: Span[] = [part.span, ...part.related.filter(({ isUse }) => isUse !== true).map(({ span }) => span)];
  const around = declarations.stepsTo(part).map(({ header }) => header);
  const groups = new Set<SuppressionGroup>();
  for (const [index, place] of [...own, ...around].entries()) {
    for (const group of indexes.get(place.file.path)?.at(place) ?? []) {
      // A line is not the resource that begins on it.
      if (!group.isOfLine || index < own.length) groups.add(group);
    }
  }
  return groups;
}

function workspaceOf({ root, environment }: Part, { workspace, configFor }: SuppressOptions): string {
  const { environments } = configFor(root === '' ? 'main.tf' : `${root}/main.tf`);
  return workspace ?? environments.find(({ name }) => name === environment)?.workspace ?? 'default';
}

function lockedProblem({ span }: Request, id: string): Problem {
  return suppressionProblem(span, `The configuration locks ${id}, so this comment cannot suppress it.`);
}

/** Names in comments of tfsg that nothing was found for, though their checks looked. */
function unusedProblems(
  suppressions: readonly Suppression[],
  covering: Covering,
  { configFor }: SuppressOptions,
): Problem[] {
  return suppressions
    .filter(({ request }) => request.tool === 'tfsg')
    .flatMap(({ request, used, targets }) =>
      request.names
        .filter((name) => !used.has(name))
        .filter(({ span, checks: ids }) => {
          const { isIncluded, checks: on } = configFor(span.file.path);
          return isIncluded(span.file.path) && [...ids].some((id) => on.has(id));
        })
        .map(({ text, span, checks: ids }) => {
          const more = covering.checkAt(ids, span.file.path, targets);
          return suppressionProblem(
            span,
            `Unused suppression: there is no finding of ${text} here.`,
            more === undefined
              ? 'Remove it, so that it does not hide later findings.'
              : `This place has a finding of ${more} instead, which covers it.`,
          );
        }),
    );
}
