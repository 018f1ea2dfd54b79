/** Applies suppression comments. */

import { append } from '../../collections/append.ts';
import type { Config } from '../../config/config.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';
import type { Problem } from '../../source/problem.ts';
import type { TextRange } from '../../source/source-file.ts';
import type { Span } from '../../source/span.ts';
import { formatNumber } from '../../text/count.ts';
import { nearestName } from '../../text/nearest-name.ts';
import type { Check } from '../check.ts';
import type { Part } from '../finding.ts';
import { CheckNames } from '../names.ts';
import { describeWhen, type When } from '../when.ts';
import { besideProblems } from './beside.ts';
import { linesOf } from './comment-lines.ts';
import { whenOf } from './condition.ts';
import { Covering } from './covering.ts';
import { DeclarationFinder } from './declared-at.ts';
import { type EvaluatedRoot, GivenInputs } from './given-inputs.ts';
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
 * @param roots that parts were found in
 */
export function suppressParts(
  parts: readonly Part[],
  trees: readonly SyntaxTree[],
  roots: readonly EvaluatedRoot[],
  checks: readonly Check[],
  options: SuppressOptions,
): Suppressed {
  const inputs = new GivenInputs(roots);
  const declarations = new DeclarationFinder(roots.map(({ configuration }) => configuration.root));
  const problems: Problem[] = [];
  const byFile = new Map<string, readonly Suppression[]>();
  const names = new CheckNames(checks);
  for (const tree of new Map(trees.map((each) => [each.file.path, each])).values()) {
    const { path, text, isVirtual, isDownloaded } = tree.file;
    if (tree.comments.length === 0 || isVirtual || isDownloaded || !mayHoldSuppressions(text)) continue;
    const config = options.configFor(path);
    if (!config.suppressions.inline) continue;
    const read = readFile(tree, config, names, inputs, options.today);
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
    const when = part.when ?? {};
    let left: readonly When[] = [when];
    const world = { key: `${part.root}\n${part.environment}`, stateOf: (name: string) => inputs.stateOf(part, name) };
    for (const group of suppressionsOf(part, indexes, declarations)) {
      // Asked of the part as it is, so that it is known to be used.
      const own = group.suppress(check, when, world, isLocked, onLocked);
      if (own === undefined) continue;
      left = left.flatMap((each) =>
        each === when ? own : (group.suppress(check, each, world, isLocked, onLocked) ?? [each]),
      );
    }
    if (left[0] === when) {
      kept.push(part);
      continue;
    }
    suppressed.push(part);
    // What a fix would do in the worlds that are suppressed is not known.
    append(
      kept,
      left.map((each) => ({ ...part, when: each, fix: null, suggestions: [] })),
    );
  }
  for (const [{ request }, ids] of lockedAt)
    append(
      problems,
      [...ids].sort().map((id) => lockedProblem(request, id)),
    );
  const all = [...byFile.values()].flat();
  const beside = besideProblems(all, kept);
  append(problems, [...beside.values()]);
  if (options.reportsUnused) {
    const unused = all.filter((suppression) => !beside.has(suppression));
    append(problems, unusedProblems(unused, new Covering(checks, parts), options));
  }
  return { parts: kept, suppressed, problems };
}

/** More conditions in the comments of one file are not looked at: each is asked of each finding of its place. */
const MAX_CONDITIONS = 1000;
const tooManyConditions = `This file has more than ${formatNumber(MAX_CONDITIONS)} conditions in suppression comments: this one has no effect.`;

function readFile(
  tree: SyntaxTree,
  { suppressions: settings }: Config,
  names: CheckNames,
  inputs: GivenInputs,
  today: string,
): { readonly suppressions: Suppression[]; readonly problems: readonly Problem[] } {
  const suppressions: Suppression[] = [];
  const problems: Problem[] = [];
  let reader: SuppressionTargets | undefined;
  let conditions = 0;
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
        const fault = faultOf(request, targets, settings.requireReason, today) ?? conditionFault(request, inputs);
        if (fault === undefined) conditions += request.conditions.length;
        if (fault !== undefined) problems.push(suppressionProblem(request.span, ...fault));
        else if (request.conditions.length > 0 && conditions > MAX_CONDITIONS)
          problems.push(suppressionProblem(request.span, tooManyConditions));
        else if (typeof targets !== 'string') {
          const around = reader.around(comment, targets);
          suppressions.push({ request, targets, around, locked: settings.locked, used: new Set() });
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

/** What is wrong with the names of its conditions. Those that only evaluation knows are not looked at. */
function conditionFault(
  { tool, conditions }: Request,
  inputs: GivenInputs,
): readonly [message: string, hint: string] | undefined {
  if (tool !== 'tfsg') return undefined;
  for (const { name } of conditions) {
    const variable = /^var\.[\w-]+/.exec(name)?.[0];
    const isKnown =
      variable === undefined
        ? name === 'terraform.workspace' || !/^(?:\w+|terraform\..*)$/.test(name)
        : inputs.variables.has(variable);
    if (isKnown) continue;
    const nearest = nearestName(variable ?? `var.${name}`, [...inputs.variables, 'terraform.workspace']);
    return [
      `No root module has an input ${variable ?? name}, so this suppression comment has no effect.`,
      nearest === undefined ? 'Name the input as the finding does.' : `Did you mean ${nearest}?`,
    ];
  }
  return undefined;
}

function suppressionsOf(
  part: Part,
  indexes: ReadonlyMap<string, SuppressionIndex>,
  declarations: DeclarationFinder,
): ReadonlySet<SuppressionGroup> {
  const own: Span[] = [part.span, ...part.related.filter(({ isUse }) => isUse !== true).map(({ span }) => span)];
  const { root, together } = part;
  const ofGroup = together?.subject === undefined ? [] : declarations.stepsTo({ root, subject: together.subject });
  const around = [...declarations.stepsTo(part), ...ofGroup].map(({ header }) => header);
  const groups = new Set<SuppressionGroup>();
  for (const [index, place] of [...own, ...around].entries()) {
    for (const group of indexes.get(place.file.path)?.at(place) ?? []) {
      // A line is not the resource that begins on it.
      if (!group.isOfLine || index < own.length) groups.add(group);
    }
  }
  return groups;
}

function lockedProblem({ span }: Request, id: string): Problem {
  return suppressionProblem(span, `The configuration locks ${id}, so this comment cannot suppress it.`);
}

const where = ({ conditions }: Request): string =>
  conditions.length === 0 ? '' : ` ${describeWhen([whenOf(conditions)])}`;

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
          const isAsked = (id: string): boolean => on.has(id) && on.get(id)?.own?.about !== 'opened';
          return isIncluded(span.file.path) && [...ids].some(isAsked);
        })
        .map(({ text, span, checks: ids }) => {
          const more = covering.checkAt(ids, span.file.path, targets);
          return suppressionProblem(
            span,
            `Unused suppression: there is no finding of ${text} here${where(request)}.`,
            more === undefined
              ? 'Remove it, so that it does not hide later findings.'
              : `This place has a finding of ${more} instead, which covers it.`,
          );
        }),
    );
}
