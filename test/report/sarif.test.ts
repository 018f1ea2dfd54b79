/** SARIF: what a result, a rule and a problem look like, and that text of users stays text. */

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../src/checks/index.ts';
import { type Severity, severities } from '../../src/findings/severity.ts';
import { documentOf } from '../../src/report/document.ts';
import { renderSarif } from '../../src/report/formats/sarif.ts';
import type { Report } from '../../src/report/report.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import type { Span } from '../../src/source/span.ts';
import { expectGolden } from '../golden.ts';
import { fewChecks, findingAt, fullReport, markedSpan, plain, reportOf, sample } from './reports.ts';

interface Message {
  readonly text: string;
}

interface Location {
  readonly id?: number;
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: Readonly<Record<'startLine' | 'startColumn' | 'endLine' | 'endColumn', number>>;
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
  readonly message?: Message;
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: Message;
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly Location[];
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly artifactLocation: { readonly uri: string };
      readonly replacements: readonly { readonly insertedContent: Message }[];
    }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

interface Rule {
  readonly id: string;
  readonly name?: string;
  readonly fullDescription: Message;
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: Readonly<Record<string, unknown>> & { readonly tags: readonly string[] };
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly { readonly level: string; readonly message: Message }[];
  }[];
  readonly results: readonly Result[];
  readonly properties?: { readonly tfsg: unknown };
}

function runOf(parts: Partial<Report>, options: Parameters<typeof renderSarif>[1] = plain): Run {
  const log = JSON.parse(renderSarif(documentOf(reportOf(parts)), options)) as { readonly runs: readonly Run[] };
  expect(log.runs).toHaveLength(1);
  return log.runs[0]!;
}

const here = markedSpan('main.tf', 'cidr = «"0.0.0.0/0"»\n');

/** The part of one long line from an offset to the next. */
const part = (start: number): Span => ({ file: new SourceFile('main.tf', 'x'.repeat(1000)), start, end: start + 1 });

