/** Own rules in configurations and reports: as checks of tfsg are. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { type Shell, shellWith } from '../cli/shell.ts';
import { ruleText } from './rule-text.ts';

let shell: Shell | undefined;
afterEach(() => shell?.remove());

const option =
  'option "ports" {\n    type    = list(string)\n    default = ["telnet"]\n  }\n  help = "https://wiki.example.com/telnet"\n  tags = ["pci"]\n  aliases = ["CKV2_ACME_1"]';
const rules = ruleText('overlaps(rule.ports, option.ports)', { id: 'acme-telnet', more: option });

const main = `resource "aws_security_group" "web" {
  name        = "web"
  description = "Machines that serve"

  ingress {
    description = "Old"
    from_port   = 23
    to_port     = 23
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
`;

const off = { extends: ['tfsg:off'] };

/** What is found, as `file check severity`. */
async function found(
  files: Readonly<Record<string, string>>,
  argv = '',
): Promise<{ readonly found: readonly string[]; readonly code: number; readonly said: string }> {
  shell = shellWith({ '.git/': '', 'tfsg.rules.hcl': rules, 'main.tf': main, ...files });
  const { stdout, stderr, code } = await shell.tfsg(`-f json ${argv}`);
  const report = stdout === '' ? { findings: [], problems: [] } : JSON.parse(stdout);
  return {
    found: report.findings.map(({ file, check, severity }: Record<string, string>) => `${file} ${check} ${severity}`),
    code,
    said: [
      ...report.problems.map(({ message, hint }: Record<string, string>) => `${message} ${hint ?? ''}`),
      stderr,
    ].join('\n'),
  };
}

const config = (content: object) => ({ '.tfsgrc.json': JSON.stringify(content) });
const all = ['main.tf acme-telnet high'];

describe('a rule', () => {
  test('is on without a configuration, and where every check of tfsg is off', async () => {
    expect((await found({})).found).toEqual(all);
    expect((await found(config(off))).found).toEqual(all);
    expect((await found({}, '--no-config')).found).toEqual([]);
  });

  test.each<[string, object, readonly string[]]>([
    ['off', { checks: { 'acme-telnet': 'off' } }, []],
    ['of another severity', { checks: { 'acme-telnet': 'low' } }, ['main.tf acme-telnet low']],
    ['by its alias', { checks: { CKV2_ACME_1: 'low' } }, ['main.tf acme-telnet low']],
    ['with other options', { checks: { 'acme-telnet': ['low', { ports: ['ssh'] }] } }, []],
    [
      'in an override of files',
      { overrides: [{ files: ['main.tf'], checks: { 'acme-telnet': 'info' } }] },
      ['main.tf acme-telnet info'],
    ],
    ['in an override of groups', { overrides: [{ groups: ['web'], checks: { 'acme-telnet': 'off' } }] }, []],
    ['of no file', { rules: [] }, []],
  ])('%s', async (_, content, expected) => {
    expect((await found(config({ ...off, ...content }))).found).toEqual(expected);
  });

  test.each<[string, object, string]>([
    [
      'a name with a slip',
      { checks: { 'acme-telnt': 'low' } },
      '"acme-telnt" is not a known check. Did you mean "acme-telnet"?',
    ],
    [
      'an option with a slip',
      { checks: { 'acme-telnet': ['low', { prts: [] }] } },
      '"prts" is not an option of acme-telnet. Did you mean "ports"?',
    ],
    ['an option of another type', { checks: { 'acme-telnet': ['low', { ports: [23] }] } }, 'Expected'],
    ['a level with a slip', { checks: { 'acme-telnet': 'hihg' } }, 'Did you mean "high"?'],
    ['a file that is not there', { rules: ['rules.hcl'] }, 'File not found: rules.hcl.'],
    ['a file outside', { rules: ['../../x.hcl'] }, 'is outside the tree.'],
  ])('%s is a mistake', async (_, content, message) => {
    const { code, said } = await found(config({ ...off, ...content }));
    expect(said).toContain(message);
    expect(code).toBe(2);
  });

  test('with a slip ends the run', async () => {
    const { code, said, found: none } = await found({ 'tfsg.rules.hcl': rules.replace('rule.ports', 'rule.prots') });
    expect(said).toContain('"rule" has no attribute "prots". Did you mean "ports"?');
    expect([code, none]).toEqual([2, []]);
  });

  test('is chosen and left out by the command line', async () => {
    expect((await found({}, '--check acme-telnet')).found).toEqual(all);
    expect((await found({}, '--check CKV2_ACME_1')).found).toEqual(all);
    expect((await found({}, '--disable acme-telnet')).found).toEqual([]);
    const { code, said } = await found({}, '--check acme-telnt');
    expect([code, said]).toEqual([2, expect.stringContaining('Did you mean acme-telnet?')]);
  });

  test('is suppressed by comments, unless they are locked', async () => {
    const comment = '# tfsg:ignore acme-telnet -- goes away';
    const ignored = {
      'main.tf': main
        .replace('    description = "Old"', `    ${comment}\n    description = "Old"`)
        .replace('ingress {', `ingress { ${comment}`),
    };
    const both = main.replace('  ingress {', `  ${comment}\n  ingress {`);
    expect((await found({ ...ignored, 'main.tf': both })).found).toEqual([]);
    const locked = config({ ...off, suppressions: { locked: ['acme-telnet'] } });
    expect((await found({ 'main.tf': both, ...locked })).found).toEqual(all);
  });

  test('is in a baseline', async () => {
    shell = shellWith({ '.git/': '', 'tfsg.rules.hcl': rules, 'main.tf': main, ...config(off) });
    expect((await shell.tfsg('baseline')).code).toBe(0);
    expect((await shell.tfsg('')).code).toBe(0);
    expect((await shell.tfsg('--no-baseline')).code).toBe(1);
  });
});

