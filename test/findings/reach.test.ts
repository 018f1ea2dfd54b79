/** Whether the internet gets to what findings of open ports are about. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { touchedBy } from '../../src/diff/touched.ts';
import { memoryFileSystem } from '../../src/files.ts';
import type { Finding, Part } from '../../src/findings/finding.ts';
import { mergeParts } from '../../src/findings/merge.ts';
import { spans } from '../../src/findings/places.ts';
import { type LintOptions, lint } from '../../src/lint.ts';
import { readPlan } from '../../src/plan/plan.ts';
import { documentOf } from '../../src/report/document.ts';
import { reachSentence } from '../../src/report/exposure/reach-text.ts';
import { joinReports } from '../../src/report/merge/join-shards.ts';
import type { Report } from '../../src/report/report.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { fixtures } from '../golden.ts';

type Files = Readonly<Record<string, string>>;

function filesOf(name: string): Files {
  const folder = join(fixtures, 'reach', name);
  const names = (readdirSync(folder, { recursive: true }) as string[]).sort();
  const files = names.filter((each) => statSync(join(folder, each)).isFile());
  return Object.fromEntries(
    files.map((each) => [each.replaceAll('\\', '/'), readFileSync(join(folder, each), 'utf8')]),
  );
}

/** With one check alone. */
function lintFiles(files: Files, options: Partial<LintOptions> = {}): Promise<Report> {
  const fileSystem = memoryFileSystem(files);
  const only = new Set(['admin-port-open']);
  const { configFor } = discoverConfigs(fileSystem, checks, { ...noSelection, only });
  return lint(fileSystem, [''], { configFor, parser: 'native', inputs: noInputs, ...options });
}

const reachOf = ({ subject, severity, reach, reachBecause }: Finding) => [subject, severity, reach, reachBecause];

const wayOf = ({ related }: Finding): readonly string[] =>
  related.flatMap(({ step, message }) => (step === undefined ? [] : message));

describe('an open port', () => {
  const found = lintFiles(filesOf('network'));

  test('says whether the internet gets there, and why it does not', async () => {
    expect((await found).findings.map(reachOf)).toEqual([
      ['aws_security_group.bastion', 'critical', 'internet', undefined],
      [
        'aws_security_group.worker',
        'critical',
        'vpc',
        ['aws_subnet.private has no route to an internet gateway', 'aws_instance.worker has no public address'],
      ],
      ['aws_security_group.spare', 'critical', 'unattached', ['aws_security_group.spare is not attached to anything']],
      ['aws_security_group.guest', 'critical', 'unknown', ['var.subnet_id']],
      ['aws_security_group.shared', 'critical', 'unknown', ['output.shared_id']],
    ]);
  });

  test('has the way among its related places, in order', async () => {
    const [first] = (await found).findings;
    expect(wayOf(first!)).toEqual([
      'aws_internet_gateway.main is attached to aws_vpc.main',
      'aws_route_table.public routes 0.0.0.0/0 to aws_internet_gateway.main',
      'aws_instance.bastion has associate_public_ip_address = true',
      'aws_instance.bastion has aws_security_group.bastion',
    ]);
  });

  test('says it in one sentence', async () => {
    expect((await found).findings.map(reachSentence)).toEqual([
      'Reached from the internet: aws_internet_gateway.main > aws_route_table.public > aws_instance.bastion.',
      'Not reached from the internet: aws_subnet.private has no route to an internet gateway, aws_instance.worker has no public address.',
      'Not reached from the internet: aws_security_group.spare is not attached to anything.',
      'Whether the internet gets there depends on: var.subnet_id.',
      'Whether the internet gets there depends on: output.shared_id.',
    ]);
  });

  test.each([
    [
      'a default group',
      'resource "aws_default_security_group" "host" {\n',
      'unknown',
      ['what in its VPC names no group'],
    ],
    [
      'a group from elsewhere',
      'resource "aws_security_group_rule" "host" {\n security_group_id = "sg-0123"\n type = "ingress"\n',
      'unknown',
      ['what else sg-0123 is attached to'],
    ],
  ])('of %s is nothing to be sure of', async (_, head, reach, because) => {
    const rule = 'from_port = 22\n to_port = 22\n protocol = "tcp"\n cidr_blocks = ["0.0.0.0/0"]\n';
    const isGroup = head.includes('default');
    const { findings } = await lintFiles({ 'main.tf': `${head}${isGroup ? `ingress {\n${rule}}\n` : rule}}\n` });
    expect(findings.map((each) => [each.reach, each.reachBecause])).toEqual([[reach, because]]);
  });

  test('of a group from elsewhere is reached where something here has it', async () => {
    const { 'main.tf': text } = filesOf('network');
    const looked = text!.replaceAll('aws_security_group.bastion.id', '"sg-0123"');
    const more = `
resource "aws_security_group_rule" "ssh" {
  security_group_id = "sg-0123"
  type = "ingress"
  from_port = 22
  to_port = 22
  protocol = "tcp"
  cidr_blocks = ["0.0.0.0/0"]
}
`;
    const { findings } = await lintFiles({ 'main.tf': `${looked}${more}` });
    expect(findings.at(-1)?.reach).toBe('internet');
  });
});