describe('the log', () => {
  test('a report with one of everything', () => {
    expectGolden('reports/full.sarif', renderSarif(documentOf(fullReport()), { ...plain, checks: fewChecks }));
  });

  test('of nothing has results, so that alerts are closed', () => {
    const run = runOf({});
    expect(run.results).toEqual([]);
    expect(run.invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
    expect(run.properties).toBeUndefined();
  });

  test('of a shard carries its report', () => {
    const shard = { index: 1, count: 2, parts: [] };
    expect(runOf({ shard }).properties?.tfsg).toEqual(documentOf(reportOf({ shard })));
  });

  test('has problems as notifications, of which an error is no success', () => {
    const warning = { kind: 'module', severity: 'warning', message: 'No "x" here' } as const;
    const [invocation] = runOf({ problems: [{ ...warning, hint: 'Run terraform init.' }] }).invocations;
    expect(invocation).toMatchObject({
      executionSuccessful: true,
      toolExecutionNotifications: [{ level: 'warning', message: { text: 'No "x" here. Run terraform init.' } }],
    });
    expect(runOf({ problems: [{ ...warning, severity: 'error' }] }).invocations[0]!.executionSuccessful).toBe(false);
  });
});

describe('a rule', () => {
  const ruleIn = (run: Run, id: string): Rule => run.tool.driver.rules.find((rule) => rule.id === id)!;

  test('is there for each check, whatever was found', () => {
    const ids = checks.map(({ id }) => id);
    expect(runOf({}).tool.driver.rules.map(({ id }) => id)).toEqual(ids);
    expect(runOf({ findings: [findingAt(here)] }).tool.driver.rules.map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    ['critical', 'error', '9.5'],
    ['high', 'error', '8.0'],
    ['medium', 'warning', '5.5'],
    ['low', 'note', '2.0'],
    ['info', 'note', undefined],
  ] as const)('of %s', (severity, level, score) => {
    const run = runOf({ findings: [findingAt(here, { severity })] });
    const { defaultConfiguration, properties } = ruleIn(run, 'admin-port-open');
    expect(defaultConfiguration).toEqual({ level });
    expect(properties['security-severity']).toBe(score);
    expect(properties['problem.severity']).toBe(score === undefined ? 'recommendation' : undefined);
    expect(properties.tags.includes('security')).toBe(score !== undefined);
    expect(run.results[0]!.level).toBe(level);
  });

  test('has the worst severity that was found, and each result its own', () => {
    const at = (severity: Severity, path: string) => findingAt(markedSpan(path, '«x»'), { severity });
    const run = runOf({ findings: [at('low', 'a.tf'), at('high', 'b.tf'), at('medium', 'c.tf')] });
    expect(ruleIn(run, 'admin-port-open').properties['security-severity']).toBe('8.0');
    expect(run.results.map(({ level }) => level)).toEqual(['note', 'error', 'warning']);
  });

  test('of another version is there with its findings alone', () => {
    const run = runOf({ findings: [findingAt(here, { check: 'new-fault', severity: 'medium' })] });
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual([...checks.map(({ id }) => id), 'new-fault']);
    expect(run.tool.driver.rules[run.results[0]!.ruleIndex]!.id).toBe('new-fault');
  });

  test('has the page for help, without the examples at its end and without links to other pages', () => {
    const page = [
      '# a-fault\n\nWhat is wrong.\n\n## Why\n\nIt is\nopen. See [icmp-open](icmp-open.md) and [AWS](https://aws.amazon.com).',
      '## How to fix\n\n```hcl\na = 1\n```',
      '## Example\n\n```hcl\nb = 2\n```',
      '## Sources\n\n- <https://docs.aws.amazon.com>\n',
    ].join('\n\n');
    const { fullDescription, help } = ruleIn(runOf({}, { checks, pageOf: () => page }), 'admin-port-open');
    expect(fullDescription.text).toBe('It is open. See [icmp-open](icmp-open.md) and [AWS](https://aws.amazon.com).');
    expect(help.markdown).toBe(
      [
        '# a-fault\n\nWhat is wrong.\n\n## Why\n\nIt is\nopen. See icmp-open and [AWS](https://aws.amazon.com).',
        '## How to fix\n\n```hcl\na = 1\n```',
        '## Sources\n\n- <https://docs.aws.amazon.com>',
      ].join('\n\n'),
    );
    expect(help.text).toBe(help.markdown);
  });

  test('keeps the limits of code scanning', () => {
    const aliases = Array.from({ length: 30 }, (_, index) => `OLD-${index}`);
    const wide = { ...sample('wide-fault', 'low', aliases), summary: 'y'.repeat(2000) };
    const [rule] = runOf({}, { checks: [wide], pageOf: () => '' }).tool.driver.rules as [Rule];
    expect(rule.fullDescription.text).toHaveLength(1024);
    expect(rule.properties.tags).toHaveLength(10);
    expect(rule.name).toBe('WideFault');
    expect(rule.help.text).not.toBe('');
  });
});

describe('a result', () => {
  test('links to the places behind it', () => {
    const related = ['default of var.office', 'called as module "edge" here'].map((message, index) => ({
      message,
      span: markedSpan(`${index}.tf`, '«x»'),
    }));
    const [result] = runOf({ findings: [findingAt(here, { related })] }).results;
    expect(result!.message.text).toBe(
      '0.0.0.0/0 opens SSH (22/tcp) to the whole IPv4 internet. Allow only those who need it. See [default of var.office](1), [called as module "edge" here](2).',
    );
    expect(result!.relatedLocations!.map(({ id, message }) => [id, message!.text])).toEqual([
      [1, 'default of var.office'],
      [2, 'called as module "edge" here'],
    ]);
  });

  test('names instances and environments where the address does not say them', () => {
    const textOf = (instances: readonly string[], environments: readonly string[] = []) =>
      runOf({ findings: [findingAt(here, { message: 'M.', help: 'Help.', subject: 'a.b', instances, environments })] })
        .results[0]!.message.text;
    expect(textOf(['a.b'])).toBe('M. Help.');
    expect(textOf(['a.b["x"]'])).toBe('M. Help. In a.b["x"].');
    expect(textOf([0, 1, 2, 3, 4, 5, 6].map((key) => `a.b[${key}]`))).toBe(
      'M. Help. In a.b[0], a.b[1], a.b[2], a.b[3], a.b[4] and 2 more.',
    );
    expect(textOf(['a.b'], ['prod', 'stage'])).toBe('M. Help. Environments: prod, stage.');
  });

  test('is one for a check and line, at the worst of its findings, and tells all of them', () => {
    const findings = [
      findingAt(part(1), { message: 'First.', severity: 'low', subject: 'a.b', instances: ['a.b'] }),
      findingAt(part(3), { message: 'Second.', severity: 'high', fingerprint: 'f'.repeat(32) }),
      findingAt(part(5), { message: 'Other.', check: 'port-open' }),
    ];
    const results = runOf({ findings }).results;
    expect(results.map(({ ruleId }) => ruleId)).toEqual(['admin-port-open', 'port-open']);
    const [{ level, message, locations, relatedLocations, partialFingerprints }] = results as [Result];
    expect(level).toBe('error');
    expect(message.text).toBe('Second. Allow only those who need it. [Also here](1): First.');
    expect(locations[0]!.physicalLocation.region.startColumn).toBe(4);
    expect(locations[0]!.logicalLocations!.map((each) => each.fullyQualifiedName)).toEqual([
      'aws_security_group.web',
      'a.b',
    ]);
    expect(relatedLocations!.map(({ physicalLocation }) => physicalLocation.region.startColumn)).toEqual([2]);
    expect(partialFingerprints).toEqual({ 'tfsgFingerprint/v2': 'f'.repeat(32) });
  });

  test('has the fix of each finding, by file', () => {
    const edit = (path: string, text: string) => ({ span: markedSpan(path, '«x»'), text });
    const fixed = (start: number, ...edits: readonly ReturnType<typeof edit>[]) =>
      findingAt(part(start), { fix: { message: 'Write it.', edits } });
    const findings = [
      fixed(1, edit('a.tf', '1'), edit('b.tf', ''), edit('a.tf', '3')),
      fixed(3, edit('c.tf', '4')),
      fixed(5, edit('c.tf', '4')),
    ];
    const [result] = runOf({ findings }).results;
    expect(
      result!.fixes!.map(({ artifactChanges }) =>
        artifactChanges.map(({ artifactLocation, replacements }) => [
          artifactLocation.uri,
          ...replacements.map(({ insertedContent }) => insertedContent.text),
        ]),
      ),
    ).toEqual([
      [
        ['a.tf', '1', '3'],
        ['b.tf', ''],
      ],
      [['c.tf', '4']],
    ]);
  });

  test.each([
    ['a b/ä#?%.tf', 'a%20b/%C3%A4%23%3F%25.tf'],
    ['git::x/main.tf', 'git%3A%3Ax/main.tf'],
    ['half\ud800.tf', 'half%EF%BF%BD.tf'],
    ['a\nb.tf', 'a%0Ab.tf'],
  ])('has the path %j as a relative reference', (path, uri) => {
    const [result] = runOf({ findings: [findingAt(markedSpan(path, '«x»'))] }).results;
    expect(result!.locations[0]!.physicalLocation.artifactLocation.uri).toBe(uri);
  });

  test('has no more places than code scanning takes, and no finding is lost', () => {
    const findings = Array.from({ length: 250 }, (_, index) => findingAt(part(index), { message: `Fault ${index}.` }));
    const { results } = runOf({ findings });
    expect(results.map(({ relatedLocations }) => relatedLocations!.length)).toEqual([99, 99, 49]);
    const texts = results.map(({ message }) => message.text).join(' ');
    expect(findings.filter(({ message }) => !texts.includes(message))).toEqual([]);
  });

  test('has the first hundred of many related places, and links to a few', () => {
    const related = Array.from({ length: 150 }, (_, index) => ({ message: `place ${index}`, span: part(index) }));
    const [result] = runOf({ findings: [findingAt(here, { message: 'M.', related })] }).results;
    expect(result!.relatedLocations).toHaveLength(99);
    expect(result!.message.text).toMatch(
      /^M\. Allow only those who need it\. See \[place 0\]\(1\), .*\[place 4\]\(5\) and 145 more\.$/,
    );
  });
});

test('of more results than code scanning takes the worst are left, and it is said', () => {
  const file = new SourceFile('main.tf', 'x\n'.repeat(25_010));
  const findings = Array.from({ length: 25_010 }, (_, index) =>
    findingAt({ file, start: index * 2, end: index * 2 + 1 }, { severity: index < 20 ? 'info' : 'high' }),
  );
  const { results, invocations } = runOf({ findings });
  expect(results).toHaveLength(25_000);
  expect(results.filter(({ level }) => level === 'note')).toHaveLength(10);
  expect(results[10]!.locations[0]!.physicalLocation.region.startLine).toBe(21);
  expect(invocations[0]!.toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
    '10 results of the lowest severities are omitted because code scanning accepts at most 25000.',
  ]);
});

describe('text of users', () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(
        '[',
        ']',
        '](',
        '(1)',
        '\\',
        '\n',
        '\r',
        '\u001b',
        '\u202e',
        '\ud800',
        '\ufffe',
        '{0}',
        '://',
        '/',
        '..',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
  );
  const text = words.map((parts) => parts.join(''));
  const path = text.filter((each) => each !== '');
  const finding = fc
    .record({
      message: text,
      subject: text,
      instance: text,
      path,
      severity: fc.constantFrom(...severities),
      related: fc.array(fc.record({ message: text, path }), { maxLength: 8 }),
      inserted: text,
    })
    .map(({ message, subject, instance, severity, related, inserted, ...where }) =>
      findingAt(markedSpan(where.path.replace(/[«»]/g, ''), '«x»'), {
        ...{ message, subject, instances: [instance], severity },
        related: related.map((each) => ({ message: each.message, span: markedSpan(each.path, '«x»') })),
        fix: { message, edits: [{ span: here, text: inserted }] },
      }),
    );

  test('is never a link, a line or a scheme, and what is inserted stays as it is', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 5 }), (findings) => {
        const problems = findings.map(({ message, span }) => ({
          ...({ kind: 'syntax', severity: 'error', message, span } as const),
        }));
        const report = reportOf({ findings, problems });
        const json = renderSarif(documentOf(report), plain);
        expect(json).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe]/);
        expect(renderSarif(documentOf(report), plain)).toBe(json);

        const run = runOf({ findings, problems });
        const notified = run.invocations[0]!.toolExecutionNotifications.map(({ message }) => message.text);
        expect(notified.filter((each) => each.includes(']('))).toEqual([]);
        for (const { message, locations, relatedLocations = [] } of run.results) {
          expect(message.text).not.toMatch(/[\0-\x1f\x7f-\x9f\u202a-\u202e]/);
          const targets = [...message.text.matchAll(/\]\((.*?)\)/g)].map(([, target]) => Number(target));
          const ids = relatedLocations.map(({ id }) => id);
          expect(targets).toEqual(ids.slice(0, targets.length));
          for (const { physicalLocation } of [...locations, ...relatedLocations]) {
            expect(physicalLocation.artifactLocation.uri).toMatch(/^(?:[\w.!~*'()/-]|%[0-9A-F]{2})+$/);
          }
          expect(locations).toHaveLength(1);
        }
        const inserted = run.results
          .flatMap(({ fixes = [] }) => fixes)
          .flatMap(({ artifactChanges }) => artifactChanges)
          .flatMap(({ replacements }) => replacements.map(({ insertedContent }) => insertedContent.text));
        const written = findings.flatMap(({ fix }) => fix!.edits.map((edit) => edit.text));
        expect(new Set(inserted)).toEqual(new Set(written));
      }),
    );
  });
});
