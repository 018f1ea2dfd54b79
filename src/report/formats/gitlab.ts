/** A report for GitLab's code quality widget. */

import { createHash } from 'node:crypto';
import { distinctFingerprints } from '../../findings/fingerprint.ts';
import { type ReportDocument, withEachPlace } from '../document.ts';
import { type EntrySeverity, lastLineOf, messageWithHelp, type ReportEntry, reportEntriesOf } from '../entries.ts';
import { escapeControls, type SafeText } from '../escape.ts';
import type { DocumentFormat, TextOptions } from '../format.ts';
import { jsonDocument } from './json.ts';

export const format: DocumentFormat = {
  name: 'gitlab',
  audience: 'programs',
  input: 'document',
  render: renderGitlab,
};

const severities: Readonly<Record<EntrySeverity, 'blocker' | 'critical' | 'major' | 'minor' | 'info'>> = {
  critical: 'blocker',
  error: 'critical',
  high: 'critical',
  medium: 'major',
  warning: 'minor',
  low: 'minor',
  info: 'info',
  undecided: 'info',
};

/**
 * An array of issues with `description`, `check_name`, `fingerprint`, `severity` and `location`. GitLab shows one issue for each
 * fingerprint and follows it from branch to branch, so that none is there twice and none hangs on a line.
 *
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function renderGitlab(document: ReportDocument, options: Pick<TextOptions, 'unknown'>): SafeText {
  const issues = reportEntriesOf(withEachPlace(document), options).map(issueOf);
  const fingerprints = distinctFingerprints(issues.map(({ fingerprint }) => fingerprint));
  return jsonDocument(issues.map((issue, index) => ({ ...issue, fingerprint: fingerprints[index] })));
}

function issueOf(entry: ReportEntry) {
  const { severity, name, place } = entry;
  return {
    description: escapeControls(messageWithHelp(entry)),
    check_name: escapeControls(name),
    fingerprint: entry.finding?.fingerprint ?? fingerprintOf(entry),
    severity: severities[severity],
    location: {
      // GitLab makes a link of the path, and fails where there is none.
      path: escapeControls(place?.file ?? '.'),
      lines: { begin: place?.range.start.line ?? 1, end: place === null ? 1 : lastLineOf(place.range) },
    },
  };
}

/** 32 hexadecimal digits, as those of findings. */
function fingerprintOf({ severity, name, message, place, subject }: ReportEntry): string {
  // The same issue whatever the number of questions is.
  const words = severity === 'undecided' ? '' : message;
  const text = [severity, name, place?.file ?? '', subject, words].join('\0');
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
