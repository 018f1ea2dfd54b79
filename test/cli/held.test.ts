/** The built program held by Node's permission model and watched by strace: it reads the tree and itself, and neither starts nor calls anything. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formatNames } from '../../src/report/render.ts';
import { links } from '../systems.ts';
import { open, type Shell, shellWith } from './shell.ts';

const root = realpathSync.native(join(import.meta.dirname, '../..'));
const program = join(root, 'dist/cli.js');

const outside = `${open.replace('0.0.0.0/0', '0.0.0.0/00')}
module "out" {
  source = "../outside"
}

locals {
  read = [file("../outside/secret.txt"), fileexists("/etc/hostname"), templatefile("../outside/secret.txt", {}), fileset("..", "**")]
}

resource "aws_vpc_security_group_ingress_rule" "r" {
  security_group_id = aws_security_group.web.id
  description       = jsonencode(local.read)
  ip_protocol       = "tcp"
  from_port         = 8080
  to_port           = 8080
  cidr_ipv4         = file("link.txt")
}
`;

let shell: Shell;
beforeAll(() => {
  shell = shellWith({
    'tree/.git/': '',
    'tree/main.tf': outside,
    'tree/.tfsgrc.json': JSON.stringify({ extends: ['tfsg:strict'] }),
    'tree/terraform.tfvars': '',
    'tree/broken/main.tf': 'resource "aws_security_group" "x" {\n  name = \n}}}\n',
    'outside/main.tf': open,
    'outside/secret.txt': 'secret',
    'outside/x.tfvars': '',
  });
  if (!links.isThere) return;
  symlinkSync('../outside/secret.txt', join(shell.folder, 'tree/link.txt'));
  symlinkSync('../outside', join(shell.folder, 'tree/linked'));
});
afterAll(() => shell.remove());

/** With what exit code each command ends. A broken file is another matter: hcl2json is asked, in a thread of its own. */
const commands: readonly (readonly [number, readonly string[]])[] = [
  ...formatNames.map((format) => [1, ['-f', format, '--unknown', 'main.tf']] as const),
  [0, ['--fix-dry-run', '--fail-on', 'never', 'main.tf']],
  [0, ['--print-config', 'main.tf']],
  [0, ['inspect', 'main.tf']],
  [0, ['inspect', '-f', 'json', 'main.tf']],
  [0, ['parse', 'main.tf']],
  [0, ['checks']],
  [0, ['explain', 'admin-port-open']],
];

links.describe("Node's permission model", () => {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';

  const held = (more: readonly string[], argv: readonly string[]) => {
    const tree = join(shell.folder, 'tree');
    const allowed = [`--allow-fs-read=${tree}/`, `--allow-fs-read=${root}/`, ...more];
    return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', flag, ...allowed, program, ...argv], {
      cwd: tree,
      encoding: 'utf8',
    });
  };

  test.each(commands)('lets it end with %i: %j', (code, argv) => {
    const { status, stdout, stderr } = held([], argv);
    expect(stderr).not.toMatch(/ERR_ACCESS_DENIED|restricted/);
    expect({ status, isSilent: stdout === '' }).toEqual({ status: code, isSilent: false });
  });

  test('lets it write where it may, and nowhere else', () => {
    const write = `--allow-fs-write=${join(shell.folder, 'tree')}/`;
    const { status, stderr } = held([write], ['-o', 'json=out/r.json', '-q', 'main.tf']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(held([], ['-o', 'json=out/other.json', '-q', 'main.tf']).status).toBe(2);
  });

  test("lets broken files be read with a thread, which is hcl2json's", () => {
    const { status, stdout } = held(['--allow-worker'], ['-f', 'unix', 'broken']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: expect.stringContaining('broken/main.tf:2:') });
  });

  test('keeps it from what it may not read: it would be seen', () => {
    const { status, stderr } = held([], ['--var-file', '../outside/x.tfvars', 'main.tf']);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^tfsg: --var-file .*ERR_ACCESS_DENIED/),
    });
  });
});

/** Whether strace is there, and may look at processes. */
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
const strace = canTrace ? 'strace' : 'strace, which is not there or may not look at processes';

/** What starts something, talks to something, or opens a file. */
const traced = [
  'execve,execveat,fork,vfork,clone,clone3',
  'socket,socketpair,connect,bind,listen,accept,accept4,sendto,sendmsg,sendmmsg',
  'open,openat',
].join();

/** A run under strace: its calls, without the numbers of processes. */
function trace(argv: readonly string[]): { readonly status: number | null; readonly calls: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'tfsg-'));
  try {
    const log = join(folder, 'log');
    const options = ['-f', '-qq', '-s', '4096', '-e', `trace=${traced}`, '-o', log];
    const { status } = spawnSync('strace', [...options, process.execPath, program, ...argv], {
      cwd: join(shell.folder, 'tree'),
    });
    const lines = readFileSync(log, 'utf8').trim().split('\n');
    return { status, calls: lines.map((line) => line.replace(/^\d+ +(?:<\.\.\. )?/, '')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

(canTrace ? describe : describe.skip)(strace, () => {
  const runs: readonly (readonly [number, readonly string[]])[] = [
    [2, ['--unknown', '-o', 'sarif=out/r.sarif', '.']],
    [2, ['--parser', 'hcl2json', '.']],
    [1, ['--tf-var-env', '-f', 'github', 'main.tf']],
    [1, ['--cache', '--cache-location', '.git/kept', 'main.tf']],
    [0, ['inspect', 'main.tf']],
    [1, ['--fix', 'main.tf']],
  ];

  test.each(runs)('sees it end with %i: %j', (code, argv) => {
    const { status, calls } = trace(argv);
    expect(status).toBe(code);
    // The first call is that of the program itself.
    expect(calls[0]).toMatch(/^execve\(/);
    const thread = /^clone3?\(.*CLONE_THREAD|^clone3? resumed/;
    const file = /^open(?:at)?\b/;
    const end = /^(?:---|\+\+\+)/;
    expect(calls.slice(1).filter((call) => ![thread, file, end].some((known) => known.test(call)))).toEqual([]);
    // What links and the configuration lead to outside of the tree is not opened.
    const opened = calls.filter((call) => file.test(call));
    expect(opened.filter((call) => /outside|secret|hostname/.test(call))).toEqual([]);
    expect(opened.filter((call) => call.includes('tree/main.tf')).length).toBeGreaterThan(0);
  });
});