describe('of several instances', () => {
  test.each([
    ['two-callers', ['batch', 'web'], []],
    ['environments', ['.'], ['dev', 'prod']],
  ])('the worst holds: %s', async (name, roots, environments) => {
    const { findings } = await lintFiles(filesOf(name));
    expect(findings.map(({ check, severity, reach }) => [check, severity, reach])).toEqual([
      ['admin-port-open', 'critical', 'internet'],
    ]);
    const [found] = findings as [Finding];
    expect([found.roots, found.environments]).toEqual([roots, environments]);
    expect(wayOf(found).at(-1)).toMatch(/aws_instance\.host has .*aws_security_group\.host$/);
  });

  const place = { span: { file: { path: 'main.tf' }, start: 0, end: 1 } };
  test.each([
    [['unattached', 'vpc'], 'vpc', 'medium'],
    [['vpc', 'unknown', 'unattached'], 'unknown', 'critical'],
    [['unknown', 'internet', 'vpc'], 'internet', 'critical'],
    [['unattached'], 'unattached', 'medium'],
  ] as const)('%j are %s, and %s', (given, reach, severity) => {
    const parts = given.map(
      (each, index) =>
        ({
          ...{ answer: 'yes', check: 'admin-port-open', severity: 'critical', insideSeverity: 'medium' },
          ...{ message: 'Open.', help: '', subject: 'a.b', instance: `a.b[${index}]`, root: '', environment: null },
          ...{ related: [], aliases: [], because: [], fingerprint: () => '', fix: null, suggestions: [], ...place },
          reach: { reach: each, because: [each], way: [] },
        }) as unknown as Part,
    );
    const [found] = mergeParts(parts, spans).findings;
    expect([found?.reach, found?.severity, found?.reachBecause]).toEqual([reach, severity, [reach]]);
  });
});

describe('worlds', () => {
  test('have their own: what a world switches on is looked at there', async () => {
    const { findings } = await lintFiles(filesOf('worlds'));
    expect(findings.map(({ subject, when, reach, reachBecause }) => [subject, when, reach, reachBecause])).toEqual([
      ['aws_security_group.host', undefined, 'unknown', ['var.stage']],
      ['aws_security_group.rdp', [{ 'var.rdp': true }], 'internet', undefined],
    ]);
  });
});

describe('severityByReach', () => {
  const inside = '{ "severityByReach": true }';

  test('takes two steps off what the internet does not get to, and never what is not known', async () => {
    const { findings, summary } = await lintFiles({ ...filesOf('network'), '.tfsgrc.json': inside });
    expect(findings.map(({ subject, severity }) => [subject.replace(/.*\./, ''), severity])).toEqual([
      ['bastion', 'critical'],
      ['worker', 'medium'],
      ['spare', 'medium'],
      ['guest', 'critical'],
      ['shared', 'critical'],
    ]);
    expect([summary.critical, summary.medium]).toEqual([3, 2]);
  });

  test('changes no fingerprint', async () => {
    const one = await lintFiles(filesOf('network'));
    const other = await lintFiles({ ...filesOf('network'), '.tfsgrc.json': inside });
    const prints = ({ findings }: Report) => findings.map(({ fingerprint }) => fingerprint);
    expect(prints(other)).toEqual(prints(one));
  });
});

test('comments on the way are about something else', async () => {
  const options = { suppressions: { today: '2026-01-01', reportUnused: true } };
  const { findings, problems } = await lintFiles(filesOf('comment'), options);
  expect(findings.map(({ reach }) => reach)).toEqual(['internet']);
  expect(problems.map(({ message }) => message)).toEqual([
    ...Array(3).fill('Unused suppression: there is no finding of admin-port-open here.'),
  ]);
});

describe('a diff', () => {
  test.each([
    ['a step of a way that leads in', '  route {', ['aws_security_group.bastion']],
    ['what keeps the internet out', 'resource "aws_subnet" "private"', []],
  ])('of %s', async (_, at, expected) => {
    const files = filesOf('network');
    const text = files['main.tf']!;
    const line = text.slice(0, text.indexOf(at)).split('\n').length + 1;
    const report = await lintFiles(files);
    const { findings } = touchedBy([{ path: 'main.tf', isNew: false, lines: [line], gaps: [] }], report);
    expect(findings.map(({ subject }) => subject)).toEqual(expected);
  });
});

test('plans have it of what is there after them', async () => {
  const folder = join(fixtures, 'plans/changes');
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const { value } = readPlan(new SourceFile('plan.json', text('plan.json')));
  const files = { 'main.tf': text('main.tf') };
  const { findings } = await lintFiles(files, { plans: [value!], planScope: 'all' });
  expect(findings.map(({ subject, reach }) => [subject, reach])).toContainEqual([
    'aws_security_group.kept',
    'unattached',
  ]);
});

describe('reports that are read back', () => {
  test.each(['network', 'two-callers', 'environments', 'worlds'])('have the same: %s', async (name) => {
    const whole = documentOf(await lintFiles(filesOf(name)));
    const joined = joinReports([JSON.parse(JSON.stringify(whole))]);
    expect(joined.findings).toEqual(JSON.parse(JSON.stringify(whole.findings)));
  });

  test('of shards are as grave as the worst of them', async () => {
    const files = filesOf('two-callers');
    const shards = [1, 2].map((index) => lintFiles(files, { shard: { index, count: 2 } }));
    const documents = (await Promise.all(shards)).map((report) => JSON.parse(JSON.stringify(documentOf(report))));
    const whole = documentOf(await lintFiles(files));
    expect(joinReports(documents).findings).toEqual(JSON.parse(JSON.stringify(whole.findings)));
  });
});
