/** A report as diagnostics, file by file. */

import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Severity } from '../checks/check.ts';
import type { Finding } from '../checks/finding.ts';
import type { Problem } from '../source/problem.ts';
import type { Places } from './places.ts';
import type { Snapshot } from './snapshot.ts';

/** What stands in the `data` of a finding's diagnostic; ranges are in `edits` as those of the protocol. */
export interface DiagnosticData {
  readonly fingerprint: string;
  readonly fix: { readonly message: string; readonly edits: readonly FixEdit[] } | null;
}

interface FixEdit {
  readonly uri: string;
  readonly range: Diagnostic['range'];
  readonly newText: string;
}

const severityOf: Readonly<Record<Severity | Problem['severity'], DiagnosticSeverity>> = {
  critical: DiagnosticSeverity.Error,
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
  info: DiagnosticSeverity.Hint,
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
};

/** What could be left out, or is written as one should not any more. */
const tagOf: Readonly<Record<string, DiagnosticTag>> = {
  'duplicate-rule': DiagnosticTag.Unnecessary,
  'shadowed-rule': DiagnosticTag.Unnecessary,
  'unused-group': DiagnosticTag.Unnecessary,
  'deprecated-rule-resource': DiagnosticTag.Deprecated,
  'legacy-syntax': DiagnosticTag.Deprecated,
};

/** The diagnostics of each file that has any, by path; problems first. What has a place in no file is left out. */
export function diagnosticsOf(
  { report, problems }: Pick<Snapshot, 'report' | 'problems'>,
  places: Places,
  pageOf: (check: string) => string | undefined,
): Map<string, Diagnostic[]> {
  const byPath = new Map<string, Diagnostic[]>();
  const add = (path: string, diagnostic: Diagnostic): void => {
    const others = byPath.get(path);
    if (others === undefined) byPath.set(path, [diagnostic]);
    else others.push(diagnostic);
  };
  for (const problem of problems) {
    const { span } = problem;
    if (span !== undefined && !span.file.isVirtual) add(span.file.path, ofProblem(problem, places.rangeOf(span)));
  }
  for (const finding of report.findings) add(finding.span.file.path, ofFinding(finding, places, pageOf(finding.check)));
  return byPath;
}

function ofProblem({ kind, severity, message, hint }: Problem, range: Diagnostic['range']): Diagnostic {
  return {
    range,
    severity: severityOf[severity],
    source: 'tfsg',
    code: kind,
    message: hint === undefined ? message : `${message} ${hint}`,
  };
}

function ofFinding(finding: Finding, places: Places, page: string | undefined): Diagnostic {
  const { check, severity, message, environments, related, fingerprint, fix } = finding;
  const tag = tagOf[check];
  const data: DiagnosticData = {
    fingerprint,
    fix: fix && {
      message: fix.message,
      edits: fix.edits.map(({ span, text }) => ({ ...places.locationOf(span), newText: text })),
    },
  };
  return {
    range: places.rangeOf(finding.span),
    severity: severityOf[severity],
    source: 'tfsg',
    code: check,
    ...(page !== undefined && { codeDescription: { href: page } }),
    message: environments.length === 0 ? message : `${message} (${environments.join(', ')})`,
    ...(tag !== undefined && { tags: [tag] }),
    ...(related.length > 0 && {
      relatedInformation: related.map((each) => ({ location: places.locationOf(each.span), message: each.message })),
    }),
    data,
  };
}
