/** What a change opens and closes, in every format. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import type { Comparison } from '../../../src/changes/change.ts';
import { ALL_TRAFFIC } from '../../../src/network/traffic.ts';
import { type ChangesFormatName, changesFormatNames, loadChangesFormat } from '../../../src/report/changes/index.ts';
import { sentenceOf } from '../../../src/report/changes/sentence.ts';
import type { ChangesLook } from '../../../src/report/changes/shown.ts';
import { piecesText } from '../../../src/report/changes/words.ts';
import type { Problem } from '../../../src/source/problem.ts';
import { expectGolden } from '../../golden.ts';
import { parseCommand } from '../actions.ts';
import { attacks } from '../hostile.ts';
import { markedSpan } from '../reports.ts';
import {
  accessOf,
  comparisonOf,
  comparisonWithRules,
  fullComparison,
  hostileComparison,
  look,
  reachOf,
  ssh,
  strict,
  tcp,
  udp,
  undecidedOf,
} from './comparisons.ts';

const render = async (name: ChangesFormatName, comparison: Comparison, own: ChangesLook = look): Promise<string> =>
  (await loadChangesFormat(name)).render(comparison, own);

const extensions: Readonly<Record<ChangesFormatName, string>> = {
  github: 'github.txt',
  json: 'json',
  markdown: 'md',
  sarif: 'sarif',
  text: 'txt',
};

const module: Problem = { kind: 'module', severity: 'warning', message: 'Module "vpc" is not downloaded.' };

const alone: Readonly<Record<string, Comparison>> = {
  ssh,
  refactoring: comparisonOf({ counts: { unchangedDirectories: 199 } }),
  closed: comparisonOf({ changes: [accessOf({ kind: 'closed' })] }),
  undecided: comparisonOf({ undecided: [undecidedOf()] }),
  reach: comparisonOf({ reach: [reachOf()] }),
  unread: comparisonOf({ problems: [module] }),
  report: comparisonOf({ changes: [accessOf()], isReachUnknown: true, base: 'before.json' }),
};

describe('everything', () => {
  test.each(changesFormatNames)('as %s', async (name) => {
    const text = await render(name, fullComparison(), strict('internet'));
    expectGolden(`changes-formats/full.expected.${extensions[name]}`, text);
    expect(await render(name, fullComparison(), strict('internet'))).toBe(text);
  });

  test('in colour', async () => {
    expect(await render('text', ssh, { ...look, color: true })).toContain('\u001b[31m+ in TCP 22 (SSH)\u001b[39m');
  });
});

describe('what own rules say', () => {
  test.each(changesFormatNames)('as %s', async (name) => {
    expectGolden(`changes-formats/rules.expected.${extensions[name]}`, await render(name, comparisonWithRules()));
  });

  test('fails the run as findings do, each row once', async () => {
    const { summary } = JSON.parse(await render('json', comparisonWithRules()));
    expect(summary).toMatchObject({ failing: 2, findings: 3, suppressed: 2 });
  });
});

test.each(Object.keys(alone))('%s, as text and Markdown', async (name) => {
  expectGolden(`changes-formats/${name}.expected.txt`, await render('text', alone[name]!));
  expectGolden(`changes-formats/${name}.expected.md`, await render('markdown', alone[name]!));
});

describe('the sentence', () => {
  const to = (source: string, group = 'aws_security_group.web', port = 5432) =>
    accessOf({ sources: [source], group, traffic: tcp(port) });
  const cases: readonly (readonly [string, Comparison])[] = [
    ['Opens SSH to the internet on 1 group; closes nothing.', comparisonOf({ changes: [accessOf()] })],
    ['Opens SSH to the internet on 1 group; closes nothing.', ssh],
    [
      'Opens SSH to the IPv6 internet on 1 group; closes nothing.',
      comparisonOf({ changes: [accessOf({ family: 6, sources: ['::/0'], internet: true })] }),
    ],
    [
      'Opens PostgreSQL to 10.0.0.0/8 on 2 groups; closes HTTP from the internet on 1 group.',
      comparisonOf({
        changes: [to('10.0.0.0/8', 'a'), to('10.0.0.0/8', 'b'), accessOf({ kind: 'closed', traffic: tcp(80) })],
      }),
    ],
    [
      'Opens PostgreSQL to 10.0.0.0/8 on 2 groups and TCP 8000-8010 to 10.1.0.0/16 on 1 group; closes nothing.',
      comparisonOf({
        changes: [
          accessOf({ traffic: tcp(8000, 8010), sources: ['10.1.0.0/16'] }),
          to('10.0.0.0/8', 'a'),
          to('10.0.0.0/8', 'b'),
        ],
      }),
    ],
    [
      'Opens SSH to the internet on 1 group, and 2 more; closes nothing.',
      comparisonOf({ changes: [to('10.0.0.0/8', 'a'), to('10.1.0.0/16', 'b'), accessOf()] }),
    ],
    [
      'Opens HTTP and HTTPS to the internet on 1 group; closes nothing.',
      comparisonOf({ changes: [accessOf({ traffic: tcp(80) }), accessOf({ traffic: tcp(443) })] }),
    ],
    [
      'Opens SSH to the internet on 2 groups; closes nothing.',
      comparisonOf({ changes: [accessOf({ roots: ['live/dev', 'live/prod'] })] }),
    ],
    [
      'Opens all traffic to the internet on 1 group; closes nothing.',
      comparisonOf({ changes: [accessOf({ traffic: ALL_TRAFFIC })] }),
    ],
    [
      'Opens outbound DNS to the internet on 1 group; closes outbound SSH to 10.0.0.0/8 on 1 group.',
      comparisonOf({
        changes: [
          accessOf({ direction: 'egress', traffic: udp(53) }),
          accessOf({ kind: 'closed', direction: 'egress', sources: ['10.0.0.0/8'] }),
        ],
      }),
    ],
    [
      'Opens SSH to 10.0.0.0/8, 10.1.0.0/16 and 2 more sources on 1 group; closes nothing.',
      comparisonOf({ changes: [accessOf({ sources: ['10.0.0.0/8', '10.1.0.0/16', 'a', 'b'] })] }),
    ],
    [
      'Opens SSH to the group itself on 1 group; closes nothing.',
      comparisonOf({ changes: [accessOf({ sources: ['self'], family: null })] }),
    ],
    [
      'Opens nothing; closes SSH from the internet on 1 group.',
      comparisonOf({ changes: [accessOf({ kind: 'closed' })] }),
    ],
    ['No change in access.', comparisonOf({})],
    ['No change in access, as far as it was read: 1 module was not read.', comparisonOf({ problems: [module] })],
    [
      'No change in access, as far as it was read: 2 modules were not read and there is 1 other problem.',
      comparisonOf({
        problems: [module, { ...module, message: 'b' }, { kind: 'file', severity: 'error', message: 'c' }],
      }),
    ],
    [
      'No change in access.',
      comparisonOf({ problems: [{ kind: 'suppression', severity: 'warning', message: 'Unknown check.' }] }),
    ],
    [
      'Opens SSH to the internet on 1 group; closes nothing; 1 change depends on var.office_cidr.',
      comparisonOf({ changes: [accessOf()], undecided: [undecidedOf()] }),
    ],
    [
      'Opens SSH to the internet on 1 group; closes nothing; there are 2 problems.',
      comparisonOf({
        changes: [accessOf()],
        problems: [
          { kind: 'syntax', severity: 'error', message: 'a' },
          { kind: 'unread', severity: 'warning', message: 'b' },
        ],
      }),
    ],
    [
      'No change in access is certain; 1 change depends on var.office_cidr.',
      comparisonOf({ undecided: [undecidedOf()] }),
    ],
    [
      'No change in access is certain; 2 changes depend on var.a, var.b and 2 more values; 1 module was not read.',
      comparisonOf({
        undecided: [
          undecidedOf({ because: ['var.b', 'var.a'] }),
          undecidedOf({ traffic: tcp(80), because: ['var.c', 'var.d'] }),
        ],
        problems: [module],
      }),
    ],
    [
      'No rule changes; the internet now reaches aws_db_instance.main on PostgreSQL (5432/tcp).',
      comparisonOf({ reach: [reachOf(), reachOf({ family: 6 })] }),
    ],
    [
      'No rule changes; the internet no longer reaches 2 services.',
      comparisonOf({ reach: [reachOf({ kind: 'closed' }), reachOf({ kind: 'closed', service: 'aws_lb.b' })] }),
    ],
    [
      'No rule changes; the internet now reaches aws_db_instance.main on PostgreSQL (5432/tcp) and no longer reaches aws_lb.b on TCP 8000-8010.',
      comparisonOf({
        reach: [reachOf(), reachOf({ kind: 'closed', service: 'aws_lb.b', traffic: tcp(8000, 8010) })],
      }),
    ],
  ];

  test.each(cases)('%s', (expected, comparison) => {
    expect(piecesText(sentenceOf(comparison, look))).toBe(expected);
  });

  test.each(changesFormatNames)('is in %s', async (name) => {
    const text = await render(name, ssh);
    if (name === 'sarif') expect(text).not.toContain('closes nothing');
    else expect(text).toContain('Opens SSH to the internet on 1 group; closes nothing.');
  });
});

describe('rows for people', () => {
  const lines = async (comparison: Comparison, own = look): Promise<readonly string[]> =>
    (await render('text', comparison, own)).split('\n').filter((line) => /^[ !] [+?-]/.test(line));

  test('are one for both families, and for several ports of the same sources', async () => {
    const both = [tcp(80), tcp(443)].flatMap((traffic) =>
      ([4, 6] as const).map((family) =>
        accessOf({ traffic, family, sources: [family === 4 ? '0.0.0.0/0' : '::/0'], internet: true }),
      ),
    );
    expect(await lines(comparisonOf({ changes: both }))).toEqual([
      '  + in TCP 80, 443 (HTTP and HTTPS)  from 0.0.0.0/0, ::/0  main.tf:3:20',
    ]);
  });

  test('are several where sources, places of worlds or verdicts differ', async () => {
    const changes = [
      accessOf(),
      accessOf({ traffic: tcp(80), sources: ['10.0.0.0/8'] }),
      accessOf({ traffic: tcp(443), when: [{ 'var.a': true }] }),
      accessOf({ traffic: tcp(8080), isAllowed: true }),
    ];
    expect(await lines(comparisonOf({ changes }))).toHaveLength(4);
  });

  test('are short where all of the internet is added to what was open', async () => {
    const rest = ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/5', '200.0.0.0/7'];
    const changes = [
      accessOf({ sources: rest, internet: true }),
      accessOf({ kind: 'closed', traffic: tcp(80), sources: rest, internet: true }),
      accessOf({ traffic: tcp(443), sources: ['128.0.0.0/1'], internet: true }),
      accessOf({ traffic: tcp(8080), sources: rest, internet: false }),
    ];
    expect((await lines(comparisonOf({ changes }))).map((line) => line.replace(/ {2,}/g, ' '))).toEqual([
      ' + in TCP 22 (SSH) from the internet, except what was open before main.tf:3:20',
      ' - in TCP 80 (HTTP) from the internet, except what is still open main.tf:3:20',
      ' + in TCP 443 (HTTPS) from 128.0.0.0/1, now all of the internet main.tf:3:20',
      ' + in TCP 8080 (alternative HTTP) from 0.0.0.0/1, 128.0.0.0/2, 192.0.0.0/5, 200.0.0.0/7 main.tf:3:20',
    ]);
    expect(JSON.parse(await render('json', comparisonOf({ changes }))).changes[0].sources).toEqual(rest);
  });

  test('have the places of all that they say', async () => {
    const changes = ['a.tf', 'b.tf', 'c.tf', 'd.tf', 'e.tf'].map((path, index) =>
      accessOf({ traffic: tcp(1000 + 2 * index), span: markedSpan(path, '«x»') }),
    );
    expect((await lines(comparisonOf({ changes })))[0]).toContain('a.tf:1:1, b.tf:1:1, c.tf:1:1, 2 more');
  });

  test('never show sensitive traffic, nor join it with other traffic', async () => {
    const changes = [accessOf({ traffic: { ...tcp(2200), isSensitive: true } }), accessOf()];
    expect(await lines(comparisonOf({ changes }))).toHaveLength(2);
    for (const name of changesFormatNames) expect(await render(name, comparisonOf({ changes }))).not.toContain('2200');
  });

  test('say which fail the run', async () => {
    const changes = [accessOf(), accessOf({ traffic: tcp(5432), sources: ['10.0.0.0/8'] })];
    const marks = async (own: ChangesLook) => (await lines(comparisonOf({ changes }), own)).map(([mark]) => mark);
    expect(await marks(look)).toEqual([' ', ' ']);
    expect(await marks(strict('internet'))).toEqual(['!', ' ']);
    expect(await marks(strict('any'))).toEqual(['!', '!']);
  });
});

test.each(changesFormatNames)('%s says what was not evaluated and what is undecided', async (name) => {
  const text = await render(name, fullComparison());
  expect(text).toMatch(/199/);
  expect(text).toContain('var.office_cidr');
  expect(text).toMatch(/Module \\?(?:"|&quot;)vpc\\?(?:"|&quot;) is not downloaded|1 module was not read/);
});

describe('JSON', () => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(
    JSON.parse(readFileSync('schema/changes.schema.json', 'utf8')),
  );

  test.each(['full', 'rules', ...Object.keys(alone)])('of %s follows its schema', async (name) => {
    const comparison = alone[name] ?? (name === 'rules' ? comparisonWithRules() : fullComparison());
    const document = JSON.parse(await render('json', comparison));
    validate(document);
    expect(validate.errors).toBeNull();
    expect(document.changes).toHaveLength(comparison.changes.length);
  });

  test('has another answer than none where the older state says nothing of what was reached', async () => {
    expect(JSON.parse(await render('json', alone['report']!)).reach).toBeNull();
    expect(JSON.parse(await render('json', alone['refactoring']!)).reach).toEqual([]);
  });
});

describe('Markdown', () => {
  test('is found by its first line, which names the paths it is about', async () => {
    const first = async (paths: readonly string[]) =>
      (await render('markdown', ssh, { ...look, paths })).split('\n')[0];
    expect(await first([])).toBe('<!-- tfsg-changes -->');
    expect(await first(['.'])).toBe('<!-- tfsg-changes -->');
    expect(await first(['live/prod', 'a b'])).toBe('<!-- tfsg-changes live/prod a%20b -->');
    expect(await first(['a-->b--'])).toBe('<!-- tfsg-changes a-%2D%3Eb-%2D -->');
  });

  test('links what is opened alone: what is closed is in files of the older state', async () => {
    expect(await render('markdown', ssh)).toContain('<a href="https://git.example.com/main.tf#L3-L3">');
    expect(await render('markdown', alone['closed']!)).not.toContain('<a ');
  });

  test('keeps within its limit, says what it leaves out, and what fails', async () => {
    const changes = Array.from({ length: 2000 }, (_, index) =>
      accessOf({ group: `aws_security_group.web["${index}"]`, traffic: tcp(1 + 2 * index) }),
    );
    const text = await render('markdown', comparisonOf({ changes }), strict('internet'));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(50_000);
    const shown = text.match(/❌ opened/g)!.length;
    expect(text).toContain(
      `${(2000 - shown).toLocaleString('en-US')} more results omitted because of the size limit; see the other reports.`,
    );
    expect(text).toContain('❌ 2,000 changes allow new access');
    expect(text).toContain('Compared with <code>origin/main (3f2a1b9)</code>');
    const short = await render('markdown', comparisonOf({ changes }), { ...look, limit: 4000 });
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(4000);
  });

  test.each([
    [0, false],
    [1, true],
    [20, true],
    [21, false],
  ])('draws %i arrows: %s', async (count, expected) => {
    const changes = Array.from({ length: count }, (_, index) => accessOf({ group: `aws_security_group.g${index}` }));
    expect((await render('markdown', comparisonOf({ changes }))).includes('```mermaid')).toBe(expected);
  });
});

describe.each(attacks.map((text) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
  /** What nobody sees, or what is no text. */
  const unseen =
    /[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\p{Surrogate}]|(?![\ufe00-\ufe0f]|\u200d)\p{Default_Ignorable_Code_Point}/u;

  test.each(changesFormatNames)('is harmless in %s', async (name) => {
    const output = await render(name, hostileComparison(text), { ...strict('any'), paths: [text] });
    expect(output).not.toMatch(unseen);
    const lines = output.split('\n');
    // An annotation is a command as a whole: nothing in it is another one.
    for (const line of lines.filter((each) => !each.startsWith('::'))) expect(line).not.toMatch(/##[a-z]*\[/i);
    const commands = lines.flatMap((line) => parseCommand(line) ?? []);
    const allowed =
      name === 'github' ? ['error', 'error', 'error', 'error', 'notice', 'notice', 'warning', 'warning'] : [];
    expect(commands.map(({ command }) => command).sort()).toEqual(allowed);
  });

  test('is no Markdown, no HTML and no Mermaid', async () => {
    const output = await render('markdown', hostileComparison(text));
    const [html = '', drawing = ''] = output.split('```mermaid\n');
    expect(html).not.toMatch(
      /<(?!\/?(?:h3|p|b|ul|li|table|tr|t[hd](?: colspan="[0-9]+")?|code|details|summary|a(?: href="[^"<>]*")?|br)>|!-- tfsg-changes)/,
    );
    // Outside of elements there is nothing, so that nothing is Markdown.
    for (const block of html.split('\n\n').slice(1)) expect(block === '' || block.startsWith('<')).toBe(true);
    for (const line of drawing
      .split('```')[0]!
      .split('\n')
      .filter((each) => each !== ''))
      expect(line).toMatch(
        /^(?:flowchart LR| {2}n\d+(?:\[|\(\[)"[\p{L}\p{N}\p{M} .,_/:()…#;\\{}-]*"(?:\]|\]\))| {2}n\d+ (?:==>|-\.->)\|"[^"|]*"\| n\d+| {2}linkStyle \d+ stroke:#[0-9a-f]{6})$/u,
      );
  });
});
