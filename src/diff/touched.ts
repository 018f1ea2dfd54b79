/** Which parts of a report a diff touches. */

import type { Finding } from '../findings/finding.ts';
import { gather, membersOf } from '../findings/gather.ts';
import { spans } from '../findings/places.ts';
import { parseJson } from '../hcl/json/parser.ts';
import { parseHcl } from '../hcl/native/parser.ts';
import type { SyntaxTree } from '../hcl/syntax.ts';
import { type Node, nodesIn } from '../hcl/walk.ts';
import { countsOf, type Report } from '../report/report.ts';
import { positionAt } from '../source/position.ts';
import type { SourceFile } from '../source/source-file.ts';
import { containsSpan, type Span } from '../source/span.ts';
import type { ChangedFile } from './parse.ts';

/**
 * The report without what the diff has nothing to do with. A finding, and each member of one, is touched where the diff adds, changes or deletes a line of what
 * its main place, or a related one, stands in: a rule's block, a module call, a local. For any line of it can be what makes
 * the fault: ports open what an older line allows. Problems stay.
 */
export function touchedBy(changes: readonly ChangedFile[], report: Report): Report {
  const touched = new Touched(changes);
  const findings = membersOf(report.findings, spans);
  const inDiff = findings.filter((finding) => placesOf(finding).some(touched.has));
  const kept = {
    findings: gather(inDiff, spans),
    undecided: report.undecided.filter(({ span }) => touched.has(span)),
  };
  const outsideDiff = findings.length - inDiff.length;
  return { ...report, ...kept, summary: { ...report.summary, ...countsOf(kept), outsideDiff } };
}

/** The way from the internet counts where it leads in: a change of it can be what opened it. */
function placesOf({ span, related, reach }: Finding): readonly Span[] {
  const counted = related.filter(({ step }) => step === undefined || reach === 'internet');
  return [span, ...counted.map((each) => each.span)];
}

/** Something of which any line can make a fault, and the innermost such thing around it. */
interface Part {
  readonly span: Span;
  readonly around: Part | undefined;
}

class Touched {
  readonly #changes: ReadonlyMap<string, ChangedFile>;
  readonly #parts = new Map<SourceFile, readonly Part[]>();

  constructor(changes: readonly ChangedFile[]) {
    const ascending = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b);
    this.#changes = new Map(
      changes.map((change) => [
        change.path,
        { ...change, lines: ascending(change.lines), gaps: ascending(change.gaps) },
      ]),
    );
  }

  readonly has = (place: Span): boolean => {
    const change = this.#changes.get(place.file.path);
    if (change === undefined || change.isNew) return change !== undefined;
    const around = this.#around(place);
    const first = positionAt(around.file, around.start).line;
    const last = positionAt(around.file, around.end).line;
    return hasBetween(change.lines, first, last) || hasBetween(change.gaps, first, last - 1);
  };

  /** The innermost block or object that a place lies in; in `locals` and variable files, the attribute. */
  #around(place: Span): Span {
    const parts = this.#partsOf(place.file);
    let part = parts[firstAbove(parts.length, (index) => parts[index]!.span.start > place.start) - 1];
    while (part !== undefined && !containsSpan(part.span, place)) part = part.around;
    return part?.span ?? place;
  }

  /** In order of place. */
  #partsOf(file: SourceFile): readonly Part[] {
    const known = this.#parts.get(file);
    if (known !== undefined) return known;
    const tree: SyntaxTree = (file.path.endsWith('.json') ? parseJson(file) : parseHcl(file)).value;
    const locals = tree.body.items.flatMap((item) =>
      item.kind === 'block' && item.type.name === 'locals' ? item.body : [],
    );
    const lists = new Set<Node | undefined>([tree.body, ...locals]);
    const parts: Part[] = [];
    const innermost = new Map<Node | undefined, Part | undefined>();
    for (const { node, parent } of nodesIn(tree.body)) {
      const around = innermost.get(parent);
      const isPart = node.kind === 'block' ? node.type.name !== 'locals' : node.kind === 'object';
      const part = isPart || (node.kind === 'attribute' && lists.has(parent)) ? { span: node, around } : undefined;
      if (part !== undefined) parts.push(part);
      innermost.set(node, part ?? around);
    }
    parts.sort((a, b) => a.span.start - b.span.start);
    this.#parts.set(file, parts);
    return parts;
  }
}

/** Whether one of some ascending numbers is between two, both included. */
function hasBetween(numbers: readonly number[], first: number, last: number): boolean {
  const next = numbers[firstAbove(numbers.length, (index) => numbers[index]! >= first)];
  return next !== undefined && next <= last;
}

/** The first index from which on something holds, or `length`. */
function firstAbove(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
