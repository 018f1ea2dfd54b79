/** Own rules about what a change opens are in force as they were before the change, whatever it does to them. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Shell, shellWith } from '../cli/shell.ts';
import { describeWithGit } from '../git/repositories.ts';
import { ruleText } from '../rules/rule-text.ts';

let shell: Shell | undefined;
afterEach(() => {
  shell?.remove();
  shell = undefined;
});

type Files = Readonly<Record<string, string>>;

const ssh = (source: string, comment = '') => `${comment}
resource "aws_security_group" "web" {
  name = "web"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["${source}"]
  }
}
`;

const rule = (when: string, more: Parameters<typeof ruleText>[1] = {}) =>
  ruleText(when, { of: 'opened', id: 'acme-ssh', ...more });
const noSsh = rule('overlaps(opened.ports, "ssh")');
const config = (content: object): string => JSON.stringify(content);

interface Asked {
  readonly code: number;
  /** `severity check: message`. */
  readonly found: readonly string[];
  readonly problems: readonly string[];
  readonly rest: string;
}

/** @param before files of one folder @param after files of another that is compared with it */
async function ask(before: Files, after: Files, argv = '', others: Files = {}): Promise<Asked> {
  const below = (folder: string, files: Files) =>
    Object.entries(files).map(([path, text]): [string, string] => [`${folder}/${path}`, text]);
  const given = { '.git/': '', 'before/main.tf': ssh('10.0.0.0/8'), 'after/main.tf': ssh('0.0.0.0/0'), ...others };
  shell = shellWith({ ...given, ...Object.fromEntries([...below('before', before), ...below('after', after)]) });
  return answerOf(shell, `changes --base before after ${argv}`);
}

async function answerOf(opened: Shell, line: string): Promise<Asked> {
  const { code, stdout, stderr } = await opened.tfsg(`${line} -f json`);
  if (stdout === '') return { code, found: [], problems: [], rest: stderr };
  const { changes, problems } = JSON.parse(stdout);
  return {
    code,
    found: changes.flatMap(({ findings }: { readonly findings: readonly Record<string, string>[] }) =>
      findings.map(({ check, severity, message }) => `${severity} ${check}: ${message}`),
    ),
    problems: problems.map(({ message }: { readonly message: string }) => message),
    rest: stderr,
  };
}

const RULES = 'tfsg.rules.hcl';
const CONFIG = '.tfsgrc.json';
const both = { [RULES]: noSsh, [CONFIG]: config({}) };
const found = ['high acme-ssh: Found.'];

