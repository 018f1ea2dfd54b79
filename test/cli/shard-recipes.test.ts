/** The examples of docs/ci for sharded runs: their commands, one after the other, make the report of the whole run. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { shells } from '../systems.ts';
import { open, type Shell, shellWith } from './shell.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (name: string): string => readFileSync(join(root, 'docs/ci', name), 'utf8');

let shell: Shell;
afterEach(() => shell.remove());

interface Recipe {
  /** Of a shard, and of the job that joins them. */
  readonly scripts: readonly [shard: string, merge: string];
  readonly count: number;
  /** Variables of the shard with an index from 1, as the service sets them. */
  readonly variablesOf: (index: number, count: number) => Readonly<Record<string, string>>;
}

function githubRecipe(): Recipe {
  const { shard, tfsg } = parse(textOf('github-shards.yml')).jobs;
  const commandOf = (job: { readonly steps: readonly { readonly run?: string }[] }, words: RegExp): string =>
    job.steps.find(({ run }) => words.test(run ?? ''))!.run!;
  const count: number = shard.strategy.matrix.shard.length;
  expect(shard.strategy.matrix.shard).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  const { env } = shard.steps.find(({ run }: { readonly run?: string }) => run?.includes('--shard'));
  expect(env).toEqual({ SHARD: `\${{ matrix.shard }}/\${{ strategy.job-total }}`, INDEX: `\${{ matrix.shard }}` });
  return {
    scripts: [commandOf(shard, /--shard/), commandOf(tfsg, / merge /)],
    count,
    variablesOf: (index) => ({ SHARD: `${index}/${count}`, INDEX: `${index}` }),
  };
}

function gitlabRecipe(): Recipe {
  const { 'tfsg-shard': shard, tfsg } = parse(textOf('gitlab-shards.yml'));
  return {
    scripts: [shard.script.join('\n'), tfsg.script.join('\n')],
    count: shard.parallel,
    variablesOf: (index, count) => ({ CI_NODE_INDEX: `${index}`, CI_NODE_TOTAL: `${count}` }),
  };
}

function azureRecipe(): Recipe {
  const [shard, tfsg] = parse(textOf('azure-shards.yml')).jobs;
  const scriptOf = (job: { readonly steps: readonly { readonly script?: string }[] }): string =>
    job.steps
      .flatMap(({ script }) => script ?? [])
      .join('\n')
      // Each artifact is downloaded into a folder of its own.
      .replace('"$PIPELINE_WORKSPACE"/tfsg-*/', 'reports/');
  return {
    scripts: [scriptOf(shard), scriptOf(tfsg)],
    count: shard.strategy.parallel,
    variablesOf: (index, count) => ({
      SYSTEM_JOBPOSITIONINPHASE: `${index}`,
      SYSTEM_TOTALJOBSINPHASE: `${count}`,
    }),
  };
}

function jenkinsRecipe(): Recipe {
  const text = textOf('Jenkinsfile.shards');
  const [shard, merge] = Array.from(text.matchAll(/'''(.*?)'''/gs), ([, script]) => script!);
  return {
    scripts: [shard!, merge!],
    count: /values (.*)/.exec(text)![1]!.split(',').length,
    variablesOf: (index) => ({ SHARD: `${index}` }),
  };
}

shells.describe('Sharded runs', () => {
  test.each([
    ['GitHub', githubRecipe, 'github'],
    ['GitLab', gitlabRecipe, 'markdown'],
    ['Azure', azureRecipe, 'markdown'],
    ['Jenkins', jenkinsRecipe, 'markdown'],
  ])(
    '%s: the shards together say what one run says',
    async (_, recipe, format) => {
      const { scripts, count, variablesOf } = recipe();
      const files = Array.from({ length: count + 2 }, (_unused, index) => [
        `work/r${index}/main.tf`,
        open.replaceAll('web', `web${index}`),
      ]);
      shell = shellWith({ ...Object.fromEntries(files), 'work/.git/': '', 'bin/': '', 'home/': '' });
      await shell.tfsg('-o json=../whole.json', { cwd: 'work' });
      const { stdout: whole } = await shell.tfsg(`merge whole.json -f ${format}`);
      // In the place of git and Terraform, which would download.
      for (const name of ['git', 'terraform'])
        writeFileSync(join(shell.folder, 'bin', name), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
      // The program, run from its source.
      writeFileSync(
        join(shell.folder, 'bin/node'),
        `#!/bin/sh\nshift\nexec "${process.execPath}" "${join(root, 'dist/cli.js')}" "$@"\n`,
        { mode: 0o755 },
      );
      mkdirSync(join(shell.folder, 'work/reports'));
      const runIn = (script: string, variables: Readonly<Record<string, string>>) =>
        spawnSync('sh', ['-ec', script], {
          cwd: join(shell.folder, 'work'),
          encoding: 'utf8',
          env: {
            PATH: `${join(shell.folder, 'bin')}:${process.env['PATH']}`,
            HOME: join(shell.folder, 'home'),
            RUNNER_TEMP: join(shell.folder, 'home'),
            WORKSPACE_TMP: join(shell.folder, 'home'),
            ...variables,
          },
        });
      for (let index = 1; index <= count; index++) {
        const { status, stderr } = runIn(scripts[0], variablesOf(index, count));
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      }
      const { status, stdout } = runIn(scripts[1], {});
      expect({ status, stdout }).toEqual({ status: 1, stdout: whole });
    },
    60_000,
  );

  test('many repositories: the commands of docs/ci.md report all of them', () => {
    const page = readFileSync(join(root, 'docs/ci.md'), 'utf8');
    const [, commands] = /\n```sh\n(ls repositories .*?)```/s.exec(page)!;
    shell = shellWith({
      'repositories/one/.git/': '',
      'repositories/one/main.tf': open,
      'repositories/two/.git/': '',
      'repositories/two/live/main.tf': open,
      'repositories/three/.git/': '',
      'repositories/three/broken.tf': 'resource {',
      'bin/': '',
    });
    writeFileSync(
      join(shell.folder, 'bin/tfsg'),
      `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/cli.js')}" "$@"\n`,
      { mode: 0o755 },
    );
    const { status, stdout } = spawnSync('sh', ['-c', commands!], {
      cwd: shell.folder,
      encoding: 'utf8',
      env: { PATH: `${join(shell.folder, 'bin')}:${process.env['PATH']}`, HOME: shell.folder },
    });
    expect(status).toBe(2);
    for (const place of ['one/main.tf:10', 'two/live/main.tf:10', 'three/broken.tf:1'])
      expect(stdout).toContain(`<code>${place}</code>`);
  }, 60_000);
});
