/** What repeats itself in a file is one finding, whatever is taken away of it; fixtures/findings/together-* has what reports say. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { membersOf } from '../../src/findings/gather.ts';
import { spans } from '../../src/findings/places.ts';
import { documentOf, withEachPlace } from '../../src/report/document.ts';
import { lintFiles } from '../checks/lint-files.ts';
import { type Shell, shellWith } from '../cli/shell.ts';

let shell: Shell | undefined;
afterEach(() => {
  shell?.remove();
  shell = undefined;
});

const read = (name: string): string => readFileSync(join(shell!.folder, name), 'utf8');
const write = (name: string, text: string): void => writeFileSync(join(shell!.folder, name), text);

const rule = (port: number, more = ''): string =>
  `  ingress {\n    from_port   = ${port}\n    to_port     = ${port}\n    protocol    = "tcp"\n    cidr_blocks = ["10.0.0.0/8"]${more}\n  }\n`;
const group = (...rules: readonly string[]): string =>
  `resource "aws_security_group" "web" {\n  name        = "web"\n  description = "Web servers"\n\n${rules.join('')}}\n`;
const three = group(rule(80), rule(443), rule(8080));
const described = '\n    description = "Said"';

const none = (count: number, of: number): string =>
  `${count} of ${of} rules of aws_security_group.web have no description.`;
const alone = 'This ingress rule of aws_security_group.web has no description.';

async function found(argv: string): Promise<readonly string[]> {
  const { stdout } = await shell!.tfsg(`-f json ${argv}`);
  return JSON.parse(stdout).findings.map(
    ({ message, range }: { message: string; range: { start: { line: number } } }) => `${range.start.line} ${message}`,
  );
}

test('a finding stands at its first member, has the places of the others, and their identities', async () => {
  const { findings } = documentOf(await lintFiles({ 'main.tf': three }));
  expect(findings).toHaveLength(1);
  const [{ range, related, members = [], fingerprint, subject, instances }] = findings as [(typeof findings)[0]];
  expect([subject, instances, range.start.line]).toEqual(['aws_security_group.web', ['aws_security_group.web'], 5]);
  expect(related.map(({ message, range }) => [message, range.start.line])).toEqual([
    ['ingress rule', 11],
    ['ingress rule', 17],
  ]);
  expect(members.map(({ message, range }) => [message, range.start.line])).toEqual([
    [alone, 5],
    [alone, 11],
    [alone, 17],
  ]);
  expect(new Set([fingerprint, ...members.map((each) => each.fingerprint)]).size).toBe(4);
});

test('its identity is that of its members, so a rule that comes to it is news, and lines are none', async () => {
  const fingerprint = async (text: string) => (await lintFiles({ 'main.tf': text })).findings[0]!.fingerprint;
  const now = await fingerprint(three);
  expect(await fingerprint(`\n\n${three}`)).toBe(now);
  expect(await fingerprint(group(rule(80), rule(443), rule(8080), rule(9090)))).not.toBe(now);
});

test('a baseline has each member, and what is new is told without them', async () => {
  shell = shellWith({ '.git/': '', 'main.tf': three });
  const baseline = '--baseline .tfsg-baseline.json';
  const made = await shell.tfsg(`${baseline} --update-baseline`);
  expect(made.stderr).toContain('3 added, 0 removed, 3 in total.\n');
  expect(made.stderr).toContain('; 3 in the baseline\n');
  expect(await found(baseline)).toEqual([]);
  write('main.tf', group(rule(80), rule(443), rule(8080), rule(9090)));
  expect(await found(baseline)).toEqual([`23 ${alone}`]);
  write('main.tf', group(rule(80), rule(443), rule(8080), rule(9090), rule(9091)));
  expect(await found(baseline)).toEqual([`23 ${none(2, 5)}`]);
});

test('a diff takes the members that it touches', async () => {
  const added = (...lines: readonly number[]): string =>
    `--- a/main.tf\n+++ b/main.tf\n${lines.map((line) => `@@ -${line - 1},0 +${line} @@\n+x\n`).join('')}`;
  shell = shellWith({
    '.git/': '',
    'main.tf': three,
    'none.diff': added(2),
    'one.diff': added(13),
    'two.diff': added(7, 19),
  });
  expect(await found('--diff none.diff')).toEqual([]);
  expect(await found('--diff one.diff')).toEqual([`11 ${alone}`]);
  expect(await found('--diff two.diff')).toEqual([`5 ${none(2, 3)}`]);
  expect((await shell.tfsg('--diff two.diff')).stderr).toContain(
    '1 low in 1 file (1 group, 3 rules); 1 outside the diff\n',
  );
});

test('comments and descriptions take members away until one is left, which is told as it is', async () => {
  const messages = async (text: string) =>
    (await lintFiles({ 'main.tf': text })).findings.map(({ message }) => message);
  const ignored = `  # tfsg:ignore missing-rule-description -- said elsewhere\n${rule(443)}`;
  expect(await messages(group(rule(80), ignored, rule(8080)))).toEqual([none(2, 3)]);
  expect(await messages(group(rule(80), ignored, rule(8080, described)))).toEqual([alone]);
  expect(await messages(`# tfsg:ignore missing-rule-description -- no\n${three}`)).toEqual([]);
});

test('is one finding too where one of the root modules has more rules of the group in another file', async () => {
  const module = `${three}output "id" {\n  value = aws_security_group.web.id\n}\n`;
  const call = 'module "web" {\n  source = "../web"\n}\n';
  const more = `resource "aws_security_group_rule" "more" {
  type              = "egress"
  from_port         = 9090
  to_port           = 9090
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8"]
  description       = "Metrics"
  security_group_id = module.web.id
}
`;
  const messages = async (files: Readonly<Record<string, string>>) =>
    (await lintFiles(files)).findings.map(({ message }) => message);
  const one = { 'web/main.tf': module, 'one/main.tf': call };
  expect(await messages(one)).toEqual([none(3, 3)]);
  expect(await messages({ ...one, 'two/main.tf': call + more })).toEqual([
    '3 of 3 rules of aws_security_group.web in this file have no description.',
  ]);
});

test('a group whose identifier is empty has a name in every sentence', async () => {
  const text = [22, 23]
    .map(
      (port) => `resource "aws_security_group_rule" "port_${port}" {
  type              = "ingress"
  from_port         = ${port}
  to_port           = ${port}
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = ""
}
`,
    )
    .join('\n');
  const { findings } = documentOf(await lintFiles({ 'main.tf': text }));
  expect(findings.map(({ message }) => message)).toContain('2 of 2 rules of "" have no description.');
  expect(findings.flatMap(({ reachBecause = [] }) => reachBecause)).toEqual([
    'what else the group is attached to',
    'what else the group is attached to',
  ]);
  expect(findings.map(({ group }) => group)).toEqual([undefined, undefined, undefined]);
});

test('services that follow findings by their lines have each member', async () => {
  const report = await lintFiles({ 'main.tf': three });
  const { findings } = withEachPlace(documentOf(report));
  expect(findings.map(({ message, range }) => `${range.start.line} ${message}`)).toEqual([
    `5 ${alone}`,
    `11 ${alone}`,
    `17 ${alone}`,
  ]);
  expect(membersOf(report.findings, spans).map(({ span }) => span.start)).toEqual(
    findings.map(({ range }) => range.start.offset),
  );
});

test('reports without shards keep their members when they are merged', async () => {
  shell = shellWith({ '.git/': '', 'main.tf': three });
  const whole = await shell.tfsg('-f json -o json=one.json -o json=two.json -o gitlab=whole.gitlab.json');
  const merged = await shell.tfsg('merge one.json two.json -f json -o gitlab=merged.gitlab.json');
  expect(JSON.parse(merged.stdout).findings).toEqual(JSON.parse(whole.stdout).findings);
  expect(read('merged.gitlab.json')).toBe(read('whole.gitlab.json'));
});

test('all fixes of its members are made', async () => {
  shell = shellWith({
    '.git/': '',
    'main.tf': `variable "name" {}\n\nresource "aws_security_group" "web" {\n  name        = "\${var.name}"\n  description = "\${var.name}"\n}\n`,
  });
  expect(await found('')).toEqual([
    '4 2 strings are Terraform 0.11 syntax: write the expressions without quotes and ${ }.',
  ]);
  expect((await shell.tfsg('--fix')).stderr).toContain('tfsg: fixed 2 findings in main.tf.\n');
  expect(read('main.tf')).toContain('  name        = var.name\n  description = var.name\n');
});
