/** Own rules about what a change opens: what they are asked of, and what comes of the answer. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Shell, shellWith } from '../cli/shell.ts';
import { fixtures } from '../golden.ts';
import { ruleText } from '../rules/rule-text.ts';

let shell: Shell | undefined;
afterEach(release);

function release(): void {
  shell?.remove();
  shell = undefined;
}

type Files = Readonly<Record<string, string>>;

const database = ({ sources = '"10.0.0.0/8"', more = '', port = '5432', comment = '' } = {}) => `${more}
resource "aws_security_group" "app" {
  name = "shop-app"
}
resource "aws_security_group" "db" {
  name = "db"
  tags = { tier = "data" }
}
${comment}
resource "aws_security_group_rule" "in" {
  type              = "ingress"
  security_group_id = aws_security_group.db.id
  from_port         = ${port}
  to_port           = ${port}
  protocol          = "tcp"
  cidr_blocks       = [${sources}]
}
`;

const rule = (when: string, more: Parameters<typeof ruleText>[1] = {}) =>
  ruleText(when, { of: 'opened', id: 'acme-opened', ...more });

const noDatabase = rule('overlaps(opened.ports, "postgresql") && opened.internet', {
  message: '"${group.name} opens ${opened.ports} to ${opened.sources}."',
});

interface Told {
  readonly check: string;
  readonly severity: string;
  readonly message: string;
  readonly because: readonly string[];
  readonly environments: readonly string[];
  readonly when?: unknown;
}

interface Row {
  readonly fails?: boolean;
  readonly findings?: readonly Told[];
  readonly undecidedFindings: readonly Told[];
}

interface Asked {
  readonly code: number;
  readonly stderr: string;
  /** `severity check: message`, and `? what it depends on`. */
  readonly told: readonly string[];
  readonly rows: readonly Row[];
  readonly problems: readonly string[];
  readonly suppressed: number;
  readonly suppressedRules: readonly string[];
}

async function ask(rules: string, before: string, after: string, files: Files = {}, argv = ''): Promise<Asked> {
  release();
  shell = shellWith({
    ...{ '.git/': '', 'tfsg.rules.hcl': rules, 'before/main.tf': before, 'after/main.tf': after },
    ...files,
  });
  const { code, stdout, stderr } = await shell.tfsg(`changes --base before after -f json ${argv}`);
  if (stdout === '') return { code, stderr, told: [], rows: [], problems: [], suppressed: 0, suppressedRules: [] };
  const { changes, undecided, problems, summary } = JSON.parse(stdout);
  const rows: readonly Row[] = [...changes, ...undecided];
  const told = rows.flatMap(({ findings = [], undecidedFindings }) => [
    ...findings.map(({ check, severity, message }) => `${severity} ${check}: ${message}`),
    ...undecidedFindings.map(({ because }) => `? ${because.join(', ')}`),
  ]);
  const said = problems.map(({ message }: { readonly message: string }) => message);
  return { code, stderr, told, rows, problems: said, ...summary };
}

const found = ['high acme-opened: db opens 5432/tcp to 0.0.0.0/0 except 10.0.0.0/8.'];
const open = database({ sources: '"0.0.0.0/0"' });

