/** Baselines that configurations name, or that are taken up by themselves, and `tfsg baseline`. */

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { open, type Shell, shellWith } from '../../cli/shell.ts';

const file = '.tfsg-baseline.json';
const other = open.replaceAll('"web"', '"api"').replaceAll('22', '3389');

let shell: Shell;
afterEach(() => shell.remove());

const here = (files: Readonly<Record<string, string>>): void => {
  shell = shellWith({ '.git/': '', ...files });
};
const tfsg = (line = '', cwd = '.') => shell.tfsg(line, { cwd });
const read = (path = file): string => readFileSync(join(shell.folder, path), 'utf8');
const write = (path: string, text: string): void => writeFileSync(join(shell.folder, path), text);
const entriesIn = (path = file): readonly string[] =>
  JSON.parse(read(path)).findings.flatMap((entry: { file: string; check: string } | null) =>
    entry === null ? [] : `${entry.file} ${entry.check}`,
  );

describe('without a word in the configuration', () => {
  test('the baseline at the root of the repository is taken up, from wherever tfsg runs', async () => {
    here({ 'a/main.tf': open });
    expect(await tfsg('baseline', 'a')).toEqual({
      code: 0,
      stdout: `../${file}: 1 added, 0 fixed, 1 in total\nCommit this file: from now on, tfsg reports only what is not in it.\n`,
      stderr: '',
    });
    const result = {
      code: 0,
      stdout: '',
      stderr: 'tfsg: nothing found in 1 file (1 group, 1 rule); 1 in the baseline\n',
    };
    expect(await tfsg()).toEqual(result);
    expect(await tfsg('', 'a')).toEqual(result);
    expect(await tfsg('main.tf', 'a')).toEqual(result);
    expect((await tfsg('--no-baseline')).code).toBe(1);
    expect((await tfsg('--baseline none.json')).code).toBe(1);
  });

  test('one with mistakes stops the run', async () => {
    here({ 'main.tf': open, [file]: '{\n  "schemaVersion": 3,\n  "findings": []\n}\n' });
    expect(await tfsg('-f unix')).toEqual({
      code: 2,
      stdout: `${file}:2:20: error: Expected "schemaVersion": 2, or 1. [configuration]\n`,
      stderr: 'tfsg: nothing was checked because the configuration has errors.\n',
    });
    const before = read();
    expect(await tfsg('baseline')).toMatchObject({ code: 2, stderr: expect.stringContaining(`${file}:2:20`) });
    expect(read()).toBe(before);
  });

  test('one that can not be read does too', async () => {
    here({ 'main.tf': open, [`${file}/`]: '' });
    expect(await tfsg('-f unix')).toMatchObject({
      code: 2,
      stdout: `tfsg: error: Cannot read the baseline ${file}: it is a directory. [configuration]\n`,
    });
  });

  test('a shard can not use one', async () => {
    here({ 'main.tf': open });
    await tfsg('baseline');
    const { code, stdout } = await tfsg('--shard 1/2 -f unix');
    expect([code, stdout]).toEqual([2, expect.stringContaining(`A shard cannot use the baseline ${file}`)]);
    expect((await tfsg('--shard 1/2 --no-baseline')).code).toBe(1);
  });

  test('what no longer occurs is told, where the run could have found it', async () => {
    here({ 'main.tf': open, 'other.tf': other });
    await tfsg('baseline');
    rmSync(join(shell.folder, 'other.tf'));
    const gone = `tfsg: 1 finding of ${file} no longer occurs: "tfsg baseline --prune" removes it\n`;
    expect((await tfsg()).stderr).toContain(gone);
    for (const option of ['--quiet', '--check port-open', '--preset cis']) {
      expect((await tfsg(option)).stderr).not.toContain('no longer');
    }
  });
});

describe('the key baseline', () => {
  test('names another file, relative to the configuration, for the files that it applies to', async () => {
    here({
      'a/main.tf': open,
      'b/main.tf': other,
      'c/main.tf': open,
      '.tfsgrc.json': '{ "baseline": "ci/known.json" }',
      'b/.tfsgrc.json': '{ "baseline": "mine.json" }',
      'c/.tfsgrc.json': '{ "baseline": false }',
    });
    const { code, stderr } = await tfsg('baseline');
    expect([code, stderr]).toEqual([
      0,
      'tfsg: the configuration of some files has "baseline": false, so their findings are not recorded\n',
    ]);
    expect([entriesIn('ci/known.json'), entriesIn('b/mine.json')]).toEqual([
      ['a/main.tf admin-port-open'],
      ['b/main.tf admin-port-open'],
    ]);
    const later = await tfsg('-f unix');
    expect([later.code, later.stdout]).toEqual([1, expect.stringMatching(/^c\/main\.tf:10:20[^\n]*\n$/)]);
    expect((await tfsg('b')).stderr).toContain('; 1 in the baseline');
  });

  test('is printed with the configuration, from the root', async () => {
    here({ 'a/main.tf': open, 'a/.tfsgrc.json': '{ "baseline": "b.json" }' });
    expect((await tfsg('--print-config a/main.tf')).stdout).toContain('"baseline": "a/b.json" // a/.tfsgrc.json:1:15');
    expect((await tfsg('--print-config main.tf')).stdout).toContain(`"baseline": "${file}" // default`);
  });

  test.each(['true', '""', '"/etc/x.json"', '"."', '7'])('is a path or false: %s', async (value) => {
    here({ 'main.tf': open, '.tfsgrc.json': `{ "baseline": ${value} }` });
    expect(await tfsg('-f unix')).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^\.tfsgrc\.json:1:15: error: /),
    });
  });

  test('can not lead out of the tree', async () => {
    here({ 'main.tf': open, '.tfsgrc.json': '{ "baseline": "../x.json" }' });
    const message = '.tfsgrc.json:1:15: error: ../x.json is outside the tree. [configuration]\n';
    expect(await tfsg('-f unix')).toMatchObject({ code: 2, stdout: message });
  });
});

