/** Markdown for comments and summaries. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { documentOf } from '../../src/report/document.ts';
import { renderMarkdown } from '../../src/report/formats/markdown.ts';
import { isProse } from '../../src/report/prose.ts';
import type { Report } from '../../src/report/report.ts';
import { expectGolden } from '../golden.ts';
import { attacks, hostileReport, hostileText } from './hostile.ts';
import { findingAt, fullReport, markedSpan, plain, reportOf } from './reports.ts';

const render = (report: Report, limit?: number): string =>
  renderMarkdown(documentOf(report), { ...plain, unknown: true, limit });
const many = (count: number, changes: Parameters<typeof findingAt>[1] = {}) =>
  reportOf({
    findings: Array.from({ length: count }, (_, index) => findingAt(markedSpan(`dir/${index}.tf`, '«x»'), changes)),
  });
const sizeOf = (text: string) => Buffer.byteLength(text);
const rowsOf = (text: string) => text.match(/^<tr><td>/gm)?.length ?? 0;

test('a report with one of everything', () => {
  expectGolden('reports/full.markdown.md', render(fullReport()));
});

test('an empty report is one line below the hidden comment', () => {
  expect(render(reportOf({}))).toBe('<!-- tfsg -->\ntfsg: nothing found in 0 files (0 groups, 0 rules)\n');
});

test('problems have rows and no details', () => {
  const text = render(reportOf({ problems: fullReport().problems }));
  expect(rowsOf(text)).toBe(2);
  expect(text).not.toContain('<details>');
});

test('the worst comes first', () => {
  const findings = (['low', 'critical', 'medium'] as const).map((severity) =>
    findingAt(markedSpan('a.tf', '«x»'), { severity }),
  );
  const severities = [...render(reportOf({ findings })).matchAll(/^<tr><td>(\w+)/gm)].map((match) => match[1]);
  expect(severities).toEqual(['critical', 'medium', 'low']);
});

describe('what does not fit', () => {
  test('is counted, below the limit of a comment', () => {
    const text = render(many(3000));
    expect(sizeOf(text)).toBeLessThanOrEqual(65_536);
    expect(sizeOf(text)).toBeGreaterThan(60_000);
    expect(text).toContain(`\n${3000 - rowsOf(text)} more lines of the table omitted`);
    expect(text).toContain('\n1 more block of details omitted');
  });

  test('is counted below any other limit, whatever the characters', () => {
    const report = many(200, { message: '安全组'.repeat(100), related: [] });
    for (const limit of [2048, 5000, 20_000, 100_000]) {
      const text = render(report, limit);
      expect(sizeOf(text)).toBeLessThanOrEqual(limit);
      expect(rowsOf(text)).toBeGreaterThan(0);
    }
  });

  test('leaves room for the words on it', () => {
    const findings = ['port-open', 'admin-port-open'].flatMap((check) => many(40, { check, message: 'x.' }).findings);
    for (let limit = 2048; limit < 16_000; limit += 31) {
      expect(sizeOf(render(reportOf({ findings }), limit))).toBeLessThanOrEqual(limit);
    }
  });

  test('has no words where all fits', () => {
    expect(render(many(3000), 1 << 20)).not.toContain('did not fit');
  });

  test('is a part of a text that is too long', () => {
    const text = render(many(1, { message: `${'a'.repeat(399)}🔒${'b'.repeat(100_000)}` }));
    expect(sizeOf(text)).toBeLessThan(3000);
    expect(text).toContain(`${'a'.repeat(399)}…`);
  });

  test('is counted in details too', () => {
    const place = markedSpan('a.tf', '«x»');
    const instances = Array.from({ length: 8 }, (_, index) => `x[${index}]`);
    const related = instances.map(() => ({ message: 'default of var.x', span: place }));
    const text = render(many(30, { instances, related }));
    expect(text).toContain('<code>x[4]</code>, 3 more<br>');
    expect(text).toContain('and 3 more related places');
    expect(text).toContain('<li>and 10 more</li>');
  });
});

describe('prose', () => {
  test.each([
    '0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet.',
    '::/0 opens ports 20-3306/tcp (22 SSH, 20-21 FTP and 3,283 more ports).',
    '2600::/24 opens SSH (22/tcp) to 2^104 addresses of the internet.',
    'A brace is missing here. Add }.',
    'default of var.office_cidr',
    'Größe, "安全组".',
  ])('is %s', (text) => {
    expect(isProse(text)).toBe(true);
  });

  test.each([
    ...attacks.filter((text) => text !== 'a,line=9,title=x::y'),
    ...[
      '- item',
      '# title',
      '/close',
      '    code',
      '2) item',
      '_x_',
      'a _x',
      'http://x',
      ':lock:',
      'deadbeef',
      'gh-12',
      'a*b*',
      '{+x+}',
      '2001:db8:100::/48',
    ],
    ...['x@y.z', '#1', '~x~', '$x$', 'a|b', 'a\\b', '[x]', '<b>', '&amp;', '!1', '%x', '`x`', 'WWW.example.com', ' a'],
  ])('is not %j', (text) => {
    expect(isProse(text)).toBe(false);
  });
});

describe('whatever users write stands in the same HTML, as text', () => {
  /** The lines with all texts taken out: of code whatever it has, of the rest what may be a sentence. */
  const frameOf = (text: string): string[] =>
    render(hostileReport(text))
      .split('\n')
      .map((line) =>
        line
          .replace(/<code>[^<>"']*<\/code>/g, 'TEXT')
          .replace(/(?<=<td>|: )([^<>"']+)(?=<\/td>|<br>|<\/li>)/g, (whole, inner: string) => {
            const decoded = inner.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
            return inner === 'TEXT' || isProse(decoded) ? 'TEXT' : whole;
          }),
      );
  const expected = frameOf('plain');
  const check = (text: string): void => expect(frameOf(text)).toEqual(expected);

  test('which is the frame of all reports', () => {
    expect(expected.join('\n')).toContain('TEXT in TEXT<br>of TEXT, TEXT<br>TEXT: TEXT<br>fix: TEXT</li>');
  });

  test.each(attacks)('%j', check);

  test('whatever it is', () => {
    fc.assert(fc.property(hostileText, check));
  });
});
