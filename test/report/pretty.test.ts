/** Places in their source lines, whatever those are made of. */

import { describe, expect, test } from '@jest/globals';
import type { Finding, Fix, Related } from '../../src/findings/finding.ts';
import type { RenderOptions, Sort } from '../../src/report/format.ts';
import { renderPretty } from '../../src/report/formats/pretty.ts';
import { expectGolden } from '../golden.ts';
import { fewChecks, findingAt, fullReport, markedSpan, plain, reportOf, undecidedAt } from './reports.ts';

/** The source lines of a finding, without words. */
function excerpt(marked: string, width = 100): string[] {
  const findings = [findingAt(markedSpan('main.tf', marked))];
  const lines = renderPretty(reportOf({ findings }), { ...plain, width, checks: [] }).split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('  0.0.0.0/0')) + 1, -2);
}

/** The lines of a finding with its related places, without words about what it is and what to do. */
function frame(marked: string, related: readonly Related[] = [], options: Partial<RenderOptions> = {}): string[] {
  const findings = [findingAt(markedSpan('main.tf', marked), { related })];
  const lines = renderPretty(reportOf({ findings }), { ...plain, ...options }).split('\n');
  return lines.slice(
    2,
    lines.findIndex((line) => line.startsWith('  help:')),
  );
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

  test('in the first line of a place of several, which says how far it goes', () => {
    expect(excerpt('a = «[\n  1,\n]»\n')).toEqual(['    1 | a = [', '      |     ^ to line 3']);
    expect(frame('a = «[\n  1,\n]»\n')).toEqual(['    1 | a = [', '      |     ^ open to the internet (to line 3)']);
  });

  test('without the line after a line break that ends the place', () => {
    expect(excerpt('«a = 1\n»b = 2\n')).toEqual(['    1 | a = 1', '      | ^^^^^']);
  });
});

describe('above a place', () => {
  test('is the line that opens what it stands in, and not the one of its block, which the group is in', () => {
    const rule =
      'resource "x" "web" {\n  ingress {\n    # SSH\n    from_port = 22\n    to_port = 22\n    cidr = «"::/0"»\n  }\n}\n';
    expect(frame(rule)).toEqual([
      '    2 |   ingress {',
      '  ...',
      '    6 |     cidr = "::/0"',
      '      |            ^^^^^^ open to the internet',
    ]);
    expect(frame('resource "x" "web" {\n  name = "a"\n  «ingress» {\n  }\n}\n')).toEqual([
      '    3 |   ingress {',
      '      |   ^^^^^^^ open to the internet',
    ]);
  });

  test('is what has words in it, and a line that is alone in between', () => {
    expect(frame('rules = [\n  {\n    cidr = «"::/0"»\n  },\n]\n')).toEqual([
      '    1 | rules = [',
      '    2 |   {',
      '    3 |     cidr = "::/0"',
      '      |            ^^^^^^ open to the internet',
    ]);
  });

  test('is nothing that may not be shown', () => {
    const span = markedSpan('main.tfvars', 'password = {\n  cidr = «"::/0"»\n}\n');
    Object.defineProperty(span.file, 'shows', { value: ({ start }: { readonly start: number }) => start > 0 });
    const text = renderPretty(reportOf({ findings: [findingAt(span)] }), plain);
    expect(text).toContain('    2 |   cidr = "::/0"');
    expect(text).not.toContain('password');
  });
});

