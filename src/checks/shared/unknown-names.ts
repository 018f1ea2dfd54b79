/** The intended names behind unknown arguments and blocks. */

import { type Misnomer, misnomersIn } from '../../model/questions/misnomers.ts';
import type { Rule } from '../../model/rule.ts';
import { containsSpan } from '../../source/span.ts';
import { nearestName } from '../../text/nearest-name.ts';

/** The argument or block that is probably meant, of those that do not stand beside it. */
export function meantName({ name, schema, written }: Misnomer): string | undefined {
  const free = [...schema.arguments, ...Object.keys(schema.blocks)].filter((candidate) => !written.has(candidate));
  return nearestName(name, free);
}

/**
 * Whether what a rule lacks is there under another name, which unknown-attribute says.
 *
 * @param names of the argument in all forms of rules
 */
export function isMisnamed(rule: Rule, names: readonly string[]): boolean {
  return [...misnomersIn(rule.instance)].some((misnomer) => {
    const meant = meantName(misnomer);
    return isIn(misnomer, rule) && (names.includes(misnomer.name) || (meant !== undefined && names.includes(meant)));
  });
}

/** Whether a name stands in the rule's own block or object. */
function isIn({ span, within }: Misnomer, { form, instance, span: place }: Rule): boolean {
  if (form === 'standalone') return within === undefined;
  const block = instance.body.blocks.find((candidate) => candidate.span === place);
  return containsSpan(block?.body.content.span ?? place, span);
}
