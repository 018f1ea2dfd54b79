/** The step of action.yml, run in bash as GitHub runs it. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { cleanEnvironment, must, temporaryFolder } from './released.ts';
import { root } from './tools.ts';

const text = (path: string): string => readFileSync(join(root, path), 'utf8');

describe("the action's step", () => {
  const { inputs, runs } = parse(text('action.yml'));
  const [{ env: environment, run: script, 'working-directory': directory }] = runs.steps as [
    { readonly env: Readonly<Record<string, string>>; readonly run: string; readonly 'working-directory': string },
  ];
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    for (const name of ['action/dist', 'temporary', 'work']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(
      join(folder, 'action/dist/cli.js'),
      'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 1;',
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** The step with these inputs and the others' defaults, run as GitHub runs it. */
  function run(given: Readonly<Record<string, string>>, action = join(folder, 'action')) {
    const values = Object.entries(environment).map(([variable, expression]) => {
      const name = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression)?.[1] ?? '';
      expect(inputs).toHaveProperty([name]);
      return [variable, given[name] ?? inputs[name].default];
    });
    writeFileSync(join(folder, 'step.sh'), script);
    return spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', join(folder, 'step.sh')], {
      cwd: join(folder, 'work'),
      encoding: 'utf8',
      env: {
        ...cleanEnvironment(),
        ...Object.fromEntries(values),
        GITHUB_ACTION_PATH: action,
        RUNNER_TEMP: join(folder, 'temporary'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        GITHUB_OUTPUT: join(folder, 'outputs'),
      },
    });
  }
  const report = (): string => `--output=json=${join(folder, 'temporary/tfsg.json')}`;
  const argumentsFor = (given: Readonly<Record<string, string>>): unknown => {
    const { status, stdout, stderr } = run(given);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    return JSON.parse(stdout);
  };

  test('passes on what is given, and nothing else', () => {
    expect(argumentsFor({})).toEqual(['--format=github', report(), '--', '.']);
    const given = { config: 'a b.json', 'fail-on': 'high', sarif: 'out/tfsg.sarif', format: 'pretty' };
    expect(argumentsFor({ ...given, paths: 'network\n\nmain file.tf\n', args: '--var=a=b c\r\n--quiet\n' })).toEqual([
      '--format=pretty',
      report(),
      '--config=a b.json',
      '--fail-on=high',
      '--output=sarif=out/tfsg.sarif',
      '--var=a=b c',
      '--quiet',
      '--',
      'network',
      'main file.tf',
    ]);
  });

  test('starts in the directory that an input names, the root of the workspace if none does', () => {
    expect(directory).toBe('${{ inputs.working-directory }}');
    expect(inputs['working-directory'].default).toBe('.');
  });

  test('runs nothing that stands in an input', () => {
    const hostile = '$(touch forged) `touch forged` "; touch forged; # \' ${HOME} * --fix';
    expect(
      argumentsFor({ paths: hostile, config: hostile, 'fail-on': hostile, sarif: hostile, args: hostile }),
    ).toEqual([
      '--format=github',
      report(),
      `--config=${hostile}`,
      `--fail-on=${hostile}`,
      `--output=sarif=${hostile}`,
      hostile,
      '--',
      hostile,
    ]);
    expect(readdirSync(join(folder, 'work'))).toEqual([]);
  });

  test('takes what has changed since the merge base', () => {
    const work = join(folder, 'work');
    const git = (...args: string[]): string => must(work, 'git', ...args);
    const commit = (name: string): void => {
      writeFileSync(join(work, name), `${name}\n`);
      git('add', '--all');
      git('commit', '--quiet', '-m', name);
    };
    git('init', '--quiet', '--initial-branch=main');
    commit('first.tf');
    git('checkout', '--quiet', '-b', 'change');
    commit('größer.tf');
    git('checkout', '--quiet', 'main');
    commit('later.tf');
    git('checkout', '--quiet', 'change');
    const patch = join(folder, 'temporary/tfsg.diff');
    expect(argumentsFor({ diff: 'main' })).toEqual(['--format=github', report(), `--diff=${patch}`, '--', '.']);
    expect(readFileSync(patch, 'utf8').match(/^(?:---|\+\+\+) .*/gm)).toEqual(['--- /dev/null', '+++ b/größer.tf']);
    for (const diff of ['missing', '--output=forged', '$(touch forged)']) {
      const { status, stdout } = run({ diff });
      expect({ status, stdout }).toEqual({
        status: 2,
        stdout: expect.stringMatching(/^::error title=tfsg::The revision/),
      });
    }
    expect(readdirSync(work).filter((name) => name.includes('forged'))).toEqual([]);
  });

  test('compares with a base after that, and fails with the worse of both', () => {
    const lines = (given: Readonly<Record<string, string>>, exits: readonly [lint: number, changes: number]) => {
      writeFileSync(
        join(folder, 'action/dist/cli.js'),
        `const words = process.argv.slice(2);
        const isChanges = words[0] === 'changes';
        console.log(JSON.stringify(words));
        if (isChanges) require('node:fs').writeFileSync(words.find((word) => word.startsWith('--output=')).replace('--output=markdown=', ''), '');
        process.exitCode = isChanges ? ${exits[1]} : ${exits[0]};`,
      );
      const { status, stdout, stderr } = run(given);
      expect(stderr).toBe('');
      return {
        status,
        lines: stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      };
    };
    const comment = join(folder, 'temporary/tfsg-changes.md');
    const given = {
      base: 'origin/main',
      paths: 'a\nb',
      config: 'c.json',
      'no-new-access': 'internet',
      args: '--quiet',
    };
    const options = ['--config=c.json', '--no-new-access=internet', '--var-file=$(touch x)'];
    expect(lines({ ...given, 'changes-args': '--var-file=$(touch x)' }, [0, 1])).toEqual({
      status: 1,
      lines: [
        ['--format=github', report(), '--config=c.json', '--quiet', '--', 'a', 'b'],
        [
          'changes',
          '--base=origin/main',
          '--format=github',
          `--output=markdown=${comment}`,
          ...options,
          '--',
          'a',
          'b',
        ],
      ],
    });
    expect(readFileSync(join(folder, 'outputs'), 'utf8')).toBe(`changes=${comment}\n`);
    expect(lines({ base: 'HEAD^1', format: 'pretty' }, [2, 1])).toMatchObject({
      status: 2,
      lines: [
        expect.any(Array),
        ['changes', '--base=HEAD^1', '--format=text', `--output=markdown=${comment}`, '--', '.'],
      ],
    });
    expect(lines({}, [0, 1])).toMatchObject({ status: 0, lines: [['--format=github', report(), '--', '.']] });
  });

  test('says so where it is not at a release tag', () => {
    const { status, stdout } = run({}, join(folder, 'elsewhere'));
    expect({ status, stdout }).toEqual({
      status: 2,
      stdout: expect.stringMatching(/^::error title=tfsg::Only release/),
    });
  });

  describe('with the built program', () => {
    const open = text('fixtures/checks/admin-port-open/bad.tf');
    let built: string;
    beforeEach(() => {
      built = join(folder, 'built');
      symlinkSync(root, built);
    });

    test('annotates, writes SARIF and the summary of the job', () => {
      const work = join(folder, 'work');
      writeFileSync(join(work, 'main.tf'), open);
      const { status, stdout } = run({ sarif: 'tfsg.sarif' }, built);
      expect({ status, stdout }).toEqual({
        status: 1,
        stdout: expect.stringMatching(/^::error title=.*file=main\.tf,line=/),
      });
      expect(JSON.parse(readFileSync(join(work, 'tfsg.sarif'), 'utf8')).runs[0].results.length).toBeGreaterThan(0);
      expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('admin-port-open');
    });

    test('gives later steps the number of findings, and the report', () => {
      const { outputs } = parse(text('action.yml')) as { readonly outputs: Readonly<Record<string, unknown>> };
      const given = (): Readonly<Record<string, string>> =>
        Object.fromEntries(
          readFileSync(join(folder, 'outputs'), 'utf8')
            .trim()
            .split('\n')
            .map((line) => line.split('=', 2)),
        );
      writeFileSync(join(folder, 'work/main.tf'), '');
      expect(run({}, built).status).toBe(0);
      expect(given()['findings']).toBe('0');
      writeFileSync(join(folder, 'work/main.tf'), open);
      expect(run({}, built).status).toBe(1);
      const { findings, report: path } = given();
      expect([...Object.keys(given()), 'changes'].sort()).toEqual(Object.keys(outputs).sort());
      expect(JSON.parse(readFileSync(path!, 'utf8')).findings).toHaveLength(Number(findings));
      expect(Number(findings)).toBeGreaterThan(0);
    });

    test('reports what has been opened since a base', () => {
      const work = join(folder, 'work');
      const commit = (terraform: string): void => {
        writeFileSync(join(work, 'main.tf'), terraform);
        must(work, 'git', 'add', '--all');
        must(work, 'git', 'commit', '--quiet', '-m', 'Change');
      };
      const group = (source: string): string => open.slice(open.indexOf('resource')).replaceAll('0.0.0.0/0', source);
      must(work, 'git', 'init', '--quiet');
      commit(group('10.0.0.0/8'));
      commit(group('0.0.0.0/0'));
      const given = { base: 'HEAD^1', 'fail-on': 'never', 'no-new-access': 'internet' };
      const { status, stdout } = run(given, built);
      expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringMatching(/^Opens .* to the internet on/m) });
      expect(stdout).toMatch(/^::error title=new-access \(error\),file=main\.tf,line=/m);
      const comment = readFileSync(join(folder, 'temporary/tfsg-changes.md'), 'utf8');
      expect(comment).toMatch(/^<!-- tfsg-changes -->\n<h3>Opens .* to the internet on/);
      expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('<!-- tfsg-changes -->');
      expect(run({ ...given, base: 'HEAD' }, built)).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^No change in access\.$/m),
      });
      expect(run({ ...given, base: 'gone' }, built)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('Unknown revision "gone"'),
      });
    });

    test('annotates only what has changed', () => {
      const work = join(folder, 'work');
      const commit = (path: string): void => {
        mkdirSync(join(work, path, '..'), { recursive: true });
        writeFileSync(join(work, path), open);
        must(work, 'git', 'add', '--all');
        must(work, 'git', 'commit', '--quiet', '-m', path);
      };
      must(work, 'git', 'init', '--quiet');
      commit('old/main.tf');
      commit('größer/main.tf');
      const { status, stdout } = run({ diff: 'HEAD^1' }, built);
      expect(status).toBe(1);
      expect(new Set(stdout.match(/(?<=file=)[^,]+/g))).toEqual(new Set(['größer/main.tf']));
    });
  });
});
