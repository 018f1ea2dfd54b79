/** The checks as SARIF's rules, within the limits of code scanning. */

import type { Check } from '../../findings/check.ts';
import type { Severity } from '../../findings/severity.ts';
import type { Requirements } from '../../findings/standards.ts';
import { siteOf } from '../../site.ts';
import { levelOf } from '../entries.ts';

/** What a rule is made of. */
export type RuleCheck = Pick<Check, 'id' | 'summary' | 'severity' | 'own'> & {
  readonly aliases: readonly string[];
  readonly requirements: readonly Requirements[];
};

/**
 * Code scanning shows over 9.0 as critical, from 7.0 as high, from 4.0 as medium and the rest as low. What is only informative is no
 * security result.
 */
const scores: Readonly<Record<Severity, string | undefined>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: undefined,
};

/** Characters of a rule's descriptions, and tags, that code scanning takes. */
const MAX_DESCRIPTION = 1024;
const MAX_TAGS = 10;

/**
 * A reportingDescriptor.
 *
 * Source: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 *
 * @param page the check's page as Markdown, or an empty text
 */
export function reportingDescriptorOf({ id, summary, severity, aliases, own }: RuleCheck, page: string): object {
  const score = scores[severity];
  const address = own === undefined ? siteOf(id) : /^https?:/.exec(own.docs)?.input;
  const help = helpOf(page) || `${summary}.`;
  return {
    id,
    // Validators reject a name that is the id over again.
    ...(id.includes('-') && { name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()) }),
    shortDescription: { text: clip(`${summary}.`) },
    fullDescription: { text: clip(reasonOf(page) || `${summary}.`) },
    help: { text: help, markdown: help },
    ...(address !== undefined && { helpUri: address }),
    defaultConfiguration: { level: levelOf[severity] },
    properties: {
      tags: [...(score === undefined ? [] : ['security']), ...(own?.tags ?? []), ...aliases].slice(0, MAX_TAGS),
      // What can't be decided before apply is not reported.
      precision: 'high',
      ...(score === undefined ? { 'problem.severity': 'recommendation' } : { 'security-severity': score }),
    },
  };
}

/** The page without its long examples, and without links to other pages, which lead nowhere from a report. */
function helpOf(page: string): string {
  const example = page.indexOf('\n## Example\n');
  const sources = page.lastIndexOf('\n## Sources\n');
  const text =
    example < 0 ? page : page.slice(0, example).trimEnd() + (sources > example ? `\n${page.slice(sources)}` : '');
  return text.replace(/\[([^\]\n]+)\]\((?![a-z]+:)[^)\n]*\)/g, '$1').trim();
}

/** The page's section on why the fault matters, in one line. */
function reasonOf(page: string): string {
  const [, section = ''] = page.split('\n## Why\n');
  return section.split('\n## ', 1)[0]!.replace(/\s+/g, ' ').trim();
}

function clip(text: string): string {
  return text.length <= MAX_DESCRIPTION ? text : `${text.slice(0, MAX_DESCRIPTION - 1)}…`;
}
