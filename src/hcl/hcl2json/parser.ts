/** HashiCorp's parser in tfsg's line: as the referee of the native parser, or in its place. Only who imports this file can start it. */

import { offsetAt, positionAt } from '../../source/position.ts';
import type { Outcome, Problem } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { SyntaxTree } from '../syntax.ts';
import type { Complaint, Hcl2json } from './thread.ts';
import { anchor } from './tree.ts';

export { createHcl2json, type Hcl2json, refereeBounds, type Verdict } from './thread.ts';

/**
 * The file through hcl2json alone: a tree of native syntax with the values of hcl2json's JSON. Where hcl2json rejects the file, or
 * can't read it, the tree is empty. Never rejects.
 */
export async function parseWithHcl2json(hcl2json: Hcl2json, file: SourceFile): Promise<Outcome<SyntaxTree>> {
  const verdict = await hcl2json.judge(file);
  const nothing = { kind: 'body', file, start: file.textStart, end: file.text.length, items: [] } as const;
  const value: SyntaxTree = { file, body: nothing, comments: [], syntax: 'native' };
  const span = { file, start: file.textStart, end: file.textStart };
  switch (verdict.kind) {
    case 'accepted':
      return anchor(file, verdict.json);
    case 'rejected':
      return { value, problems: verdict.complaints.map((complaint) => problemOf(file, complaint)) };
    case 'inexpressible': {
      const message = `hcl2json can read ${file.path} but cannot express it in JSON: ${verdict.message}.`;
      return { value, problems: [{ kind: 'limit', severity: 'error', message, span, hint: 'Use the native parser.' }] };
    }
    case 'unavailable': {
      const message = `hcl2json could not read ${file.path}: ${verdict.message}.`;
      return {
        value,
        problems: [{ kind: 'internal', severity: 'error', message, span, hint: 'Use the native parser.' }],
      };
    }
  }
}

/**
 * Gives HashiCorp's parser the last word on whether a file is HCL; asks it only where `native` has a syntax error.
 * - It rejects the file: `native` stands. Where its first syntax error has no hint, and HashiCorp's parser names the same line,
 *   the hint tells what it says.
 * - It accepts the file: its own reading replaces `native`, and a warning asks for a bug report.
 * - It gives no answer, or is not asked since an open heredoc would take it too long: `native` stands.
 *
 * Never rejects.
 * @param native what `parseHcl` gave for `file`
 */
export async function refereeHcl2json(
  hcl2json: Hcl2json,
  file: SourceFile,
  native: Outcome<SyntaxTree>,
): Promise<Outcome<SyntaxTree>> {
  const first = native.problems.find((problem) => problem.kind === 'syntax' && problem.severity === 'error');
  if (first === undefined || opensLongHeredoc(file, native.problems)) return native;
  const verdict = await hcl2json.judge(file);
  switch (verdict.kind) {
    case 'accepted': {
      const anchored = anchor(file, verdict.json);
      const report: Problem = {
        kind: 'internal',
        severity: 'warning',
        message: `HashiCorp's parser accepts ${file.path}, but tfsg's own does not (${first.message}); the file was checked with HashiCorp's parser.`,
        hint: 'This is a bug in tfsg: please report it with the lines around this place.',
        ...(first.span !== undefined && { span: first.span }),
      };
      return { value: anchored.value, problems: [report, ...anchored.problems] };
    }
    case 'rejected': {
      const [complaint] = verdict.complaints;
      const line = first.span === undefined ? undefined : positionAt(file, first.span.start).line;
      // About another line it would contradict, and beside a next step it would repeat.
      if (first.hint !== undefined || complaint!.line !== line) return native;
      const hinted: Problem = { ...first, hint: `HashiCorp's parser says: ${wordsOf(complaint!)}` };
      return {
        value: native.value,
        problems: native.problems.map((problem) => (problem === first ? hinted : problem)),
      };
    }
    default:
      return native;
  }
}

/** More lines than these behind an open heredoc take HashiCorp's parser seconds: the square of their number. */
const MAX_HEREDOC_LINES = 500;

/** Whether one of the problems of a file is a heredoc without its end, with many lines behind it. */
function opensLongHeredoc(file: SourceFile, problems: readonly Problem[]): boolean {
  const opener = problems.find(({ span }) => span !== undefined && file.text.startsWith('<<', span.start))?.span;
  if (opener === undefined) return false;
  return positionAt(file, file.text.length).line - positionAt(file, opener.start).line > MAX_HEREDOC_LINES;
}

function problemOf(file: SourceFile, complaint: Complaint): Problem {
  const start = offsetAt(file, complaint.line, complaint.column);
  const message = `${complaint.summary}: ${complaint.detail}`;
  return { kind: 'syntax', severity: 'error', message, span: { file, start, end: start } };
}

function wordsOf({ line, summary, detail }: Complaint): string {
  return `line ${line}: ${summary}${detail === '' ? '' : `. ${detail}`}`;
}
