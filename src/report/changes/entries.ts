/** What is new, as the entries that services show at their places. */

import type { Comparison } from '../../changes/change.ts';
import { type PlaceDocument, placeDocument, problemDocument } from '../document.ts';
import { problemEntries, type ReportEntry } from '../entries.ts';
import { trafficText } from '../exposure/words.ts';
import { type ChangeRow, changeRowsOf, type ReachRow, reachRowsOf, undecidedRowsOf } from './rows.ts';
import type { ChangesLook } from './shown.ts';
import { conditionsText, rootsText, sourcesText, trafficName } from './words.ts';

/**
 * Problems, what is opened, what the internet now reaches and what may be opened. What is closed has no place in the newer state.
 *
 * An entry is an error where it fails the run, else a warning where the internet gets in or out, else info.
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
  return [
    ...problemEntries(comparison.problems.map(problemDocument)),
    ...changeRowsOf(comparison, look)
      .filter(({ kind }) => kind === 'opened')
      .map((row) => {
        const severity = row.isFailing ? 'error' : row.isInternet ? 'warning' : 'info';
        return entry(severity, 'new-access', row, `${row.group} opens ${accessText(row)}`, row.group);
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
      .map((row) => entry('undecided', 'new-access', row, `${row.group} may open ${accessText(row)}`, row.group)),
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
