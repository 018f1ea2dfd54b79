/** Which versions of Terraform a module may run with. */

import { keptFor } from '../../collections/kept-for.ts';
import type { SyntaxTree } from '../../hcl/syntax.ts';

/**
 * Whether `required_version` in one of the files excludes every Terraform from 0.12 on. A constraint that is not a plain string excludes none.
 *
 * Source: https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export function excludesModern(trees: readonly SyntaxTree[]): boolean {
  return trees.some(isOld);
}

const isOld = keptFor(({ body }: SyntaxTree): boolean =>
  body.items.some(
    (block) =>
      block.kind === 'block' &&
      block.type.name === 'terraform' &&
      block.body.items.some(
        (item) =>
          item.kind === 'attribute' &&
          item.name.name === 'required_version' &&
          item.value.kind === 'string' &&
          item.value.value.split(',').some(endsBeforeModern),
      ),
  ),
);

/** Whether all versions that one constraint allows are older than 0.12. */
function endsBeforeModern(constraint: string): boolean {
  const [, operator = '=', major, minor, patch] =
    /^\s*([=!<>~]*)\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(constraint) ?? [];
  if (major === undefined || Number(major) > 0) return false;
  const [second, third] = [Number(minor ?? 0), Number(patch ?? 0)];
  switch (operator) {
    case '':
    case '=':
    case '<=':
      return second < 12;
    case '<':
      return second < 12 || (second === 12 && third === 0);
    case '~>':
      // The last number may grow: of two numbers, the second one.
      return patch !== undefined && second < 12;
    default:
      return false;
  }
}
