/** Which findings a report shows. */

import type { Severity } from '../findings/severity.ts';
import { isAtLeast } from '../report/exit-code.ts';
import type { FormatName } from '../report/render.ts';

/** Formats that people read: in these, what can never fail a run is shown when it is asked for. */
const forPeople: ReadonlySet<FormatName> = new Set(['pretty', 'unix', 'github', 'markdown']);

export function isForPeople(format: FormatName): boolean {
  return forPeople.has(format);
}

interface Asked {
  readonly minSeverity: Severity | undefined;
  /** The only checks that run; empty for all. */
  readonly check?: readonly string[];
}

/** The report as a format shows it. */
export function shownIn<R extends { readonly findings: readonly { readonly severity: Severity }[] }>(
  report: R,
  format: FormatName,
  { minSeverity, check = [] }: Asked,
): R {
  const least = minSeverity ?? (isForPeople(format) && check.length === 0 ? 'low' : 'info');
  return { ...report, findings: report.findings.filter(({ severity }) => isAtLeast(severity, least)) };
}