describe('a rule is in force as it was', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    ['where nothing is changed', both, both, []],
    [
      'where it is edited',
      both,
      { ...both, [RULES]: rule('false') },
      ['The change edits acme-ssh, which is in force as it was before.'],
    ],
    ['where its file is gone', both, { [CONFIG]: config({}) }, [removed('removes')]],
    ['where its file is not read any more', both, { ...both, [CONFIG]: config({ rules: [] }) }, [removed('removes')]],
    ['where it is off', both, { ...both, [CONFIG]: config({ checks: { 'acme-ssh': 'off' } }) }, [removed('turns off')]],
    [
      'where it is lowered',
      both,
      { ...both, [CONFIG]: config({ checks: { 'acme-ssh': 'info' } }) },
      [removed('lowers')],
    ],
    [
      'where an override has it off',
      both,
      { ...both, [CONFIG]: config({ overrides: [{ groups: ['web'], checks: { 'acme-ssh': 'off' } }] }) },
      [removed('turns off')],
    ],
    [
      'where less fails',
      both,
      { ...both, [CONFIG]: config({ failOn: 'never' }) },
      ['The change loosens "failOn", which is in force as it was before.'],
    ],
    [
      'where comments may suppress it',
      { ...both, [CONFIG]: config({ suppressions: { locked: ['acme-ssh'] } }) },
      { ...both, 'main.tf': ssh('0.0.0.0/0', '# tfsg:ignore acme-ssh -- later') },
      [
        'The change loosens "suppressions", which is in force as it was before.',
        'The configuration locks acme-ssh, so this comment cannot suppress it.',
      ],
    ],
    [
      'where its file is left out',
      both,
      { ...both, [CONFIG]: config({ exclude: ['*.tf'] }) },
      ['The change leaves out files by "include" or "exclude": after/main.tf is compared all the same.'],
    ],
    [
      'where a nearer configuration leaves out its file',
      { ...both, 'main.tf': '', 'live/main.tf': ssh('10.0.0.0/8') },
      {
        ...both,
        'main.tf': '',
        'live/main.tf': ssh('0.0.0.0/0'),
        [`live/${CONFIG}`]: config({ extends: ['../.tfsgrc.json'], include: ['none/**'] }),
      },
      ['The change leaves out files by "include" or "exclude": after/live/main.tf is compared all the same.'],
    ],
    [
      'where it moves to another file, which changes nothing of it',
      both,
      { [CONFIG]: config({ rules: ['policies/ssh.hcl'] }), 'policies/ssh.hcl': `# moved\n\n${noSsh}` },
      [],
    ],
  ])('%s', async (_, before, after, problems) => {
    expect(await ask(before, after)).toMatchObject({ found, problems, code: 1 });
  });

  function removed(does: string): string {
    return `The change ${does} own rules: acme-ssh is in force as it was before.`;
  }

  test('with its options', async () => {
    const option = 'option "ports" {\n    type    = list(string)\n    default = ["ssh"]\n  }';
    const rules = rule('overlaps(opened.ports, option.ports)', { more: option });
    const before = { [RULES]: rules, [CONFIG]: config({}) };
    const after = { [RULES]: rules, [CONFIG]: config({ checks: { 'acme-ssh': ['high', { ports: ['telnet'] }] } }) };
    expect(await ask(before, after)).toMatchObject({ found, problems: [removed('sets options of')] });
  });

  test('with what was allowed', async () => {
    const rules = rule('!opened.allowed');
    const before = { [RULES]: rules, [CONFIG]: config({}), 'main.tf': ssh('10.0.0.0/8') };
    for (const [key, value] of [
      ['trusted', { cidrs: ['54.1.2.0/24'] }],
      ['policy', [{ groups: ['web'], ingress: [{ ports: ['ssh'], from: ['54.1.2.0/24'] }] }]],
    ] as const) {
      shell?.remove();
      const after = { [RULES]: rules, [CONFIG]: config({ [key]: value }), 'main.tf': ssh('54.1.2.0/24') };
      const problems = [
        `The change edits "${key}": for own rules, "opened.allowed" is true only for what was allowed before, too.`,
      ];
      expect(await ask(before, after)).toMatchObject({ found, problems, code: 1 });
      shell?.remove();
      expect(await ask({ ...before, [CONFIG]: after[CONFIG] }, after)).toMatchObject({ found: [], problems: [] });
    }
  });

  test('also of new access, where there are no rules', async () => {
    const [any, off] = ['any', 'off'].map((noNewAccess) => ({ [CONFIG]: config({ noNewAccess }) }));
    const problems = ['The change loosens "noNewAccess", which is in force as it was before.'];
    expect(await ask(any!, off!)).toMatchObject({ found: [], problems, code: 1 });
    shell?.remove();
    expect(await ask(off!, any!)).toMatchObject({ problems: [], code: 1 });
    shell?.remove();
    expect(await ask(any!, off!, '--no-new-access=off')).toMatchObject({ problems: [], code: 0 });
  });

  test('without a word of what is allowed where no rule asks it', async () => {
    const after = { ...both, [CONFIG]: config({ trusted: { cidrs: ['54.1.2.0/24'] } }) };
    expect(await ask(both, after)).toMatchObject({ found, problems: [] });
  });

  test('where what is undecided may pass', async () => {
    const unknown = `variable "office" {}\n${ssh('$' + '{var.office}')}`;
    const before = { ...both, [CONFIG]: config({ failOnUnresolved: true }) };
    const problems = ['The change loosens "failOnUnresolved", which is in force as it was before.'];
    expect(await ask(before, { ...both, 'main.tf': unknown })).toMatchObject({ problems, code: 1 });
    shell?.remove();
    expect(await ask(both, { ...both, 'main.tf': unknown })).toMatchObject({ problems: [], code: 0 });
  });

  test('with stand-ins', async () => {
    const call = (source: string) => `module "sg" {
  source              = "terraform-aws-modules/security-group/aws"
  version             = "5.1.0"
  name                = "x"
  vpc_id              = "vpc-1"
  ingress_cidr_blocks = ["${source}"]
  ingress_rules       = ["ssh-tcp"]
}`;
    const before = { ...both, 'main.tf': call('10.0.0.0/8') };
    const after = { ...both, 'main.tf': call('0.0.0.0/0'), [CONFIG]: config({ standIns: false }) };
    const asked = await ask(before, after);
    expect(asked).toMatchObject({ found, code: 1 });
    expect(asked.problems).toContain('The change loosens "standIns", which is in force as it was before.');
  });

  test.each(['environments', 'modules'])('and that %s decide what is read is said', async (key) => {
    const values = { environments: { prod: { vars: {} } }, modules: { 'acme/sg/aws': '.' } };
    const edited = config({ [key]: values[key as keyof typeof values] });
    const { problems } = await ask(both, { ...both, [CONFIG]: edited });
    expect(problems).toContain(
      `The change edits "${key}", and both states are evaluated with what it says now: own rules are not asked of what that leaves out.`,
    );
  });

  test('in every format', async () => {
    await ask(both, { [CONFIG]: config({}) });
    for (const format of ['text', 'markdown', 'github', 'sarif', 'json']) {
      const { stdout, stderr, code } = await shell!.tfsg(`changes --base before after -f ${format}`);
      expect([format, code, stdout + stderr]).toEqual([
        format,
        1,
        expect.stringContaining('The change removes own rules'),
      ]);
    }
  });

  test('and a comment still suppresses it', async () => {
    const after = { ...both, 'main.tf': ssh('0.0.0.0/0', '# tfsg:ignore acme-ssh -- agreed') };
    expect(await ask(both, after)).toMatchObject({ found: [], code: 0 });
  });
});

