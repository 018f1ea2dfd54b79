/** HCL's native syntax: text to syntax tree. */

import type { Outcome } from '../../source/problem.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Block, Body, SyntaxTree } from '../syntax.ts';
import { bracedBlock } from './block.ts';
import { body } from './body.ts';
import { type Conflicts, conflictsOf } from './conflicts.ts';
import { otherLanguage } from './other-language.ts';
import { ParserState } from './state.ts';

/**
 * A whole file. There is always a tree; what could not be read is missing from it or `invalid` in it, and each fault is one
 * problem, in order of place. Where braces are missing or too many, indentation decides which, if that explains the
 * file with no more problems. A file of another language is one problem. Never throws.
 */
export function parseHcl(file: SourceFile): Outcome<SyntaxTree> {
  const outcome = best(file, undefined);
  if (outcome.problems.length === 0) return outcome;
  const conflicts = conflictsOf(file.text, outcome.problems);
  if (conflicts !== undefined) return best(file, conflicts);
  const problem = otherLanguage(file, outcome.problems);
  return problem === undefined ? outcome : { value: outcome.value, problems: [problem] };
}

/**
 * The same, with less in memory: where there are no problems, the bodies of some blocks are let go, and read again if they are asked for.
 *
 * @param isAside whether nobody is likely to ask for the body of a block of the file's own body
 */
export function parseHclAndLetGo(file: SourceFile, isAside: (block: Block) => boolean): Outcome<SyntaxTree> {
  const outcome = parseHcl(file);
  const { value: tree, problems } = outcome;
  if (problems.length > 0) return outcome;
  const items = tree.body.items.map((item) =>
    item.kind === 'block' && isAside(item) ? { ...item, body: new LateBody(item) } : item,
  );
  return { value: { ...tree, body: { ...tree.body, items } }, problems };
}

/** A body that was let go. */
class LateBody implements Body {
  readonly kind = 'body';
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  readonly #type: Block['type'];
  #items: Body['items'] | undefined;

  constructor({ type, body: { file, start, end } }: Block) {
    this.#type = type;
    this.file = file;
    this.start = start;
    this.end = end;
  }

  get items(): Body['items'] {
    if (this.#items === undefined) {
      const state = new ParserState(this.file, false);
      state.seek(this.start);
      state.advance();
      this.#items = bracedBlock(state, this.#type, []).body.items;
    }
    return this.#items;
  }
}

function best(file: SourceFile, conflicts: Conflicts | undefined): Outcome<SyntaxTree> {
  const plain = parse(file, conflicts, false);
  if (!plain.state.unbalanced) return plain.outcome;
  const indented = parse(file, conflicts, true);
  return indented.state.reports <= plain.state.reports ? indented.outcome : plain.outcome;
}

function parse(
  file: SourceFile,
  conflicts: Conflicts | undefined,
  byIndentation: boolean,
): { state: ParserState; outcome: Outcome<SyntaxTree> } {
  const state = new ParserState(file, byIndentation, conflicts?.text);
  for (const { start, end } of conflicts?.markers ?? []) {
    const hint = 'Keep one side, and remove the lines with <<<<<<<, ======= and >>>>>>>. The first side was read.';
    state.reportOnce('conflict', 'Unresolved merge conflict', start, end, hint);
  }
  state.advance();
  const tree: SyntaxTree = { file, body: body(state), comments: state.comments, syntax: 'native' };
  return { state, outcome: { value: tree, problems: state.allProblems() } };
}
