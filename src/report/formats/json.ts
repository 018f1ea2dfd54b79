/** The format for programs: schema/report.schema.json. */

import type { ReportDocument } from '../document.ts';
import { type SafeText, safeJson } from '../escape.ts';
import type { DocumentFormat } from '../format.ts';

export const format: DocumentFormat = {
  name: 'json',
  audience: 'programs',
  input: 'document',
  render: renderJson,
};

export function renderJson(document: ReportDocument): SafeText {
  return jsonDocument(document);
}

/** Indented JSON without raw characters that are not safe to print, or commands to CI servers, with a final newline. */
export function jsonDocument(value: unknown): SafeText {
  return safeJson(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** The same in one line. */
export function jsonLine(value: unknown): SafeText {
  return safeJson(`${JSON.stringify(value)}\n`);
}
