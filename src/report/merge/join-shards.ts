/** Reports of the shards of one run -> the report of the whole run. */

import { membersOf } from '../../findings/gather.ts';
import { mergeParts } from '../../findings/merge.ts';
import { withWhen } from '../../findings/when.ts';
import { compareStrings } from '../../terraform/values/value.ts';
import { causesOf } from '../causes.ts';
import {
  type FindingDocument,
  type PartDocument,
  type ProblemDocument,
  type ReportDocument,
  ranges,
} from '../document.ts';
import { countsOf, type Summary } from '../report.ts';

/**
 * Joins the reports of all shards into what the run without --shard gives, byte for byte. A report without the parts of a shard
 * is joined as far as it tells: each of its findings is taken for one of all its instances.
 *
 * @param reports at least one
 */
export function joinReports(reports: readonly ReportDocument[]): ReportDocument {
  const [first] = reports as readonly [ReportDocument];
  const parts = [...reports]
    .sort((a, b) => (a.shard?.index ?? 0) - (b.shard?.index ?? 0))
    .flatMap((report) => report.shard?.parts ?? partsOf(report))
    .map((part) => ({ ...part, fingerprint: () => part.fingerprint }));
  const merged = mergeParts(parts, ranges);
  return {
    schemaVersion: first.schemaVersion,
    tool: first.tool,
    findings: merged.findings,
    problems: joinProblems(reports.flatMap(({ problems }) => problems)),
    undecided: merged.undecided,
    causes: causesOf(merged.undecided, ranges),
    summary: { ...summed(reports.map(({ summary }) => summary)), ...countsOf(merged) },
  };
}

/** The shards that are missing or there twice, in words; undefined where each is there once, or none is a shard's. */
export function incompleteShards(reports: readonly ReportDocument[]): string | undefined {
  const shards = reports.flatMap(({ shard }) => shard ?? []);
  if (shards.length === 0) return undefined;
  if (shards.length < reports.length) return 'Some reports are from a run with --shard and some are not.';
  const counts = [...new Set(shards.map(({ count }) => count))];
  const [count] = counts as [number];
  if (counts.length > 1) return `The reports are from runs with different numbers of shards: ${firstOf(counts)}.`;
  const times = new Map<number, number>();
  for (const { index } of shards) times.set(index, (times.get(index) ?? 0) + 1);
  const all = Array.from({ length: count }, (_, index) => index + 1);
  const missing = all.filter((index) => !times.has(index));
  if (missing.length > 0) return `Missing shards: ${firstOf(missing)} of ${count}.`;
  const twice = all.filter((index) => times.get(index)! > 1);
  return twice.length > 0 ? `Duplicate shards: ${firstOf(twice)}.` : undefined;
}

/** The first ten numbers, and how many more there are. */
function firstOf(numbers: readonly number[]): string {
  const more = numbers.length - 10;
  return `${numbers.slice(0, 10).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function partsOf({ findings, undecided }: ReportDocument): PartDocument[] {
  return [
    ...membersOf(findings, ranges).flatMap((finding) => {
      const environments = finding.environments.length > 0 ? finding.environments : [null];
      const cases = finding.roots.flatMap((root) => environments.map((environment) => ({ root, environment })));
      return cases.flatMap((each) => finding.instances.flatMap((instance) => partsOfFinding(finding, instance, each)));
    }),
    ...undecided.flatMap(({ check, severity, subject, because, file, range, question, roots, decidedBy }) =>
      roots.map(
        (root): PartDocument => ({
          ...{
            answer: 'unknown',
            check,
            severity,
            message: '',
            help: '',
            file,
            range,
            subject,
            instance: subject,
            because,
          },
          ...{ root, environment: null, related: [], aliases: [], fingerprint: '', fix: null, suggestions: [] },
          ...(question !== null && { question }),
          ...(decidedBy === 'caller' && { isCallers: true }),
        }),
      ),
    ),
  ];
}

/** One for each world. */
function partsOfFinding(
  finding: FindingDocument,
  instance: string,
  where: Pick<PartDocument, 'root' | 'environment'>,
): PartDocument[] {
  const { instances: _, environments: __, roots: ___, members: ____, ...known } = finding;
  const { when = [], reach, reachBecause: because = [], ...rest } = known;
  const prefix = withWhen('', when);
  const message = rest.message.startsWith(prefix) ? rest.message.slice(prefix.length) : rest.message;
  const part: PartDocument = {
    answer: 'yes',
    ...rest,
    message,
    related: rest.related.filter(({ step }) => step === undefined),
    instance,
    ...where,
    because: [],
    ...(reach !== undefined && {
      reach: { reach, because, way: rest.related.filter(({ step }) => step !== undefined) },
    }),
  };
  return when.length === 0 ? [part] : when.map((each) => ({ ...part, when: each }));
}

/** Each once, in order. */
export function joinProblems(problems: readonly ProblemDocument[]): ProblemDocument[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...unique.values()].sort((a, b) => {
    const byPlace =
      a.file === null || b.file === null || a.range === null || b.range === null
        ? Number(a.file !== null) - Number(b.file !== null)
        : ranges.compare({ file: a.file, range: a.range }, { file: b.file, range: b.range });
    return byPlace || compareStrings(a.message, b.message);
  });
}

/** Each number added up. */
export function summed(summaries: readonly Summary[]): Summary {
  const [first, ...rest] = summaries as readonly [Summary, ...Summary[]];
  return rest.reduce((sum, each) => {
    const names = Object.keys(sum) as (keyof Summary)[];
    return Object.fromEntries(names.map((name) => [name, sum[name] + each[name]])) as unknown as Summary;
  }, first);
}
