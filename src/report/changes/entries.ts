/** What is new, as the entries that services show at their places. */

import type { Comparison, OpenedFinding, OpenedQuestion } from '../../changes/change.ts';
import { type PlaceDocument, placeDocument, problemDocument } from '../document.ts';
import { problemEntries, type ReportEntry } from '../entries.ts';
import { trafficText } from '../exposure/words.ts';
import { type ChangeRow, changeRowsOf, type ReachRow, reachRowsOf, undecidedRowsOf } from './rows.ts';
import { holdingText, questionText } from './rules.ts';
import type { ChangesLook } from './shown.ts';
import { conditionsText, rootsText, sourcesText, trafficName } from './words.ts';

/**
 * Problems, what is opened, what the internet now reaches and what may be opened. What is closed has no place in the newer state.
 *
 * An entry is an error where it fails the run, else a warning where the internet gets in or out, else info. What own rules have against a row comes
 * after it, at their severity.
 */
export function changeEntriesOf(comparison: Comparison, look: ChangesLook): readonly ReportEntry[] {
  const paths = { shownPath: (path: string) => path };
  const entry = (
    severity: ReportEntry['severity'],
    name: string,
    row: ChangeRow | ReachRow,
    message: string,
    subject: string,
  ): ReportEntry => {
    const details = [rootsText(row.roots, paths), conditionsText(row)].filter((text) => text !== '').join(', ');
    return {
      ...{ severity, name, subject, help: '', finding: null, place: placeInFile(row) },
      message: `${message}${details === '' ? '' : `, ${details}`}.`,
    };
  };
  const named = (row: ChangeRow, severity: ReportEntry['severity'], told: OpenedFinding | OpenedQuestion) => {
    const details = holdingText(told, row, paths);
    const where = details === '' ? '' : ` (${details})`;
    const about = { severity, name: told.check, subject: row.group, finding: null, place: placeInFile(row) };
    return 'message' in told
      ? { ...about, message: `${told.message}${where}`, help: told.help }
      : { ...about, message: `${questionText(told)}${where}`, help: '' };
  };
  const ofRules = (row: ChangeRow): readonly ReportEntry[] => [
    ...row.findings.map((finding) => named(row, finding.severity, finding)),
    ...row.questions.map((question) => named(row, 'undecided', question)),
  ];
  return [
    ...problemEntries(comparison.problems.map(problemDocument)),
    ...changeRowsOf(comparison, look)
      .filter(({ kind }) => kind === 'opened')
      .flatMap((row) => {
        const severity = row.isFailing ? 'error' : row.isInternet ? 'warning' : 'info';
        return [
          entry(severity, 'new-access', row, `${row.group} opens ${accessText(row)}`, row.group),
          ...ofRules(row),
        ];
      }),
    ...reachRowsOf(comparison)
      .filter(({ kind }) => kind === 'opened')
      .map((row) => {
        const way = row.through.length === 0 ? 'directly' : `by ${row.through.join(' > ')}`;
        const message = `The internet now reaches ${row.service} on ${trafficName(row.traffic)}, ${way}`;
        return entry('warning', 'new-reach', row, message, row.service);
      }),
    ...undecidedRowsOf(comparison)
      .filter(({ kind }) => kind === 'opened')
      .flatMap((row) => [
        entry('undecided', 'new-access', row, `${row.group} may open ${accessText(row)}`, row.group),
        ...ofRules(row),
      ]),
  ];
}

/** `TCP 22 (SSH) from 0.0.0.0/0`, `outbound TCP 443 (HTTPS) to 0.0.0.0/0`. */
export const accessText = (row: ChangeRow): string =>
  `${row.direction === 'egress' ? 'outbound ' : ''}${trafficText(row.traffic)} ${sourcesText(row)}`;

/** The first place, or related one, that is in a file: a value of the command line is in none. Null where no place is. */
export function placeInFile(row: ChangeRow | ReachRow): PlaceDocument | null {
  const related = 'related' in row ? row.related.map(({ span }) => span) : [];
  const found = [...row.spans, ...related].find(({ file }) => !file.isVirtual);
  return found === undefined ? null : placeDocument(found);
}
