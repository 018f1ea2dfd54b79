/** HCL's native syntax: text to syntax tree. */

import type { Outcome, Problem } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { SyntaxTree } from '../syntax.ts';
import { body } from './body.ts';
import { ParserState } from './state.ts';

/**
 * A whole file. There is always a tree; what could not be read is missing from it or `invalid` in it, and each fault is one
 * problem, in order of place. Where braces are missing or too many, indentation decides which, if that explains the
 * file with no more problems. Never throws.
 */
export function parseHcl(file: SourceFile): Outcome<SyntaxTree> {
  const plain = parse(file, false);
  if (!plain.state.unbalanced) return plain.outcome;
  const indented = parse(file, true);
  return indented.outcome.problems.length <= plain.outcome.problems.length ? indented.outcome : plain.outcome;
}

function parse(file: SourceFile, byIndentation: boolean): { state: ParserState; outcome: Outcome<SyntaxTree> } {
  const state = new ParserState(file, byIndentation);
  state.advance();
  const tree: SyntaxTree = { file, body: body(state), comments: state.comments, syntax: 'native' };
  return { state, outcome: { value: tree, problems: inOrder(state.problems) } };
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length < 2) return problems;
  return [...problems].sort((a, b) => a.span!.start - b.span!.start);
}
