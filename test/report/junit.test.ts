/** JUnit's XML. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { documentOf } from '../../src/report/document.ts';
import { renderJunit } from '../../src/report/formats/junit.ts';
import type { Report } from '../../src/report/report.ts';
import { expectGolden } from '../golden.ts';
import { attacks, hostileReport, hostileText } from './hostile.ts';
import { findingAt, fullReport, markedSpan, plain, reportOf } from './reports.ts';
import { type Element, parseXml } from './xml.ts';

const render = (report: Report): string => renderJunit(documentOf(report), { ...plain, unknown: true });

/** The tests of a report, whose counts are right and whose names are there once. */
function testsOf(report: Report): readonly Element[] {
  const root = parseXml(render(report));
  expect([root.name, ...root.children.map(({ name }) => name)]).toEqual(['testsuites', 'testsuite']);
  const suite = root.children[0]!;
  const tests = suite.children;
  const count = (name: string) => String(tests.filter(({ children }) => children[0]?.name === name).length);
  expect(suite.attributes).toEqual({
    ...{ name: 'tfsg', tests: String(tests.length), time: '0' },
    ...{ failures: count('failure'), errors: count('error'), skipped: count('skipped') },
  });
  expect(new Set(tests.map(({ attributes }) => attributes['name'])).size).toBe(tests.length);
  return tests;
}

test('a report with one of everything', () => {
  expectGolden('reports/full.junit.xml', render(fullReport()));
  expect(testsOf(fullReport()).map(({ children }) => children[0]?.name)).toEqual([
    ...[undefined, 'error', 'skipped', 'failure', 'skipped'],
  ]);
});

test('an empty report has a test that passes', () => {
  expect(testsOf(reportOf({})).map(({ attributes, children }) => [attributes['name'], children])).toEqual([
    ['run', []],
  ]);
});

test('a problem without a text has no file', () => {
  const [, problem] = testsOf(reportOf({ problems: fullReport().problems.slice(0, 1) }));
  expect(problem!.attributes).toEqual({
    classname: 'tfsg.file',
    name: 'file gone.tf: no such file or directory.',
    time: '0',
  });
});

test('findings of one check, line and resource have names of their own', () => {
  const same = ['«a» b', 'a «b»', '«a b»'].map((marked) => findingAt(markedSpan('a.tf', marked)));
  const findings = [...same, findingAt(markedSpan('a.tf', '«a»'), { subject: 'aws_security_group.web (2)' })];
  const names = testsOf(reportOf({ findings })).map(({ attributes }) => attributes['name']);
  expect(names).toEqual([
    'run',
    'admin-port-open a.tf:1 aws_security_group.web',
    'admin-port-open a.tf:1 aws_security_group.web (2)',
    'admin-port-open a.tf:1 aws_security_group.web (3)',
    'admin-port-open a.tf:1 aws_security_group.web (2) (2)',
  ]);
});

test('no type is one that Rails decodes the text by', () => {
  const kinds = ['file', 'syntax', 'terraform', 'evaluation', 'limit', 'module', 'configuration', 'internal'] as const;
  const problems = kinds.map((kind) => ({ kind, severity: 'error', message: kind }) as const);
  const types = testsOf(reportOf({ problems })).flatMap(({ children }) => children[0]?.attributes['type'] ?? []);
  expect(new Set(types)).toEqual(new Set(['error']));
});

describe('whatever users write', () => {
  const check = (text: string): void => {
    expect(testsOf(hostileReport(text))).toHaveLength(5);
  };

  test.each(attacks)('%j', check);

  test('is XML of the same form', () => {
    fc.assert(fc.property(hostileText, check));
  });
});
