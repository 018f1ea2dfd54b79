/** Annotations, as GitHub's runner reads them. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Severity } from '../../src/findings/severity.ts';
import { documentOf } from '../../src/report/document.ts';
import { escapeControls } from '../../src/report/escape.ts';
import { renderGithub } from '../../src/report/formats/github.ts';
import type { Report } from '../../src/report/report.ts';
import { expectGolden } from '../golden.ts';
import { type ActionCommand, parseCommand } from './actions.ts';
import { attacks, hostileReport, hostileText } from './hostile.ts';
import { findingAt, fullReport, markedSpan, plain, reportOf } from './reports.ts';

const render = (report: Report): string => renderGithub(documentOf(report), { ...plain, unknown: true });
const commandsOf = (report: Report): (ActionCommand | undefined)[] =>
  render(report).split('\n').slice(0, -1).map(parseCommand);
const found = (severity: Severity, count: number) =>
  Array.from({ length: count }, (_, index) => findingAt(markedSpan(`${severity}${index}.tf`, '«x»'), { severity }));

test('a report with one of everything', () => {
  expectGolden('reports/full.github.txt', render(fullReport()));
});

test('an empty report says nothing', () => {
  expect(render(reportOf({}))).toBe('');
});

test('questions are counted unless they are asked for', () => {
  const counted = 'tfsg: undecided: 1 result undecided because of unknown values. List it with --unknown. [undecided]';
  expect(renderGithub(documentOf(fullReport()), plain)).toContain(counted);
  expect(renderGithub(documentOf(fullReport()), { ...plain, unknown: true })).not.toContain(counted);
});

test('the worst comes first', () => {
  const findings = [...found('info', 1), ...found('high', 1), ...found('critical', 1), ...found('medium', 1)];
  const problems = fullReport().problems.slice(0, 1);
  expect(
    commandsOf(reportOf({ findings, problems })).map((each) => [each?.command, each?.properties['title']]),
  ).toEqual([
    ['error', 'file (error)'],
    ['error', 'admin-port-open (critical)'],
    ['error', 'admin-port-open (high)'],
    ['warning', 'admin-port-open (medium)'],
    ['notice', 'admin-port-open (info)'],
  ]);
});

describe('places', () => {
  const propertiesAt = (marked: string) => {
    const { title, file, ...place } = commandsOf(reportOf({ findings: [findingAt(markedSpan('a.tf', marked))] }))[0]!
      .properties;
    return place;
  };

  test('of one line have columns', () => {
    expect(propertiesAt('a\n «b» c')).toEqual({ line: '2', endLine: '2', col: '2', endColumn: '3' });
  });

  test('of several have none', () => {
    expect(propertiesAt('«a\nb»')).toEqual({ line: '1', endLine: '2' });
  });

  test('do not reach the line after their last line break', () => {
    expect(propertiesAt('«a\n»b')).toEqual({ line: '1', endLine: '1' });
  });
});

describe('more than GitHub shows of a kind are counted', () => {
  const last = (report: Report) => render(report).trimEnd().split('\n').at(-1);

  test('by kind, below all commands', () => {
    const report = reportOf({ findings: [...found('critical', 8), ...found('high', 5), ...found('medium', 11)] });
    expect(last(report)).toBe(
      'tfsg: 3 more errors, 1 more warning than the 10 of each kind that GitHub shows for a step. This log has all of them.',
    );
    expect(commandsOf(report)).toHaveLength(25);
    expect(commandsOf(report).at(-1)).toBeUndefined();
  });

  test('not where all are shown', () => {
    expect(last(reportOf({ findings: found('critical', 10) }))).toMatch(/^::error /);
  });
});

describe('what users write is what the runner reads, and no command', () => {
  const check = (text: string): void => {
    const commands = commandsOf(hostileReport(text));
    expect(commands.map((each) => each?.command)).toEqual(['error', 'error', 'warning', 'notice']);
    expect(commands[1]!.properties).toEqual({
      title: 'admin-port-open (critical)',
      file: escapeControls(`${text}.tf`).replace(/^=+/, ''),
      ...{ line: expect.any(String), endLine: expect.any(String), col: '5', endColumn: '8' },
    });
    expect(commands[1]!.data).toContain(`: critical: ${escapeControls(text)} [admin-port-open]`);
    expect(render(hostileReport(text))).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]/);
  };

  test.each(attacks)('%j', check);

  test('whatever it is', () => {
    fc.assert(fc.property(hostileText, check));
  });
});
