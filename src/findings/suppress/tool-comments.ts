/** Suppression comments of other tools, for checks that tfsg has too. */

import { append } from '../../collections/append.ts';
import type { HonoredTool } from '../../config/suppression-settings.ts';
import type { Problem } from '../../source/problem.ts';
import type { Span } from '../../source/span.ts';
import type { CheckNames } from '../names.ts';
import type { CommentLine } from './comment-lines.ts';
import {
  type CommentRequests,
  isDay,
  nothingRead,
  type Request,
  type SuppressionScope,
  suppressionProblem,
} from './request.ts';

type Read = (line: CommentLine, names: CheckNames) => CommentRequests;

/** What a line of a comment asks of another tool. Ids that mean nothing to tfsg are left out: they are the other tool's affair. */
export function readToolComment(tool: HonoredTool, line: CommentLine, names: CheckNames): CommentRequests {
  return readers[tool](line, names);
}

/**
 * `checkov:skip=CKV_AWS_24:reason`, anywhere in the text.
 *
 * Source: `COMMENT_REGEX` in https://github.com/bridgecrewio/checkov/blob/main/checkov/common/comment/enum.py
 */
const readCheckov: Read = (line, names) => {
  const match = /(?:checkov|bridgecrew):skip= *([A-Z_\d]+)(:.+)?/.exec(line.text);
  if (match === null) return { requests: [], problems: nearMiss('checkov', line, names) };
  const span = within(line, match.index, match[0].length);
  return requested('checkov', span, 'inside', [match[1]!], names, { reason: match[2]?.slice(1).trim() ?? '' });
};

/**
 * `tfsec:ignore:ID`, also `:exp:2026-01-31` (the first day without it) and `:ws:name`; one or more in a line.
 *
 * Source: https://github.com/aquasecurity/trivy/blob/main/pkg/iac/ignore/parse.go
 */
