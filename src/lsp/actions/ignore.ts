/** Where to insert a suppression comment. */

import type { Finding } from '../../findings/finding.ts';
import { readConditions } from '../../findings/suppress/condition.ts';
import { entityAt } from '../../findings/suppress/entity.ts';
import { SuppressionTargets } from '../../findings/suppress/targets.ts';
import { parseJson } from '../../hcl/json/parser.ts';
import { parseHcl } from '../../hcl/native/parser.ts';
import { type Node, nodesIn } from '../../hcl/walk.ts';
import { positionAt } from '../../source/position.ts';
import { SourceFile } from '../../source/source-file.ts';
import { type Span, textOf } from '../../source/span.ts';

/** A comment to be put in as a line of its own: at an offset, `before`, where one is given ` -- ` and a reason, and `after`. */
export interface IgnoreComment {
  readonly file: SourceFile;
  readonly offset: number;
  readonly before: string;
  readonly after: string;
}

const none: IgnoreComments = { here: [], block: [], blockNames: [] };

/** For a place of a finding. */
interface CommentsAt {
  /** At its own line, or where no comment can stand there, at what is around it. */
  readonly here: IgnoreComment | undefined;
  /** Above the resource, data source or module call that it stands in, with how it is named; undefined where that is `here`. */
  readonly block: BlockComment | undefined;
}

interface BlockComment extends IgnoreComment {
  readonly name: string;
}

/** For a finding: one comment, or one for each place if the same is open in both address families. Each empty where there is none. */
export interface IgnoreComments {
  readonly here: readonly IgnoreComment[];
  readonly block: readonly IgnoreComment[];
  /** How the blocks are named. */
  readonly blockNames: readonly string[];
}

/** What stands for the reason until somebody writes it. */
export const REASON = 'reason';

/**
 * In JSON syntax only for whole blocks: other objects may be values, of which every property counts.
 *
 * @param condition in which worlds it holds
 * @param allows whether a comment in a file has an effect
 */
export function ignoreComments(
  { check, span, related }: Pick<Finding, 'check' | 'span' | 'related'>,
  condition: string | undefined = undefined,
  allows: (file: SourceFile) => boolean = () => true,
): IgnoreComments {
  if (!allows(span.file)) return none;
  const twins = related.filter((each) => each.isTwin === true && allows(each.span.file));
  const request = condition === undefined ? check : `${check} when ${condition}`;
  const first = commentsAt(span, request);
  const others = twins.map((twin) => commentsAt(twin.span, request));
  const blocks = others.map(({ here, block }) => block ?? here);
  const names = [first, ...others].flatMap(({ block }) => block?.name ?? []);
  return {
    here: first.here === undefined ? [] : distinct([first.here, ...others.map(({ here }) => here)]),
    ...(first.block === undefined
      ? { block: [], blockNames: [] }
      : { block: distinct([first.block, ...blocks]), blockNames: [...new Set(names)] }),
  };
}

/** Each once. */
function distinct(comments: readonly (IgnoreComment | undefined)[]): readonly IgnoreComment[] {
  const byPlace = new Map(
    comments.flatMap((each) => (each === undefined ? [] : [[`${each.offset} ${each.file.path}`, each] as const])),
  );
  return [...byPlace.values()];
}

