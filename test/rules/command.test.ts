/** `tfsg rules`. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { type Shell, shellWith } from '../cli/shell.ts';
import { ruleText, standaloneRule, withExamples } from './rule-text.ts';

let shell: Shell;
afterEach(() => shell.remove());

test('new writes a rule that is right at once, and a second one below it', async () => {
  shell = shellWith({ '.git/': '' });
  expect(await shell.tfsg('rules new acme-no-telnet')).toMatchObject({ code: 0, stdout: '' });
  expect(await shell.tfsg('rules new acme-second')).toMatchObject({ code: 0 });
  const { code, stdout, stderr } = await shell.tfsg('rules test');
  expect([code, stdout, stderr]).toEqual([0, '', 'tfsg: 2 rules, 4 examples: all as they should be\n']);
  expect(readFileSync(join(shell.folder, 'tfsg.rules.hcl'), 'utf8').match(/^check /gm)).toHaveLength(2);
  expect((await shell.tfsg('rules new acme-second')).stderr).toContain('is taken: tfsg.rules.hcl:');
  expect((await shell.tfsg('rules new port-open')).stderr).toContain('is taken: a check of tfsg has it.');
  expect((await shell.tfsg('rules new Acme')).stderr).toContain('is not an id');
  expect((await shell.tfsg('rules new acme-x opend')).stderr).toContain('Expected rule or opened after the id');
});

test('new writes a rule about what a change opens', async () => {
  shell = shellWith({ '.git/': '' });
  expect(await shell.tfsg('rules new acme-no-new-ssh opened')).toMatchObject({ code: 0 });
  const { code, stderr } = await shell.tfsg('rules test');
  expect([code, stderr]).toEqual([0, 'tfsg: 1 rule, 2 examples: all as they should be\n']);
  const { stdout } = await shell.tfsg('rules explain acme-no-new-ssh');
  expect(stdout.split('\n').filter((line) => line.endsWith(':'))).toEqual([
    ...['Finds something:', 'In a change from this:', 'to this:'],
    ...['Finds nothing:', 'In a change from this:', 'to this:'],
  ]);
});

test('new writes beside the configuration that holds', async () => {
  shell = shellWith({ '.git/': '', 'a/.tfsgrc.json': '{}', 'a/b/': '' });
  expect((await shell.tfsg('rules new acme-x', { cwd: 'a/b' })).stderr).toContain('added to ../tfsg.rules.hcl');
  expect((await shell.tfsg('rules test', { cwd: 'a/b' })).code).toBe(0);
});

test('test says which examples are not as they should be, and why', async () => {
  const text = withExamples(ruleText('overlaps(rule.ports, 22)', { id: 'one' }), [
    { passes: standaloneRule() },
    { passes: `variable "port" { type = number }\n${standaloneRule({ port: 'var.port' })}` },
    { fails: 'resource "aws_security_group" {' },
    { fails: 'locals {}' },
    { passes: 'locals {}' },
  ]);
  shell = shellWith({ '.git/': '', 'rules/x.hcl': text });
  const { code, stdout, stderr } = await shell.tfsg('rules test rules/x.hcl');
  expect(code).toBe(1);
  expect(stdout.split('\n')).toEqual([
    'rules/x.hcl:8:14 one passes: It should have no finding, and has one at its line 1: Found.',
    'rules/x.hcl:20:14 one passes: It should have no finding, and is undecided: it depends on var.port.',
    expect.stringMatching(/^rules\/x\.hcl:33:13 one fails: It cannot be judged \(line \d+\): /),
    'rules/x.hcl:38:13 one fails: It should have a finding, and has none.',
    '',
  ]);
  expect(stderr).toContain('tfsg: 1 rule, 5 examples: 4 not as they should be');
  const { examples } = JSON.parse((await shell.tfsg('rules test rules/x.hcl -f json')).stdout);
  expect(examples[0]).toMatchObject({ rule: 'one', kind: 'passes', file: 'rules/x.hcl', passed: false });
});

test.each([
  ['rule', 'like(rule.folder, "live/*")'],
  ['rule', 'rule.file == "live/prod/main.tf"'],
  ['opened', 'opened.root == "live/prod"'],
  ['opened', 'opened.folder == "live/prod"'],
  ['opened', 'opened.environment == "prod"'],
])('test takes an example of %s for what lies where it says: %s', async (of, when) => {
  const where = of === 'opened' ? 'environment = "prod"\n    ' : '';
  const text = withExamples(ruleText(when, { of }), [{ fails: standaloneRule() }, { passes: standaloneRule() }]);
  shell = shellWith({ '.git/': '', 'x.hcl': text.replace('fails =', `folder = "live/prod"\n    ${where}fails =`) });
  const { code, stdout, stderr } = await shell.tfsg('rules test x.hcl');
  expect([code, stdout, stderr]).toEqual([0, '', 'tfsg: 1 rule, 2 examples: all as they should be\n']);
});

test('test does not call what it could not read as it should be', async () => {
  const [sound, slip] = [ruleText('true', { id: 'one' }), ruleText('rule.prots == 1', { id: 'two' })];
  const passing = withExamples(sound, [{ fails: standaloneRule(), passes: 'locals {}' }]);
  shell = shellWith({ '.git/': '', 'a.hcl': passing + slip, 'b.hcl': 'check "three" {' });
  const both = await shell.tfsg('rules test a.hcl');
  expect([both.code, both.stderr]).toEqual([
    2,
    expect.stringMatching(/\n(tfsg: 1 rule, 2 examples: all as they should be; what has errors was not tested)\n$/),
  ]);
  const none = await shell.tfsg('rules test b.hcl');
  expect([none.code, none.stderr]).toEqual([
    2,
    expect.stringMatching(/\ntfsg: no rule was tested because of errors\.\n$/),
  ]);
  expect(none.stderr.match(/ error /g)).toHaveLength(1);
});

test('test compares examples of what is opened with what they say was there before', async () => {
  const ssh = (...sources: readonly string[]) => `resource "aws_security_group" "x" {
  name = "x"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ${JSON.stringify(sources)}
  }
}`;
  const [office, everybody] = [ssh('192.0.2.0/24'), ssh('0.0.0.0/0')];
  const text = withExamples(ruleText('overlaps(opened.ports, "ssh")', { id: 'one', of: 'opened' }), [
    { fails: office, passes: 'locals {}' },
    { before: office, fails: everybody, passes: office },
    { before: everybody, passes: office },
    { before: everybody, fails: office },
    { before: office, passes: everybody },
    { before: 'resource {', passes: office },
    { passes: `${ssh('${var.office}')}\nvariable "office" {}` },
  ]);
  shell = shellWith({ '.git/': '', 'x.hcl': text });
  const { code, stdout, stderr } = await shell.tfsg('rules test x.hcl');
  expect(stderr).toContain('1 rule, 9 examples: 4 not as they should be');
  expect([code, stdout.split('\n')]).toEqual([
    1,
    [
      expect.stringContaining('one fails: It should have a finding, and has none.'),
      expect.stringContaining('one passes: It should have no finding, and has one at its line 7: Found.'),
      expect.stringContaining('one passes: It cannot be judged (line 1): Before the change: '),
      expect.stringContaining('one passes: It should have no finding, and is undecided: it depends on var.office.'),
      '',
    ],
  ]);
});

test('test ends with 2 where a rule is wrong, and says where there is none', async () => {
  shell = shellWith({ '.git/': '', 'x.hcl': ruleText('rule.prots') });
  const { code, stderr } = await shell.tfsg('rules test x.hcl');
  expect([code, stderr]).toEqual([2, expect.stringContaining('Did you mean "ports"?')]);
  expect(await shell.tfsg('rules test')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('no own rules here'),
  });
  expect((await shell.tfsg('rules tset')).stderr).toContain('Did you mean "tfsg rules test"?');
});

test('explain lists what can be asked, or a rule', async () => {
  shell = shellWith({ '.git/': '', 'tfsg.rules.hcl': ruleText('true', { id: 'acme-x' }) });
  expect((await shell.tfsg('rules explain')).stdout).toContain('| `overlaps(set, other)` |');
  expect((await shell.tfsg('rules explain acme-x')).stdout).toContain('- Declared in tfsg.rules.hcl:1:1');
  expect((await shell.tfsg('rules explain port-open')).stderr).toContain('"tfsg explain port-open"');
});

const imports = join(import.meta.dirname, '../../fixtures/rules/import');

test('import prints custom checks of tfsec and policies of checkov with examples that hold, and says what it leaves out', async () => {
  const names = ['custom_tfchecks.yaml', 'policies.yaml'];
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(imports, name), 'utf8')]));
  shell = shellWith({ '.git/': '', ...files });
  const { code, stdout, stderr } = await shell.tfsg(['rules', 'import', ...names]);
  expect(code).toBe(0);
  expect(stdout).toBe(readFileSync(join(imports, 'expected.rules.hcl'), 'utf8'));
  expect(stderr.split('\n')).toEqual([
    'tfsg: custom_tfchecks.yaml: CUS004 was left out. It is about aws_s3_bucket.',
    'tfsg: custom_tfchecks.yaml: CUS006 was left out. It is about module, and own rules ask what resources make.',
    'tfsg: policies.yaml: CKV2_ACME_3 was left out. It has a condition of the kind "connection".',
    'tfsg: 7 rules imported, 3 left out',
    '',
  ]);
  writeFileSync(join(shell.folder, 'tfsg.rules.hcl'), stdout);
  expect(await shell.tfsg('rules test')).toMatchObject({ code: 0, stdout: '' });
});

test.each([
  [
    '{"checks": [{"code": "A", "requiredLabels": ["aws_security_group"], "matchSpec": {"name": "vpc_id", "action": "isPresent"}}]}',
    'A was left out. It asks for vpc_id, which own rules do not have.',
  ],
  [
    '{"checks": [{"code": "A", "requiredLabels": ["aws_security_group"], "matchSpec": {"name": "name", "action": "isFunny"}}]}',
    'Its action "isFunny" has no counterpart.',
  ],
  [
    '{"checks": [{"code": "A", "requiredLabels": ["aws_security_group"], "matchSpec": {"name": "name", "action": "regexMatches", "value": "("}}]}',
    'Invalid regular expression',
  ],
  [
    '{"checks": [{"code": "A", "requiredLabels": ["aws_security_group"], "matchSpec": {"name": "name", "action": "equals", "value": "x${y}"}}]}',
    'tfsg: 1 rule imported',
  ],
  ['{"checks": [{"code": "A", "requiredLabels": ["aws_security_group"]}]}', 'It has no matchSpec.'],
  ['{"x": 1}', 'neither custom checks of tfsec nor a policy of checkov'],
  ['{"x": [', 'neither JSON nor YAML'],
  ['checks: [*x]', 'neither JSON nor YAML: Unresolved alias'],
  ['a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b]', 'neither custom checks of tfsec'],
])('import says of %s what is wrong', async (text, expected) => {
  shell = shellWith({ '.git/': '', 'x.json': text });
  expect((await shell.tfsg('rules import x.json')).stderr).toContain(expected);
});