describe('a rule is asked of what is opened', () => {
  test('and of nothing else', async () => {
    expect(await ask(noDatabase, database(), open)).toMatchObject({ told: found, code: 1 });
    expect(await ask(noDatabase, open, open)).toMatchObject({ told: [], code: 0 });
    expect(await ask(noDatabase, open, database())).toMatchObject({ told: [], code: 0 });
    expect((await ask(noDatabase, database({ sources: '"10.0.0.0/8", "192.0.2.0/24"' }), database())).told).toEqual([]);
  });

  test.each<[string, string, readonly string[]]>([
    ['within(opened.sources, "192.168.0.0/16")', database({ sources: '"10.0.0.0/8", "192.168.7.0/24"' }), ['yes']],
    ['within(opened.sources, "10.0.0.0/8")', database({ sources: '"10.0.0.0/8", "192.168.7.0/24"' }), []],
    ['overlaps(opened.sources, "internet")', database({ sources: '"10.0.0.0/8", "192.168.7.0/24"' }), []],
    ['overlaps(opened.ports, "22")', database({ port: '22' }), ['yes']],
    ['opened.direction == "ingress"', open, ['yes']],
    ['opened.direction == "egress"', open, []],
    ['group.tags["tier"] == "data" && opened.group.name == "db"', open, ['yes']],
    ['group.address == "aws_security_group.db"', open, ['yes']],
    ['length(group.rules) == 1', open, ['yes']],
    ['opened.allowed', open, []],
    ['opened.root == "after" && opened.folder == "after" && opened.environment == null', open, ['yes']],
    [
      'anytrue([for cidr in opened.cidrs : cidr == "192.0.2.0/24"])',
      database({ sources: '"10.0.0.0/8", "192.0.2.0/24"' }),
      ['yes'],
    ],
    ['reaches("internet", group)', open, []],
  ])('%s', async (when, after, expected) => {
    const { told, problems } = await ask(rule(when, { message: '"yes"' }), database(), after);
    expect([told.map((text) => text.replace('high acme-opened: ', '')), problems]).toEqual([expected, []]);
  });

  test.each<[string, string, readonly string[]]>([
    ['within(opened.sources, "*-app")', 'source_security_group_id = aws_security_group.app.id', ['yes']],
    [
      'within(opened.sources, "aws_security_group.app")',
      'source_security_group_id = aws_security_group.app.id',
      ['yes'],
    ],
    ['opened.source_groups[0].name == "shop-app"', 'source_security_group_id = aws_security_group.app.id', ['yes']],
    ['within(opened.sources, "groups")', 'source_security_group_id = "sg-0123456789abcdef0"', ['yes']],
    ['within(opened.sources, "sg-0123456789abcdef0")', 'source_security_group_id = "sg-0123456789abcdef0"', ['yes']],
    ['within(opened.sources, "self")', 'self = true', ['yes']],
    ['within(opened.sources, "d*")', 'self = true', ['yes']],
    ['overlaps(opened.sources, "pl-0123456789abcdef0")', 'prefix_list_ids = ["pl-0123456789abcdef0"]', ['yes']],
    ['overlaps(opened.sources, "internet")', 'prefix_list_ids = ["pl-0123456789abcdef0"]', ['? pl-0123456789abcdef0']],
    ['overlaps(opened.sources, "internet")', 'self = true', []],
  ])('%s for %s', async (when, source, expected) => {
    const after = database().replace(/cidr_blocks .*/, source);
    const { told } = await ask(rule(when, { message: '"yes"' }), database(), after);
    expect(told.map((text) => text.replace('high acme-opened: ', ''))).toEqual(expected);
  });

  test('with the group as it is after the change', async () => {
    const when = 'group.tags["tier"] == "data"';
    const untagged = open.replace('tier = "data"', '');
    expect((await ask(rule(when), database(), untagged)).told).toEqual([]);
    expect((await ask(rule(when), database().replace('tier = "data"', ''), open)).told).toHaveLength(1);
  });

  test('that is none of the configuration, which has an address alone', async () => {
    const foreign = open.replace('aws_security_group.db.id', '"sg-0123456789abcdef0"');
    expect((await ask(rule('group.address == "sg-0123456789abcdef0"'), database(), foreign)).told).toHaveLength(1);
    expect((await ask(rule('group.name == "db"'), database(), foreign)).told).toEqual(['? sg-0123456789abcdef0']);
  });
});

describe('what is not known is undecided', () => {
  const office = 'variable "office" {}\nvariable "tier" {}\nvariable "port" { type = number }\n';

  test.each<[string, string, string, readonly string[]]>([
    ['a tag', 'group.tags["tier"] == "data"', open.replace('"data"', 'var.tier'), ['? var.tier']],
    ['whether it is opened', noDatabase, database({ sources: '"10.0.0.0/8", var.office' }), ['? var.office']],
    ['what the condition does not ask', 'overlaps(opened.ports, 22)', database({ sources: 'var.office' }), []],
    [
      'whether it is within',
      '!within(opened.sources, "10.0.0.0/8")',
      database({ sources: 'var.office' }),
      ['? var.office'],
    ],
    ['a port', 'within(opened.ports, "22")', database({ port: 'var.port' }), ['? var.port', '? var.port']],
    ["a port that it can't be", 'within("icmp", opened.ports)', database({ port: 'var.port' }), []],
  ])('%s', async (_, when, after, expected) => {
    const text = when.startsWith('check') ? when : rule(when);
    const { told, code } = await ask(text, database(), office + after);
    expect([told, code]).toEqual([expected, 0]);
  });

  test('and fails where what is undecided fails', async () => {
    const after = office + open.replace('"data"', 'var.tier');
    const unsure = rule('group.tags["tier"] == "data"');
    expect((await ask(unsure, database(), after, {}, '--fail-on-unresolved')).code).toBe(1);
    expect((await ask(unsure, database(), after, {}, '--fail-on-unresolved --fail-on critical')).code).toBe(0);
  });
});

