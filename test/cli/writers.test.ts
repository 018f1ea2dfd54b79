/** What tfsg writes: whole or not at all, and never through a link that leaves the tree. */

import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { killOnce, wholeRun, writers } from '../../scripts/kill-writers/killed.ts';
import { links, modes, shells, signals } from '../systems.ts';
import { open, type Shell, shellWith } from './shell.ts';

const program = join(import.meta.dirname, '../../dist/cli.js');

let shell: Shell;
beforeEach(() => {
  shell = shellWith({ 'tree/.git/': '', 'tree/main.tf': open, 'tree/in/': '', 'outside/victim': 'mine' });
});
afterEach(() => shell.remove());

const at = (path: string): string => join(shell.folder, path);
const read = (path: string): string => readFileSync(at(path), 'utf8');
const temporary = (folder: string): string[] => readdirSync(at(folder)).filter((name) => name.startsWith('.tfsg-'));
const tfsg = (...argv: string[]) => shell.tfsg(['-q', ...argv], { cwd: 'tree' });
/** The built program, through a shell of the system. */
const system = (command: string) =>
  spawnSync('bash', ['-c', command.replace('tfsg', `"${process.execPath}" "${program}" -q`)], {
    cwd: at('tree'),
    encoding: 'utf8',
  });

links.describe('a link that leads out of the tree is not followed', () => {
  const refused = 'its path has a symbolic link that points outside the tree';

  test.each([
    ['--output', (path: string) => ['-o', `json=${path}`]],
    ['--update-baseline', (path: string) => ['--baseline', path, '--update-baseline']],
  ])('%s', async (option, argv) => {
    writeFileSync(at('outside/victim'), '{ "schemaVersion": 1, "findings": [] }');
    symlinkSync('../outside/victim', at('tree/out.json'));
    symlinkSync('../outside', at('tree/folder'));
    for (const path of ['out.json', at('tree/out.json'), 'folder/victim', 'folder/new.json', 'folder/new/new.json']) {
      const { code, stderr } = await tfsg(...argv(path));
      const name = option === '--output' ? option : '--baseline';
      expect({ code, stderr }).toEqual({ code: 2, stderr: `tfsg: ${name} ${path}: ${refused}.\n` });
    }
    expect(read('outside/victim')).toBe('{ "schemaVersion": 1, "findings": [] }');
    expect(readdirSync(at('outside'))).toEqual(['victim']);
    expect(lstatSync(at('tree/out.json')).isSymbolicLink()).toBe(true);
  });

  test('nor one that leads nowhere', async () => {
    symlinkSync('../outside/new.json', at('tree/out.json'));
    symlinkSync('../outside/new.json', at('tree/.tfsgrc.json'));
    for (const argv of [
      ['-o', 'json=out.json'],
      ['--baseline', 'out.json', '--update-baseline'],
    ]) {
      const { code, stderr } = await tfsg(...argv);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining('its path has a broken symbolic link.'),
      });
    }
    const { code, stderr } = await shell.tfsg('init', { cwd: 'tree' });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('its path has a broken symbolic link.'),
    });
    expect(readdirSync(at('outside'))).toEqual(['victim']);
  });

  test('also where the tree is not that of the working directory', async () => {
    symlinkSync('../outside/victim', at('tree/out.json'));
    const { code } = await shell.tfsg(['-q', '-o', `json=${at('tree/out.json')}`, '../tree'], { cwd: 'outside' });
    expect([code, read('outside/victim')]).toEqual([2, 'mine']);
  });

  test('--fix leaves what it leads to as it is', async () => {
    writeFileSync(at('outside/main.tf'), open.replace('0.0.0.0/0', '0::/0'));
    symlinkSync('../../outside/main.tf', at('tree/in/main.tf'));
    await tfsg('--fix');
    expect(read('outside/main.tf')).toContain('0::/0');
  });
});

