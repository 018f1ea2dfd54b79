/** Other tools' custom checks as own rules. */

import { yaml } from '../../terraform/functions/libraries.ts';
import { checkovPolicy } from './checkov.ts';
import { type ImportedRule, literal, NoCounterpart, ownRuleOf } from './policy.ts';
import { tfsecPolicies } from './tfsec.ts';
import { asObject } from './untyped.ts';

export { candidates } from './examples.ts';
export type { ImportedRule } from './policy.ts';

/** What became of a custom check: a rule, or why there is none. */
export type Imported =
  | { readonly kind: 'rule'; readonly rule: ImportedRule }
  | { readonly kind: 'left'; readonly id: string; readonly reason: string };

/**
 * The custom checks of a file, in JSON or YAML, which may have several documents.
 *
 * @returns a sentence where it is no such file
 */
export function importedRules(text: string): readonly Imported[] | string {
  const documents = documentsIn(text);
  if (typeof documents === 'string') return documents;
  const found = documents.flatMap((each) => {
    const document = asObject(each);
    if (document === undefined) return [];
    const policy = checkovPolicy(document);
    return policy === undefined ? tfsecPolicies(document) : [policy];
  });
  if (found.length === 0) return 'It has neither custom checks of tfsec nor a policy of checkov.';
  return found.map((each): Imported => {
    if ('left' in each) return { kind: 'left', id: each.id, reason: each.left };
    try {
      return { kind: 'rule', rule: ownRuleOf(each) };
    } catch (error) {
      if (!(error instanceof NoCounterpart)) throw error;
      return { kind: 'left', id: each.id, reason: error.message };
    }
  });
}

function documentsIn(text: string): readonly unknown[] | string {
  const wrong = ({ message }: Error): string => `It is neither JSON nor YAML: ${message.split('\n', 1)[0]}`;
  const documents = yaml().parseAllDocuments(text, { logLevel: 'silent' });
  const all = Array.isArray(documents) ? documents : [];
  const [broken] = all.flatMap(({ errors }) => errors);
  if (broken !== undefined) return wrong(broken);
  try {
    return all.map((each) => each.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    // An alias without an anchor, and one that stands for too much.
    if (error instanceof ReferenceError) return wrong(error);
    throw error;
  }
}

/** The rule as it is declared. */
export function declarationOf(rule: ImportedRule, fails: string, passes: string): string {
  const help = rule.help === undefined ? '' : `  help     = ${literal(rule.help)}\n`;
  return `check ${literal(rule.id)} {
  for      = ${rule.for}
  when     = ${rule.when}
  severity = ${literal(rule.severity)}
  message  = ${literal(rule.message.replace(/([^.!?])$/, '$1.'))}
${help}  aliases  = [${literal(rule.alias)}]

  examples {
    fails = <<T
${fails}
T

    passes = <<T
${passes}
T
  }
}
`;
}
