/** Reviewdog's format of diagnostics, which has columns of UTF-8 bytes. */

import type { Position, Range } from '../../source/position.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { documentOf, type FindingDocument, withEachPlace } from '../document.ts';
import { type Level, levelOf, type ReportEntry, reportEntriesOf } from '../entries.ts';
import { escapeControls, type SafeText } from '../escape.ts';
import type { ReportFormat, TextOptions } from '../format.ts';
import { isProse } from '../prose.ts';
import type { Report } from '../report.ts';
import { jsonDocument } from './json.ts';

export const format: ReportFormat = {
  name: 'rdjson',
  audience: 'programs',
  input: 'report',
  render: renderRdjson,
};

const severities: Readonly<Record<Level, string>> = { error: 'ERROR', warning: 'WARNING', note: 'INFO' };

/**
 * One `DiagnosticResult`.
 *
 * https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto
 */
export function renderRdjson(report: Report, options: Pick<TextOptions, 'unknown'>): SafeText {
  return jsonDocument({ source: { name: 'tfsg' }, diagnostics: diagnosticsOf(report, options) });
}

/** `Diagnostic`s, without their source. */
export function diagnosticsOf(report: Report, options: Pick<TextOptions, 'unknown'>) {
  const files = new Map(
    [...report.problems, ...report.findings, ...report.undecided].flatMap(({ span }) =>
      span === undefined ? [] : [[span.file.path, span.file] as const],
    ),
  );
  return reportEntriesOf(withEachPlace(documentOf(report)), options).map((entry) => {
    const file = entry.place === null ? undefined : files.get(entry.place.file);
    const suggestion = file === undefined || entry.finding === null ? undefined : suggestionOf(entry.finding, file);
    return {
      message: messageOf(entry),
      location:
        entry.place === null || file === undefined
          ? { path: '.' }
          : { path: escapeControls(file.path), range: byteRange(entry.place.range, file) },
      severity: severities[levelOf[entry.severity]],
      code: { value: entry.name },
      ...(suggestion !== undefined && { suggestions: [suggestion] }),
    };
  });
}

/** Reviewdog puts messages into comments as Markdown: what is not plain text there becomes a span of code. */
function messageOf({ message, help }: ReportEntry): string {
  const text = markdownOf(escapeControls(message));
  // It is ours.
  return help === '' ? text : `${text} ${help}`;
}

function markdownOf(text: string): string {
  if (isProse(text)) return text;
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const margin = longest > 0 ? ' ' : '';
  return `${fence}${margin}${text}${margin}${fence}`;
}

/**
 * The edits of a fix as one replacement, since reviewdog takes several for alternatives; none where the fix changes other files,
 * for which a diagnostic has no place.
 */
function suggestionOf({ file: path, fix }: FindingDocument, file: SourceFile) {
  if (fix === null || fix.edits.length === 0 || fix.edits.some((edit) => edit.file !== path)) return undefined;
  const edits = fix.edits.toSorted((a, b) => a.range.start.offset - b.range.start.offset);
  const { start } = edits[0]!.range;
  let end = start;
  let text = '';
  for (const edit of edits) {
    if (edit.range.start.offset < end.offset) return undefined;
    if (!file.shows({ start: end.offset, end: edit.range.end.offset })) return undefined;
    text += file.text.slice(end.offset, edit.range.start.offset) + edit.text;
    end = edit.range.end;
  }
  // Half of a surrogate pair is no JSON to readers in Go, and no character in a file.
  return { range: byteRange({ start, end }, file), text: Buffer.from(text).toString() };
}

function byteRange({ start, end }: Range, file: SourceFile) {
  return { start: bytePosition(start, file), end: bytePosition(end, file) };
}

/** A byte order mark counts, as it does for reviewdog, which cuts lines by their bytes. */
function bytePosition({ line, offset }: Position, file: SourceFile) {
  const before = file.text.slice(file.lineStarts[line - 1], offset);
  return { line, column: Buffer.byteLength(before) + 1 };
}