describe('related places', () => {
  const other = (path: string, marked: string, message: string, more: Partial<Related> = {}): Related => ({
    ...{ span: markedSpan(path, marked), message },
    ...more,
  });

  test('are in one frame with the place, in the order of the file, each with its words', () => {
    const text = 'variable "a" {\n  default = "::/0"\n}\n\nx = «var.a»\n';
    const span = { ...markedSpan('main.tf', text), start: 27, end: 33 };
    expect(
      frame(text, [{ span: { ...span, file: markedSpan('main.tf', text).file }, message: 'default of var.a' }]),
    ).toEqual([
      '    2 |   default = "::/0"',
      '      |             ~~~~~~ default of var.a',
      '  ...',
      '    5 | x = var.a',
      '      |     ^^^^^ open to the internet',
    ]);
  });

  test('of other files are below it, file by file, in line with it', () => {
    const related = [
      other('b.tf', `${'\n'.repeat(1199)}cidr = «var.x»\n`, '"cidr" of a.b'),
      other('c.tf', 'x = «"::/0"»\n', 'default of var.x'),
    ];
    expect(frame('a = «var.y»\n', related)).toEqual([
      '     1 | a = var.y',
      '       |     ^^^^^ open to the internet',
      '     ::: b.tf:1200:8',
      '  1200 | cidr = var.x',
      '       |        ~~~~~ "cidr" of a.b',
      '     ::: c.tf:1:5',
      '     1 | x = "::/0"',
      '       |     ~~~~~~ default of var.x',
    ]);
  });

  test('that are uses and calls have a line each, and are counted beyond three', () => {
    const uses = ['a', 'b', 'c', 'd', 'e'].map((name) => other('use.tf', '«x»', `used by ${name}`, { isUse: true }));
    const call = other('root.tf', '«module»', 'called as module "m" here', { isCall: true });
    expect(frame('«a»', [call, ...uses]).slice(2)).toEqual([
      '  root.tf:1:1: called as module "m" here',
      '  use.tf:1:1: used by a',
      '  use.tf:1:1: used by b',
      '  and 3 more related places',
    ]);
  });
});

describe('a terminal of few columns', () => {
  const narrow = { width: 50, wraps: true };

  test('has messages, labels and lists in lines of their own, and words whole', () => {
    const related = [
      {
        span: markedSpan('b.tf', `${' '.repeat(30)}«x» = 1\n`),
        message: 'argument "ingress_cidr_blocks" of module.edge',
      },
      {
        span: markedSpan('c.tf', '«x»\n'),
        message: 'used by aws_instance.with_a_long_name (compute)',
        isUse: true as const,
      },
    ];
    const findings = [
      findingAt(markedSpan('main.tf', '«a» = 1\n'), {
        related,
        instances: ['aws_security_group.web["a"]', 'aws_security_group.web["b"]'],
      }),
    ];
    expectGolden('reports/narrow.pretty.txt', renderPretty(reportOf({ findings }), { ...plain, ...narrow }));
  });

  test('has the group below the rest of the first line where that is too long', () => {
    const lines = (group: string): string[] =>
      renderPretty(reportOf({ findings: [findingAt(markedSpan('main.tf', '«a»'), { group })] }), {
        ...plain,
        ...narrow,
      })
        .split('\n')
        .slice(0, 2);
    expect(lines('a.b')[0]).toBe('main.tf:1:1 critical admin-port-open in a.b');
    expect(lines('aws_security_group.web')).toEqual([
      'main.tf:1:1 critical admin-port-open',
      '  in aws_security_group.web',
    ]);
    const path = 'modules/network/安全组/main.tf';
    const text = renderPretty(reportOf({ findings: [findingAt(markedSpan(path, '«a»'))] }), { ...plain, ...narrow });
    expect(text.split('\n').slice(0, 2)).toEqual([
      `${path}:1:1`,
      '  critical admin-port-open in aws_security_group.web',
    ]);
  });
});

describe('a fix', () => {
  const span = markedSpan('main.tf', 'x = {\n  a = «"${var.x}"»\n}\n');
  const edits = [
    { span: { ...span, end: span.start + 3 }, text: '' },
    { span: { ...span, start: span.end - 2 }, text: '' },
  ];
  const shown = (fix: Fix): string => renderPretty(reportOf({ findings: [findingAt(span, { fix })] }), plain);

  test('is marked, told in the place of the help, and shown below the line if it changes that alone', () => {
    expect(shown({ message: 'Write it without quotes.', edits }).split('\n')).toEqual([
      'main.tf:2:7 critical admin-port-open [fix] in aws_security_group.web',
      '  0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet.',
      '    1 | x = {',
      '    2 |   a = "${var.x}"',
      '      |       ^^^^^^^^^^ open to the internet',
      '    2 +   a = var.x',
      '  fix: Write it without quotes. (tfsg explain admin-port-open)',
      '',
    ]);
  });

  test('of several lines, or of another file, is not shown', () => {
    expect(shown({ message: 'Two lines.', edits: [{ span, text: '1\n' }] })).not.toContain(' + ');
    expect(shown({ message: 'Elsewhere.', edits: [{ span: markedSpan('b.tf', '«x»'), text: '1' }] })).not.toContain(
      ' + ',
    );
    const long = markedSpan('main.tf', `x = [«1», ${'"text", '.repeat(40)}]\n`);
    const fix = { message: 'Far.', edits: [{ span: long, text: '2' }] };
    expect(renderPretty(reportOf({ findings: [findingAt(long, { fix })] }), plain)).not.toContain(' + ');
    expect(
      shown({ message: 'A line more.', edits: [...edits, { span: { ...span, start: 0, end: 1 }, text: 'y' }] }),
    ).not.toContain(' + ');
  });
});

