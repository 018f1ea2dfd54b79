/** One line each, as compilers write it: editors and shells make links of it. */

import type { ReportDocument } from './document.ts';
import { entriesOf, lineOf } from './entries.ts';
import { escapeControls, type SafeText, safeLines } from './escape.ts';
import type { TextOptions } from './format.ts';

/** `path:line:column: severity: message [check]`; problems have their kind for the check. */
export function renderUnix(document: ReportDocument, options: Pick<TextOptions, 'unknown'>): SafeText {
  return safeLines(entriesOf(document, options).map((entry) => escapeControls(lineOf(entry))));
}
