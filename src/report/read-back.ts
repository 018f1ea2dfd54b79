/** The text of a tfsg report -> the report, as far as formats without source text need it. */

import type { ReportDocument } from './document.ts';
import { validate } from './validate.generated.ts';

export interface ReadBack {
  readonly format: 'json' | 'sarif';
  readonly document: ReportDocument;
}

/** @returns a text where it can't be taken: why, as the end of a sentence */
export function readBack(text: string): ReadBack | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `is not JSON: ${(error as Error).message}`;
  }
  const run = sarifRun(value);
  if (run !== undefined && run['tfsg'] === undefined) {
    return 'is SARIF without the data to merge it: write it with --shard';
  }
  const document = run === undefined ? value : run['tfsg'];
  const check = validate as { (data: unknown): boolean; errors?: readonly { readonly instancePath: string }[] | null };
  if (check(document)) return { format: run === undefined ? 'json' : 'sarif', document: document as ReportDocument };
  const at = check.errors?.[0]?.instancePath;
  return `is not a report of this version of tfsg${at === undefined || at === '' ? '' : `: see ${at}`}`;
}

/** The properties of the only run of a SARIF log. */
function sarifRun(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || !('runs' in value) || !Array.isArray(value.runs)) return undefined;
  return value.runs[0]?.properties ?? {};
}
