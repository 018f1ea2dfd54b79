/** Reviewdog's format of diagnostics with one on each line. */

import { joinSafe, type SafeText } from '../escape.ts';
import type { ReportFormat, TextOptions } from '../format.ts';
import type { Report } from '../report.ts';
import { jsonLine } from './json.ts';
import { diagnosticsOf } from './rdjson.ts';

export const format: ReportFormat = {
  name: 'rdjsonl',
  audience: 'programs',
  input: 'report',
  render: renderRdjsonl,
};

/** A `Diagnostic` on each line. */
export function renderRdjsonl(report: Report, options: Pick<TextOptions, 'unknown'>): SafeText {
  const source = { name: 'tfsg' };
  return joinSafe(diagnosticsOf(report, options).map((diagnostic) => jsonLine({ ...diagnostic, source })));
}