describe('where something is opened in some environments or worlds', () => {
  const variable = 'variable "size" { type = string }\n';

  test('the rule is asked in each', async () => {
    const config = { environments: { dev: { varFiles: ['dev.tfvars'] }, prod: { varFiles: ['prod.tfvars'] } } };
    const main = `${variable}${database()}`.replace('tier = "data"', 'size = var.size');
    const files = {
      '.tfsgrc.json': JSON.stringify(config),
      ...Object.fromEntries(
        ['before', 'after'].flatMap((side) =>
          ['dev', 'prod'].map((name) => [`${side}/${name}.tfvars`, `size = "${name}"\n`]),
        ),
      ),
    };
    const after = main.replace('"10.0.0.0/8"', '"0.0.0.0/0"');
    const { rows } = await ask(rule('group.tags["size"] == "prod"'), main, after, files);
    expect(rows.map(({ findings = [] }) => findings.map(({ environments }) => environments))).toEqual([[['prod']]]);
    const other = await ask(rule('opened.environment == "dev"'), main, after, files);
    expect(other.rows.map(({ findings = [] }) => findings.map(({ environments }) => environments))).toEqual([
      [['dev']],
    ]);
  });

  test('the finding has the world of the row', async () => {
    const after = `${variable}${database()}
resource "aws_security_group" "extra" {
  count = var.size == "large" ? 1 : 0
  name  = "extra"
  tags  = { tier = "extra" }
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`;
    const { rows } = await ask(rule('group.tags["tier"] == "extra"'), variable + database(), after);
    expect(rows[0]!.findings).toMatchObject([{ check: 'acme-opened', when: [{ 'var.size': 'large' }] }]);
    const fromApp = after.replace(/cidr_blocks = .*(?=\n {2}}\n}\n$)/, 'security_groups = [aws_security_group.app.id]');
    expect((await ask(rule('within(opened.sources, "*-app")'), variable + database(), fromApp)).told).toHaveLength(1);
    const reached = await ask(rule('reaches("internet", group)'), variable + database(), after);
    expect(reached.told).toEqual(['? what the internet reaches']);
  });
});

describe('a configuration decides', () => {
  const config = (content: object) => ({ '.tfsgrc.json': JSON.stringify(content) });

  test.each<[string, object, string, readonly string[], number]>([
    ['the level', { checks: { 'acme-opened': 'low' } }, '', ['low'], 1],
    ['what fails', { failOn: 'critical' }, '', ['high'], 0],
    ['what fails, which the command line overrides', { failOn: 'critical' }, '--fail-on high', ['high'], 1],
    ['that nothing fails', {}, '--fail-on never', ['high'], 0],
    ['that it is off', { checks: { 'acme-opened': 'off' } }, '', [], 0],
    ['that it is off for a group', { overrides: [{ groups: ['db'], checks: { 'acme-opened': 'off' } }] }, '', [], 0],
    ['the level for a group', { overrides: [{ groups: ['d*'], checks: { 'acme-opened': 'info' } }] }, '', ['info'], 0],
    [
      'the level for files',
      { overrides: [{ files: ['after/**'], checks: { 'acme-opened': 'info' } }] },
      '',
      ['info'],
      0,
    ],
    [
      'the level for other files',
      { overrides: [{ files: ['live/**'], checks: { 'acme-opened': 'off' } }] },
      '',
      ['high'],
      1,
    ],
    ['that there are no rules', { rules: [] }, '', [], 0],
    ['which are asked', {}, '--disable acme-opened', [], 0],
  ])('%s', async (_, content, argv, severities, code) => {
    const asked = await ask(noDatabase, database(), open, config(content), argv);
    expect([asked.told.map((text) => text.split(' ')[0]), asked.code]).toEqual([severities, code]);
    expect(asked.rows[0]!.fails).toBe(code === 1);
  });

  test('options', async () => {
    const option = 'option "ports" {\n    type    = list(string)\n    default = ["ssh"]\n  }';
    const rules = rule('overlaps(opened.ports, option.ports)', { more: option });
    expect((await ask(rules, database(), open)).told).toEqual([]);
    const set = config({ checks: { 'acme-opened': ['high', { ports: ['postgresql'] }] } });
    expect((await ask(rules, database(), open, set)).told).toHaveLength(1);
  });

  test('what is trusted, which a rule can ask', async () => {
    const trusted = config({ trusted: { cidrs: ['192.168.0.0/16'] } });
    const after = database({ sources: '"10.0.0.0/8", "192.168.7.0/24"' });
    expect((await ask(rule('!opened.allowed'), database(), after, trusted)).told).toEqual([]);
    expect((await ask(rule('!opened.allowed'), database(), after)).told).toHaveLength(1);
  });
});

