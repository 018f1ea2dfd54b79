/** One line per finding, as compilers print, so that editors and shells can link it. */

import type { ReportDocument } from '../document.ts';
import { inSort, lineOf, reportEntriesOf } from '../entries.ts';
import { escapeControls, type SafeText, safeLines } from '../escape.ts';
import type { DocumentFormat, TextOptions } from '../format.ts';

export const format: DocumentFormat = {
  name: 'unix',
  audience: 'people',
  input: 'document',
  render: renderUnix,
};

/** `path:line:column: severity: message [check]`; problems have their kind for the check. */
export function renderUnix(
  document: ReportDocument,
  options: Pick<TextOptions, 'unknown' | 'shownPath' | 'sort'>,
): SafeText {
  const { shownPath = (path: string) => path, sort = 'file' } = options;
  const entries = reportEntriesOf(document, options).map(({ place, ...entry }) => ({
    ...entry,
    place: place && { ...place, file: shownPath(place.file) },
  }));
  return safeLines(inSort(entries, sort).map((entry) => escapeControls(lineOf(entry))));
}