describe('what the command line names is written', () => {
  links.test('through a link that stays in the tree', async () => {
    writeFileSync(at('tree/in/real.json'), 'old');
    symlinkSync('in/real.json', at('tree/out.json'));
    expect((await tfsg('-o', 'json=out.json')).code).toBe(1);
    expect(JSON.parse(read('tree/in/real.json')).findings.length).toBeGreaterThan(0);
    expect(lstatSync(at('tree/out.json')).isSymbolicLink()).toBe(true);
  });

  test.each(['../outside/out.json', 'new/folder/out.json'])('%s', async (path) => {
    expect((await tfsg('-o', `json=${path}`)).code).toBe(1);
    expect(JSON.parse(read(join('tree', path))).findings.length).toBeGreaterThan(0);
  });

  links.test("outside of the tree also through a link, which is nobody else's", async () => {
    symlinkSync('victim', at('outside/link'));
    expect((await tfsg('-o', 'json=../outside/link')).code).toBe(1);
    expect(read('outside/victim')).toContain('"findings"');
  });

  test('not in the place of a folder', async () => {
    const { code, stderr } = await tfsg('-o', 'json=in');
    expect([code, stderr]).toEqual([2, 'tfsg: --output in: it is a directory.\n']);
  });

  shells.test('to /dev/stdout, also where that is a file, and to a pipe', () => {
    expect(JSON.parse(system('tfsg -f unix -o json=/dev/stdout | tail -n +2').stdout).schemaVersion).toBe(1);
    writeFileSync(at('tree/all.txt'), '');
    linkSync(at('tree/all.txt'), at('tree/same.txt'));
    system('tfsg --check port-open -o json=/dev/stdout > all.txt');
    expect(JSON.parse(read('tree/same.txt')).schemaVersion).toBe(1);
    expect(
      JSON.parse(system('mkfifo pipe; tfsg --check port-open -o json=pipe & cat pipe; wait').stdout).schemaVersion,
    ).toBe(1);
    expect(lstatSync(at('tree/pipe')).isFIFO()).toBe(true);
  });
});

describe('a file that is replaced', () => {
  modes.test('keeps its mode, and a new one has that of new files', async () => {
    writeFileSync(at('tree/old.json'), 'old');
    chmodSync(at('tree/old.json'), 0o640);
    const before = process.umask(0o027);
    try {
      await tfsg('-o', 'json=old.json', '-o', 'json=new.json');
    } finally {
      process.umask(before);
    }
    expect(statSync(at('tree/old.json')).mode & 0o777).toBe(0o640);
    expect(statSync(at('tree/new.json')).mode & 0o777).toBe(0o640);
  });

  test('is another one from then on: a hard link outside of the tree keeps what it had', async () => {
    linkSync(at('outside/victim'), at('tree/out.json'));
    await tfsg('-o', 'json=out.json');
    expect(read('outside/victim')).toBe('mine');
    expect(read('tree/out.json')).toContain('"findings"');
  });

  test('keeps the line ends of a baseline', async () => {
    writeFileSync(at('tree/b.json'), '{ "schemaVersion": 1,\r\n"findings": [] }');
    await tfsg('--baseline', 'b.json', '--update-baseline');
    expect(read('tree/b.json')).toMatch(/^(?:[^\r\n]*\r\n)+$/);
    const { mtimeNs } = statSync(at('tree/b.json'), { bigint: true });
    await tfsg('--baseline', 'b.json', '--update-baseline');
    expect(statSync(at('tree/b.json'), { bigint: true }).mtimeNs).toBe(mtimeNs);
  });
});

shells.describe('where there is no room', () => {
  // A limit of the system on how large files get is as good as a full disk, and anybody may set one.
  const within = (blocks: number, command: string) => system(`ulimit -f ${blocks}; ${command}`);

  test('a report that was there stays', () => {
    writeFileSync(at('tree/out.json'), 'old');
    const { status, stderr } = within(1, 'tfsg -o json=out.json -o json=new.json');
    expect(status).toBe(2);
    expect(stderr).toBe(
      ['out', 'new'].map((name) => `tfsg: --output ${name}.json: no space left on the device.\n`).join(''),
    );
    expect(read('tree/out.json')).toBe('old');
    expect(readdirSync(at('tree')).sort()).toEqual(['.git', 'in', 'main.tf', 'out.json']);
  });

  test('a baseline that was there stays', () => {
    const many = Array.from({ length: 20 }, (_, index) => open.replaceAll('web', `web${index}`)).join('\n');
    writeFileSync(at('tree/main.tf'), many);
    const before = '{ "schemaVersion": 1, "findings": [] }';
    writeFileSync(at('tree/b.json'), before);
    const { status, stderr } = within(1, 'tfsg --baseline b.json --update-baseline');
    expect([status, stderr]).toEqual([2, 'tfsg: --baseline b.json: no space left on the device.\n']);
    expect(read('tree/b.json')).toBe(before);
    expect(temporary('tree')).toEqual([]);
  });

  test('--fix changes no file', () => {
    const small = open.replace('0.0.0.0/0', '0::/00');
    const large = `${small.replaceAll('web', 'large')}# ${'x'.repeat(4000)}\n`;
    writeFileSync(at('tree/main.tf'), small);
    writeFileSync(at('tree/zlarge.tf'), large.replace('cidr_blocks', 'ipv6_cidr_blocks'));
    const before = [read('tree/main.tf'), read('tree/zlarge.tf')];
    const { status, stdout } = within(2, 'tfsg --fix');
    expect(status).toBe(2);
    expect(stdout).toContain('Cannot write zlarge.tf: no space left on the device. No files were changed.');
    expect([read('tree/main.tf'), read('tree/zlarge.tf')]).toEqual(before);
    expect(temporary('tree')).toEqual([]);
  });

  test('init leaves nothing', () => {
    writeFileSync(at('tree/main.tf'), open);
    const { status } = within(0, 'tfsg init');
    expect(status).toBe(2);
    expect(existsSync(at('tree/.tfsgrc.json'))).toBe(false);
    expect(temporary('tree')).toEqual([]);
  });
});

