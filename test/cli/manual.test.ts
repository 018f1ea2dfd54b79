/** Help, the man page, and completion as shells do it: all from the table of commands. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commands, optionGroupsOf } from '../../src/cli/options/command-table.ts';
import { parseArguments } from '../../src/cli/options/options.ts';
import { expectGolden } from '../golden.ts';

async function textOf(line: string, columns = 80): Promise<string> {
  const parsed = await parseArguments(line.split(' '), {}, columns);
  return parsed.kind === 'text' ? parsed.text : '';
}

describe('help', () => {
  test.each([
    ['--help', 'tfsg.txt'],
    ['help checks', 'checks.txt'],
  ])('%s', async (line, file) => {
    expectGolden(`manual/${file}`, await textOf(line));
  });

  test.each([
    ['help', '--help'],
    ['-h', '--help'],
    ['help lint', 'lint --help'],
    ['help lsp', 'lsp --help'],
    ['help help', 'help --help'],
    ['main.tf -h', 'lint --help'],
    ['explain -h --formt x', 'help explain'],
  ])('%s is %s', async (line, other) => {
    expect(await textOf(line)).toBe(await textOf(other));
  });

  test.each([40, 80, 200])('fits into %i columns, and names every option', async (columns) => {
    for (const command of commands) {
      const text = await textOf(`help ${command.name}`, columns);
      const lines = text.split('\n').filter((line) => line.length > Math.max(50, Math.min(columns, 110)));
      expect(lines.filter((line) => line.trim().includes(' ') && !/^ {2}\S|^Usage/.test(line))).toEqual([]);
      for (const [name, { isHidden }] of optionGroupsOf(command).flatMap(({ options }) => Object.entries(options))) {
        expect(text.includes(`--${name}`)).toBe(isHidden !== true);
      }
    }
  });

  test('has examples that can be parsed', async () => {
    const lines = commands.flatMap(({ examples }) => examples.map(([line]) => line));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const words = /\btfsg\b(?! -o=)([^|)]*)/.exec(line.replace('sarif=tfsg', 'sarif=x'))![1]!.trim();
      await expect(parseArguments(words.split(' ').filter(Boolean), {}, 80)).resolves.toBeDefined();
    }
  });
});

test('version', async () => {
  const version = await textOf('--version');
  expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
  for (const line of ['-V', 'version', 'checks -V']) expect(await textOf(line)).toBe(version);
});

const isThere = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

const root = join(import.meta.dirname, '../..');
(isThere('groff') ? test : test.skip)('groff has nothing to say about the man page', () => {
  const { status, stderr } = spawnSync('groff', ['-man', '-ww', '-z', join(root, 'man/tfsg.1')], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

describe('completion', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tfsg-'));
    for (const shell of ['bash', 'zsh', 'fish']) {
      writeFileSync(join(folder, shell), await textOf(`completion ${shell}`));
    }
    writeFileSync(join(folder, 'some.json'), '');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Standard output of a shell's script, in the folder. */
  function run(shell: string, ...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(shell, args, { cwd: folder, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  }

  const cases: readonly (readonly [line: string, expected: readonly string[]])[] = [
    ['tfsg ins', ['inspect']],
    ['tfsg --format j', ['json', 'junit']],
    ['tfsg checks --format j', ['json']],
    ['tfsg --quiet merge --format ma', ['markdown']],
    ['tfsg --pre', ['--preset']],
    ['tfsg checks --fix', []],
    ['tfsg --check port-open,icmp-o', ['port-open,icmp-open']],
    ['tfsg explain rule-', ['rule-quota']],
    ['tfsg completion f', ['fish']],
    ['tfsg help expl', ['explain']],
  ];

  (isThere('bash') ? test : test.skip).each([...cases, ['tfsg --format = j', ['json', 'junit']]])(
    'bash: %s',
    (line, expected) => {
      const words = line.split(' ');
      const script = `source ./bash; COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _tfsg; printf '%s\\n' "\${COMPREPLY[@]}"`;
      expect(run('bash', '--norc', '-c', script).split('\n').filter(Boolean)).toEqual(expected);
    },
  );

  (isThere('fish') ? test : test.skip).each([...cases, ['tfsg --config so', ['some.json']]])(
    'fish: %s',
    (line, expected) => {
      const found = run('fish', '--no-config', '-c', `source fish; complete -C '${line}'`);
      expect(found.split('\n').flatMap((each) => each.split('\t')[0] || [])).toEqual(expected);
    },
  );

  (isThere('zsh') ? test : test.skip)('zsh takes the script', () => {
    const script = 'autoload -U compinit && compinit -u -D && source ./zsh && print $_comps[tfsg]';
    expect(run('zsh', '-fc', script)).toBe('_tfsg\n');
  });
});