describe('a comment suppresses it', () => {
  const commented = (comment: string, sources = '"0.0.0.0/0"') => database({ sources, comment });

  test('at the rule, at the group, and where the value is made', async () => {
    const note = '# tfsg:ignore acme-opened -- agreed';
    expect(await ask(noDatabase, database(), commented(note))).toMatchObject({
      ...{ told: [], suppressed: 1, suppressedRules: ['acme-opened'], code: 0 },
    });
    const atGroup = open.replace('resource "aws_security_group" "db"', `${note}\n$&`);
    expect(await ask(noDatabase, database(), atGroup)).toMatchObject({ told: [], suppressed: 1 });
    const atDefault = database({
      sources: 'var.sources...',
      more: `variable "sources" {\n  ${note}\n  default = ["0.0.0.0/0"]\n}\n`,
    }).replace('[var.sources...]', 'var.sources');
    expect(await ask(noDatabase, database(), atDefault)).toMatchObject({ told: [], suppressed: 1 });
    const elsewhere = open.replace('resource "aws_security_group" "app"', `${note}\n$&`);
    expect(await ask(noDatabase, database(), elsewhere)).toMatchObject({
      told: found,
      suppressed: 0,
      suppressedRules: [],
    });
  });

  test('unless it has ended, or the rule is locked, which is said', async () => {
    const ended = await ask(noDatabase, database(), commented('# tfsg:ignore acme-opened until=2001-01-01 -- agreed'));
    expect(ended).toMatchObject({ told: found, code: 1 });
    expect(ended.problems).toEqual([expect.stringContaining('expired on 2001-01-02')]);
    const locked = { '.tfsgrc.json': '{ "suppressions": { "locked": ["acme-opened"] } }' };
    const asked = await ask(noDatabase, database(), commented('# tfsg:ignore acme-opened -- agreed'), locked);
    expect(asked).toMatchObject({ told: found, code: 1 });
    expect(asked.problems).toEqual([expect.stringContaining('locks acme-opened')]);
  });

  test('and comments about other checks say nothing here', async () => {
    const after = commented('# tfsg:ignore data-port-open until 2001-01-01 -- agreed');
    expect((await ask(noDatabase, database(), after)).problems).toEqual([]);
  });

  test('in some worlds', async () => {
    const more =
      'variable "env" {\n  type = string\n  validation {\n    condition     = contains(["dev", "prod"], var.env)\n    error_message = "x"\n  }\n}\n';
    const after = database({
      more,
      sources: 'var.env == "dev" ? "0.0.0.0/0" : "0.0.0.0/1"',
      comment: '# tfsg:ignore acme-opened when var.env == "dev" -- agreed',
    });
    const { rows, suppressed } = await ask(rule('overlaps(opened.sources, "internet")'), more + database(), after);
    expect(suppressed).toBe(1);
    expect(rows.flatMap(({ findings = [] }) => findings.map(({ when }) => when))).toEqual([[{ 'var.env': 'prod' }]]);
  });
});

test('what a downloaded module opens is of the file that calls it', async () => {
  const caller = (comment = '') => `${comment}\nmodule "web" {\n  source  = "acme/web/aws"\n  version = "1.0.0"\n}\n`;
  const manifest = { Key: 'web', Source: 'registry.terraform.io/acme/web/aws', Version: '1.0.0' };
  const files = (config: object) => ({
    'after/.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { ...manifest, Dir: '.terraform/modules/web' },
      ],
    }),
    'after/.terraform/modules/web/main.tf': open,
    '.tfsgrc.json': JSON.stringify(config),
  });
  const included = files({ include: ['after/*.tf', 'before/*.tf'] });
  expect((await ask(rule('true'), '', caller(), included)).told).toEqual(['high acme-opened: Found.']);
  const off = files({ overrides: [{ files: ['after/main.tf'], checks: { 'acme-opened': 'off' } }] });
  expect((await ask(rule('true'), '', caller(), off)).told).toEqual([]);
  const commented = await ask(rule('true'), '', caller('# tfsg:ignore acme-opened -- agreed'), included);
  expect(commented).toMatchObject({ told: [], suppressed: 1 });
});

