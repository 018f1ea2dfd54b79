/** `tfsg --print-config FILE`. */

import { afterEach, expect, test } from '@jest/globals';
import { type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

test('prints what holds for a file, whether it is there or not, or for the files of a folder', async () => {
  shell = shellWith({ '.git/': '', 'infra/.tfsgrc.json': '{ "failOn": "high" }', 'infra/net/main.tf': '' });
  const { code, stdout, stderr } = await shell.tfsg('--print-config net/main.tf --disable icmp-open', { cwd: 'infra' });
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(
    '// Effective configuration for infra/net/main.tf, written as a .tfsgrc.json at the repository root.\n',
  );
  expect(stdout).toContain('  "failOn": "high", // infra/.tfsgrc.json:1:13\n');
  expect(stdout).toContain('    "icmp-open": "off", // --disable\n');
  expect((await shell.tfsg('--print-config infra/net/main.tf --disable icmp-open')).stdout).toBe(stdout);
  expect((await shell.tfsg('--print-config infra/net --disable icmp-open')).stdout).toBe(stdout);
  expect((await shell.tfsg('--print-config gone.tf')).stdout).toContain('"failOn": "low", // default');
});

test('takes --no-inline-suppressions', async () => {
  shell = shellWith({});
  const { stdout } = await shell.tfsg('--print-config a.tf --no-inline-suppressions');
  expect(stdout).toContain('    "inline": false, // --no-inline-suppressions\n');
});

test('takes --config, --no-config and --fail-on', async () => {
  shell = shellWith({ '.git/': '', '.tfsgrc.json': '{ "failOn": "high" }', 'ci/x.json': '{ "failOn": "never" }' });
  const failOn = async (options: string) =>
    /"failOn": .*/.exec((await shell.tfsg(`--print-config main.tf ${options}`)).stdout)?.[0];
  expect(await failOn('')).toBe('"failOn": "high", // .tfsgrc.json:1:13');
  expect(await failOn('--config ci/x.json')).toBe('"failOn": "never", // ci/x.json:1:13');
  expect(await failOn('--no-config')).toBe('"failOn": "low", // default');
  expect(await failOn('--fail-on medium')).toBe('"failOn": "medium", // --fail-on');
});

test('what it prints finds the same', async () => {
  const main = `resource "aws_security_group" "web" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`;
  const own =
    '{ "extends": ["tfsg:strict"], "overrides": [{ "files": ["*.tf"], "checks": { "admin-port-open": "low" } }] }';
  shell = shellWith({ '.git/': '', 'app/.tfsgrc.json': own, 'app/main.tf': main });
  const { stdout } = await shell.tfsg('--print-config app/main.tf');
  const other = shellWith({ '.git/': '', '.tfsgrc.json': stdout, 'app/main.tf': main });
  const reports = await Promise.all([shell, other].map((each) => each.tfsg('-f json')));
  other.remove();
  expect(reports[0]).toEqual(reports[1]);
  expect(JSON.parse(reports[0]!.stdout).findings.length).toBeGreaterThan(1);
});

test('of mistakes it prints nothing but these', async () => {
  shell = shellWith({ '.git/': '', '.tfsgrc.json': '{ "failOn": "hihg" }' });
  const { code, stdout, stderr } = await shell.tfsg('--print-config main.tf');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^\.tfsgrc\.json:1:13 error configuration\n/);
});

test('takes one file', async () => {
  shell = shellWith({});
  expect(await shell.tfsg('--print-config a.tf b.tf')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'tfsg: --print-config takes one file; unexpected argument "b.tf". See tfsg --help.\n',
  });
});
