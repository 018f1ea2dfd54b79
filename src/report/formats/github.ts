/** GitHub Actions commands that create annotations. */

import type { ReportDocument } from '../document.ts';
import { bySeverity, type Level, lastLineOf, levelOf, lineOf, type ReportEntry, reportEntriesOf } from '../entries.ts';
import { commandLines, escapeControls, type PlainText, type SafeText } from '../escape.ts';
import type { DocumentFormat, TextOptions } from '../format.ts';

export const format: DocumentFormat = {
  name: 'github',
  audience: 'people',
  input: 'document',
  render: renderGithub,
  stepSummary: async () => (await import('./markdown.ts')).format,
};

const commands: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Annotations of each command that GitHub shows for one step of a job. */
const MAX_SHOWN = 10;

/**
 * A line `::error title=...,file=...,line=...::message` for each entry, the worst first since GitHub shows the first of each kind
 * alone; then, if there are more, how many. The message has the place in it: the log of the job shows nothing else.
 *
 * Commands: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions; how they are read:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function renderGithub(document: ReportDocument, options: Pick<TextOptions, 'unknown'>): SafeText {
  return commandLines(annotationsOf(reportEntriesOf(document, options)));
}

/** The lines of some entries. */
export function annotationsOf(all: readonly ReportEntry[]): readonly PlainText[] {
  const entries = bySeverity(all);
  return [...entries.map(commandOf), ...rest(entries)];
}

function commandOf(entry: ReportEntry): PlainText {
  const { severity, name, place } = entry;
  const properties: Record<string, string | number> = { title: `${name} (${severity})` };
  if (place !== null) {
    const { file, range } = place;
    const endLine = lastLineOf(range);
    Object.assign(properties, { file, line: range.start.line, endLine });
    // Of a place of several lines GitHub takes no columns.
    if (endLine === range.start.line && range.end.line === endLine) {
      Object.assign(properties, { col: range.start.column, endColumn: range.end.column });
    }
  }
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return escapeControls(
    `::${commands[levelOf[severity]]} ${pairs.join(',')}::${escapeData(lineOf(entry))}${helpOf(entry)}`,
  );
}

/** Another line, of the annotation and of the log. */
const helpOf = ({ help }: ReportEntry): string => (help === '' ? '' : `%0Ahelp: ${escapeData(help)}`);

function rest(entries: readonly ReportEntry[]): PlainText[] {
  const hidden = Object.entries(commands).flatMap(([level, command]) => {
    const more = entries.filter(({ severity }) => levelOf[severity] === level).length - MAX_SHOWN;
    return more > 0 ? [`${more} more ${command}${more === 1 ? '' : 's'}`] : [];
  });
  return hidden.length === 0
    ? []
    : [
        escapeControls(
          `tfsg: ${hidden.join(', ')} than the ${MAX_SHOWN} of each kind that GitHub shows for a step. This log has all of them.`,
        ),
      ];
}

function escapeData(text: string): string {
  return escapeControls(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
