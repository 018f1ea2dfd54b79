/** One line each, as compilers write it: editors and shells make links of it. */

import { placeOf } from '../source/position.ts';
import { escapeControls } from './escape.ts';
import type { RenderOptions } from './format.ts';
import { type Report, shownProblems } from './report.ts';

/** `path:line:column: severity: message [check]`; problems have their kind for the check. */
export function renderUnix(report: Report, { unknown }: RenderOptions): string {
  const lines = [
    ...shownProblems(report, unknown).map(({ severity, kind, message, span, hint }) => {
      const place = span === undefined ? 'tfsg' : placeOf(span);
      return `${place}: ${severity}: ${hint === undefined ? message : `${message} ${hint}`} [${kind}]`;
    }),
    ...report.findings.map(
      ({ span, severity, message, check }) => `${placeOf(span)}: ${severity}: ${message} [${check}]`,
    ),
    ...(unknown
      ? report.undecided.map(({ span, check, subject, because }) => {
          const reasons = because.length === 0 ? '' : `: it waits for ${because.join(', ')}`;
          return `${placeOf(span)}: undecided: ${subject} can't be decided before apply${reasons} [${check}]`;
        })
      : []),
  ];
  return lines.map((line) => `${escapeControls(line)}\n`).join('');
}
