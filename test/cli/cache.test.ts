/** `--cache`: what is printed is what a run without it prints, whatever changed in between. */

import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { links } from '../systems.ts';
import { closed, open, type Result, type Shell, shellWith, type World } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const entriesIn = (folder: string): string[] =>
  readdirSync(join(shell.folder, folder)).filter((name) => name.endsWith('.cache'));

/** A file that is written anew is another one. */
const entryIn = (folder = '.git/tfsg'): { readonly path: string; readonly id: number } => {
  const [name] = entriesIn(folder);
  const path = join(shell.folder, folder, name!);
  return { path, id: statSync(path).ino };
};

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(shell.folder, path)), { recursive: true });
  writeFileSync(join(shell.folder, path), text);
};

/** A place in the tree, and what can be there: a text, nothing, or a link to a path beside it. */
type Choice = string | undefined | { readonly link: string };

const group = (name: string, source: string, port = 22): string =>
  open.replaceAll('"web"', `"${name}"`).replace('["0.0.0.0/0"]', source).replaceAll(' 22', ` ${port}`);

const rc = (config: object): string => JSON.stringify(config);

const places: Readonly<Record<string, readonly [Choice, ...Choice[]]>> = {
  'roots/a/main.tf': [
    `variable "cidr" {
  default = "10.0.0.0/8"
}
locals {
  ports = yamldecode(file("\${path.module}/ports.yaml"))
  files = fileset(path.module, "rules/**")
}
${group('a', '[var.cidr]')}
module "m" {
  source = "../../modules/m"
  cidrs  = split(",", templatefile("\${path.module}/cidrs.tftpl", { all = "0.0.0.0/0" }))
}
resource "aws_vpc_security_group_ingress_rule" "f" {
  for_each          = local.files
  security_group_id = aws_security_group.a.id
  description       = each.key
  ip_protocol       = "tcp"
  from_port         = try(local.ports.first, 443)
  to_port           = try(local.ports.first, 443)
  cidr_ipv4         = "0.0.0.0/0"
}
`,
    group('a', '["0.0.0.0/0"]'),
    'resource "aws_security_group" "a" {\n',
    undefined,
  ],
  'roots/a/ports.yaml': ['first: 443\n', 'first: 3389\n', undefined],
  'roots/a/cidrs.tftpl': [`\${all}`, '10.0.0.0/8', undefined],
  'roots/a/rules/one.txt': [undefined, '', 'x'],
  'roots/a/rules/deep/two.txt': [undefined, ''],
  'roots/a/terraform.tfvars': [undefined, 'cidr = "0.0.0.0/0"\n', 'cidr = "10.1.0.0/16"\n', 'cidr = [\n'],
  'roots/a/more.auto.tfvars': [undefined, 'cidr = "::/0"\n', { link: 'terraform.tfvars' }],
  'roots/b/main.tf': [
    `data "terraform_remote_state" "c" {
  backend = "s3"
  config  = { bucket = "states", key = "c" }
}
${group('b', '[data.terraform_remote_state.c.outputs.cidr]')}`,
    group('b', '["10.0.0.0/8"]', 5432),
    undefined,
  ],
  'roots/c/main.tf': [
    'terraform {\n  backend "s3" {\n    bucket = "states"\n    key    = "c"\n  }\n}\noutput "cidr" {\n  value = "0.0.0.0/0"\n}\n',
    'terraform {\n  backend "s3" {\n    bucket = "states"\n    key    = "c"\n  }\n}\noutput "cidr" {\n  value = "10.0.0.0/8"\n}\n',
    undefined,
  ],
  'roots/d': [undefined, { link: 'a' }, { link: '../modules/m' }],
  'modules/m/main.tf': [
    `variable "cidrs" {}\n${group('m', 'var.cidrs')}`,
    `variable "cidrs" {}\n# tfsg:ignore-file admin-port-open -- tested\n${group('m', 'var.cidrs')}`,
    undefined,
  ],
  'modules/m/more_override.tf': [undefined, 'resource "aws_security_group" "m" {\n  description = ""\n}\n'],
  '.tfsgrc.json': [
    undefined,
    rc({ extends: ['tfsg:strict'] }),
    rc({ overrides: [{ files: ['roots/a/**'], checks: { 'admin-port-open': 'off' } }] }),
    '{ "chekcs": 1 }',
  ],
  'roots/.tfsgrc.json': [
    undefined,
    rc({ failOn: 'critical' }),
    rc({ environments: [{ name: 'prod', varFiles: ['prod.tfvars'] }] }),
  ],
  'roots/a/prod.tfvars': [undefined, 'cidr = "0.0.0.0/0"\n'],
  '.tfsg-baseline.json': [undefined, '{}', '{ "version": 2, "findings": [] }'],
};
const names = Object.keys(places);