describe('lint', () => {
  test('does not ask it, nor fail for it, nor call its comments unused', async () => {
    const note = database({ sources: '"0.0.0.0/0"', comment: '# tfsg:ignore acme-opened -- agreed' });
    shell = shellWith({
      '.git/': '',
      'tfsg.rules.hcl': rule('true'),
      '.tfsgrc.json': '{"extends": []}',
      'main.tf': note,
    });
    expect(await shell.tfsg('--report-unused-suppressions -f unix')).toMatchObject({ code: 0, stdout: '' });
    const { code, stderr } = await shell.tfsg('--check acme-opened');
    expect([code, stderr]).toEqual([2, expect.stringContaining('"tfsg changes" asks this rule')]);
  });

  test('lists it with where it is asked', async () => {
    shell = shellWith({ '.git/': '', 'tfsg.rules.hcl': rule('true') });
    expect((await shell.tfsg('checks')).stdout).toMatch(/^acme-opened .*\(asked by tfsg changes\)$/m);
    expect(JSON.parse((await shell.tfsg('checks -f json')).stdout).at(-1)).toMatchObject({ command: 'changes' });
    expect((await shell.tfsg('explain acme-opened')).stdout).toContain('by `tfsg changes` alone');
    expect((await shell.tfsg('rules explain')).stdout).toContain('### `opened`');
  });
});

test('rules of lint are not asked of a change', async () => {
  expect((await ask(ruleText('true', { id: 'acme-lint' }), database(), open)).told).toEqual([]);
});

test('a rule that is off for a group is not asked of it', async () => {
  const off = { '.tfsgrc.json': '{ "overrides": [{ "groups": ["db"], "checks": { "acme-opened": "off" } }] }' };
  const after = `${open}${open
    .replaceAll('"db"', '"other"')
    .replaceAll('.db.', '.other.')
    .replaceAll('"in"', '"more"')
    .replace(/resource "aws_security_group" "app" {[^}]*}/, '')}`;
  const { problems } = await ask(rule('opened.cidrs[70] == "x"'), database(), after, off);
  expect(problems).toEqual([expect.stringContaining('no answer for aws_security_group.other')]);
});

test('what is sensitive is in no message', async () => {
  const secret = 'variable "office" {\n  sensitive = true\n  default = "192.0.2.0/24"\n}\n';
  const after = secret + database({ sources: 'var.office' });
  const message = '"${opened.sources} ${opened.cidrs[0]} ${join(", ", opened.cidrs)}"';
  const { told } = await ask(rule('overlaps(opened.sources, "192.0.2.0/24")', { message }), database(), after);
  expect(told).toEqual(['high acme-opened: (sensitive value) (sensitive value) (sensitive value)']);
});

test('a rule that has no answer for a row says why', async () => {
  const { code, problems } = await ask(rule('opened.cidrs[70] == "x"'), database(), open);
  expect([code, problems]).toEqual([
    2,
    [expect.stringContaining('acme-opened has no answer for aws_security_group.db')],
  ]);
});

test('what a plan opens is asked as well', async () => {
  const plan = readFileSync(join(fixtures, 'plans/binary/plan.json'), 'utf8');
  shell = shellWith({
    '.git/': '',
    'tfsg.rules.hcl': rule('group.name == "web" && opened.internet'),
    'plan.json': plan,
  });
  const { code, stdout } = await shell.tfsg('changes --plan plan.json');
  expect([code, stdout]).toEqual([1, expect.stringContaining('high acme-opened: Found.')]);
});

test('a report in the place of the older state does as well', async () => {
  await ask(noDatabase, database(), open);
  const report = (await shell!.tfsg('inspect before -f json')).stdout.replaceAll('"before', '"after');
  writeFileSync(join(shell!.folder, 'report.json'), report);
  const { code, stdout } = await shell!.tfsg('changes --base report.json after');
  expect([code, stdout]).toEqual([1, expect.stringContaining('high acme-opened: db opens 5432/tcp')]);
});
