/** Markdown for comments and summaries. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Finding } from '../../src/findings/finding.ts';
import type { PlaceDocument } from '../../src/report/document.ts';
import { documentOf } from '../../src/report/document.ts';
import { renderMarkdown } from '../../src/report/formats/markdown.ts';
import { isProse } from '../../src/report/prose.ts';
import { loadFormat } from '../../src/report/render.ts';
import { emptySummary, type Report } from '../../src/report/report.ts';
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
const itemsOf = (text: string) => text.match(/^<li>(?!and )/gm)?.length ?? 0;

test('a report with one of everything', async () => {
  const withSources = await loadFormat('markdown');
  expectGolden('reports/full.markdown.md', withSources(fullReport(), { ...plain, unknown: true }));
});

test('an empty report is a heading and a sentence below the hidden comment', () => {
  const empty = '<!-- tfsg -->\n### tfsg: nothing found\n\nIn 0 files (0 groups, 0 rules).\n';
  expect(render(reportOf({}))).toBe(empty);
});

test.each([
  [0, '✅ tfsg passed: nothing found'],
  [1, '❌ tfsg failed: nothing found'],
  [2, '⚠️ tfsg could not check everything: nothing found'],
] as const)('the heading of exit code %i has the verdict', (exitCode, heading) => {
  const text = renderMarkdown(documentOf(reportOf({})), { ...plain, exitCode });
  expect(text.split('\n')[1]).toBe(`### ${heading}`);
});

test('the head counts what is hidden, and names no options of the command line', () => {
  const summary = { ...emptySummary, low: 2, info: 3, undecided: 4, switchedOff: 2, switchedOffByInputs: 1, files: 1 };
  const findings = many(2, { severity: 'low' }).findings;
  const [, heading, , rest] = render(reportOf({ findings, summary })).split('\n');
  expect([heading, rest]).toEqual([
    '### tfsg: 2 low',
    'In 1 file (0 groups, 0 rules); 3 findings hidden; 2 groups and rules are switched off; 4 results undecided because of unknown values.',
  ]);
});

test('the worst comes first, and what is low is folded', () => {
  const findings = (['low', 'critical', 'medium'] as const).map((severity) =>
    findingAt(markedSpan('a.tf', '«x»'), { severity }),
  );
  const text = render(reportOf({ findings, problems: fullReport().problems }));
  expect([...text.matchAll(/^<(p|details><summary)><b>(.*)<\/b>/gm)].map((match) => `${match[1]} ${match[2]}`)).toEqual(
    ['p 1 error', 'p 1 critical', 'p 1 medium', 'details><summary 1 warning', 'details><summary 1 low'],
  );
  expect(itemsOf(text)).toBe(5);
});

test('what several findings have in common is said once: the check, and what to do', () => {
  const text = render(many(3));
  expect(text.match(/Ingress opens an administration port to the internet/g)).toHaveLength(1);
  expect(text.match(/a bastion, a VPN, an office\. More: <code>tfsg explain admin-port-open<\/code>/g)).toHaveLength(1);
});

test('places are links where files are to be seen, and have their source lines where texts are there', () => {
  const other = markedSpan('b.tf', '«y»');
  const finding = findingAt(markedSpan('a b/main.tf', '\n\n«x   = <1>\n»'), {
    related: [{ message: 'default of var.x', span: other }],
  });
  const options = {
    ...plain,
    urlOf: (path: string, first: number, last: number) => `https://example.com/"${path}"#${first}-${last}`,
    sourceOf: ({ file }: PlaceDocument) => (file === 'b.tf' ? undefined : 'x   = <1>'),
  };
  const text = renderMarkdown(documentOf(reportOf({ findings: [finding] })), options);
  expect(text).toContain(
    '<li><a href="https://example.com/&quot;a b/main.tf&quot;#3-3"><code>a b/main.tf:3</code></a> in <code>aws_security_group.web</code><br>',
  );
  expect(text).toContain('<br><code>x = &lt;1&gt;</code><br><a href="https://example.com/&quot;b.tf&quot;#1-1">');
});

test('members are the numbers of their lines, each a link', () => {
  const at = (line: number) => findingAt(markedSpan('a.tf', `${'\n'.repeat(line - 1)}«x»`));
  const [first, ...others] = [at(2), at(4), at(9)] as [Finding, ...Finding[]];
  const gathered = {
    ...first,
    members: [first, ...others],
    related: others.map(({ span }) => ({ span, message: 'rule' })),
  };
  const options = { ...plain, urlOf: (path: string, line: number) => `https://x/${path}#${line}` };
  const text = renderMarkdown(documentOf(reportOf({ findings: [gathered] })), options);
  expect(text).toContain('<br>also at lines <a href="https://x/a.tf#4">4</a>, <a href="https://x/a.tf#9">9</a></li>');
});

describe('what does not fit', () => {
  test('is counted, below the limit of a comment', () => {
    const findings = Array.from({ length: 150 }, (_, index) => many(20, { check: `check-${index}` }).findings).flat();
    const text = render(reportOf({ findings }));
    expect(sizeOf(text)).toBeLessThanOrEqual(65_536);
    expect(sizeOf(text)).toBeGreaterThan(60_000);
    const left = 3000 - itemsOf(text) - Number(/^<li>and (\d+) more<\/li>$/m.exec(text)?.[1] ?? 0);
    expect(left).toBeGreaterThan(0);
    expect(text).toContain(`\n${left} more results omitted`);
  });

  test('is counted below any other limit, whatever the characters', () => {
    const report = many(200, { message: '安全组'.repeat(100), related: [] });
    for (const limit of [2048, 5000, 20_000, 100_000]) {
      const text = render(report, limit);
      expect(sizeOf(text)).toBeLessThanOrEqual(limit);
      expect(itemsOf(text)).toBeGreaterThan(0);
    }
  });

  test('leaves room for the words on it', () => {
    const findings = ['port-open', 'admin-port-open'].flatMap((check) => many(40, { check, message: 'x.' }).findings);
    for (let limit = 2048; limit < 16_000; limit += 31) {
      expect(sizeOf(render(reportOf({ findings }), limit))).toBeLessThanOrEqual(limit);
    }
  });

  test('has no words where all fits', () => {
    expect(render(many(3000), 1 << 20)).not.toContain('omitted');
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
    const text = render(many(60, { instances, related }));
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
          .replace(/(?<=<li>|<br>|: )(?!of TEXT|fix: |TEXT)([^<>"']+)(?=<br>|<\/li>)/g, (whole, inner: string) => {
            const decoded = inner.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
            return inner === 'TEXT' || isProse(decoded) ? 'TEXT' : whole;
          }),
      );
  const expected = frameOf('plain');
  const check = (text: string): void => expect(frameOf(text)).toEqual(expected);

  test('which is the frame of all reports', () => {
    expect(expected.join('\n')).toContain('<li>TEXT in TEXT<br>TEXT<br>of TEXT, TEXT<br>TEXT: TEXT<br>fix: TEXT</li>');
  });

  test.each(attacks)('%j', check);

  test('whatever it is', () => {
    fc.assert(fc.property(hostileText, check));
  });
});
