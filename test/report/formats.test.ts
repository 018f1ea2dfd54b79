/** The formats for programs, the summary and the exit code. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { documentOf } from '../../src/report/document.ts';
import { exitCode } from '../../src/report/exit-code.ts';
import { DEFAULT_FORMAT } from '../../src/report/format.ts';
import { renderJson } from '../../src/report/formats/json.ts';
import { renderUnix } from '../../src/report/formats/unix.ts';
import { formatNamed, formatNames, renderAs } from '../../src/report/render.ts';
import { emptySummary } from '../../src/report/report.ts';
import { summaryLine } from '../../src/report/summary.ts';
import { expectGolden, fixtures } from '../golden.ts';
import { fewChecks, findingAt, fullReport, markedSpan, plain, reportOf } from './reports.ts';

describe('unix', () => {
  test('a report with one of everything', () => {
    expectGolden('reports/full.unix.txt', renderUnix(documentOf(fullReport()), { ...plain, unknown: true }));
  });

  test('is one line each, whatever the message', () => {
    const findings = [findingAt(markedSpan('a\nb.tf', '«x»'), { message: 'a\nb\u001b' })];
    expect(renderUnix(documentOf(reportOf({ findings })), plain)).toBe(
      'a\\nb.tf:1:1: critical: a\\nb\\u{1b} [admin-port-open]\n',
    );
  });
});

describe('json', () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/report.schema.json'), 'utf8'));
  const validate = new Ajv({ allErrors: true, strict: true }).compile(schema);

  test('a report with one of everything', () => {
    const text = renderJson(documentOf(fullReport()));
    expectGolden('reports/full.json', text);
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
  });

  test('an empty report', () => {
    validate(JSON.parse(renderJson(documentOf(reportOf({})))));
    expect(validate.errors).toBeNull();
  });

  test('has no raw control characters or line separators', () => {
    const findings = [findingAt(markedSpan('main.tf', '«x»'), { message: '\u0085\u2028\u001b\ud800' })];
    const text = renderJson(documentOf(reportOf({ findings })));
    expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]/);
    expect(JSON.parse(text).findings[0].message).toBe('\u0085\u2028\u001b\ud800');
  });
});

describe('a format by its name', () => {
  const goldens = readdirSync(join(fixtures, 'reports'));

  test.each(formatNames)('%s renders a report with one of everything as its golden file has it', async (name) => {
    const golden = goldens.filter((file) => new RegExp(`^full\\.${name}(?:\\.|$)`).test(file));
    expect(golden).toHaveLength(1);
    expectGolden(
      `reports/${golden[0]}`,
      renderAs(await formatNamed(name), fullReport(), {
        ...plain,
        ...(name === 'sarif' && { checks: fewChecks }),
        unknown: true,
      }),
    );
  });
});

describe.each(formatNames)('the format %s', (name) => {
  test('is in the docs, and for whom it is', async () => {
    const rows = documentation('docs/reports.md').match(new RegExp(`^\\| \`${name}\` \\| .*$`, 'gm')) ?? [];
    expect(rows.map((row) => row.split(' | ')[1])).toEqual([(await formatNamed(name)).audience]);
    const [readme = ''] = documentation('README.md').match(/^tfsg --format .*$/m) ?? [];
    expect(`${readme} ${DEFAULT_FORMAT}`).toMatch(new RegExp(`\\b${name}\\b`));
  });
});

const documentation = (path: string): string => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

describe('the summary', () => {
  test('has the counts, and the way to the rest', () => {
    const summary = { ...emptySummary, files: 3, groups: 5, rules: 12, critical: 2, low: 1, undecided: 4 };
    expect(summaryLine(reportOf({ summary }), 0, false)).toBe(
      '2 critical, 1 low in 3 files (5 groups, 12 rules); 4 results undecided because of unknown values (list them with --unknown)',
    );
  });

  test('has the singular', () => {
    const summary = { ...emptySummary, files: 1, groups: 1, rules: 1, undecided: 1 };
    expect(summaryLine(reportOf({ summary }), 1, true)).toBe(
      'nothing found in 1 file (1 group, 1 rule); 1 finding hidden (show with --min-severity info); 1 result undecided because of unknown values',
    );
  });

  test('counts errors', () => {
    expect(summaryLine(fullReport(), 0, true)).toMatch(/^1 error, 1 critical in 2 files/);
  });
});

describe('the exit code', () => {
  const at = (severity: 'high' | 'info') =>
    reportOf({ findings: [findingAt(markedSpan('a.tf', '«x»'), { severity })] });

  test.each([
    [at('high'), 'low', 1],
    [at('high'), 'high', 1],
    [at('high'), 'critical', 0],
    [at('high'), 'never', 0],
    [at('info'), 'low', 0],
    [reportOf({}), 'low', 0],
    [reportOf({ problems: [{ kind: 'module', severity: 'warning', message: '' }] }), 'low', 0],
    [fullReport(), 'never', 2],
  ] as const)('case %#', (report, failOn, expected) => {
    expect(exitCode(report, () => failOn)).toBe(expected);
  });

  test('asks for the limit of each file', () => {
    expect(exitCode(at('high'), ({ span }) => (span.file.path === 'a.tf' ? 'never' : 'low'))).toBe(0);
  });
});
