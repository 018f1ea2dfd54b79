/** pre-commit with the hooks of a release tag: npm's cache is empty and no registry is asked. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cleanEnvironment, must, type Released, released, temporaryFolder } from './released.ts';
import { pythonTool, root } from './tools.ts';

/** Those before 4.7 pack a clone with `npm pack`; 4.7 has npm install from the clone as from a Git repository. */
const versions = ['3.8.0', '4.7.0'];

const group = (cidr: string): string => `resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [${cidr}]
  }
}
`;
const open = group('"0.0.0.0/0"');
const closed = group('"10.0.0.0/8"');
const openJson = JSON.stringify({
  resource: {
    aws_security_group_rule: {
      ssh: {
        type: 'ingress',
        description: 'SSH',
        from_port: 22,
        to_port: 22,
        protocol: 'tcp',
        cidr_blocks: ['0.0.0.0/0'],
        security_group_id: 'sg-0123456789abcdef0',
      },
    },
  },
});

let release: Released;
beforeAll(() => {
  release = released();
}, 120_000);
afterAll(() => release?.remove());

interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** A user's repository, in which a commit runs hooks. */
class Project {
  readonly folder = temporaryFolder();
  readonly #program: string;
  readonly #environment: Readonly<Record<string, string>>;

  /** @param npm where npm gets packages from, as its environment variables say it */
  constructor(program: string, npm?: Readonly<Record<string, string>>) {
    this.#program = program;
    const bin = join(this.folder, '.home/bin');
    this.#environment = {
      ...cleanEnvironment(),
      PATH: [bin, process.env['PATH']].join(delimiter),
      PRE_COMMIT_HOME: join(this.folder, '.home/pre-commit'),
      ...(npm ?? { npm_config_cache: join(this.folder, '.home/npm'), npm_config_offline: 'true' }),
    };
    must(this.folder, 'git', 'init', '--quiet');
    this.write({ '.git/info/exclude': '.home\n' });
    // The program of the hook tfsg-system.
    mkdirSync(bin, { recursive: true });
    symlinkSync(join(release.folder, 'dist/cli.js'), join(bin, 'tfsg'));
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** Which hook runs at a commit, with further keys of the configuration. */
  use(hook: string, keys: Readonly<Record<string, unknown>> = {}, rev = release.tag): void {
    const repo = { repo: release.folder, rev, hooks: [{ id: hook, ...keys }] };
    this.write({ '.pre-commit-config.yaml': JSON.stringify({ repos: [repo] }) });
  }

  preCommit(...args: string[]): Outcome {
    return this.#run(this.#program, args);
  }

  /** Commits everything, after these files were written. */
  commit(files: Readonly<Record<string, string>> = {}): Outcome {
    this.write(files);
    must(this.folder, 'git', 'add', '--all', '--force', '--', ':!.home');
    return this.#run('git', ['commit', '--quiet', '-m', 'Change']);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Back to the last commit. */
  undo(): void {
    must(this.folder, 'git', 'reset', '--quiet', '--hard');
  }

  #run(command: string, args: readonly string[]): Outcome {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.folder,
      env: this.#environment,
      encoding: 'utf8',
    });
    return { code: status, output: `${stdout}${stderr}` };
  }
}

for (const version of versions) {
  const program = pythonTool(`pre-commit==${version}`, 'pre-commit');
  if (program === undefined)
    describe.skip(`pre-commit ${version}: can't be installed from PyPI here`, () => test('', () => {}));
  else describe(`pre-commit ${version}`, () => withPreCommit(program));
}

