/** Comments where people put them: the fixtures say by comments of their own what is still found, and what is said of comments. */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../../src/checks/index.ts';
import type { Config } from '../../../src/config/config.ts';
import { defaultLayers, resolveConfig } from '../../../src/config/resolve.ts';
import {
  defaultSuppressions,
  honoredTools,
  type SuppressionSettings,
} from '../../../src/config/suppression-settings.ts';
import { memoryFileSystem } from '../../../src/files.ts';
import { CheckNames } from '../../../src/findings/names.ts';
import { describeWhen } from '../../../src/findings/when.ts';
import { type LintOptions, lint } from '../../../src/lint.ts';
import type { Report } from '../../../src/report/report.ts';
import { positionAt } from '../../../src/source/position.ts';
import { noInputs } from '../../../src/terraform/instances/inputs.ts';

type Files = Readonly<Record<string, string>>;

const root = 'fixtures/suppressions';
const only = new Set(['admin-port-open', 'missing-rule-description', 'missing-group-description']);

function filesOf(folder: string): Files {
  const names = (readdirSync(`${root}/${folder}`, { recursive: true }) as string[]).filter((name) => /\.tf/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(`${root}/${folder}/${name}`, 'utf8')]));
}

interface World {
  readonly settings?: Partial<SuppressionSettings>;
  readonly ids?: ReadonlySet<string>;
  readonly reportUnused?: boolean;
  readonly parser?: LintOptions['parser'];
  readonly workspace?: string;
}

function run(files: Files, world: World = {}): Promise<Report> {
  const { settings = {}, ids = only, reportUnused = false, parser = 'native', workspace } = world;
  const resolved = resolveConfig(defaultLayers, checks, { only: ids, disabled: new Set() });
  const config: Config = { ...resolved, suppressions: { ...defaultSuppressions, ...settings } };
  return lint(memoryFileSystem(files), [''], {
    configFor: () => config,
    parser,
    inputs: { ...noInputs, workspace },
    suppressions: { today: '2026-01-31', reportUnused },
  });
}

