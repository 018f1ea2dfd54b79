/** The format for programs: schema/report.schema.json. */

import type { ReportDocument } from './document.ts';

export function renderJson(document: ReportDocument): string {
  return jsonDocument(document);
}

/** Indented JSON without raw control characters, separators that break lines or commands to CI servers, with a final newline. */
export function jsonDocument(value: unknown): string {
  return `${escapeSeparators(JSON.stringify(value, undefined, 2))}\n`;
}

/** The same in one line. */
export function jsonLine(value: unknown): string {
  return `${escapeSeparators(JSON.stringify(value))}\n`;
}

function escapeSeparators(json: string): string {
  return json.replace(
    /[\x7f-\x9f\u2028\u2029]|#(?=#[a-z]*\[)/gi,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