function withPreCommit(program: string): void {
  let project: Project;
  beforeAll(() => {
    project = new Project(program);
    project.use('tfsg');
  });
  afterAll(() => project?.remove());

  test('installs without a registry', () => {
    const { code, output } = project.preCommit('install', '--install-hooks');
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('Installing environment') });
  }, 120_000);

  test('lets a commit without findings pass', () => {
    const { code, output } = project.commit({ 'main.tf': closed });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^tfsg\.+Passed\n/) });
  });

  test.each([
    ['main.tf', open],
    ['new/main.tofu', open],
    ['new/main.tf.json', openJson],
    ['new/main.tofu.json', openJson],
  ])('stops a commit with a finding in %s', (path, text) => {
    const { code, output } = project.commit({ [path]: text });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(`${path}:`) });
    expect(output).toContain('critical admin-port-open');
    project.undo();
  });

  test('judges a commit of a variable file alone', () => {
    const variable = 'variable "office" {\n  type = string\n}\n';
    const files = {
      'vars/main.tf': group('var.office') + variable,
      'vars/terraform.tfvars': 'office = "10.0.0.0/8"\n',
    };
    expect(project.commit(files).code).toBe(0);
    const { code, output } = project.commit({ 'vars/terraform.tfvars': 'office = "0.0.0.0/0"\n' });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('admin-port-open') });
    project.undo();
  });

  test('judges a commit of a configuration alone', () => {
    const { code, output } = project.commit({ '.tfsgrc.json': '{ "checks": { "admin-port-opened": "off" } }' });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('.tfsgrc.json:1:') });
    project.undo();
  });

  test.each([
    ['no Terraform', { 'notes.md': 'Text\n' }],
    ['installed modules', { '.terraform/modules/web/main.tf': open }],
  ])('skips a commit of %s', (_, files) => {
    const { code, output } = project.commit(files);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('Skipped') });
  });

  test('skips a commit that only deletes', () => {
    expect(project.commit({ 'old/main.tf': closed }).code).toBe(0);
    rmSync(join(project.folder, 'old/main.tf'));
    const { code, output } = project.commit();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('Skipped') });
  });

  test('runs one process for all files', () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`many/${index}/main.tf`, closed]));
    project.use('tfsg', { args: ['--'], verbose: true });
    const { code, output } = project.commit(files);
    expect(code).toBe(0);
    expect(output.match(/^tfsg: .*/gm)).toEqual([expect.stringContaining('60 files')]);
  });

  test('prints its summary alone on success, and nothing where pre-commit is not verbose', () => {
    project.use('tfsg', { verbose: true });
    const { output } = project.preCommit('run', '--all-files');
    expect(output.replace(/^- duration: .*\n/m, '')).toMatch(/^tfsg\.+Passed\n- hook id: tfsg\n\ntfsg: .*\n\n?$/);
    project.use('tfsg');
    expect(project.preCommit('run', '--all-files').output).toMatch(/^tfsg\.+Passed\n$/);
  });

  test('takes a file for no option', () => {
    project.use('tfsg');
    const { code, output } = project.commit({ '--output=json=forged.tf': open });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('--output=json=forged.tf:') });
    project.undo();
  });

  test('runs the installed program with tfsg-system', () => {
    project.use('tfsg-system');
    const { code, output } = project.commit({ 'main.tf': open });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('main.tf:10:20 critical') });
    project.undo();
  });

  test('reports what a commit touches with tfsg-changed, also between two revisions', () => {
    project.use('tfsg-changed');
    must(project.folder, 'git', 'config', 'core.hooksPath', '/dev/null');
    project.commit({ 'old.tf': open.replaceAll('"web"', '"old"'), 'sub/a b.tf': closed });
    must(project.folder, 'git', 'config', '--unset', 'core.hooksPath');
    expect(project.commit({ 'touched.tf': closed.replaceAll('"web"', '"touched"') }).code).toBe(0);
    const { code, output } = project.commit({ 'sub/a b.tf': open });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('sub/a b.tf:10:20 critical') });
    expect(output).not.toContain('old.tf');
    must(project.folder, 'git', 'config', 'core.hooksPath', '/dev/null');
    project.commit();
    must(project.folder, 'git', 'config', '--unset', 'core.hooksPath');
    const between = (from: string) => project.preCommit('run', '--from-ref', from, '--to-ref', 'HEAD');
    expect(between('HEAD~1')).toEqual({ code: 1, output: expect.stringContaining('sub/a b.tf:10:20 critical') });
    expect(between('nosuch').code).not.toBe(0);
    must(project.folder, 'git', 'reset', '--quiet', '--hard', 'HEAD~3');
  });

  test('stops a commit that opens something with tfsg-changes, by what is staged', () => {
    project.use('tfsg-changes');
    expect(project.commit({ 'changes/main.tf': closed }).code).toBe(0);
    expect(
      project.commit({ 'changes/main.tf': closed.replace('description = "SSH"', 'description = "Shell"') }).code,
    ).toBe(0);
    const { code, output } = project.commit({ 'changes/main.tf': open });
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('Opens SSH to the internet on 1 group; closes nothing.'),
    });
    // What is not staged is no part of the commit.
    project.write({ 'changes/main.tf': closed, 'changes/empty.tf': '' });
    must(project.folder, 'git', 'add', 'changes');
    project.write({ 'changes/main.tf': open });
    expect(project.preCommit('run', '--files', 'changes/main.tf').code).toBe(0);
    project.undo();
    project.use('tfsg-changes', { args: ['--no-new-access=any'] });
    const other = project.commit({ 'changes/main.tf': closed.replace('10.0.0.0/8', '192.168.0.0/16') });
    expect(other).toEqual({ code: 1, output: expect.stringContaining('Opens SSH to 192.168.0.0/16 on 1 group') });
    project.undo();
    must(project.folder, 'git', 'reset', '--quiet', '--hard', 'HEAD~2');
  });

  test('goes from nothing to green as the page says', () => {
    const repo = { repo: release.folder, rev: release.tag, hooks: [{ id: 'tfsg' }, { id: 'tfsg-baseline' }] };
    project.write({ '.pre-commit-config.yaml': JSON.stringify({ repos: [repo] }), 'main.tf': open });
    must(project.folder, 'git', 'add', '.pre-commit-config.yaml', 'main.tf');
    const made = project.preCommit('run', '--hook-stage', 'manual', 'tfsg-baseline');
    expect(made).toEqual({ code: 0, output: expect.stringMatching(/\.tfsg-baseline\.json: \d added, 0 fixed/) });
    expect(project.commit().code).toBe(0);
    const { code, output } = project.commit({ 'new.tf': open.replaceAll('"web"', '"new"') });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('new.tf:10:20 critical') });
    expect(output).not.toContain('main.tf:');
    project.undo();
    must(project.folder, 'git', 'reset', '--quiet', '--hard', 'HEAD~1');
  });

  const help = spawnSync(process.execPath, [join(root, 'dist/cli.js'), '--help'], { encoding: 'utf8' }).stdout;
  const fixTest = /^ *--fix\b/m.test(help) ? test : test.skip;
  fixTest(`fixes with tfsg-fix${fixTest === test ? '' : ' (skipped: this tfsg has no --fix)'}`, () => {
    project.use('tfsg-fix');
    const written = closed.replace('"web"\n  desc', '"${var.name}"\n  desc');
    const { code, output } = project.commit({ 'main.tf': `variable "name" {}\n${written}` });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('files were modified by this hook') });
    expect(output).toContain('tfsg: fixed 1 finding in main.tf.');
    expect(project.read('main.tf')).toContain('= var.name\n');
    expect(project.commit().code).toBe(0);
  });
}

// Installing takes minutes: the newest way by default, with EVERY_VERSION=1 both.
describe.each(process.env['EVERY_VERSION'] === '1' ? versions : versions.slice(-1))(
  'pre-commit %s at a commit that is no release',
  (version) => {
    const program = pythonTool(`pre-commit==${version}`, 'pre-commit');
    const isReachable = spawnSync('npm', ['view', 'tsx', 'version'], { encoding: 'utf8' }).status === 0;
    const when = program === undefined || !isReachable ? test.skip : test;
    when(
      `builds the hook${when === test ? '' : ' (skipped: PyPI or npm is not to be reached)'}`,
      () => {
        const project = new Project(program!, {});
        try {
          project.use('tfsg', {}, must(release.folder, 'git', 'rev-parse', 'HEAD').trim());
          const { code, output } = project.preCommit('install', '--install-hooks');
          expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('Installing environment') });
          expect(project.commit({ 'main.tf': closed }).code).toBe(0);
          expect(project.commit({ 'main.tf': open }).output).toContain('critical admin-port-open');
        } finally {
          project.remove();
        }
      },
      300_000,
    );
  },
);
