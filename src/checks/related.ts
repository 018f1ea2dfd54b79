/** The places behind a finding: where its value came from, and the module calls on the way. */

import type { SyntaxTree } from '../hcl/syntax.ts';
import { containsSpan, type Span } from '../source/span.ts';
import type { CallSite } from '../terraform/configuration.ts';
import type { Origin } from '../terraform/value.ts';
import type { Related } from './finding.ts';

/** Names places by the declaration that they stand in. */
export class Places {
  readonly #trees = new Map<string, SyntaxTree>();

  /** @param trees of every file that a value can come from, variable files included */
  constructor(trees: readonly SyntaxTree[]) {
    for (const tree of trees) this.#trees.set(tree.file.path, tree);
  }

  /**
   * The places that a value came through beyond `main`, latest first, then the module calls on the way that none of these
   * places lies in, innermost first. Without an origin none: then the fault is not a value's, and callers can't mend it.
   */
  related(main: Span, origin: Origin | undefined, calls: readonly CallSite[]): Related[] {
    const related: Related[] = [];
    const add = (span: Span, message: string): void => {
      if (span.file.isVirtual || isSame(span, main) || related.some((other) => isSame(span, other.span))) return;
      related.push({ message, span });
    };
    for (let at = origin; at !== undefined; at = at.from) {
      // What lies around or inside the finding's own place says nothing new.
      if (!containsSpan(at.span, main) && !containsSpan(main, at.span)) add(at.span, this.#name(at.span));
    }
    if (origin === undefined) return related;
    const seen = [main, ...related.map(({ span }) => span)];
    for (const { name, span, block } of [...calls].reverse()) {
      if (!seen.some((place) => containsSpan(block, place))) add(span, `called as module "${name}" here`);
    }
    return related;
  }

  #name(span: Span): string {
    const tree = this.#trees.get(span.file.path);
    const item = tree?.body.items.find((candidate) => containsSpan(candidate, span));
    if (item === undefined) return 'value from here';
    if (item.kind === 'attribute') return `value of var.${item.name.name}`;
    const [first = '', second = ''] = item.labels.map((label) => label.name);
    const inner = item.body.items.find((candidate) => containsSpan(candidate, span));
    const attribute = inner?.kind === 'attribute' ? inner.name.name : inner?.type.name;
    switch (item.type.name) {
      case 'variable':
        return `default of var.${first}`;
      case 'locals':
        return `local.${attribute ?? '?'}`;
      case 'module':
        return attribute === undefined ? `module.${first}` : `argument "${attribute}" of module.${first}`;
      case 'output':
        return `output.${first}`;
      case 'data':
        return `data.${first}.${second}`;
      case 'resource':
        return attribute === undefined ? `${first}.${second}` : `"${attribute}" of ${first}.${second}`;
      default:
        return 'value from here';
    }
  }
}

const isSame = (a: Span, b: Span): boolean => a.file.path === b.file.path && a.start === b.start && a.end === b.end;
