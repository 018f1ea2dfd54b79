/** Which findings a report shows. */

import type { Severity } from '../findings/severity.ts';
import { isAtLeast } from '../report/exit-code.ts';
import type { Format } from '../report/format.ts';

interface Asked {
  readonly minSeverity: Severity | undefined;
  /** The only checks that run; empty for all. */
  readonly check?: readonly string[];
}

/** The report as a format shows it. */
export function shownIn<R extends { readonly findings: readonly { readonly severity: Severity }[] }>(
  report: R,
  { audience }: Format,
  { minSeverity, check = [] }: Asked,
): R {
  const least = minSeverity ?? (audience === 'people' && check.length === 0 ? 'low' : 'info');
  return { ...report, findings: report.findings.filter(({ severity }) => isAtLeast(severity, least)) };
}
