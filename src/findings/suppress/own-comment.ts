/** tfsg's own comments: `tfsg:ignore CHECK[,CHECK] [until=YYYY-MM-DD] [when CONDITION] [-- reason]` and `tfsg:ignore-file ...`. */

import type { Problem } from '../../source/problem.ts';
import { nearestName } from '../../text/nearest-name.ts';
import type { CheckNames } from '../names.ts';
import type { CommentLine } from './comment-lines.ts';
import { type CommentCondition, readConditions } from './condition.ts';
import { type CommentRequests, dayAfter, nothingRead, type RequestedName, suppressionProblem } from './request.ts';

const form =
  'Write "tfsg:ignore CHECK[,CHECK] [until=YYYY-MM-DD] [when CONDITION] -- reason", or tfsg:ignore-file at the top of a file.';

/** What people write who mean it, and the words of other tools. */
const meant = [
  'ignore',
  'ignore-file',
  'ignore-line',
  'ignore-next-line',
  'ignore-block',
  'disable',
  'skip',
  'suppress',
];

/** What somebody names who wants a file that can't be read to pass. */
const unsuppressible = new Set([
  'syntax',
  'syntax-error',
  'parse',
  'parse-error',
  'file',
  'terraform',
  'evaluation',
  'error',
]);

/** What a line of a comment asks of tfsg; nothing where it only talks of it. */
export function readOwnComment(line: CommentLine, names: CheckNames): CommentRequests {
  const proper = /^tfsg:ignore(-file)?(?=\s|$)/.exec(line.text);
  if (proper === null) return { requests: [], problems: nearMiss(line, names) };
  const problems: Problem[] = [];
  const fail = (message: string, hint?: string): CommentRequests => ({
    requests: [],
    problems: [suppressionProblem(line, message, hint)],
  });
  const [head] = proper;
  const rest = line.text.slice(head.length);
  const dashes = /(?:^|\s)--+(?=\s|$)/.exec(rest);
  const all = dashes === null ? rest : rest.slice(0, dashes.index);
  const reason = dashes === null ? '' : rest.slice(dashes.index + dashes[0].length).trim();

  const when = /\swhen(?=\s|$)/.exec(all);
  let conditions: readonly CommentCondition[] = [];
  let asked = all;
  if (when !== null) {
    const read = readConditions(all.slice(when.index + when[0].length));
    if (!('conditions' in read)) return fail(`${read[0]}: this suppression comment has no effect.`, read[1]);
    conditions = read.conditions;
    asked = all.slice(0, when.index) + read.rest;
    if (!/^(?:\s+until=\S*)?\s*$/.test(read.rest))
      return fail(
        `"${read.rest.trim()}" is not part of the condition: this suppression comment has no effect.`,
        'Join conditions with "and", and put the reason after "--".',
      );
  }

  let endsOn: string | undefined;
  for (const [, key, value] of asked.matchAll(/(?:^|[\s,])([a-z][\w-]*)=(\S*)/gi)) {
    if (key !== 'until') {
      return fail(
        `Unknown key "${key}=": this suppression comment has no effect.`,
        'The only key is until=YYYY-MM-DD.',
      );
    }
    endsOn = dayAfter(value!);
    if (endsOn === undefined) {
      return fail(`"${value}" is not a date (YYYY-MM-DD): this suppression comment has no effect.`);
    }
  }

  const found: RequestedName[] = [];
  let named = 0;
  for (const match of asked.matchAll(/[^,]+/g)) {
    const text = match[0].replace(/(?:^|\s)[a-z][\w-]*=\S*/gi, '').trim();
    if (text === '') continue;
    named += 1;
    const start = line.start + head.length + match.index + match[0].indexOf(text);
    const span = { file: line.file, start, end: start + text.length };
    const checks = names.findInComment(text);
    if (checks !== undefined) found.push({ text, span, checks });
    else problems.push(suppressionProblem(span, ...unknownName(text, names)));
  }
  if (named === 0) return fail(`${head} names no check: this suppression comment has no effect.`, form);
  if (found.length === 0) return { requests: [], problems };
  const scope = proper[1] === undefined ? 'here' : 'file';
  const { file, start, end } = line;
  const request = {
    tool: 'tfsg',
    span: { file, start, end },
    scope,
    names: found,
    reason,
    endsOn,
    conditions,
  } as const;
  return { requests: [request], problems };
}

function unknownName(text: string, names: CheckNames): [message: string, hint?: string] {
  const [first = '', ...more] = text.split(/\s+/);
  if (more.length > 0 && names.findInComment(first) !== undefined) {
    const others = more.every((each) => names.findInComment(each) !== undefined);
    return [
      `Unknown check "${text}".`,
      others ? 'Separate names with commas.' : 'Separate checks with commas, and put the reason after "--".',
    ];
  }
  if (unsuppressible.has(text.toLowerCase())) {
    return [
      `"${text}" cannot be suppressed: it reports that code was not checked.`,
      'Fix the cause, or exclude the file with "exclude" in .tfsgrc.json.',
    ];
  }
  const nearest = names.nearest(text);
  return [
    `Unknown check "${text}".`,
    nearest === undefined ? 'List all checks with "tfsg checks".' : `Did you mean ${nearest}?`,
  ];
}

/** What looks like one of tfsg's comments and is none. */
function nearMiss(line: CommentLine, names: CheckNames): readonly Problem[] {
  const { text } = line;
  const start = /^tfsg(\s*[-:=.@_]\s*|\s+)([a-z-]+)(.*)$/i.exec(text);
  if (start !== null) {
    const [, between = '', word = '', rest = ''] = start;
    const isSpaced = between.trim() === '';
    // "tfsg ignores such blocks" is a sentence.
    const isMeant = isSpaced
      ? meant.includes(word) && names.findInComment(/[\w./-]+/.exec(rest)?.[0] ?? '') !== undefined
      : nearestName(word, meant) !== undefined || /^:\w/.test(between + word);
    if (!isMeant) return [];
    return [suppressionProblem(line, 'Unrecognized suppression comment; it has no effect.', form)];
  }
  const inside = /\btfsg:ignore(?:-file)?\s+([\w./-]+)/.exec(text);
  if (inside === null || names.findInComment(inside[1]!) === undefined) return nothingRead.problems;
  const at = line.start + inside.index;
  const span = { file: line.file, start: at, end: line.end };
  return [
    suppressionProblem(
      span,
      'This suppression is not at the start of its comment and has no effect.',
      'Put it in a comment of its own.',
    ),
  ];
}
