/** The end of a run: what it says of the exit code, how it is broken, and in which order and how short the text above it is. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { open, type Shell, shellWith } from './shell.ts';

let shell: Shell | undefined;
afterEach(() => {
  shell?.remove();
  shell = undefined;
});

const inFolder = (files: Readonly<Record<string, string>>): Shell => (shell = shellWith({ '.git/': '', ...files }));

/** Low: two findings of one file. Medium: one. */
const low = `resource "aws_security_group" "low" {\n  name = "low"\n\n  ingress {\n    from_port   = 443\n    to_port     = 443\n    protocol    = "tcp"\n    cidr_blocks = ["10.0.0.0/8"]\n  }\n}\n`;
const medium = open.replaceAll('web', 'medium').replaceAll('22', '8080');

const lastLine = (stderr: string): string => stderr.trimEnd().split('\n').at(-1)!;

describe('what fails the run', () => {
  test('is said with the level that would pass', async () => {
    const world = inFolder({ 'low.tf': low });
    expect(lastLine((await world.tfsg('')).stderr)).toBe(
      'tfsg: this run fails because of 2 low findings; --fail-on medium would pass.',
    );
    const result = await world.tfsg('--fail-on medium');
    expect([result.code, lastLine(result.stderr)]).toEqual([0, 'tfsg: 2 low in 1 file (1 group, 1 rule)']);
  });

  test('of several severities is counted from the least', async () => {
    const { stderr } = await inFolder({ 'low.tf': low, 'medium.tf': medium }).tfsg('');
    expect(lastLine(stderr)).toBe(
      'tfsg: this run fails because of 3 findings of low and higher; --fail-on high would pass.',
    );
  });

  test('is not said where a critical finding says it, but where nothing that is shown does', async () => {
    const world = inFolder({ 'low.tf': low, 'open.tf': open });
    expect((await world.tfsg('')).stderr).not.toContain('fails');
    expect(lastLine((await world.tfsg('--min-severity high')).stderr)).toBe(
      'tfsg: this run fails because of 3 findings of low and higher, 2 of them hidden.',
    );
    const { stdout, code, stderr } = await inFolder({ 'low.tf': low }).tfsg('--min-severity critical');
    expect([stdout, code, lastLine(stderr)]).toEqual([
      '',
      1,
      'tfsg: this run fails because of 2 low findings that are hidden; --fail-on medium would pass.',
    ]);
  });

  test('is said beside what else fails it, and then no level would pass', async () => {
    const module = 'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n';
    const { stderr } = await inFolder({ 'low.tf': `${low}${module}` }).tfsg('--fail-on-unresolved');
    expect(lastLine(stderr)).toBe('tfsg: this run fails because of 2 low findings, and because modules were not read.');
  });

  test('is not said with --quiet, nor where an error does', async () => {
    expect((await inFolder({ 'low.tf': low }).tfsg('--quiet')).stderr).toBe('');
    const { code, stderr } = await inFolder({ 'low.tf': low, 'broken.tf': 'resource {{{' }).tfsg('');
    expect(code).toBe(2);
    expect(stderr).not.toContain('fails');
  });
});

test('what to do about many findings is said until there is a baseline', async () => {
  const groups = (count: number): string =>
    Array.from({ length: count }, (_, index) => open.replace('"web"', `"web${index}"`)).join('\n');
  const world = inFolder({ 'main.tf': groups(51) });
  const hint =
    'tfsg: start with --min-severity high, or run "tfsg baseline" to record what is there and see only what is new.';
  expect(lastLine((await world.tfsg('')).stderr)).toBe(hint);
  expect((await world.tfsg('--quiet')).stderr).toBe('');
  await world.tfsg('baseline');
  writeFileSync(join(world.folder, 'more.tf'), groups(120).replaceAll('"web', '"more'));
  expect((await world.tfsg('')).stderr).not.toContain('start with');
  expect((await inFolder({ 'main.tf': groups(20) }).tfsg('')).stderr).not.toContain('start with');
});

