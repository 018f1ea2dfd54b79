/** SARIF 2.1.0 for code scanning. */

import { groupBy } from '../../collections/group-by.ts';
import { shownAliases } from '../../findings/aliases.ts';
import { requirementsOf } from '../../findings/standards.ts';
import { siteAddress } from '../../site.ts';
import { formatCount } from '../../text/count.ts';
import { type FindingDocument, type ProblemDocument, type ReportDocument, withEachPlace } from '../document.ts';
import type { SafeText } from '../escape.ts';
import { isAtLeast } from '../exit-code.ts';
import type { DocumentFormat, RenderOptions } from '../format.ts';
import { jsonDocument } from './json.ts';
import { locationOf, plainText, resultGroups, resultOf, worstGroups } from './sarif-results.ts';
import { type RuleCheck, reportingDescriptorOf } from './sarif-rules.ts';
import { Taxonomies } from './sarif-taxonomies.ts';

export const format: DocumentFormat = {
  name: 'sarif',
  audience: 'programs',
  input: 'document',
  render: renderSarif,
};

/** Code scanning rejects a run with more. */
export const MAX_RESULTS = 25_000;

/**
 * One run with a result for each check and line. Undecided questions are no results, but counted in a notification; problems are notifications. A shard's run
 * carries its report in its property bag, for `tfsg merge`.
 *
 * Sources: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html,
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function renderSarif(document: ReportDocument, options: Pick<RenderOptions, 'checks' | 'pageOf'>): SafeText {
  const { tool, problems, shard } = document;
  const { findings } = withEachPlace(document);
  const rules = rulesOf(
    findings,
    options.checks.map((check) => ({
      ...check,
      aliases: shownAliases(check.aliases),
      requirements: requirementsOf(check),
    })),
  );
  const taxonomies = new Taxonomies(rules.flatMap(({ requirements }) => requirements));
  const [supported, all] = [taxonomies.references(), taxonomies.all()];
  const resultRules = new Map(
    rules.map(({ id, requirements }, index) => [id, { index, taxa: taxonomies.taxaOf(requirements) }]),
  );
  const groups = resultGroups(findings);
  const results = worstGroups(groups, MAX_RESULTS).map((group) => resultOf(group, resultRules.get(group[0].check)!));
  return jsonDocument({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            semanticVersion: tool.version,
            ...(siteAddress !== undefined && { informationUri: siteAddress }),
            rules: rules.map((rule) => {
              const relationships = taxonomies.relationshipsOf(rule.requirements);
              const descriptor = reportingDescriptorOf(rule, options.pageOf(rule.id));
              return relationships.length === 0 ? descriptor : { ...descriptor, relationships };
            }),
            ...(supported.length > 0 && { supportedTaxonomies: supported }),
          },
        },
        invocations: [
          {
            executionSuccessful: problems.every(({ severity }) => severity !== 'error'),
            toolExecutionNotifications: [
              ...problems.map(problemNotification),
              ...(results.length < groups.length ? [cutNotification(groups.length - results.length)] : []),
              ...(document.undecided.length > 0 ? [undecidedNotification(document.undecided.length)] : []),
            ],
          },
        ],
        ...(all.length > 0 && { taxonomies: all }),
        columnKind: 'utf16CodeUnits',
        results,
        ...(shard !== undefined && { properties: { tfsg: document } }),
      },
    ],
  });
}

/**
 * All checks, so that rules don't come and go with findings, each at the worst severity that the report has of it: code scanning ranks
 * all results of a rule alike. At the end those that only another version knows, whose report was merged.
 */
function rulesOf(findings: readonly FindingDocument[], checks: readonly RuleCheck[]): RuleCheck[] {
  const byCheck = groupBy(findings, ({ check }) => check);
  const known = new Set(checks.map(({ id }) => id));
  const foreign = [...byCheck]
    .filter(([id]) => !known.has(id))
    .map(([id, [{ severity, aliases }]]): RuleCheck => ({ id, summary: id, severity, aliases, requirements: [] }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...checks, ...foreign].map((check) => {
    const found = (byCheck.get(check.id) ?? []).map(({ severity }) => severity);
    const worst = found.length === 0 ? check.severity : found.reduce((a, b) => (isAtLeast(a, b) ? a : b));
    return { ...check, severity: worst };
  });
}

export function problemNotification({ kind, severity, message, file, range, hint }: ProblemDocument): object {
  return {
    descriptor: { id: kind },
    level: severity,
    message: {
      text: plainText(
        [message, hint ?? '']
          .filter((text) => text !== '')
          .map(withStop)
          .join(' '),
      ),
    },
    ...(file !== null && range !== null && { locations: [locationOf({ file, range })] }),
  };
}

function withStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function undecidedNotification(count: number): object {
  const text = `${formatCount(count, 'check result')} undecided because of unknown values, and ${count === 1 ? 'is' : 'are'} not listed here.`;
  return { descriptor: { id: 'undecided' }, level: 'note', message: { text } };
}

export function cutNotification(count: number): object {
  const text = `${count} results of the lowest severities are omitted because code scanning accepts at most ${MAX_RESULTS}.`;
  return { descriptor: { id: 'limit' }, level: 'warning', message: { text } };
}
