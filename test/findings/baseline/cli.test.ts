/** --baseline and --update-baseline on the command line. */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { readBaseline } from '../../../src/findings/baseline/document.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import { open, type Shell, shellWith } from '../../cli/shell.ts';
import { modes } from '../../systems.ts';

const file = '.tfsg-baseline.json';
const hide = `--baseline ${file}`;
const update = `${hide} --update-baseline`;

let shell: Shell | undefined;
afterEach(() => {
  shell?.remove();
  shell = undefined;
});

function here(files: Readonly<Record<string, string>>): Shell {
  shell = shellWith({ '.git/': '', ...files });
  return shell;
}

const textOf = ({ folder }: Shell): string => readFileSync(join(folder, file), 'utf8');

describe('a baseline', () => {
  test('is made, hides what it holds, and lets through what is new', async () => {
    const world = here({ 'main.tf': open });
    expect((await world.tfsg('')).code).toBe(1);
    const made = await world.tfsg(update);
    expect(made).toEqual({
      code: 0,
      stdout: '',
      stderr: `tfsg: --baseline ${file}: updated: 1 added, 0 removed, 1 in total.\ntfsg: nothing found in 1 file (1 group, 1 rule); 1 in the baseline\n`,
    });
    expect(textOf(world)).toBe(`{
  "schemaVersion": 2,
  "findings": [
    {"file":"main.tf","check":"admin-port-open","subject":"aws_security_group.web","direction":"ingress","traffic":"22/tcp","peers":"0.0.0.0/0","count":1},
    null
  ]
}
`);
    expect((await world.tfsg(hide)).code).toBe(0);
    writeFileSync(join(world.folder, 'more.tf'), open.replaceAll('"web"', '"api"'));
    const later = await world.tfsg(`${hide} -f unix`);
    expect([later.code, later.stdout]).toEqual([1, expect.stringMatching(/^more\.tf:10:20: critical: [^\n]+\n$/)]);
    const { summary } = JSON.parse((await world.tfsg(`${hide} -f json`)).stdout);
    expect([summary.critical, summary.baselined]).toEqual([1, 1]);
  });

  test('stays the same where an option changes that messages tell', async () => {
    const range = open.replace('0.0.0.0/0', '10.0.0.0/16').replace(/to_port +=.*/, 'to_port = 8300');
    const world = here({ 'main.tf': range });
    await world.tfsg(update);
    expect(textOf(world)).toContain('"check":"broad-port-range"');
    writeFileSync(
      join(world.folder, '.tfsgrc.json'),
      '{ "checks": { "broad-port-range": ["medium", { "max": 90 }] } }',
    );
    expect((await world.tfsg('--no-baseline')).stdout).toContain('(limit: 90)');
    expect(await world.tfsg(hide)).toMatchObject({ code: 0, stdout: '' });
  });

  test('of version 1 becomes one of version 2', async () => {
    const entry =
      '{"file":"main.tf","check":"admin-port-open","subject":"aws_security_group.web","content":"0.0.0.0/0","traffic":"0.0.0.0/0 22/tcp","count":1}';
    const world = here({ 'main.tf': open, [file]: `{"schemaVersion": 1, "findings": [\n${entry},\nnull]}` });
    expect((await world.tfsg(hide)).code).toBe(0);
    expect((await world.tfsg(update)).stderr).toContain('updated: 0 added, 0 removed, 1 in total');
    expect(textOf(world)).toContain('"schemaVersion": 2,');
    expect((await world.tfsg(hide)).code).toBe(0);
  });

  modes.test('loses what is gone, and is left alone where nothing changed', async () => {
    const world = here({ 'main.tf': open, 'more.tf': open.replaceAll('"web"', '"api"') });
    await world.tfsg(update);
    chmodSync(join(world.folder, file), 0o640);
    const before = statSync(join(world.folder, file));
    await world.tfsg(update);
    expect(statSync(join(world.folder, file)).mtimeMs).toBe(before.mtimeMs);
    rmSync(join(world.folder, 'more.tf'));
    const { stderr } = await world.tfsg(update);
    expect(stderr).toContain('updated: 0 added, 1 removed, 1 in total');
    expect(statSync(join(world.folder, file)).mode & 0o777).toBe(0o640);
    expect(readdirSync(world.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('does not count in what fails a run, and is not asked what --fail-on says', async () => {
    const world = here({ 'main.tf': open });
    await world.tfsg(update);
    expect((await world.tfsg(`${hide} --fail-on low --quiet`)).code).toBe(0);
  });

  test('keeps all of its entries where a file can not be read', async () => {
    const world = here({ 'main.tf': open, 'a/main.tf': open });
    await world.tfsg(update);
    writeFileSync(join(world.folder, 'a/main.tf'), 'resource "x" {');
    const { code, stderr } = await world.tfsg(update);
    expect(code).toBe(2);
    expect(stderr).toContain('updated: 0 added, none removed because some files could not be read, 2 in total');
  });

  test('holds no suppressed findings', async () => {
    const world = here({ 'main.tf': open.replace('"0.0.0.0/0"]', '"0.0.0.0/0"] # tfsg:ignore admin-port-open -- x') });
    await world.tfsg(update);
    expect(textOf(world)).toContain('"findings": [\n    null\n  ]');
  });

  test('that can not be written makes the run fail', async () => {
    const world = here({ 'main.tf': open, x: '' });
    const { code, stderr } = await world.tfsg('--baseline x/y.json --update-baseline');
    expect(code).toBe(2);
    expect(stderr).toContain('tfsg: --baseline x/y.json: ');
    expect(existsSync(join(world.folder, 'x/y.json'))).toBe(false);
  });

  test('is as its schema says', async () => {
    const world = here({ 'main.tf': open, 'more.tf': open.replaceAll('"web"', '"api"').replace('Web servers', '') });
    await world.tfsg(update);
    const validate = new Ajv().compile(JSON.parse(readFileSync('schema/baseline.schema.json', 'utf8')));
    expect(validate(JSON.parse(textOf(world)))).toBe(true);
    expect(validate(JSON.parse(textOf(world).replace('"count":1', '"count":0')))).toBe(false);
  });
});

describe('two branches', () => {
  const entry = (name: string, count = 1) =>
    `    {"file":"${name}.tf","check":"port-open","subject":"aws_security_group.web","content":"0.0.0.0/0","count":${count}},`;
  const text = (...lines: readonly string[]) =>
    `${['{', '  "schemaVersion": 2,', '  "findings": [', ...lines, '    null', '  ]', '}'].join('\n')}\n`;

  /** What git makes of three versions; undefined for a conflict. */
  function merged(ours: string, base: string, theirs: string, ...options: readonly string[]): string | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'tfsg-'));
    try {
      const paths = [ours, base, theirs].map((version, index) => {
        const path = join(folder, String(index));
        writeFileSync(path, version);
        return path;
      });
      const result = spawnSync('git', ['merge-file', '-p', ...options, ...paths], { encoding: 'utf8' });
      return result.status === 0 ? result.stdout : undefined;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const filesOf = (version: string | undefined) =>
    readBaseline(new SourceFile('x.json', version!)).entries.map(({ file: path, count }) => `${path} ${count}`);

  test('that change lines in different places merge without help', () => {
    const base = text(entry('a'), entry('e'), entry('i'), entry('m'), entry('q'));
    const ours = text(entry('a'), entry('c'), entry('e'), entry('i'), entry('m'), entry('q'));
    const theirs = text(entry('a'), entry('e'), entry('i'), entry('m'), entry('q'), entry('z'));
    expect(filesOf(merged(ours, base, theirs))).toEqual([
      'a.tf 1',
      'c.tf 1',
      'e.tf 1',
      'i.tf 1',
      'm.tf 1',
      'q.tf 1',
      'z.tf 1',
    ]);
  });

  test('that change the same lines merge with merge=union', () => {
    const base = text(entry('a'), entry('b'));
    const ours = text(entry('a'), entry('b', 2), entry('c'));
    const theirs = text(entry('a'), entry('b', 3), entry('d'));
    expect(merged(ours, base, theirs)).toBeUndefined();
    expect(filesOf(merged(ours, base, theirs, '--union'))).toEqual(['a.tf 1', 'b.tf 3', 'c.tf 1', 'd.tf 1']);
  });
});

test('a baseline that is not there is an empty one, which is told', async () => {
  const world = here({ 'main.tf': open });
  const { code, stderr } = await world.tfsg('--baseline none.json -f unix');
  expect([code, stderr]).toEqual([
    1,
    'tfsg: --baseline none.json: no such file, so nothing is in it.\ntfsg: 1 critical in 1 file (1 group, 1 rule)\n',
  ]);
  expect((await world.tfsg('--baseline none.json --quiet')).stderr).toBe('');
});

describe('is refused', () => {
  test.each([
    [' --shard 1/2', '--baseline cannot be used with --shard: a shard does not see every occurrence of a finding.'],
    [
      ' --update-baseline --shard 1/2',
      '--update-baseline cannot be used with --shard: a baseline must record all findings.',
    ],
    [
      ' --update-baseline --check port-open',
      '--update-baseline cannot be used with --check: a baseline must record all findings.',
    ],
    [
      ' --update-baseline --diff -',
      '--update-baseline cannot be used with --diff: a baseline must record all findings.',
    ],
  ])('with%s', async (options, message) => {
    const world = here({ 'main.tf': open });
    const { code, stdout, stderr } = await world.tfsg(hide + options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(existsSync(join(world.folder, file))).toBe(false);
  });

  test('--update-baseline without --baseline', async () => {
    const { code, stderr } = await here({ 'main.tf': open }).tfsg('--update-baseline');
    expect(code).toBe(2);
    expect(stderr).toContain(
      '--update-baseline needs --baseline FILE; "tfsg baseline" updates that of the configuration.',
    );
  });

  const entry = '{"file":"a","check":"b","subject":"c","content":"d","count":1}';
  test.each([
    ['', 'line 1, column 1: '],
    ['[]', 'line 1, column 1: A baseline must be an object.'],
    ['{\n  "schemaVersion": 3, "findings": []\n}', 'line 2, column 20: Expected "schemaVersion": 2, or 1.'],
    ['{"schemaVersion": 1}', 'line 1, column 1: Expected an array "findings".'],
    ['{"schemaVersion": 1, "findings": [],\n "more": 1}', 'line 2, column 2: Unknown key "more" in the baseline.'],
    ['{"schemaVersion": 1, "findings": [\n  1]}', 'line 2, column 3: Expected an object with'],
    [
      `{"schemaVersion": 1, "findings": [\n${entry.replace('"d"', '4')}]}`,
      'line 2, column 49: Expected a string for "content".',
    ],
    [
      `{"schemaVersion": 1, "findings": [\n${entry.replace('"count":1', '"count":0')}]}`,
      'line 2, column 61: Expected a "count" of 1 or more.',
    ],
    [
      `{"schemaVersion": 1, "findings": [\n${entry.replace('"file"', '"path"')}]}`,
      'line 2, column 2: Unknown key "path" in an entry.',
    ],
    [
      `{"schemaVersion": 2, "findings": [\n${entry.replace('{', '{"schemaVersion":3,')}]}`,
      'line 2, column 18: Expected "schemaVersion": 1 in an entry, or no version.',
    ],
    [
      `{"schemaVersion": 2, "findings": [\n${entry.replace('"content":"d"', '"peers":7')}]}`,
      'line 2, column 47: Expected a string for "peers".',
    ],
    [`{"schemaVersion": 1, "findings": [\n<<<<<<< HEAD\n${entry},\n=======\n]}`, 'line 2, column 1: '],
  ])('a file that is none: %j', async (text, message) => {
    const world = here({ 'main.tf': open, [file]: text });
    const { code, stdout, stderr } = await world.tfsg(update);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`--baseline ${file}, ${message}`);
    expect(textOf(world)).toBe(text);
  });
});
