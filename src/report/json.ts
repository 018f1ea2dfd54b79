/** The format for programs: schema/report.schema.json. */

import type { Edit, Finding, Undecided } from '../checks/finding.ts';
import { rangeOf } from '../source/position.ts';
import type { Problem } from '../source/problem.ts';
import type { Span } from '../source/span.ts';
import { version } from '../version.ts';
import type { Report } from './report.ts';

/** Counts up where a program that read the format before would misread it. */
export const SCHEMA_VERSION = 1;

export function renderJson(report: Report): string {
  return jsonDocument({
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'tfsg', version },
    findings: report.findings.map(findingToJson),
    problems: report.problems.map(problemToJson),
    undecided: report.undecided.map(undecidedToJson),
    summary: report.summary,
  });
}

/** Indented JSON without raw control characters or separators that break lines, with a final newline. */
export function jsonDocument(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(/[\x7f-\x9f\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** `file` and `range` as every place has them; both null where there is no text. */
export function placeToJson(span: Span | undefined) {
  return span === undefined ? { file: null, range: null } : { file: span.file.path, range: rangeOf(span) };
}

export function problemToJson({ kind, severity, message, span, hint }: Problem) {
  return { kind, severity, message, ...placeToJson(span), hint: hint ?? null };
}

function findingToJson(finding: Finding) {
  return {
    check: finding.check,
    severity: finding.severity,
    message: finding.message,
    ...placeToJson(finding.span),
    subject: finding.subject,
    instances: finding.instances,
    environments: finding.environments,
    related: finding.related.map(({ message, span }) => ({ message, ...placeToJson(span) })),
    aliases: finding.aliases,
    docs: finding.docs,
    fingerprint: finding.fingerprint,
    fix: finding.fix && { message: finding.fix.message, edits: finding.fix.edits.map(editToJson) },
  };
}

function editToJson({ span, text }: Edit) {
  return { ...placeToJson(span), text };
}

function undecidedToJson({ check, subject, span, because }: Undecided) {
  return { check, subject, ...placeToJson(span), because };
}
