/** Variables and locals where they are declared, and the rules that their values reach. */

import type { SyntaxTree } from '../../hcl/syntax.ts';
import type { Rule } from '../../model/rule.ts';
import type { SecurityGroupModel } from '../../model/security-group-model.ts';
import { folderOf } from '../../source/path.ts';
import { containsSpan, type Span, textOf } from '../../source/span.ts';
import { rulePartsOf, spansOf } from './rule-parts.ts';

export interface Declared {
  readonly path: readonly ['var' | 'local', string];
  /** What names it. */
  readonly span: Span;
  /** All of it. */
  readonly whole: Span;
}

/** At the header of a variable, or the name of a local. */
export function declaredAt({ body }: SyntaxTree, offset: number): Declared | undefined {
  const isAt = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  for (const item of body.items) {
    if (item.kind !== 'block' || !isAt(item)) continue;
    const [label] = item.labels;
    if (item.type.name === 'variable' && label !== undefined && isAt(item.header))
      return { path: ['var', label.name], span: item.header, whole: item };
    if (item.type.name !== 'locals') continue;
    for (const local of item.body.items) {
      if (local.kind === 'attribute' && isAt(local.name))
        return { path: ['local', local.name.name], span: local.name, whole: local };
    }
  }
  return undefined;
}

/** The rules with a value that came through a variable or local of a file's directory, each once. */
export function rulesThrough(
  { path: [root, name], whole }: Declared,
  file: string,
  models: readonly SecurityGroupModel[],
): readonly Rule[] {
  const full = `${root}.${name}`;
  const isUse = (text: string): boolean =>
    text.match(/[\p{L}\p{N}_.-]+/gu)?.some((word) => word === full || word.startsWith(`${full}.`)) === true;
  const folder = folderOf(file);
  const isThrough = (span: Span): boolean =>
    containsSpan(whole, span) || (folderOf(span.file.path) === folder && isUse(textOf(span)));
  const rules = new Set<Rule>();
  for (const part of rulePartsOf(models)) {
    if (rules.has(part.rule)) continue;
    for (const span of spansOf(part)) if (isThrough(span)) rules.add(part.rule);
  }
  return [...rules];
}