function commentsAt(span: Span, request: string): CommentsAt {
  const { file } = span;
  if (file.path.endsWith('.json')) return { here: undefined, block: propertyIn(span, request) };
  const { value: tree, problems } = parseHcl(file);
  const lineOf = (offset: number): number => positionAt(file, offset).line;
  const around = [...nodesIn(tree.body)]
    .map(({ node }) => node)
    .filter((node) => node !== tree.body && node.start <= span.start && span.end <= node.end);
  const attempt = (line: number): IgnoreComment | undefined => {
    const comment = commentAbove(file, line, request);
    const text = file.text.slice(0, comment.offset) + comment.before + comment.after + file.text.slice(comment.offset);
    return reaches(text, comment, span, problems.length) ? comment : undefined;
  };
  // From the finding's line to those where what is around it begins: inside of a heredoc there are no comments.
  const lines = new Set([lineOf(span.start), ...around.map((node) => lineOf(node.start)).sort((a, b) => b - a)]);
  let here: IgnoreComment | undefined;
  for (const line of lines) if ((here ??= attempt(line)) !== undefined) break;

  const name = nameOf(around[0]);
  const block = name === undefined ? undefined : attempt(lineOf(around[0]!.start));
  return { here, block: block === undefined || block.offset === here?.offset ? undefined : { ...block, name: name! } };
}

/** The comment as the first property of its block, where that has none yet. */
function propertyIn(span: Span, request: string): BlockComment | undefined {
  const { file } = span;
  const block = entityAt(parseJson(file).value, span);
  const name = nameOf(block);
  const first = block && /^\{(\s*)"(?!\/\/")/.exec(textOf(block.body));
  if (name === undefined || first == null) return undefined;
  const before = `${first[1]}"//": ${JSON.stringify(`tfsg:ignore ${request}`).slice(0, -1)}`;
  return { file, offset: block!.body.start + 1, before, after: '",', name };
}

/** The condition of a comment that suppresses a finding only where it applies; undefined where it needs none, or more than one comment. */
export function conditionOf({ when = [] }: Pick<Finding, 'when'>): string | undefined {
  const [world, ...others] = when;
  if (world === undefined || others.length > 0) return undefined;
  const conditions = Object.entries(world).map(([name, is]) => {
    if (typeof is !== 'object') return `${name} == ${JSON.stringify(is)}`;
    const isWritten = is.not.every((each) => each !== null && typeof each !== 'object');
    return isWritten ? is.not.map((each) => `${name} != ${JSON.stringify(each)}`).join(' and ') : undefined;
  });
  const text = conditions.every((each) => each !== undefined) ? conditions.join(' and ') : undefined;
  return text !== undefined && 'conditions' in readConditions(text) ? text : undefined;
}

/** The comment as the line above another, indented alike. Lines count from 1. */
function commentAbove(file: SourceFile, line: number, request: string): IgnoreComment {
  const start = file.lineStarts[line - 1]!;
  const offset = line === 1 ? file.textStart : start;
  const indentation = /[^\S\n]*/y;
  indentation.lastIndex = offset;
  const indent = indentation.exec(file.text)?.[0].replaceAll('\r', '') ?? '';
  const end = /\r?\n/.exec(file.text)?.[0] ?? '\n';
  return { file, offset, before: `${indent}# tfsg:ignore ${request}`, after: end };
}

/** Whether a text with the comment is read as before, and the comment reaches a finding. */
function reaches(
  text: string,
  { offset, before, after }: IgnoreComment,
  { start, end }: { readonly start: number; readonly end: number },
  problems: number,
): boolean {
  const parsed = parseHcl(new SourceFile('', text));
  if (parsed.problems.length !== problems) return false;
  const comment = parsed.value.comments.find((each) => offset <= each.start && each.start < offset + before.length);
  const reached = comment && new SuppressionTargets(parsed.value).of(comment, 'here');
  if (reached === undefined || typeof reached === 'string') return false;
  const shift = before.length + after.length;
  return reached.some((range) => range.start <= start + shift && end + shift <= range.end);
}

/** `aws_security_group.web`, `module.net`; undefined for what has no name to suppress findings by. */
function nameOf(node: Node | undefined): string | undefined {
  if (node?.kind !== 'block') return undefined;
  const labels = node.labels.map(({ name }) => name).join('.');
  switch (node.type.name) {
    case 'resource':
      return labels;
    case 'data':
    case 'module':
      return `${node.type.name}.${labels}`;
    default:
      return undefined;
  }
}
