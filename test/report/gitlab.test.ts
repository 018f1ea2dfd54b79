/** GitLab's report of code quality. */

import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { documentOf } from '../../src/report/document.ts';
import { escapeControls } from '../../src/report/escape.ts';
import { renderGitlab } from '../../src/report/formats/gitlab.ts';
import type { Report } from '../../src/report/report.ts';
import { expectGolden } from '../golden.ts';
import { attacks, hostileReport, hostileText } from './hostile.ts';
import { findingAt, fullReport, markedSpan, plain, reportOf, undecidedAt } from './reports.ts';

/** What https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format asks for. */
const schema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string' },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{32}$' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./|/).' },
          lines: {
            type: 'object',
            required: ['begin'],
            properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
};
const validate = new Ajv({ allErrors: true, strict: true }).compile(schema);

const render = (report: Report): string => renderGitlab(documentOf(report), { ...plain, unknown: true });

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

function issuesOf(report: Report): Issue[] {
  const issues = JSON.parse(render(report)) as Issue[];
  validate(issues);
  expect(validate.errors).toBeNull();
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  return issues;
}

test('a report with one of everything', () => {
  expectGolden('reports/full.gitlab.json', render(fullReport()));
  issuesOf(fullReport());
});

test('an empty report is an empty array, without a byte order mark', () => {
  expect(render(reportOf({}))).toBe('[]\n');
});

test('a problem without a text has a path all the same, as GitLab needs one', () => {
  const problems = fullReport().problems.slice(0, 1);
  expect(issuesOf(reportOf({ problems }))).toMatchObject([
    { severity: 'critical', check_name: 'file', location: { path: '.', lines: { begin: 1 } } },
  ]);
});

test.each([
  ['critical', 'blocker'],
  ['high', 'critical'],
  ['medium', 'major'],
  ['low', 'minor'],
  ['info', 'info'],
] as const)('%s is %s', (severity, expected) => {
  expect(issuesOf(reportOf({ findings: [findingAt(markedSpan('a.tf', '«x»'), { severity })] }))[0]!.severity).toBe(
    expected,
  );
});

describe('fingerprints', () => {
  const at = (marked: string): Report => {
    const span = markedSpan('a.tf', marked);
    return reportOf({
      findings: [findingAt(span), findingAt(span)],
      problems: [
        { kind: 'syntax', severity: 'error', message: 'A brace is missing.', span },
        { kind: 'syntax', severity: 'error', message: 'A brace is missing.', span },
      ],
      undecided: [undecidedAt(span, { subject: 'a', because: [] })],
    });
  };
  const fingerprints = (marked: string) => issuesOf(at(marked)).map(({ fingerprint }) => fingerprint);

  test('are there once, even for the same twice', () => {
    expect(fingerprints('«x»')).toHaveLength(5);
  });

  test('stay the same when lines move', () => {
    expect(fingerprints('\n\n\n  «x»')).toEqual(fingerprints('«x»'));
  });
});

describe('whatever users write', () => {
  const check = (text: string): void => {
    const issues = issuesOf(hostileReport(text));
    const shown = escapeControls(text);
    const waits = `${shown} decides whether port-open applies to ${shown}.`;
    expect(issues.map(({ description }) => description)).toEqual([
      `${shown} ${shown}`,
      shown,
      `${shown} Allow only those who need it.`,
      waits,
    ]);
    expect(issues.map(({ location }) => location.path)).toEqual(['.', `${shown}.tf`, `${shown}.tf`, `${shown}.tf`]);
  };

  test.each(attacks)('%j', check);

  test('is JSON of the same form', () => {
    fc.assert(
      fc.property(
        hostileText.filter((text) => !/^[/.]/.test(text)),
        check,
      ),
    );
  });
});
