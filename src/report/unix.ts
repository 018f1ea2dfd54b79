/** One line each, as compilers write it: editors and shells make links of it. */

import { linkOf, type ReportDocument } from './document.ts';
import { escapeControls } from './escape.ts';
import type { TextOptions } from './format.ts';
import { shownProblems } from './report.ts';

/** `path:line:column: severity: message [check]`; problems have their kind for the check. */
export function renderUnix(document: ReportDocument, { unknown }: Pick<TextOptions, 'unknown'>): string {
  const lines = [
    ...shownProblems(document, unknown).map(({ severity, kind, message, file, range, hint }) => {
      const place = file === null || range === null ? 'tfsg' : linkOf({ file, range });
      return `${place}: ${severity}: ${hint === null ? message : `${message} ${hint}`} [${kind}]`;
    }),
    ...document.findings.map((finding) => {
      return `${linkOf(finding)}: ${finding.severity}: ${finding.message} [${finding.check}]`;
    }),
    ...(unknown
      ? document.undecided.map((undecided) => {
          const { check, subject, because } = undecided;
          const reasons = because.length === 0 ? '' : `: it waits for ${because.join(', ')}`;
          return `${linkOf(undecided)}: undecided: ${subject} can't be decided before apply${reasons} [${check}]`;
        })
      : []),
  ];
  return lines.map((line) => `${escapeControls(line)}\n`).join('');
}
