/** Arguments of rules that stand there under another name. */

import { containsSpan } from '../../source/span.ts';
import { ruleForms } from '../aws/adapters/resource-types.ts';
import type { Rule } from '../rule.ts';
import type { RuleForm } from '../rule-form.ts';
import { meantName, type UnknownName, unknownNamesIn } from './unknown-names.ts';

/** What a rule says in one argument, or in several. */
export type RuleArgument = 'protocol' | 'fromPort' | 'toPort' | 'peers';

/** Whether one of the arguments that a rule lacks is there under another name, which unknown-attribute says. */
export function isMisnamed(rule: Rule, lacked: readonly RuleArgument[]): boolean {
  // The name that another form has for it means the same.
  const names = ruleForms.flatMap((form) => lacked.flatMap((each) => namesOf(form, each)));
  return [...unknownNamesIn(rule)].some((unknown) => {
    const meant = meantName(unknown);
    return isIn(unknown, rule) && (names.includes(unknown.name) || (meant !== undefined && names.includes(meant)));
  });
}

function namesOf(form: RuleForm, what: RuleArgument): readonly string[] {
  if (what === 'peers') return Object.keys(form.peers);
  const name = form[what];
  return name === undefined ? [] : [name];
}

/** Whether a name stands in the rule's own block or object. */
function isIn({ span, within }: UnknownName, { form, instance, span: place }: Rule): boolean {
  if (form.kind === 'standalone') return within === undefined;
  const block = instance.body.blocks.find((candidate) => candidate.span === place);
  return containsSpan(block?.body.span ?? place, span);
}
