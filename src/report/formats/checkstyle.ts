/** Checkstyle's XML, which Jenkins, reviewdog and cs2pr read. */

import { groupBy } from '../../collections/group-by.ts';
import { type ReportDocument, withEachPlace } from '../document.ts';
import { type Level, levelOf, messageWithHelp, type ReportEntry, reportEntriesOf } from '../entries.ts';
import { type SafeText, safeDocument } from '../escape.ts';
import type { DocumentFormat, TextOptions } from '../format.ts';
import { attributesOf } from '../markup.ts';

export const format: DocumentFormat = {
  name: 'checkstyle',
  audience: 'programs',
  input: 'document',
  render: renderCheckstyle,
};

const severities: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'info' };

/** An `error` for each entry, in a `file`; those without a text are in the file `.`, without a line. */
export function renderCheckstyle(document: ReportDocument, options: Pick<TextOptions, 'unknown'>): SafeText {
  const byFile = groupBy(reportEntriesOf(withEachPlace(document), options), ({ place }) => place?.file ?? '.');
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<checkstyle version="4.3">',
    ...[...byFile].flatMap(([name, entries]) => [
      `  <file${attributesOf({ name })}>`,
      ...entries.map((entry) => `    <error${attributesOf(attributesOfError(entry))}/>`),
      '  </file>',
    ]),
    '</checkstyle>\n',
  ];
  return safeDocument(lines.join('\n'));
}

function attributesOfError(entry: ReportEntry) {
  const { place, severity, name } = entry;
  return {
    line: place?.range.start.line,
    column: place?.range.start.column,
    severity: severities[levelOf[severity]],
    message: messageWithHelp(entry),
    source: `tfsg.${name}`,
  };
}
