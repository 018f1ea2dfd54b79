/** JUnit XML, which every CI server shows. */

import { linkOf, type ReportDocument, withEachPlace } from '../document.ts';
import { lineOf, type ReportEntry, reportEntriesOf } from '../entries.ts';
import { escapeControls, type SafeText, safeDocument } from '../escape.ts';
import type { DocumentFormat, TextOptions } from '../format.ts';
import { attributesOf, escapeMarkup } from '../markup.ts';

export const format: DocumentFormat = {
  name: 'junit',
  audience: 'programs',
  input: 'document',
  render: renderJunit,
};

/**
 * A suite with a test for each entry: findings are failures, errors are errors, warnings and undecided questions are skipped. A
 * test that passes stands for the run, since a suite without tests is an error to some servers. Names of tests are unique: GitLab
 * keeps the first of each name only.
 *
 * https://docs.gitlab.com/ci/testing/unit_test_reports/
 */
export function renderJunit(document: ReportDocument, options: Pick<TextOptions, 'unknown'>): SafeText {
  const entries = reportEntriesOf(withEachPlace(document), options);
  const names = distinct(entries.map((entry) => escapeControls(nameOf(entry))));
  const count = (wanted: Outcome): number => entries.filter((entry) => outcomeOf(entry) === wanted).length;
  const counts = {
    tests: entries.length + 1,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite${attributesOf({ name: 'tfsg', ...counts, time: 0 })}>`,
    `    <testcase${attributesOf({ classname: 'tfsg', name: 'run', time: 0 })}/>`,
    ...entries.flatMap((entry, index) => testOf(entry, names[index]!)),
    '  </testsuite>',
    '</testsuites>\n',
  ];
  return safeDocument(lines.join('\n'));
}

type Outcome = 'failure' | 'error' | 'skipped';

function outcomeOf({ severity }: ReportEntry): Outcome {
  if (severity === 'error') return 'error';
  return severity === 'warning' || severity === 'undecided' ? 'skipped' : 'failure';
}

/** `check path:line address`. */
function nameOf({ name, place, subject, message }: ReportEntry): string {
  const about = place === null ? [message] : [`${place.file}:${place.range.start.line}`, subject];
  return [name, ...about].filter((each) => each !== '').join(' ');
}

function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  return names.map((name) => {
    let free = name;
    let number = numbers.get(name) ?? 1;
    while (taken.has(free)) free = `${name} (${++number})`;
    numbers.set(name, number);
    taken.add(free);
    return free;
  });
}

function testOf(entry: ReportEntry, name: string): string[] {
  const { severity, message, help, place, finding } = entry;
  const outcome = outcomeOf(entry);
  // GitLab decodes the text by `type`, if it is one of XML's or Rails' types: `file` and `string`, but no severity.
  const type = outcome === 'skipped' ? undefined : severity;
  const related = (finding?.related ?? []).map((each) => `${linkOf(each)}: ${each.message}`);
  const text = [lineOf(entry), ...related, ...(help === '' ? [] : [`help: ${help}`])].map(escapeMarkup).join('\n');
  const testcase = {
    classname: `tfsg.${entry.name}`,
    name,
    file: place?.file,
    line: place?.range.start.line,
    time: 0,
  };
  return [
    `    <testcase${attributesOf(testcase)}>`,
    `      <${outcome}${attributesOf({ message, type })}>${text}</${outcome}>`,
    '    </testcase>',
  ];
}
