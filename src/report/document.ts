/** A report as data: what schema/report.schema.json describes, and what the formats for programs are made of. */

import type { Severity } from '../checks/check.ts';
import type { Edit, Finding, Undecided } from '../checks/finding.ts';
import { type Range, rangeOf } from '../source/position.ts';
import type { Problem, ProblemKind } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { version } from '../version.ts';
import type { Report, Summary } from './report.ts';

/** Counts up where a program that read the format before would misread it. */
export const SCHEMA_VERSION = 1;

/** Where something stands: a path relative to the tree's root, with `/`. */
export interface Place {
  readonly file: string;
  readonly range: Range;
}

export interface RelatedDocument extends Place {
  readonly message: string;
}

export interface EditDocument extends Place {
  readonly text: string;
}

export interface FindingDocument extends Place {
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly subject: string;
  readonly instances: readonly string[];
  readonly environments: readonly string[];
  readonly related: readonly RelatedDocument[];
  readonly aliases: readonly string[];
  readonly docs: string;
  readonly fingerprint: string;
  readonly fix: { readonly message: string; readonly edits: readonly EditDocument[] } | null;
}

/** `file` and `range` are null together, where there is no text. */
export interface ProblemDocument {
  readonly kind: ProblemKind;
  readonly severity: Problem['severity'];
  readonly message: string;
  readonly file: string | null;
  readonly range: Range | null;
  readonly hint: string | null;
}

export interface UndecidedDocument extends Place {
  readonly check: string;
  readonly subject: string;
  readonly because: readonly string[];
}

/** Sorted as `Report` is. */
export interface ReportDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly tool: { readonly name: 'tfsg'; readonly version: string };
  readonly findings: readonly FindingDocument[];
  readonly problems: readonly ProblemDocument[];
  readonly undecided: readonly UndecidedDocument[];
  readonly summary: Summary;
}

export function documentOf(report: Report): ReportDocument {
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'tfsg', version },
    findings: report.findings.map(findingDocument),
    problems: report.problems.map(problemDocument),
    undecided: report.undecided.map(undecidedDocument),
    summary: report.summary,
  };
}

export function problemDocument({ kind, severity, message, span, hint }: Problem): ProblemDocument {
  const place = span === undefined ? { file: null, range: null } : placeDocument(span);
  return { kind, severity, message, ...place, hint: hint ?? null };
}

export function placeDocument(span: Span): Place {
  return { file: span.file.path, range: rangeOf(span) };
}

function findingDocument(finding: Finding): FindingDocument {
  return {
    check: finding.check,
    severity: finding.severity,
    message: finding.message,
    ...placeDocument(finding.span),
    subject: finding.subject,
    instances: finding.instances,
    environments: finding.environments,
    related: finding.related.map(({ message, span }) => ({ message, ...placeDocument(span) })),
    aliases: finding.aliases,
    docs: finding.docs,
    fingerprint: finding.fingerprint,
    fix: finding.fix && { message: finding.fix.message, edits: finding.fix.edits.map(editDocument) },
  };
}

function editDocument({ span, text }: Edit): EditDocument {
  return { ...placeDocument(span), text };
}

function undecidedDocument({ check, subject, span, because }: Undecided): UndecidedDocument {
  return { check, subject, ...placeDocument(span), because };
}

/** `path:line:column` of a place's start: what terminals and editors make a link of. */
export function linkOf({ file, range }: Place): string {
  return `${file}:${range.start.line}:${range.start.column}`;
}