const readAqua =
  (tool: 'tfsec' | 'trivy'): Read =>
  (line, names) => {
    const requests: Request[] = [];
    const problems: Problem[] = [];
    const words = [...line.text.matchAll(/\S+/g)].map((match) => {
      const text = match[0].replace(/^[#/*]+/, '');
      return { text, at: match.index + match[0].length - text.length };
    });
    const asks = words.filter(({ text }) => text.startsWith(`${tool}:`));
    const said = words.filter(({ text }) => /[\p{L}\p{N}]/u.test(text) && !/^(?:tfsec|trivy):/.test(text));
    for (const { text, at } of asks) {
      const sections = text.slice(tool.length + 1).split(':');
      const sectionOf = (key: string): string | undefined => {
        const index = sections.findIndex((each, place) => place % 2 === 0 && each === key);
        return index === -1 ? undefined : sections[index + 1];
      };
      const id = sectionOf('ignore');
      if (id === undefined || id === '') continue;
      const span = within(line, at, text.length);
      const [name = '', values] = id.split('[');
      if (values !== undefined) {
        if (names.findInComment(name) !== undefined)
          problems.push(
            suppressionProblem(
              span,
              `tfsg does not support values in brackets: this suppression comment has no effect.`,
              'Put a comment at the value itself, for example in its list.',
            ),
          );
        continue;
      }
      const endsOn = sectionOf('exp');
      if (endsOn !== undefined && !isDay(endsOn)) {
        if (name === '*' || names.findInComment(name) !== undefined)
          problems.push(
            suppressionProblem(span, `"${endsOn}" is not a date (YYYY-MM-DD): this suppression comment has no effect.`),
          );
        continue;
      }
      const workspace = sectionOf('ws');
      const conditions =
        workspace === undefined ? [] : [{ name: 'terraform.workspace', isEqual: true, value: workspace }];
      const more = { reason: said.map(({ text }) => text).join(' '), endsOn, conditions };
      const ids = name === '*' ? undefined : [name];
      append(requests, requested(tool, span, 'here', ids, names, more).requests);
    }
    if (requests.length === 0 && problems.length === 0) append(problems, nearMiss(tool, line, names));
    return { requests, problems };
  };

/**
 * `kics-scan ignore-line`, `ignore-block`, and for the whole file `ignore`, `disable=ID,ID` and `enable=ID,ID`.
 *
 * Source: https://docs.kics.io/latest/running-kics/#using-commands-on-scanned-files-as-comments
 */
const readKics: Read = (line, names) => {
  const match = /^kics-scan\s+(\S+)(.*)$/i.exec(line.text);
  if (match === null) return nothingRead;
  const [, word = '', rest = ''] = match;
  const [command = '', list] = word.toLowerCase().split('=');
  const more = { reason: rest.trim() };
  const ids = list?.split(',').filter((id) => id !== '');
  switch (command) {
    case 'ignore-line':
      return requested('kics', line, 'line', undefined, names, more);
    case 'ignore-block':
      return requested('kics', line, 'here', undefined, names, more);
    case 'ignore':
      return requested('kics', line, 'file', undefined, names, more);
    case 'disable':
      return requested('kics', line, 'file', ids ?? [], names, more);
    case 'enable': {
      const kept = new Set((ids ?? []).flatMap((id) => [...(names.findInComment(id) ?? [])]));
      const checks = new Set([...names.ofTool('kics')].filter((id) => !kept.has(id)));
      return requested('kics', line, 'file', undefined, names, more, checks);
    }
    default:
      return {
        requests: [],
        problems: [
          suppressionProblem(
            line,
            `KICS has no command "${word}": this suppression comment has no effect.`,
            'Its commands are ignore-line, ignore-block, ignore, disable= and enable=.',
          ),
        ],
      };
  }
};

const readers: Readonly<Record<HonoredTool, Read>> = {
  checkov: readCheckov,
  tfsec: readAqua('tfsec'),
  trivy: readAqua('trivy'),
  kics: readKics,
};

const forms: Readonly<Record<Exclude<HonoredTool, 'kics'>, string>> = {
  checkov: 'checkov:skip=ID:reason',
  tfsec: 'tfsec:ignore:ID',
  trivy: 'trivy:ignore:ID',
};

/** @param ids undefined for everything that the tool checks */
function requested(
  tool: HonoredTool,
  { file, start, end }: Span,
  scope: SuppressionScope,
  ids: readonly string[] | undefined,
  names: CheckNames,
  more: Pick<Request, 'reason'> & Partial<Request>,
  everything: ReadonlySet<string> = names.ofTool(tool),
): CommentRequests {
  const span = { file, start, end };
  const found =
    ids === undefined
      ? [{ text: file.text.slice(start, end), span, checks: everything }]
      : ids.flatMap((text) => {
          const checks = names.findInComment(text);
          return checks === undefined ? [] : [{ text, span, checks }];
        });
  if (found.length === 0) return nothingRead;
  const request = { tool, span, scope, names: found, endsOn: undefined, conditions: [], ...more };
  return { requests: [request], problems: [] };
}

const misspeltFor = (tool: string): RegExp =>
  new RegExp(`\\b${tool}[^\\w\\s]?\\s*(?:skip|ignore|disable|suppress)\\b[\\s:=.]*([\\w*-]+)`, 'i');

const misspelt = { checkov: misspeltFor('checkov'), tfsec: misspeltFor('tfsec'), trivy: misspeltFor('trivy') } as const;

/** What looks like a comment of a tool and is none, with an id that means something to tfsg. */
function nearMiss(tool: Exclude<HonoredTool, 'kics'>, line: CommentLine, names: CheckNames): readonly Problem[] {
  const match = misspelt[tool].exec(line.text);
  if (match === null || names.findInComment(match[1]!) === undefined) return [];
  return [
    suppressionProblem(
      within(line, match.index, match[0].length),
      `Unrecognized ${tool} suppression comment; it has no effect.`,
      `Write ${forms[tool]}.`,
    ),
  ];
}

function within({ file, start }: Span, offset: number, length: number): Span {
  return { file, start: start + offset, end: start + offset + length };
}