describe('what the newer state adds holds', () => {
  test.each<[string, Files, Files, readonly string[], number]>([
    ['a rule', { [CONFIG]: config({}) }, both, found, 1],
    ['a rule that was off', { ...both, [CONFIG]: config({ checks: { 'acme-ssh': 'off' } }) }, both, found, 1],
    [
      'another rule beside one that was there',
      both,
      { ...both, [RULES]: noSsh + rule('opened.internet', { id: 'acme-internet' }) },
      ['high acme-internet: Found.', ...found],
      1,
    ],
    [
      'a graver level',
      both,
      { ...both, [CONFIG]: config({ checks: { 'acme-ssh': 'critical' } }) },
      ['critical acme-ssh: Found.'],
      1,
    ],
    [
      'that more fails',
      { ...both, [CONFIG]: config({ failOn: 'critical' }) },
      { ...both, [CONFIG]: config({ failOn: 'low' }) },
      found,
      1,
    ],
  ])('%s', async (_, before, after, expected, code) => {
    expect(await ask(before, after)).toMatchObject({ found: expected, problems: [], code });
  });

  test('options of the command line, which are not of the change', async () => {
    expect(await ask(both, both, '--disable acme-ssh')).toMatchObject({ found: [], problems: [], code: 0 });
    shell?.remove();
    expect(await ask(both, both, '--fail-on critical')).toMatchObject({ found, problems: [], code: 0 });
  });
});

test('a rule that nobody can read now is an error', async () => {
  expect(await ask(both, { ...both, [RULES]: 'check "x" {' })).toMatchObject({
    code: 2,
    problems: [expect.stringContaining('that opens on line 1 is not closed')],
  });
});

describe('a file that the command line names', () => {
  test('is that of the older state', async () => {
    const after = { 'conf.json': config({ rules: [] }), 'x.hcl': noSsh };
    const before = { 'conf.json': config({ rules: ['x.hcl'] }), 'x.hcl': noSsh };
    expect(await ask(before, after, '--config after/conf.json')).toMatchObject({ found, code: 1 });
  });

  test('and locks what it locked there', async () => {
    const locked = { [CONFIG]: config({}), 'base.json': config({ noNewAccess: 'any', locked: ['noNewAccess'] }) };
    const open = { [CONFIG]: config({}), 'base.json': config({ noNewAccess: 'off' }) };
    const asked = await ask(locked, open, '--base-config after/base.json');
    expect(asked.code).toBe(1);
    expect(asked.problems).toEqual([
      'The change edits --base-config after/base.json, which is in force as it was before.',
    ]);
  });
});