describe('tfsg baseline', () => {
  test('adds what is new, and says what was fixed', async () => {
    here({ 'main.tf': open, 'other.tf': other });
    await tfsg('baseline');
    write('other.tf', open.replaceAll('"web"', '"new"').replaceAll('22', '23'));
    expect(await tfsg('baseline')).toEqual({
      code: 0,
      stdout: `fixed: other.tf admin-port-open aws_security_group.api ingress 3389/tcp 0.0.0.0/0
${file}: 1 added, 1 fixed, 2 in total
`,
      stderr: '',
    });
    expect((await tfsg('baseline')).stdout).toBe(`${file}: nothing changed, 2 in total\n`);
    expect((await tfsg('baseline --quiet')).stdout).toBe('');
  });

  test('--prune adds nothing', async () => {
    here({ 'main.tf': open, 'other.tf': other });
    await tfsg('baseline');
    write('other.tf', open.replaceAll('"web"', '"new"').replaceAll('22', '23'));
    const { code, stdout } = await tfsg('baseline --prune');
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(`${file}: 1 new finding left out, 1 fixed, 1 in total\n`),
    ]);
    expect(entriesIn()).toEqual(['main.tf admin-port-open']);
  });

  test('--dry-run writes nothing, and fails if something would change', async () => {
    here({ 'main.tf': open });
    expect(await tfsg('baseline --dry-run')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('would change'),
    });
    expect(existsSync(join(shell.folder, file))).toBe(false);
    await tfsg('baseline');
    expect((await tfsg('baseline --dry-run')).code).toBe(0);
    write('main.tf', other);
    expect((await tfsg('baseline --prune --dry-run')).code).toBe(1);
    expect(entriesIn()).toEqual(['main.tf admin-port-open']);
  });

  test('--show prints what is in it', async () => {
    here({ 'main.tf': open });
    expect(await tfsg('baseline --show')).toEqual({ code: 0, stdout: '', stderr: `tfsg: ${file}: no such file\n` });
    await tfsg('baseline');
    expect(await tfsg('baseline --show')).toEqual({
      code: 0,
      stdout: 'main.tf admin-port-open aws_security_group.web ingress 22/tcp 0.0.0.0/0\n',
      stderr: `tfsg: ${file}: 1 finding\n`,
    });
  });

  test('leaves the entries of other directories alone', async () => {
    here({ 'a/main.tf': open, 'b/main.tf': other });
    await tfsg('baseline');
    write('a/main.tf', 'locals {}\n');
    write('b/main.tf', 'locals {}\n');
    await tfsg('baseline a');
    expect(entriesIn()).toEqual(['b/main.tf admin-port-open']);
  });

  test('makes no file where there is nothing to record', async () => {
    here({ 'main.tf': 'locals {}\n' });
    expect(await tfsg('baseline')).toEqual({ code: 0, stdout: `${file}: nothing to record\n`, stderr: '' });
    expect(existsSync(join(shell.folder, file))).toBe(false);
  });

  test('does nothing where there is no Terraform', async () => {
    here({ 'notes.md': '' });
    expect(await tfsg('baseline')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no Terraform files found.'),
    });
  });

  test('removes nothing where something could not be read', async () => {
    here({ 'main.tf': open, 'a/main.tf': other });
    await tfsg('baseline');
    write('a/main.tf', 'resource {');
    const { code, stderr } = await tfsg('baseline');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('nothing was removed because some files could not be read'),
    ]);
    expect(entriesIn()).toHaveLength(2);
  });

  test('takes a file of the command line', async () => {
    here({ 'main.tf': open });
    mkdirSync(join(shell.folder, 'ci'));
    expect((await tfsg('baseline --baseline ci/x.json')).stdout).toContain('ci/x.json: 1 added');
    expect(entriesIn('ci/x.json')).toEqual(['main.tf admin-port-open']);
  });

  test.each([
    ['baseline --prune --show', '--prune cannot be used with --show.'],
    ['baseline -', 'A baseline records files, not standard input.'],
    ['baseline --check port-open', 'This command has no option --check.'],
    ['--baseline a --no-baseline', '--baseline cannot be used with --no-baseline.'],
  ])('%s: %s', async (line, message) => {
    here({ 'main.tf': open });
    expect(await tfsg(line)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});