describe('files of rules', () => {
  test('come with what a configuration extends, also of a package', async () => {
    const base = {
      ...config({ extends: ['./shared/base.tfsgrc.json'] }),
      'shared/base.tfsgrc.json': JSON.stringify(off),
    };
    const moved = { 'tfsg.rules.hcl': '', 'shared/tfsg.rules.hcl': rules };
    expect((await found({ ...base, ...moved })).found).toEqual(all);
    const packaged = {
      ...config({ extends: ['@acme/tfsg-config'], checks: { 'acme-telnet': 'low' } }),
      'tfsg.rules.hcl': '',
      'node_modules/@acme/tfsg-config/.tfsgrc.json': JSON.stringify(off),
      'node_modules/@acme/tfsg-config/tfsg.rules.hcl': rules,
    };
    expect((await found(packaged)).found).toEqual(['main.tf acme-telnet low']);
  });

  test('of a base that is locked can only be tightened', async () => {
    const files = {
      ...config({ ...off, checks: { 'acme-telnet': 'off' } }),
      'tfsg.rules.hcl': '',
      'base/base.json': JSON.stringify(off),
      'base/tfsg.rules.hcl': rules,
    };
    const { found: some, said } = await found(files, '--base-config base/base.json');
    expect(some).toEqual(all);
    expect(said).toContain('acme-telnet at high is locked by');
  });

  test('cannot have one id twice', async () => {
    const twice = { ...config({ ...off, rules: ['tfsg.rules.hcl', 'more.rules.hcl'] }), 'more.rules.hcl': rules };
    expect((await found(twice)).said).toContain('The id "acme-telnet" is taken: tfsg.rules.hcl:1:1 has it.');
  });

  test('of two folders may', async () => {
    const files = {
      ...config(off),
      'a/.tfsgrc.json': JSON.stringify(off),
      'a/tfsg.rules.hcl': rules.replace('"telnet"', '"ssh"').replace('"high"', '"low"'),
      'a/main.tf': main.replaceAll('= 23', '= 22'),
      'b/main.tf': main,
    };
    expect((await found(files)).found).toEqual([
      'a/main.tf acme-telnet low',
      'b/main.tf acme-telnet high',
      'main.tf acme-telnet high',
    ]);
  });

  test.each(['tfsg.rule.hcl', 'tfsg_rules.hcl', '.tfsg.rules.hcl', 'tfsg.rules.yaml'])(
    'with another name (%s) are said to have no effect',
    async (name) => {
      for (const more of [{}, config(off)]) {
        shell = shellWith({ '.git/': '', 'main.tf': main, [name]: rules, ...more });
        const { stdout } = await shell.tfsg('-f json');
        const said = JSON.parse(stdout).problems.map(({ message }: { message: string }) => message);
        expect(said).toContain(`${name} has no effect: own rules lie in tfsg.rules.hcl.`);
      }
    },
  );

  test('beside no configuration are said to have no effect', async () => {
    const files = { ...config(off), 'a/tfsg.rules.hcl': rules, 'a/main.tf': main };
    expect((await found(files)).said).toContain('a/tfsg.rules.hcl has no effect');
  });
});

describe('reports', () => {
  test('have where a rule is documented, its tags and its page', async () => {
    shell = shellWith({ '.git/': '', 'tfsg.rules.hcl': rules, 'main.tf': main, ...config(off) });
    const { findings } = JSON.parse((await shell.tfsg('-f json')).stdout);
    expect(findings[0]).toMatchObject({ aliases: ['CKV2_ACME_1'], docs: 'https://wiki.example.com/telnet' });
    const sarif = JSON.parse((await shell.tfsg('-f sarif')).stdout);
    const own = sarif.runs[0].tool.driver.rules.find(({ id }: { id: string }) => id === 'acme-telnet');
    expect(own).toMatchObject({
      helpUri: 'https://wiki.example.com/telnet',
      shortDescription: { text: 'Found.' },
      properties: { tags: ['security', 'pci', 'CKV2_ACME_1'] },
    });
    expect(own.help.text).toContain('overlaps(rule.ports, option.ports)');
    expect((await shell.tfsg('checks')).stdout).toMatch(/^acme-telnet +high +on +Found$/m);
    expect((await shell.tfsg('explain acme-telnet --examples')).stdout).toContain('## Example');
    expect((await shell.tfsg('explain CKV2_ACME_1')).stdout).toContain('# acme-telnet');
    const printed = (await shell.tfsg('--print-config main.tf')).stdout;
    expect(printed).toContain('"rules": ["tfsg.rules.hcl"]');
    expect(printed).toMatch(/"acme-telnet": \[\s+"high"/);
  });

  test('of shards keep it', async () => {
    shell = shellWith({ '.git/': '', 'tfsg.rules.hcl': rules, 'main.tf': main, ...config(off) });
    expect((await shell.tfsg('--shard 1/1 -o json=one.json')).code).toBe(1);
    const merged = await shell.tfsg('merge one.json -f json');
    expect(merged.stderr).not.toContain('error');
    const { findings } = JSON.parse(merged.stdout);
    expect(findings[0].docs).toBe('https://wiki.example.com/telnet');
  });
});