function put(path: string, choice: Choice): void {
  const target = join(shell.folder, path);
  rmSync(target, { force: true, recursive: true });
  if (choice === undefined) return;
  mkdirSync(dirname(target), { recursive: true });
  if (typeof choice === 'string') writeFileSync(target, choice);
  else symlinkSync(choice.link, target);
}

const commandLines = ['', '-f json --unknown', 'roots/a roots/b -f unix', '--only-given roots/a', '-q --shard 1/2'];

const edits = fc.array(
  fc.record({
    changes: fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(3)), { maxLength: 3 }),
    commandLine: fc.constantFrom(...commandLines),
  }),
  { minLength: 4, maxLength: 10 },
);

async function expectSame(commandLine: string, world?: World): Promise<Result> {
  const plain = await shell.tfsg(commandLine, world);
  expect(await shell.tfsg(`${commandLine} --cache`, world)).toEqual(plain);
  return plain;
}

links.describe('Whatever is edited', () => {
  test('the output is that of a run without a cache, byte for byte', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(edits, async (steps) => {
        shell = shellWith({ '.git/': '' });
        try {
          for (const [path, [first]] of Object.entries(places)) put(path, first);
          for (const { changes, commandLine } of steps) {
            for (const [path, index] of changes) put(path, places[path]![index % places[path]!.length]);
            seen.add((await expectSame(commandLine)).stdout);
            await expectSame(commandLine);
          }
        } finally {
          shell.remove();
        }
      }),
      { numRuns: 12 },
    );
    // What is edited makes a difference.
    expect(seen.size).toBeGreaterThan(10);
    shell = shellWith({});
  }, 300_000);

  test.each(names)(
    'no edit of %s is missed',
    async (path) => {
      shell = shellWith({ '.git/': '' });
      for (const [each, [first]] of Object.entries(places)) put(each, first);
      for (const choice of [...places[path]!, places[path]![0]]) {
        put(path, choice);
        await expectSame('-f json');
      }
    },
    60_000,
  );
});

