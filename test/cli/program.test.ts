/** The built program as a process: dist/cli.js, which `npm run build` makes. */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { version } from '../../src/version.ts';
import { anyNames, modes } from '../systems.ts';
import { open, type Shell, shellWith } from './shell.ts';

const root = join(import.meta.dirname, '../..');
const program = join(root, 'dist/cli.js');

let shell: Shell;
beforeAll(() => {
  shell = shellWith({ '.git/': '', 'main.tf': open, 'many.tf': open.replace('"web"', '"many"') });
});
afterAll(() => shell.remove());

function tfsg(...argv: string[]) {
  return spawnSync(process.execPath, [program, ...argv], { cwd: shell.folder, encoding: 'utf8' });
}

describe('dist/cli.js', () => {
  modes.test('is executable and says its version', () => {
    accessSync(program, constants.X_OK);
    expect(execFileSync(program, ['--version'], { encoding: 'utf8' })).toBe(`${version}\n`);
  });

  test('lints', () => {
    const { status, stdout, stderr } = tfsg('--check', 'admin-port-open', '-f', 'unix', 'main.tf');
    expect(status).toBe(1);
    expect(stdout).toContain('main.tf:10:20: critical: ');
    expect(stderr).toMatch(/^tfsg: 2 critical in 2 files/);
  });

  test('reads standard input', () => {
    const argv = [program, '--check', 'admin-port-open', '-f', 'unix', '--stdin-filename', 'new/main.tf'];
    const { status, stdout } = spawnSync(process.execPath, argv, { cwd: shell.folder, input: open, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('new/main.tf:10:20') });
  });

  anyNames.test('says that the working directory has no path in UTF-8', () => {
    const script =
      'cd "$(mktemp -d)"; d=$(printf "d\\377"); mkdir "$d"; cd "$d"; "$0" "$1" .; status=$?; cd ../..; exit $status';
    const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, program], { encoding: 'utf8' });
    const message = 'tfsg: Cannot read the working directory: its path is not UTF-8.\n';
    expect({ status, stderr }).toEqual({ status: 2, stderr: message });
  });

  test('finds the pages of the checks', () => {
    expect(tfsg('explain', 'CKV_AWS_24').stdout).toMatch(/^# admin-port-open\n/);
  });

  test('ends quietly where nobody reads any more', async () => {
    const child = spawn(process.execPath, [program, 'checks'], { cwd: shell.folder });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('writes more than a pipe holds, whole', () => {
    const { stdout } = tfsg('parse', ...Array.from({ length: 200 }, () => ['main.tf', 'many.tf']).flat(), '--quiet');
    expect(() => JSON.parse(stdout)).not.toThrow();
  });
});

describe('what is loaded', () => {
  /** Names the files that a process has read. */
  const hook = `
    const fs = require('node:fs');
    const { readFileSync } = fs;
    fs.readFileSync = (path, ...rest) => {
      fs.writeSync(2, \`read \${path}\\n\`);
      return readFileSync(path, ...rest);
    };`;

  /** The files of dist/ that a run loads, by their names up to the hash. */
  function loadedBy(...argv: string[]): string[] {
    const file = join(shell.folder, 'hook.cjs');
    writeFileSync(file, hook);
    const { stderr } = spawnSync(process.execPath, ['--require', file, program, '--no-compile-cache', ...argv], {
      cwd: shell.folder,
      encoding: 'utf8',
    });
    return [...stderr.matchAll(/^read .*\/dist\/(?:cli|late)\/([\w.]+).*\.cjs$/gm)].map((match) => match[1]!);
  }

  test('for linting a file: neither help nor functions, patterns, other commands and formats', () => {
    mkdirSync(join(shell.folder, 'closed'));
    writeFileSync(join(shell.folder, 'closed/main.tf'), open.replace('0.0.0.0/0', '10.0.0.0/8'));
    expect(loadedBy('closed')).toEqual(['program', 'chunk']);
    rmSync(join(shell.folder, 'closed'), { recursive: true });
  });

  test('with the first open port: what the internet reaches', () => {
    expect(loadedBy('main.tf')).toEqual(['program', 'chunk', 'engine']);
  });

  test('with the first call of one: functions', () => {
    writeFileSync(join(shell.folder, 'calls.tf'), 'resource "aws_security_group" "x" {\n  name = upper("x")\n}\n');
    expect(loadedBy('calls.tf')).toContain('functions');
    rmSync(join(shell.folder, 'calls.tf'));
  });

  const texts = ['cli', 'late'].flatMap((folder) =>
    readdirSync(join(root, 'dist', folder)).map((name) => readFileSync(join(root, 'dist', folder, name), 'utf8')),
  );

  test('needs no ajv', () => {
    expect(texts.join('')).not.toContain('ajv');
  });

  test('is ASCII, as which it is read', () => {
    expect(texts.filter((text) => !/^[\0-\x7f]*$/.test(text))).toEqual([]);
  });
});

modes.describe('compiled code', () => {
  let caches: string;
  beforeEach(() => {
    caches = realpathSync.native(mkdtempSync(join(tmpdir(), 'tfsg-')));
  });
  afterEach(() => rmSync(caches, { recursive: true }));

  function lint(argv: readonly string[] = [], environment: NodeJS.ProcessEnv = { XDG_CACHE_HOME: caches }) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'main.tf', '--no-config', ...argv], {
      ...{ cwd: shell.folder, encoding: 'utf8', env: environment },
    });
    return { status, stdout, stderr };
  }

  const kept = (): string[] => (existsSync(join(caches, 'tfsg')) ? readdirSync(join(caches, 'tfsg')) : []);
  const modeOf = (path: string): number => statSync(path).mode & 0o777;
  const plain = () => lint(['--no-compile-cache']);

  test('is kept for the user alone, and changes nothing', () => {
    const outcome = lint();
    expect(outcome.status).toBe(1);
    const names = kept();
    const file = join(caches, 'tfsg', names[0]!);
    const made = statSync(file).mtimeMs;
    expect([modeOf(join(caches, 'tfsg')), modeOf(file)]).toEqual([0o700, 0o600]);
    expect(lint()).toEqual(outcome);
    expect(kept()).toEqual(names);
    expect(statSync(file).mtimeMs).toBe(made);
    expect(plain()).toEqual(outcome);
  });

  test('is kept apart for changes, which run other functions', () => {
    const changes = () => {
      const argv = [program, 'changes', '--base', './', '.', '--no-config'];
      const { status, stdout } = spawnSync(process.execPath, argv, {
        ...{ cwd: shell.folder, encoding: 'utf8', env: { XDG_CACHE_HOME: caches } },
      });
      return { status, stdout };
    };
    lint();
    const names = kept();
    const outcome = changes();
    expect(kept().filter((name) => !names.includes(name))).toContainEqual(expect.stringMatching(/^changes-chunk-/));
    expect(changes()).toEqual(outcome);
  });

  test('is in .cache of the home folder where nothing else is said', () => {
    mkdirSync(join(caches, 'home'));
    lint([], { HOME: join(caches, 'home'), XDG_CACHE_HOME: 'relative' });
    const usual = process.platform === 'darwin' ? 'Library/Caches' : '.cache';
    expect(readdirSync(join(caches, 'home', usual, 'tfsg'))).not.toEqual([]);
  });

  test.each<[string, readonly string[], NodeJS.ProcessEnv]>([
    ['with --no-compile-cache', ['--no-compile-cache'], {}],
    ['with TFSG_NO_COMPILE_CACHE', [], { TFSG_NO_COMPILE_CACHE: '1' }],
    ['with NODE_DISABLE_COMPILE_CACHE', [], { NODE_DISABLE_COMPILE_CACHE: '1' }],
    ['by a run that judges nothing', ['--check'], {}],
  ])('is not kept %s', (_, argv, environment) => {
    lint(argv, { XDG_CACHE_HOME: caches, ...environment });
    expect(kept()).toEqual([]);
  });

  test('is not kept where there is no home folder', () => {
    expect(lint([], {})).toEqual(plain());
  });

  test('is not kept where the folder is none', () => {
    writeFileSync(join(caches, 'file'), '');
    expect(lint([], { XDG_CACHE_HOME: join(caches, 'file') })).toEqual(plain());
  });

  const unsafe: readonly (readonly [string, () => void])[] = [
    ['whose folder for caches everybody can write to', () => chmodSync(caches, 0o777)],
    ['whose folder others can write to', () => chmodSync(join(caches, 'tfsg'), 0o770)],
  ];
  test.each(unsafe)('is neither taken nor kept for a user %s', (_, open) => {
    lint();
    const file = join(caches, 'tfsg', kept()[0]!);
    const rejected = 'not compiled code';
    writeFileSync(file, rejected);
    open();
    expect(lint()).toEqual(plain());
    expect(readFileSync(file, 'utf8')).toBe(rejected);
  });

  test.each(['', 'not compiled code', '\0'.repeat(100_000)])('that is damaged is made anew', (text) => {
    lint();
    const file = join(caches, 'tfsg', kept()[0]!);
    writeFileSync(file, text);
    expect(lint()).toEqual(plain());
    expect(statSync(file).size).toBeGreaterThan(100_000);
  });

  test.each([0, 3, 1000, -1])('of which only a part is there (%i bytes) is made anew', (end) => {
    lint();
    const file = join(caches, 'tfsg', kept()[0]!);
    const code = readFileSync(file);
    writeFileSync(file, code.subarray(0, end));
    expect(lint()).toEqual(plain());
    expect(readFileSync(file).equals(code.subarray(0, end))).toBe(false);
    expect(statSync(file).size).toBeGreaterThan(100_000);
  });

  test('of another tfsg is removed when it is old', () => {
    mkdirSync(join(caches, 'tfsg'), 0o700);
    for (const [name, age] of [
      ['chunk-OLD.cjs-v20.0.0-x64', 31],
      ['chunk-NEW.cjs-v20.0.0-x64', 29],
      ['notes.txt', 400],
    ] as const) {
      writeFileSync(join(caches, 'tfsg', name), '');
      const time = Date.now() / 1000 - age * 86_400;
      utimesSync(join(caches, 'tfsg', name), time, time);
    }
    lint();
    expect(kept()).toEqual(expect.arrayContaining(['chunk-NEW.cjs-v20.0.0-x64', 'notes.txt']));
    expect(kept()).not.toContain('chunk-OLD.cjs-v20.0.0-x64');
  });
});

test('dist/licenses.txt has the license of every bundled package', () => {
  const text = readFileSync(join(root, 'dist/licenses.txt'), 'utf8');
  for (const name of ['yargs-parser', 're2js', 'jsonc-parser', 'get-east-asian-width'])
    expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
  expect(text).not.toMatch(/^(?:string-width|ajv) \d/m);
});
