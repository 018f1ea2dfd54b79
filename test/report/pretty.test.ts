/** Places in their source lines, whatever those are made of. */

import { describe, expect, test } from '@jest/globals';
import { renderPretty } from '../../src/report/formats/pretty.ts';
import { expectGolden } from '../golden.ts';
import { findingAt, fullReport, markedSpan, plain, reportOf, undecidedAt } from './reports.ts';

/** The lines of a finding below its message. */
function excerpt(marked: string, width = 100): string[] {
  const findings = [findingAt(markedSpan('main.tf', marked))];
  return renderPretty(reportOf({ findings }), { ...plain, width })
    .split('\n')
    .slice(2, -1);
}

test('a report with one of everything', () => {
  expectGolden('reports/full.pretty.txt', renderPretty(fullReport(), { ...plain, unknown: true }));
  expectGolden('reports/full.color.txt', renderPretty(fullReport(), { ...plain, color: true }));
});

test('nothing found is nothing printed', () => {
  expect(renderPretty(reportOf({}), plain)).toBe('');
});

describe('the underline stands below its place', () => {
  test('at the start and the end of a file without a final newline', () => {
    expect(excerpt('«a» = 1')).toEqual(['    1 | a = 1', '      | ^']);
    expect(excerpt('a = «1»')).toEqual(['    1 | a = 1', '      |     ^']);
  });

  test('for an empty place, at the end of a line too', () => {
    expect(excerpt('a = «»1\nb')).toEqual(['    1 | a = 1', '      |     ^']);
    expect(excerpt('a = 1«»\nb')).toEqual(['    1 | a = 1', '      |      ^']);
  });

  test('behind tabs, which are four spaces', () => {
    expect(excerpt('\t\ta = «"\t"»')).toEqual(['    1 |         a = "    "', '      |             ^^^^^^']);
  });

  test('behind characters that are two columns wide, and marks that are none', () => {
    expect(excerpt('# 安全 «x»')).toEqual(['    1 | # 安全 x', '      |        ^']);
    expect(excerpt('# 🔒👩‍👩‍👧 «x»')).toEqual(['    1 | # 🔒👩‍👩‍👧 x', '      |        ^']);
    expect(excerpt('# e\u0301 «x»')).toEqual(['    1 | # e\u0301 x', '      |     ^']);
  });

  test('in a file with a byte order mark and CRLF', () => {
    expect(excerpt('\ufeffa = «1»\r\nb = 2\r\n')).toEqual(['    1 | a = 1', '      |     ^']);
  });

  test('on each line of a place of several', () => {
    expect(excerpt('a = «[\n  1,\n]»\n')).toEqual([
      '    1 | a = [',
      '      |     ^',
      '    2 |   1,',
      '      |   ^^',
      '    3 | ]',
      '      | ^',
    ]);
  });

  test('on the first and last lines of a long one', () => {
    const lines = excerpt(`«{\n${'  x = 1\n'.repeat(10)}}»\n`);
    expect(lines.filter((line) => !line.includes('^'))).toEqual([
      '    1 | {',
      '    2 |   x = 1',
      '      | ...',
      '   12 | }',
    ]);
  });

  test('without the line after a line break that ends the place', () => {
    expect(excerpt('«a = 1\n»b = 2\n')).toEqual(['    1 | a = 1', '      | ^^^^^']);
  });
});

describe('lines that are too long are cut', () => {
  test('around the place', () => {
    const [line, underline] = excerpt(`${'a'.repeat(500)}«TARGET»${'b'.repeat(500)}`, 60);
    expect(line?.length).toBeLessThanOrEqual(60);
    expect(line).toMatch(/^ {4}1 \| …a+TARGETb+…$/);
    expect(underline?.indexOf('^')).toBe(line?.indexOf('TARGET'));
    expect(underline?.trimEnd().endsWith('^'.repeat('TARGET'.length))).toBe(true);
  });

  test('with the place itself if it is too long', () => {
    const [line, underline] = excerpt(`«${'a'.repeat(100_000)}»`, 60);
    expect(line).toMatch(/^ {4}1 \| a+…$/);
    expect(line?.length).toBeLessThanOrEqual(60);
    expect(underline?.length).toBeLessThanOrEqual(60);
  });

  test('in a time that does not grow with them', () => {
    const started = performance.now();
    excerpt(`${'a'.repeat(20_000_000)}«x»${'b'.repeat(20_000_000)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('text of users never reaches the terminal raw', () => {
  const hostile = 'a = "\u001b[31m«\u0007\u202e»\u0000\u0085\ud800"';

  test('in source lines', () => {
    expect(excerpt(hostile)).toEqual([
      '    1 | a = "\\u{1b}[31m\\u{7}\\u{202e}\\u{0}\\u{85}\\u{d800}"',
      '      |                ^^^^^^^^^^^^^',
    ]);
  });

  test('in messages, paths, addresses and hints', () => {
    const evil = 'x\u001b]0;y\u0007\n\u202e';
    const span = markedSpan(`${evil}.tf`, '«a»');
    const report = reportOf({
      findings: [
        findingAt(span, { message: evil, subject: evil, instances: [evil, 'b'], related: [{ message: evil, span }] }),
      ],
      problems: [{ kind: 'file', severity: 'error', message: evil, hint: evil }],
      undecided: [undecidedAt(span, { check: 'x', severity: 'low', subject: evil, because: [evil] })],
    });
    expect(renderPretty(report, { ...plain, unknown: true })).not.toMatch(/[\0-\x09\x0b-\x1f\u202e]/);
  });
});

describe('instances', () => {
  test('are not named where there is one, which is the resource itself', () => {
    expect(excerpt('«a»').join('')).not.toContain('aws_security_group');
  });

  test('are counted beyond five', () => {
    const instances = Array.from({ length: 12 }, (_, index) => `x[${index}]`);
    const report = reportOf({ findings: [findingAt(markedSpan('main.tf', '«a»'), { instances })] });
    expect(renderPretty(report, plain)).toContain('in x[0], x[1], x[2], x[3], x[4], 7 more');
  });
});

describe('of many related places', () => {
  const places = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
  const shown = (source?: string): string[] => {
    const related = places.map((message) => ({
      message,
      span: markedSpan('main.tf', '«x»'),
      ...(message === source && ({ isSource: true } as const)),
    }));
    const text = renderPretty(reportOf({ findings: [findingAt(markedSpan('main.tf', '«a»'), { related })] }), plain);
    return [...text.matchAll(/^ {2}(?:main.tf:1:1: )?(\w+|and \d+ more related places?)$/gm)].map((match) => match[1]!);
  };

  test('the first four are shown', () => {
    expect(shown()).toEqual(['first', 'second', 'third', 'fourth', 'and 2 more related places']);
    expect(shown('second')).toEqual(shown());
    expect(shown('fourth')).toEqual(shown());
  });

  test('and the one where the value is written out', () => {
    expect(shown('sixth')).toEqual(['first', 'second', 'third', 'and 2 more related places', 'sixth']);
  });
});
