/** The places behind a finding: where its value came from, and the module calls on the way. */

import type { SyntaxTree } from '../hcl/syntax.ts';
import { containsSpan, type Span, spanKey } from '../source/span.ts';
import type { CallSite } from '../terraform/instances/instance.ts';
import { isConfigurationFile } from '../terraform/modules/configuration-files.ts';
import type { Origin } from '../terraform/values/value.ts';
import type { Related } from './finding.ts';

/** Names places by the declaration that they stand in. */
export class RelatedPlaces {
  readonly #trees = new Map<string, SyntaxTree>();

  /** @param trees of every file that a value can come from, variable files included */
  constructor(trees: readonly SyntaxTree[]) {
    for (const tree of trees) this.#trees.set(tree.file.path, tree);
  }

  /**
   * The places that a value came through beyond `main`, latest first, one for each declaration, then the module calls on the way
   * that none of these places lies in, innermost first. Without an origin none: then the fault is not a value's, and callers
   * can't fix it.
   *
   * @param isSensitive whether the value is: then no text of variable files is shown that it came through
   */
  related(main: Span, origin: Origin | undefined, calls: readonly CallSite[], isSensitive = false): Related[] {
    if (origin === undefined) return [];
    const steps: Related[] = [];
    const told = new Set<string>();
    for (let at: Origin | undefined = origin; at !== undefined; at = at.from) {
      const { span } = at;
      // What lies around or inside the finding's own place says nothing new.
      if (span.file.isVirtual || containsSpan(span, main) || containsSpan(main, span)) continue;
      const message = this.#name(span);
      const before = steps.at(-1);
      // A long expression names several parts of itself: the last one leads on, or is the literal.
      if (before?.message === message && before.span.file === span.file) told.delete(spanKey(steps.pop()!.span));
      if (told.has(spanKey(span))) continue;
      told.add(spanKey(span));
      const isSecret = isSensitive && !isConfigurationFile(nameOf(span.file.path));
      steps.push({ message, span, ...(at.from === undefined && { isSource: true }), ...(isSecret && { isSecret }) });
    }
    const seen = [main, ...steps.map(({ span }) => span)];
    return [...steps, ...callsOnTheWay(calls, seen)];
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

/** The module calls that none of the places lies in, innermost first. */
export function callsOnTheWay(calls: readonly CallSite[], seen: readonly Span[]): Related[] {
  return [...calls]
    .reverse()
    .filter(({ block, span }) => !span.file.isVirtual && !seen.some((place) => containsSpan(block, place)))
    .map(({ name, span }) => {
      const message = name === '' ? 'applied by this unit' : `called as module "${name}" here`;
      return { message, span, isCall: true as const };
    });
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