/** Lines that end with `# expect: check`, and `# problem: text` above the line of a problem. */
function expected(files: Files): { findings: string[]; problems: string[]; suppressed: number } {
  const lines = Object.entries(files).flatMap(([path, text]) =>
    text
      .split('\n')
      .map((line, index) => ({ path, line: path.endsWith('.json') ? withoutJson(line) : line, number: index + 1 })),
  );
  const marked = (pattern: RegExp, shift: number): string[] =>
    lines.flatMap(({ path, line, number }) => {
      const match = pattern.exec(line);
      return match === null ? [] : [`${path}:${number + shift} ${match[1]}`];
    });
  return {
    findings: marked(/# expect: ([a-z-]+(?: where .+)?)$/, 0),
    problems: marked(/# problem: (.+)$/, 1),
    suppressed: Number(marked(/# suppressed: (\d+)$/, 0)[0]?.split(' ')[1]),
  };
}

/** A line without what JSON has behind a string. */
const withoutJson = (line: string): string => line.replace(/"[\],]*$/, '').replaceAll('\\"', '"');

function found({ findings, problems, summary }: Report, wanted: readonly string[]) {
  return {
    findings: findings.map(({ span, check, when = [] }) =>
      `${span.file.path}:${positionAt(span.file, span.start).line} ${check} ${describeWhen(when)}`.trimEnd(),
    ),
    problems: problems.map(({ span, message }) => {
      const text = `${span?.file.path}:${span && positionAt(span.file, span.start).line} ${message}`;
      return wanted.find((each) => text.startsWith(each)) ?? text;
    }),
    suppressed: summary.suppressed,
  };
}

describe.each(['placements', 'values', 'tools', 'file', 'dates', 'mistakes', 'worlds', 'json'])('%s', (folder) => {
  const files = filesOf(folder);
  const wanted = expected(files);
  const sorted = ({ findings, problems, suppressed }: typeof wanted) => ({
    findings: [...findings].sort(),
    problems: [...problems].sort(),
    suppressed,
  });

  test('is as its comments say', async () => {
    expect(sorted(found(await run(files), wanted.problems))).toEqual(sorted(wanted));
  });

  test('is the same through hcl2json', async () => {
    expect(sorted(found(await run(files, { parser: 'hcl2json' }), wanted.problems))).toEqual(sorted(wanted));
  });

  test('has all its findings when no comment counts', async () => {
    const { findings, problems, summary } = await run(files, { settings: { inline: false } });
    expect(findings.length).toBeGreaterThan(wanted.findings.length);
    expect(problems.filter(({ kind }) => kind === 'suppression')).toEqual([]);
    expect(summary.suppressed).toBe(0);
  });

  test('is the same with lines that end in CR LF', async () => {
    const carried = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
    );
    expect(sorted(found(await run(carried), wanted.problems))).toEqual(sorted(wanted));
  });
});

const group = (comment: string, rest = '') => `resource "aws_security_group" "web" {
  description = "Web"
  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    ${comment}
    cidr_blocks = ["0.0.0.0/0"]
  }
  ${rest}
}
`;

const said = ({ problems }: Report): string[] => problems.map(({ message }) => message);

describe('what the configuration says', () => {
  const own = { 'main.tf': group('# tfsg:ignore admin-port-open -- why') };

  test('a comment without a reason suppresses nothing where one is asked for, whoever it is for', async () => {
    const settings = { requireReason: true };
    for (const comment of [
      '# tfsg:ignore admin-port-open',
      '# tfsg:ignore admin-port-open --',
      '# tfsec:ignore:aws-ec2-no-public-ingress-sgr',
      '# checkov:skip=CKV_AWS_24',
      '# kics-scan ignore-line',
    ]) {
      const report = await run({ 'main.tf': group(comment) }, { settings });
      expect(report.findings).toHaveLength(1);
      expect(said(report)).toEqual([
        'This suppression comment needs a reason (suppressions.requireReason); without one it has no effect.',
      ]);
    }
    for (const comment of [
      '# tfsg:ignore admin-port-open -- the bastion',
      '# tfsec:ignore:aws-ec2-no-public-ingress-sgr the bastion',
      '# checkov:skip=CKV_AWS_24:the bastion',
      '# kics-scan ignore-line the bastion',
    ]) {
      const report = await run({ 'main.tf': group(comment) }, { settings });
      expect([report.findings.length, said(report)]).toEqual([0, []]);
    }
  });

  test.each([
    'reason',
    '<reason>',
    'Reason.',
    'TODO',
    '"todo"',
    '...',
    '…',
    'xxx',
    'XXX',
    'FIXME',
    'why',
    'why?',
    'tbd',
    '[your reason]',
    '---',
    '?!',
  ])('a placeholder is no reason where one is asked for: %s', async (reason) => {
    for (const [comment, shown] of [
      [`# tfsg:ignore admin-port-open -- ${reason}`, `"-- ${reason}"`],
      [`# checkov:skip=CKV_AWS_24:${reason}`, `"${reason}"`],
      [`# kics-scan ignore-line ${reason}`, `"${reason}"`],
    ] as const) {
      const files = { 'main.tf': group(comment) };
      const report = await run(files, { settings: { requireReason: true } });
      expect(report.findings).toHaveLength(1);
      expect(said(report)).toEqual([`${shown} is a placeholder, so this suppression comment has no effect.`]);
      expect((await run(files)).findings).toEqual([]);
    }
  });

  test.each(['TODO: move it behind the VPN', 'why not', 'the reason is the course', 'закрыто', '4711', 'xxxl'])(
    'what says more than a placeholder is a reason: %s',
    async (reason) => {
      const files = { 'main.tf': group(`# tfsg:ignore admin-port-open -- ${reason}`) };
      const report = await run(files, { settings: { requireReason: true } });
      expect([report.findings, said(report)]).toEqual([[], []]);
    },
  );

  test('a placeholder beside a comment of tfsec is no reason', async () => {
    const files = { 'main.tf': group('# tfsec:ignore:aws-ec2-no-public-ingress-sgr TODO') };
    const report = await run(files, { settings: { requireReason: true } });
    expect(said(report)).toEqual(['"TODO" is a placeholder, so this suppression comment has no effect.']);
    expect(report.findings).toHaveLength(1);
  });

  test('a locked check is not suppressed, and the comment is told so', async () => {
    const report = await run(own, { settings: { locked: new Set(['admin-port-open']) } });
    expect(report.findings).toHaveLength(1);
    expect(said(report)).toEqual(['The configuration locks admin-port-open, so this comment cannot suppress it.']);
    expect(report.summary.suppressed).toBe(0);
  });

  test('a comment that would not have suppressed a locked check is no problem', async () => {
    const files = { 'main.tf': group('# tfsec:ignore:aws-ec2-no-public-ingress-sgr') };
    const report = await run(files, { settings: { locked: new Set(['all-traffic-open']) } });
    expect([report.findings.length, said(report)]).toEqual([0, []]);
  });

  test('tools that are not honoured are not read', async () => {
    for (const comment of [
      '# checkov:skip=CKV_AWS_24:x',
      '#tfsec:ignore:AWS008',
      '#trivy:ignore:AWS-0107',
      '# kics-scan ignore-line',
    ]) {
      const files = { 'main.tf': group(comment) };
      expect((await run(files)).findings).toEqual([]);
      expect((await run(files, { settings: { honor: [] } })).findings).toHaveLength(1);
    }
  });

  test('nothing counts where inline is off, and nothing is said', async () => {
    const files = { 'main.tf': group('# tfsg:ignroe admin-port-open') };
    expect(said(await run(files, { settings: { inline: false } }))).toEqual([]);
    expect((await run(own, { settings: { inline: false } })).findings).toHaveLength(1);
  });
});

describe('comments that suppress nothing', () => {
  const unused = (files: Files, ids?: ReadonlySet<string>) => run(files, { reportUnused: true, ...(ids && { ids }) });

  test('are said when that is asked for, by the name that was not needed', async () => {
    const files = { 'main.tf': group('# tfsg:ignore admin-port-open, missing-rule-description -- both') };
    const { problems } = await unused(files);
    expect(problems).toHaveLength(1);
    const [{ span, message }] = problems as [Report['problems'][number]];
    expect(message).toBe('Unused suppression: there is no finding of missing-rule-description here.');
    expect(span?.file.text.slice(span.start, span.end)).toBe('missing-rule-description');
    expect(said(await run(files))).toEqual([]);
  });

  test('are not said where the check is off, of other tools, or where the answer is not known yet', async () => {
    const files = { 'main.tf': group('# tfsg:ignore port-open -- x') };
    expect(said(await unused(files))).toEqual([]);
    const tool = { 'main.tf': group('#trivy:ignore:AWS-0107').replace('0.0.0.0/0', '10.0.0.0/8') };
    expect(said(await unused(tool))).toEqual([]);
    const open = group('# tfsg:ignore admin-port-open -- x').replace('["0.0.0.0/0"]', 'var.office');
    expect(said(await unused({ 'main.tf': `${open}variable "office" {}\n` }))).toEqual([]);
  });

  test('are said where there is a finding, but not in their worlds', async () => {
    const comment = (value: string) => `# tfsg:ignore admin-port-open when var.environment == "${value}" -- x`;
    const files = (value: string) => ({
      'main.tf': `variable "environment" {}\n${group(comment(value)).replace('["0.0.0.0/0"]', 'var.environment == "dev" ? ["0.0.0.0/0"] : []')}`,
    });
    expect(said(await unused(files('dev')))).toEqual([]);
    expect(said(await unused(files('prod')))).toEqual([
      'Unused suppression: there is no finding of admin-port-open here where var.environment is "prod".',
    ]);
  });

  test('name the check that says more', async () => {
    const text = group('# tfsg:ignore admin-port-open -- SSH').replace('"tcp"', '"-1"').replaceAll('= 22', '= 0');
    const report = await unused({ 'main.tf': text }, new Set(['admin-port-open', 'all-traffic-open']));
    expect(report.findings.map(({ check }) => check)).toEqual(['all-traffic-open']);
    expect(report.problems.map(({ hint }) => hint)).toEqual([
      'This place has a finding of all-traffic-open instead, which covers it.',
    ]);
  });
});

describe('what comments do not reach', () => {
  test('a syntax error, even with a comment for the whole file', async () => {
    const report = await run({ 'main.tf': '# tfsg:ignore-file syntax -- x\nresource "a" "b" {\n' });
    expect(report.problems.map(({ kind }) => kind).sort()).toEqual(['suppression', 'syntax']);
  });

  test('findings from the comments of downloaded modules', async () => {
    const module = `# tfsg:ignore-file admin-port-open -- theirs\nvariable "cidrs" {}\n${group('', '')}`.replace(
      '["0.0.0.0/0"]',
      'var.cidrs',
    );
    const files = {
      'main.tf': 'module "web" {\n  source = "example/web/aws"\n  cidrs  = ["0.0.0.0/0"]\n}\n',
      '.terraform/modules/modules.json':
        '{"Modules":[{"Key":"web","Source":"example/web/aws","Dir":".terraform/modules/web"}]}',
      '.terraform/modules/web/main.tf': module,
    };
    expect((await run(files)).findings).toHaveLength(1);
  });

  test('text of strings and heredocs that looks like a comment', async () => {
    const text = group('').replace('"SSH"', '"# tfsg:ignore-file admin-port-open -- x"');
    expect(
      (await run({ 'main.tf': `${text}locals {\n  x = <<EOT\n# tfsg:ignore nothing\nEOT\n}\n` })).findings,
    ).toHaveLength(1);
  });
});

describe('names', () => {
  test.each([
    '# tfsg:ignore CIS 5.0/5.3 -- a name with a space',
    '# tfsg:ignore avd-aws-0107 -- with and without its prefix',
    '# tfsg:ignore aws-ec2-no-public-ingress-sgr -- a long id',
    '# bridgecrew:skip=CKV_AWS_24:the same as checkov',
    '#tfsec:ignore:*',
    '# SSH from everywhere tfsec:ignore:AWS008',
    '#trivy:ignore:aws-vpc-no-public-ingress-sgr:exp:2026-02-01',
    '/* trivy:ignore:AVD-AWS-0107 */',
    '# KICS-SCAN ignore-block',
  ])('%s', async (comment) => {
    const report = await run({ 'main.tf': group(comment) });
    expect([report.findings.length, said(report)]).toEqual([0, []]);
  });

  test.each([
    '# tfsg:ignore port-open -- another check',
    '# checkov:skip=CKV_AWS_25000:another id',
    '#tfsec:ignore:aws-ec2-no-public-egress-sgr',
    '#trivy:ignore:AVD-AWS-01070',
    '# kics-scan ignore-line'.replace('ignore-line', 'disable=4728cd65-a20c-49da-8b31-9c08b423e4dc'),
  ])('not %s', async (comment) => {
    expect((await run({ 'main.tf': group(comment) })).findings).toHaveLength(1);
  });

  test('enable= of KICS leaves the queries that it names', async () => {
    const file = (id: string) => ({ 'main.tf': `# kics-scan enable=${id}\n${group('')}` });
    expect((await run(file('65905cec-d691-4320-b320-2000436cb696'))).findings).toHaveLength(1);
    expect((await run(file('68eb4bf3-f9bf-463d-b5cf-e029bb446d2e'))).findings).toEqual([]);
  });

  test('every check that a comment of another tool can name is one', () => {
    const names = new CheckNames(checks);
    const ids = new Set(checks.map(({ id }) => id));
    for (const tool of honoredTools) {
      expect(names.ofTool(tool).size).toBeGreaterThan(0);
      expect([...names.ofTool(tool)].filter((id) => !ids.has(id))).toEqual([]);
    }
  });
});

test('a comment of tfsec holds in its workspace', async () => {
  const files = { 'main.tf': group('# tfsec:ignore:AWS008:ws:training') };
  expect((await run(files)).findings).toHaveLength(1);
  expect((await run(files, { workspace: 'training' })).findings).toEqual([]);
  expect((await run(files, { workspace: 'prod' })).findings.map(({ when }) => when)).toEqual([undefined]);
});

test('a comment on one call takes away what comes through that call alone', async () => {
  const { findings } = await run({
    'main.tf': `module "a" {\n  source = "./m"\n}\nmodule "b" { # tfsg:ignore admin-port-open -- b\n  source = "./m"\n}\n`,
    'm/main.tf': group(''),
  });
  expect(findings.map(({ instances }) => instances)).toEqual([['module.a.aws_security_group.web']]);
});