describeWithGit('in git', () => {
  function committed(files: Files): Shell {
    shell = shellWith(files);
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: shell!.folder });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message=before');
    return shell;
  }

  const put = (path: string, text: string): void => writeFileSync(join(shell!.folder, path), text);

  test('as they were in the revision', async () => {
    const opened = committed({ 'main.tf': ssh('10.0.0.0/8'), [RULES]: noSsh });
    put('main.tf', ssh('0.0.0.0/0'));
    rmSync(join(opened.folder, RULES));
    const asked = await answerOf(opened, 'changes --base HEAD');
    expect(asked).toMatchObject({ found, code: 1 });
    expect(asked.problems).toEqual([expect.stringMatching(/removes own rules: acme-ssh .* as it was before\.$/)]);
  });

  test('also where nothing else is changed', async () => {
    const opened = committed({ 'main.tf': ssh('10.0.0.0/8'), [RULES]: noSsh });
    put(RULES, rule('false'));
    const { problems, code } = await answerOf(opened, 'changes --base HEAD');
    expect([code, problems]).toEqual([0, [expect.stringContaining('The change edits acme-ssh')]]);
  });

  test('also where only a configuration below is edited', async () => {
    const opened = committed({ 'live/main.tf': ssh('10.0.0.0/8'), [RULES]: noSsh, [CONFIG]: config({}) });
    put(`live/${CONFIG}`, config({ extends: ['../.tfsgrc.json'], checks: { 'acme-ssh': 'off' } }));
    const { problems, code } = await answerOf(opened, 'changes --base HEAD');
    expect([code, problems]).toEqual([0, [expect.stringContaining('The change turns off own rules: acme-ssh')]]);
  });

  test('but not where one is edited beside what is compared', async () => {
    const opened = committed({ 'live/main.tf': ssh('10.0.0.0/8'), 'other/x.txt': '', [CONFIG]: config({}) });
    put(`other/${CONFIG}`, '{ "nothing": 1 }');
    expect((await answerOf(opened, 'changes --base HEAD live')).code).toBe(0);
    expect((await answerOf(opened, 'changes --base HEAD')).code).toBe(2);
  });

  test('and what a new configuration leaves out is compared', async () => {
    const opened = committed({ 'main.tf': ssh('10.0.0.0/8'), [RULES]: noSsh });
    mkdirSync(join(opened.folder, 'live'));
    put('live/main.tf', ssh('0.0.0.0/0'));
    put(`live/${CONFIG}`, config({ exclude: ['**'] }));
    const { problems, ...asked } = await answerOf(opened, 'changes --base HEAD');
    expect(asked).toMatchObject({ found, code: 1 });
    expect(problems).toContainEqual(expect.stringContaining('live/main.tf is compared all the same'));
  });

  test('unless nobody could read them, which is said', async () => {
    const opened = committed({ 'main.tf': ssh('10.0.0.0/8'), [RULES]: rule('opened.prots') });
    put('main.tf', ssh('0.0.0.0/0'));
    put(RULES, noSsh);
    const asked = await answerOf(opened, 'changes --base HEAD');
    expect(asked).toMatchObject({ found, code: 1 });
    expect(asked.problems).toEqual([
      expect.stringMatching(/^The configuration before the change cannot be read in full: own rules .* may not be/),
      'Before the change: "opened" has no attribute "prots".',
    ]);
  });

  test('unless they are of a package that is not installed any more, which is said', async () => {
    const opened = committed({
      'main.tf': ssh('10.0.0.0/8'),
      [CONFIG]: config({ extends: ['@acme/rules'] }),
    });
    put('main.tf', ssh('0.0.0.0/0'));
    put(CONFIG, config({}));
    const { problems } = await answerOf(opened, 'changes --base HEAD');
    expect(problems).toEqual([
      expect.stringContaining('own rules that it has may not be in force'),
      'Before the change: The package @acme/rules is in no node_modules here or above.',
    ]);
  });

  test('with what the configuration extended', async () => {
    const opened = committed({
      'main.tf': ssh('10.0.0.0/8'),
      [CONFIG]: config({ extends: ['./shared/base.json'] }),
      'shared/base.json': config({ rules: ['ssh.hcl'] }),
      'shared/ssh.hcl': noSsh,
    });
    put('main.tf', ssh('0.0.0.0/0'));
    put(CONFIG, config({}));
    expect(await answerOf(opened, 'changes --base HEAD')).toMatchObject({ found, code: 1 });
  });

  test('of a folder, though a nearer configuration is new', async () => {
    const opened = committed({ 'live/main.tf': ssh('10.0.0.0/8'), [RULES]: noSsh });
    put('live/main.tf', ssh('0.0.0.0/0'));
    put(`live/${CONFIG}`, config({ extends: [] }));
    expect(await answerOf(opened, 'changes --base HEAD')).toMatchObject({ found, code: 1 });
  });
});