describe('The cache', () => {
  test('is read where nothing changed, also where something was written without a change', async () => {
    shell = shellWith({ '.git/': '', 'main.tf': open });
    const first = await shell.tfsg('--cache');
    const { id } = entryIn();
    expect(await shell.tfsg('--cache')).toEqual(first);
    write('main.tf', open);
    expect(await shell.tfsg('--cache')).toEqual(first);
    expect(entryIn().id).toBe(id);
  });

  test('sees an edit of the same length and time', async () => {
    shell = shellWith({ '.git/': '', 'main.tf': open });
    await shell.tfsg('--cache');
    const { id } = entryIn();
    const { atime, mtime } = statSync(join(shell.folder, 'main.tf'));
    write('main.tf', open.replace(' 22', ' 23'));
    utimesSync(join(shell.folder, 'main.tf'), atime, mtime);
    await expectSame('');
    expect(entryIn().id).not.toBe(id);
  });

  test.each<[string, World, World]>([
    ['the width of a terminal', { columns: 60 }, { columns: 120 }],
    ['a variable that decides on colours', {}, { environment: { FORCE_COLOR: '1' } }],
    ['the folder', { cwd: '.' }, { cwd: 'a' }],
    ['a variable of Terraform', { environment: { TF_VAR_x: '1' } }, { environment: { TF_VAR_x: '2' } }],
  ])('does not serve for %s', async (_, before, after) => {
    shell = shellWith({
      '.git/': '',
      'a/main.tf': `${open}\nvariable "x" {}\nresource "aws_security_group" "x" {\n  count = var.x\n}\n`,
    });
    const inA = (world: World): string => `--tf-var-env ${world.cwd === 'a' ? '.' : 'a'}`;
    const first = await expectSame(inA(before), before);
    expect(await expectSame(inA(after), after)).not.toEqual(first);
  });

  test.each([
    ['--var-file x.tfvars', 'x.tfvars', 'cidr = "10.0.0.0/8"', 'cidr = "0.0.0.0/0"'],
    ['--config ../c.json', '../c.json', rc({}), rc({ extends: ['./d.json'] })],
    ['--base-config ../c.json', '../c.json', rc({}), rc({ extends: ['./d.json'] })],
    ['--config ../c.json', '../d.json', rc({ extends: ['tfsg:off'] }), rc({ extends: ['tfsg:strict'] })],
  ])('sees a change of a file of %s', async (options, path, before, after) => {
    shell = shellWith({
      'c.json': rc({ extends: ['./d.json'] }),
      'd.json': rc({ extends: ['tfsg:off'] }),
      'tree/.git/': '',
      'tree/main.tf': `variable "cidr" {}\n${open.replace('"0.0.0.0/0"', 'var.cidr')}`,
    });
    write(join('tree', path), before);
    const first = await expectSame(options, { cwd: 'tree' });
    write(join('tree', path), after);
    expect(await expectSame(options, { cwd: 'tree' })).not.toEqual(first);
  });

  test('sees a change of the baseline of the command line', async () => {
    shell = shellWith({ '.git/': '', 'main.tf': open });
    await shell.tfsg('--baseline b.json --update-baseline');
    const known = readFileSync(join(shell.folder, 'b.json'), 'utf8');
    const first = await expectSame('--baseline b.json');
    rmSync(join(shell.folder, 'b.json'));
    expect(await expectSame('--baseline b.json')).not.toEqual(first);
    write('b.json', known);
    expect(await expectSame('--baseline b.json')).toEqual(first);
  });

  test('writes reports to files again', async () => {
    shell = shellWith({ '.git/': '', 'main.tf': open });
    const argv = '--cache -o json=../r/a.json -o sarif=../r/b.sarif';
    const texts = (): string[] =>
      ['r/a.json', 'r/b.sarif'].map((path) => readFileSync(join(shell.folder, '..', path), 'utf8'));
    try {
      const first = await shell.tfsg(argv);
      const written = texts();
      rmSync(join(shell.folder, '../r'), { recursive: true });
      const { id } = entryIn();
      expect(await shell.tfsg(argv)).toEqual(first);
      expect(texts()).toEqual(written);
      expect(entryIn().id).toBe(id);
    } finally {
      rmSync(join(shell.folder, '../r'), { recursive: true, force: true });
    }
  });

  test("appends to the summary of each step of GitHub's", async () => {
    shell = shellWith({ '.git/': '', 'main.tf': open });
    const worldOf = (file: string): World => ({
      environment: { GITHUB_STEP_SUMMARY: join(shell.folder, '.git', file) },
    });
    const first = await shell.tfsg('-f github --cache', worldOf('one.md'));
    const { id } = entryIn();
    expect(await shell.tfsg('-f github --cache', worldOf('two.md'))).toEqual(first);
    expect(entryIn().id).toBe(id);
    const textOf = (file: string): string => readFileSync(join(shell.folder, '.git', file), 'utf8');
    expect(textOf('two.md')).toBe(textOf('one.md'));
    expect(textOf('two.md')).toContain('SSH');
  });

  test('lies in a folder of the command line, also in the tree', async () => {
    shell = shellWith({ 'main.tf': open });
    const first = await shell.tfsg('--cache --cache-location kept/here');
    const { id } = entryIn('kept/here');
    expect(await shell.tfsg('--cache --cache-location kept/here')).toEqual(first);
    expect(entryIn('kept/here').id).toBe(id);
  });

  test("lies in the user's cache directory where there is no git directory", async () => {
    shell = shellWith({ 'tree/main.tf': open, 'home/': '' });
    const world = { cwd: 'tree', environment: { XDG_CACHE_HOME: join(shell.folder, 'home') } };
    await expectSame('', world);
    expect(entriesIn('home/tfsg/lint')).toHaveLength(1);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      '--cache',
      {},
      'tfsg: --cache needs a directory: there is no git directory here. Name one with --cache-location. See tfsg --help.\n',
    ],
    ['--cache-location x', {}, 'tfsg: --cache-location needs --cache. See tfsg --help.\n'],
    [
      '--cache --cache-location main.tf',
      {},
      'tfsg: --cache-location main.tf: it is not a directory. See tfsg --help.\n',
    ],
  ])('is refused: %s', async (argv, environment, stderr) => {
    shell = shellWith({ 'main.tf': open });
    expect(await shell.tfsg(argv, { environment })).toEqual({ code: 2, stdout: '', stderr });
  });

  test.each(['--fix-dry-run', '--stdin-filename main.tf', '-', '--diff -', '--baseline b.json --update-baseline'])(
    'keeps nothing of a run with %s',
    async (argv) => {
      shell = shellWith({ '.git/': '', 'main.tf': open });
      const { code } = await shell.tfsg(`${argv} --cache`, { stdin: '' });
      expect(code).toBeLessThan(2);
      expect(readdirSync(join(shell.folder, '.git'))).toEqual([]);
    },
  );

  test.each<[string, (text: string) => string]>([
    ['is empty', () => ''],
    ['ends early', (text) => text.slice(0, text.length / 2)],
    ['has another text', (text) => text.replace('SSH', 'HTTP')],
  ])('says once that an entry is damaged: it %s', async (_, damage) => {
    shell = shellWith({ '.git/': '', 'main.tf': open });
    const plain = await shell.tfsg('--cache');
    const { path } = entryIn();
    writeFileSync(path, damage(readFileSync(path, 'utf8')));
    const { stderr, ...rest } = await shell.tfsg('--cache');
    expect({ ...rest, stderr }).toEqual({
      ...plain,
      stderr: `tfsg: --cache: ${path} is damaged and was not used.\n${plain.stderr}`,
    });
    expect(await shell.tfsg('--cache')).toEqual(plain);
  });

  links.test('is not written through a link out of the tree', async () => {
    shell = shellWith({ 'tree/.git/': '', 'tree/main.tf': open, 'outside/': '' });
    symlinkSync('../../outside', join(shell.folder, 'tree/.git/tfsg'));
    const plain = await shell.tfsg('', { cwd: 'tree' });
    const { stderr, ...rest } = await shell.tfsg('--cache', { cwd: 'tree' });
    expect({ ...rest, stderr }).toEqual({
      ...plain,
      stderr: `tfsg: --cache: results are not kept: its path has a symbolic link that points outside the tree.\n${plain.stderr}`,
    });
    expect(readdirSync(join(shell.folder, 'outside'))).toEqual([]);
  });

  test('says why nothing can be kept, and changes nothing else', async () => {
    shell = shellWith({ '.git/tfsg': 'a file', 'main.tf': open });
    const plain = await shell.tfsg('');
    const { code, stdout, stderr } = await shell.tfsg('--cache');
    expect({ code, stdout }).toEqual({ code: plain.code, stdout: plain.stdout });
    expect(stderr).toMatch(/^tfsg: --cache: results are not kept: .*\.git.tfsg is not a directory\.\n/);
    expect((await shell.tfsg('-q --cache')).stderr).not.toContain('--cache');
  });

  test('holds no more than 32 entries, the latest', async () => {
    shell = shellWith({ '.git/': '', 'main.tf': closed });
    for (let index = 0; index < 35; index++) await shell.tfsg(`--cache --var x=${index}`);
    expect(entriesIn('.git/tfsg')).toHaveLength(32);
    const { id } = entryIn();
    await shell.tfsg('--cache --var x=34');
    expect(entryIn().id).toBe(id);
  }, 60_000);

  test('serves runs beside each other', async () => {
    shell = shellWith({ '.git/': '', 'main.tf': open });
    const plain = await shell.tfsg('');
    const results = await Promise.all(Array.from({ length: 8 }, () => shell.tfsg('--cache')));
    for (const result of results) expect(result).toEqual(plain);
    expect(readdirSync(join(shell.folder, '.git/tfsg'))).toHaveLength(1);
  });

  test('holds nothing of a sensitive value, and of no other file more than reports show', async () => {
    const secret = '203.0.113.7/32';
    shell = shellWith({
      '.git/': '',
      'main.tf': `variable "office" {\n  sensitive = true\n}\n${open.replace('"0.0.0.0/0"', 'var.office, "0.0.0.0/0"')}`,
      'terraform.tfvars': `office = "${secret}"\n`,
      'other.tf': 'locals {\n  unused = "never-shown"\n}\n',
    });
    await shell.tfsg('--cache -f json --unknown');
    const text = readFileSync(entryIn().path, 'utf8');
    expect(text).toContain('admin-port-open');
    expect(text).not.toContain(secret);
    expect(text).not.toContain('never-shown');
  });
});