describe('the summary', () => {
  test('stands apart from the text above it', async () => {
    const world = inFolder({ 'open.tf': open });
    expect((await world.tfsg('')).stderr).toMatch(/^\ntfsg: 1 critical/);
    expect((await world.tfsg('-f unix')).stderr).toMatch(/^tfsg: 1 critical/);
    expect((await world.tfsg('-f json')).stderr).toMatch(/^tfsg: 1 critical/);
  });

  test('says how much can be fixed, unless --fix has tried', async () => {
    const text = open.replace('name        = "web"', 'name        = "${var.name}"').replace('0.0.0.0/0', '10.1.2.3/8');
    const world = inFolder({ 'main.tf': `${text}\nvariable "name" {}\n` });
    expect((await world.tfsg('')).stderr).toContain('; 1 fixable with --fix, 1 more with --unsafe-fixes\n');
    expect((await world.tfsg('--fix')).stderr).not.toContain('fixable');
    expect((await world.tfsg('')).stderr).toContain('; 1 fixable with --fix --unsafe-fixes\n');
  });

  test('is broken between its parts on a terminal, with its counts in colour', async () => {
    const egress =
      '\n  egress {\n    from_port   = 0\n    to_port     = 0\n    protocol    = "-1"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n';
    const world = inFolder({ 'open.tf': open.replace(/\}\n$/, egress) });
    const { stderr } = await world.tfsg('--color never', { columns: 80 });
    expect(stderr.slice(stderr.indexOf('tfsg'))).toBe(
      'tfsg: 1 critical, 1 info in 1 file (1 group, 2 rules);\n      1 finding hidden (show with --min-severity info)\n',
    );
    expect((await world.tfsg('--color always')).stderr).toContain(
      'tfsg: \u001b[1m\u001b[31m1 critical\u001b[39m\u001b[22m, ',
    );
  });
});

describe('--sort and --statistics', () => {
  const files = { 'a.tf': open, 'b.tf': low, 'c.tf': medium };
  const places = (stdout: string): readonly string[] => stdout.match(/^[abc]\.tf:\d+/gm) ?? [];

  test('text has the gravest last, lines of unix are by file, and either can have the other order', async () => {
    const world = inFolder(files);
    const [bySeverity, byFile] = [
      ['b.tf:1', 'b.tf:4', 'c.tf:10', 'a.tf:10'],
      ['a.tf:10', 'b.tf:1', 'b.tf:4', 'c.tf:10'],
    ];
    expect(places((await world.tfsg('')).stdout)).toEqual(bySeverity);
    expect(places((await world.tfsg('--sort file')).stdout)).toEqual(byFile);
    expect(places((await world.tfsg('-f unix')).stdout)).toEqual(byFile);
    expect(places((await world.tfsg('-f unix --sort severity')).stdout)).toEqual(bySeverity);
    expect((await world.tfsg('--sort name')).stderr).toContain('--sort');
  });

  test('statistics are the table alone, in text alone', async () => {
    const world = inFolder(files);
    const { stdout, code } = await world.tfsg('--statistics');
    expect(code).toBe(1);
    expect(stdout).toBe(
      [
        '1  critical  admin-port-open            Ingress opens an administration port to the internet',
        '1  medium    port-open                  Ingress opens a port to the internet that is not allowed',
        '1  low       missing-group-description  A security group has no meaningful description',
        '1  low       missing-rule-description   A security-group rule has no meaningful description',
        '',
      ].join('\n'),
    );
    const { stderr } = await world.tfsg('--statistics -f json');
    expect(stderr).toBe(
      'tfsg: --statistics is text for people, and cannot be used with --format json. See tfsg --help.\n',
    );
    const both = await world.tfsg('--statistics -o pretty=all.txt');
    expect(both.stdout).toBe(stdout);
    expect(readFileSync(join(world.folder, 'all.txt'), 'utf8')).toBe((await world.tfsg('')).stdout);
  });

  test('a terminal that opens addresses has links to the pages of checks', async () => {
    const { stdout } = await inFolder(files).tfsg('--statistics', { columns: 80, links: true });
    expect(stdout).toMatch(/\u001b\]8;;file:\/\/\/.*\/docs\/checks\/admin-port-open\.md\u001b\\admin-port-open/);
    expect((await shell!.tfsg('--statistics --color never', { columns: 80, links: true })).stdout).not.toContain(
      '\u001b',
    );
  });
});
