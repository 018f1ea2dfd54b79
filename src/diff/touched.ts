/** What of a report a diff touches. */

import { parseJson } from '../hcl/json.ts';
import { parseHcl } from '../hcl/parser.ts';
import type { SyntaxTree } from '../hcl/syntax.ts';
import { type Node, nodesIn } from '../hcl/walk.ts';
import { countsOf, type Report } from '../report/report.ts';
import { positionAt } from '../source/position.ts';
import type { SourceFile } from '../source/source-file.ts';
import { containsSpan, type Span } from '../source/span.ts';
import type { ChangedFile } from './parse.ts';

/**
 * The report without what the diff has nothing to do with. A finding is touched where the diff adds, changes or deletes a line of what
 * its main place, or a related one, stands in: a rule's block, a module call, a local. For any line of it can be what makes
 * the fault: ports open what an older line lets in. Problems stay.
 */
export function touchedBy(changes: readonly ChangedFile[], report: Report): Report {
  const touched = new Touched(changes);
  const kept = {
    findings: report.findings.filter(({ span, related }) =>
      [span, ...related.map((each) => each.span)].some(touched.has),
    ),
    undecided: report.undecided.filter(({ span }) => touched.has(span)),
  };
  const outsideDiff = report.findings.length - kept.findings.length;
  return { ...report, ...kept, summary: { ...report.summary, ...countsOf(kept), outsideDiff } };
}

class Touched {
  readonly #changes: ReadonlyMap<string, ChangedFile>;
  readonly #trees = new Map<SourceFile, SyntaxTree>();

  constructor(changes: readonly ChangedFile[]) {
    this.#changes = new Map(changes.map((change) => [change.path, change]));
  }

  readonly has = (place: Span): boolean => {
    const change = this.#changes.get(place.file.path);
    if (change === undefined || change.isNew) return change !== undefined;
    const around = this.#around(place);
    const first = positionAt(around.file, around.start).line;
    const last = positionAt(around.file, around.end).line;
    return (
      change.lines.some((line) => first <= line && line <= last) ||
      change.gaps.some((line) => first <= line && line < last)
    );
  };

  /** The innermost block or object that a place lies in; in `locals` and variable files, the attribute. */
  #around(place: Span): Span {
    const tree = this.#treeOf(place.file);
    const locals = tree.body.items.flatMap((item) =>
      item.kind === 'block' && item.type.name === 'locals' ? item.body : [],
    );
    const lists = new Set<Node | undefined>([tree.body, ...locals]);
    let innermost: Span = place;
    for (const { node, parent } of nodesIn(tree.body)) {
      if (!containsSpan(node, place)) continue;
      const isPart = node.kind === 'block' ? node.type.name !== 'locals' : node.kind === 'object';
      if (isPart || (node.kind === 'attribute' && lists.has(parent))) innermost = node;
    }
    return innermost;
  }

  #treeOf(file: SourceFile): SyntaxTree {
    let tree = this.#trees.get(file);
    if (tree === undefined) {
      tree = (file.path.endsWith('.json') ? parseJson(file) : parseHcl(file)).value;
      this.#trees.set(file, tree);
    }
    return tree;
  }
}