signals.describe('a run that is killed', () => {
  test.each(Object.entries(writers))('with %s leaves each file as it was or as it is to be', async (_, writer) => {
    const whole = await wholeRun(writer);
    for (let milliseconds = 0; milliseconds < 8; milliseconds++) {
      const { broken } = await killOnce(writer, whole, { after: 'sign', milliseconds: milliseconds % 4 });
      expect(broken).toEqual([]);
    }
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('by %s ends the write first', async (signal) => {
    for (const writer of [writers['--output']!, writers['--fix']!]) {
      const whole = await wholeRun(writer);
      const left = await killOnce(writer, whole, { after: 'sign', milliseconds: 0, signal });
      expect(left).toEqual({ isKilled: false, broken: [], rest: [] });
    }
  });

  test('leaves a file beside it that a later run takes away', async () => {
    const gone = spawnSync('true').pid;
    const old = new Date(Date.now() - 3_600_000);
    const names = [`.tfsg-${gone}-1.tmp`, `.tfsg-${process.pid}-1.tmp`, '.tfsg-notes.tmp'];
    for (const name of names) {
      writeFileSync(at(`tree/${name}`), '');
      utimesSync(at(`tree/${name}`), old, old);
    }
    writeFileSync(at(`tree/.tfsg-${gone}-2.tmp`), '');
    await tfsg('-o', 'json=out.json');
    // Of a process that runs, fresh, or somebody else's.
    expect(temporary('tree').sort()).toEqual([names[1]!, `.tfsg-${gone}-2.tmp`, names[2]!].sort());
  });
});

describe('two runs side by side', () => {
  const both = (...argv: string[]) =>
    Promise.all(
      [0, 1].map(
        () =>
          new Promise<number | null>((resolve) => {
            const child = spawn(process.execPath, [program, '-q', ...argv], { cwd: at('tree'), stdio: 'ignore' });
            child.on('close', resolve);
          }),
      ),
    );

  test('write one report, whole', async () => {
    mkdirSync(at('tree/out'));
    expect(await both('-o', 'json=out/r.json')).toEqual([1, 1]);
    expect(JSON.parse(read('tree/out/r.json')).schemaVersion).toBe(1);
    expect(readdirSync(at('tree/out'))).toEqual(['r.json']);
  });

  test('write one baseline, whole', async () => {
    expect(await both('--baseline', 'b.json', '--update-baseline')).toEqual([0, 0]);
    expect(JSON.parse(read('tree/b.json')).findings.length).toBeGreaterThan(1);
    expect(temporary('tree')).toEqual([]);
  });

  test('a baseline that somebody else changed meanwhile is not overwritten', async () => {
    const { openBaseline } = await import('../../src/cli/baseline.ts');
    const { diskFileSystem } = await import('../../src/files.ts');
    writeFileSync(at('tree/b.json'), '{ "schemaVersion": 1, "findings": [] }');
    let said = '';
    const output = {
      write: (text: string) => void (said += text),
      isTerminal: false,
      columns: undefined,
      hasLinks: async () => false,
    };
    const io = {
      cwd: at('tree'),
      environment: {},
      stdout: output,
      stderr: output,
      now: () => 0,
      ask: async () => undefined,
      watch: () => Promise.reject(new Error('not asked for')),
      readStdin: () => new Uint8Array(),
    };
    const { filter, save } = openBaseline(
      { file: 'b.json', updates: true, quiet: true },
      diskFileSystem(at('tree')),
      io,
      [at('tree')],
    );
    filter({ parts: [], roots: [], files: new Set() });
    writeFileSync(at('tree/b.json'), 'theirs');
    expect(save({ problems: [] } as never)).toBe(false);
    expect([said, read('tree/b.json')]).toEqual([
      'tfsg: --baseline b.json: another program changed the file in the meantime.\n',
      'theirs',
    ]);
  });
});