describe('the order', () => {
  const findings = (['low', 'critical', 'low', 'high'] as const).map((severity, index) =>
    findingAt(markedSpan(`${index}.tf`, '«a»'), { severity }),
  );
  const problems = [
    { kind: 'syntax', severity: 'error', message: 'A brace is missing here.' },
    { kind: 'module', severity: 'warning', message: 'Not read.' },
  ] as const;
  const heads = (sort?: Sort): string[] =>
    renderPretty(reportOf({ findings, problems }), { ...plain, ...(sort && { sort }) })
      .split('\n')
      .filter((line) => /^\S/.test(line))
      .map((line) => line.replace(/:1:1 (\w+).*/, ' $1'));

  test('has the gravest last, and of one severity that of places', () => {
    expect(heads()).toEqual(['0.tf low', '2.tf low', 'warning module', '3.tf high', '1.tf critical', 'error syntax']);
    expect(heads('severity')).toEqual(heads());
  });

  test('by file has problems first', () => {
    expect(heads('file')).toEqual([
      'error syntax',
      'warning module',
      '0.tf low',
      '1.tf critical',
      '2.tf low',
      '3.tf high',
    ]);
  });
});

describe('the table', () => {
  const many = (count: number, changes: Partial<Finding>): Finding[] =>
    Array.from({ length: count }, () => findingAt(markedSpan('main.tf', '«a»'), changes));
  const findings = [
    ...many(12, { check: 'inline-rules', severity: 'info' }),
    ...many(3, { check: 'policy', severity: 'high', fix: { message: 'Fixed.', edits: [] } }),
    ...many(1, { check: 'admin-port-open', severity: 'critical' }),
    ...many(5, { check: 'port-open', severity: 'high' }),
  ];

  test('ends a long report, the gravest first, with what can be fixed and what is wrong', () => {
    const options = { ...plain, checks: fewChecks };
    const table = [
      ' 1  critical  admin-port-open        What admin-port-open is about',
      ' 5  high      port-open      ',
      ' 3  high      policy          [fix]  What policy is about',
      '12  info      inline-rules           What inline-rules is about',
    ];
    const lines = renderPretty(reportOf({ findings }), options).split('\n');
    expect(lines.slice(-6).map((line) => line.trimEnd())).toEqual(['', ...table.map((line) => line.trimEnd()), '']);
    expect(renderPretty(reportOf({ findings }), { ...options, statistics: true })).toBe(
      `${lines.slice(-5).join('\n')}`,
    );
    expect(renderPretty(reportOf({ findings: findings.slice(1) }), options)).not.toMatch(/^ *\d+ {2}critical/m);
  });

  test('cuts what is wrong to what there is room for', () => {
    const text = renderPretty(reportOf({ findings: many(1, {}) }), { ...plain, statistics: true, width: 60 });
    expect(text).toBe('1  critical  admin-port-open  Ingress opens an …\n');
  });
});

test('a check is a link where the terminal opens one', () => {
  const text = renderPretty(reportOf({ findings: [findingAt(markedSpan('main.tf', '«a»'))] }), {
    ...plain,
    linkOf: (check) => `file:///docs/${check} page.md`,
  });
  expect(text.split('\n')[0]).toBe(
    'main.tf:1:1 critical \u001b]8;;file:///docs/admin-port-open%20page.md\u001b\\admin-port-open\u001b]8;;\u001b\\ in aws_security_group.web',
  );
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
    return [...text.matchAll(/^ {2}(?: {4}\| ~ )?(\w+|and \d+ more related places?)$/gm)].map((match) => match[1]!);
  };

  test('the first four are shown', () => {
    expect(shown()).toEqual(['first', 'second', 'third', 'fourth', 'and 2 more related places']);
    expect(shown('second')).toEqual(shown());
    expect(shown('fourth')).toEqual(shown());
  });

  test('and the one where the value is written out', () => {
    expect(shown('sixth')).toEqual(['first', 'second', 'third', 'sixth', 'and 2 more related places']);
  });
});
