/** A report as data: what schema/report.schema.json describes, and the source of the formats for programs. */

import type {
  Finding,
  FindingOf,
  Fix,
  FixOf,
  Part,
  PartOf,
  Related,
  RelatedOf,
  Undecided,
  UndecidedOf,
} from '../findings/finding.ts';
import { membersOf } from '../findings/gather.ts';
import type { PlaceKind } from '../findings/places.ts';
import { type Range, rangeOf } from '../source/position.ts';
import type { Problem, ProblemKind } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { compareStrings } from '../terraform/values/value.ts';
import { version } from '../version.ts';
import { type CauseOf, causesOf } from './causes.ts';
import type { Report, Summary } from './report.ts';

/** Counts up where a program that read the format before would misread it. */
export const SCHEMA_VERSION = 1;

/** Where something stands: a path relative to the tree's root, with `/`. */
export interface PlaceDocument {
  readonly file: string;
  readonly range: Range;
}

export type FindingDocument = FindingOf<PlaceDocument>;
export type UndecidedDocument = UndecidedOf<PlaceDocument>;
export type PartDocument = Omit<PartOf<PlaceDocument>, 'fingerprint'> & { readonly fingerprint: string };
export type CauseDocument = CauseOf<PlaceDocument>;

/** `file` and `range` are null together, where there is no text. */
export interface ProblemDocument {
  readonly kind: ProblemKind;
  readonly severity: Problem['severity'];
  readonly message: string;
  readonly file: string | null;
  readonly range: Range | null;
  readonly hint: string | null;
}

/** Sorted as `Report` is. */
export interface ReportDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly tool: { readonly name: 'tfsg'; readonly version: string };
  readonly findings: readonly FindingDocument[];
  readonly problems: readonly ProblemDocument[];
  readonly undecided: readonly UndecidedDocument[];
  /** The same by what decides it. */
  readonly causes: readonly CauseDocument[];
  readonly summary: Summary;
  /** What `tfsg merge` needs of a run with --shard; `1 <= index <= count`. */
  readonly shard?: { readonly index: number; readonly count: number; readonly parts: readonly PartDocument[] };
}

/** Places of documents. */
export const ranges: PlaceKind<PlaceDocument> = {
  key: ({ file, range }) => `${range.start.offset} ${range.end.offset} ${file}`,
  file: ({ file }) => file,
  compare: (a, b) =>
    compareStrings(a.file, b.file) ||
    a.range.start.offset - b.range.start.offset ||
    a.range.end.offset - b.range.end.offset,
  pick: ({ file, range }) => ({ file, range }),
};

export function documentOf(report: Report): ReportDocument {
  const undecided = report.undecided.map(undecidedDocument);
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'tfsg', version },
    findings: report.findings.map(findingDocument),
    problems: report.problems.map(problemDocument),
    undecided,
    causes: causesOf(undecided, ranges),
    summary: report.summary,
    ...(report.shard !== undefined && { shard: { ...report.shard, parts: report.shard.parts.map(partDocument) } }),
  };
}

export function problemDocument({ kind, severity, message, span, hint }: Problem): ProblemDocument {
  if (span === undefined || span.file.isVirtual) {
    const text = span === undefined ? message : `${span.file.path}: ${message}`;
    return { kind, severity, message: text, file: null, range: null, hint: hint ?? null };
  }
  return { kind, severity, message, ...placeDocument(span), hint: hint ?? null };
}

export function placeDocument(span: Span): PlaceDocument {
  return { file: span.file.path, range: rangeOf(span) };
}

/** The report with each finding at its own place, for services that follow findings by their lines. */
export function withEachPlace(document: ReportDocument): ReportDocument {
  return { ...document, findings: membersOf(document.findings, ranges) };
}

function findingDocument(finding: Finding): FindingDocument {
  return {
    check: finding.check,
    severity: finding.severity,
    message: finding.message,
    help: finding.help,
    ...placeDocument(finding.span),
    subject: finding.subject,
    ...(finding.group !== undefined && { group: finding.group }),
    instances: finding.instances,
    environments: finding.environments,
    roots: finding.roots,
    ...(finding.when !== undefined && { when: finding.when }),
    ...(finding.reach !== undefined && { reach: finding.reach }),
    ...(finding.reachBecause !== undefined && { reachBecause: finding.reachBecause }),
    related: finding.related.map(relatedDocument),
    aliases: finding.aliases,
    docs: finding.docs,
    fingerprint: finding.fingerprint,
    fix: finding.fix && fixDocument(finding.fix),
    suggestions: finding.suggestions.map(fixDocument),
    ...(finding.together !== undefined && { together: finding.together }),
    ...(finding.members !== undefined && { members: finding.members.map(findingDocument) }),
  };
}

function partDocument(part: Part): PartDocument {
  const { span, related, fix, suggestions, reach, ...others } = part;
  const { identity: _, existsIf: __, plain: ___, opens: ____, world: _____, ...rest } = others;
  return {
    ...rest,
    ...(reach && { reach: { ...reach, way: reach.way.map(relatedDocument) } }),
    ...placeDocument(span),
    fingerprint: part.fingerprint(),
    related: related.map(relatedDocument),
    fix: fix && fixDocument(fix),
    suggestions: suggestions.map(fixDocument),
  };
}

function relatedDocument({ message, span, isTwin, step }: Related): RelatedOf<PlaceDocument> {
  return { message, ...placeDocument(span), ...(isTwin && { isTwin }), ...(step !== undefined && { step }) };
}

function fixDocument({ message, edits }: Fix): FixOf<PlaceDocument> {
  return { message, edits: edits.map(({ span, text }) => ({ ...placeDocument(span), text })) };
}

function undecidedDocument({ span, ...undecided }: Undecided): UndecidedDocument {
  const { check, severity, subject, ...rest } = undecided;
  return { check, severity, subject, ...placeDocument(span), ...rest };
}

/** The message with the environments where it holds, where any are configured: `... (prod, staging)`. */
export function labelled({ message, environments }: Pick<FindingDocument, 'message' | 'environments'>): string {
  return environments.length === 0 ? message : `${message} (${environments.join(', ')})`;
}

/** `path:line:column` of a place's start: what terminals and editors make a link of. */
export function linkOf({ file, range }: PlaceDocument): string {
  return `${file}:${range.start.line}:${range.start.column}`;
}
