/** No command says what a sensitive value is, in whatever format and wherever it goes. */

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../src/checks/index.ts';
import { formatNames } from '../../src/report/render.ts';
import { type Shell, shellWith, type World } from '../cli/shell.ts';
import { type Secrets, secrets } from './configuration.ts';

const config = JSON.stringify({
  extends: ['tfsg:strict'],
  checks: Object.fromEntries(
    checks
      .filter(({ id }) => id !== 'policy')
      .map(({ id, options }) => [id, 'pattern' in options ? ['high', { pattern: 'JIRA-1', minLength: 200 }] : 'high']),
  ),
  policy: [{ groups: ['**'], ingress: [{ ports: [1], from: ['10.0.0.0/8'] }] }],
});

const commands: readonly (readonly string[])[] = [
  ...formatNames.map((format) => ['-f', format, '--unknown', '--min-severity', 'info']),
  ['--fix-dry-run', '--unknown'],
  ['--shard', '1/1', '-f', 'json'],
  ['--print-config', 'main.tf'],
  ['--baseline', 'baseline.json', '--update-baseline', '-o', 'sarif=out/r.sarif', '-o', 'pretty=out/r.txt'],
  ['--baseline', 'baseline.json', '--unknown'],
  ['inspect'],
  ['inspect', '-f', 'json'],
];

/** All that commands say, and all that they write. */
async function outputs(shell: Shell, given: Secrets): Promise<ReadonlyMap<string, string>> {
  const said = new Map<string, string>();
  const world: World = { environment: { ...given.environment, GITHUB_STEP_SUMMARY: join(shell.folder, 'summary.md') } };
  for (const command of commands) {
    const isPrint = command.includes('--print-config');
    const inputs = isPrint ? [] : [...given.argv, '--var-file', '../given.tfvars', '--tf-var-env'];
    const { stdout, stderr } = await shell.tfsg([...command, ...inputs], { ...world, cwd: 'tree' });
    expect(stderr).not.toContain('internal error');
    said.set(`${command.join(' ')}: stdout`, stdout);
    said.set(`${command.join(' ')}: stderr`, stderr);
  }
  const written = ['baseline.json', 'out/r.sarif', 'out/r.txt'].map((name) => join(shell.folder, 'tree', name));
  for (const path of [...written, join(shell.folder, 'summary.md')]) said.set(path, readFileSync(path, 'utf8'));
  return said;
}

async function check(given: Secrets): Promise<ReadonlyMap<string, string>> {
  const inTree = Object.entries(given.files).map(([path, text]) => [`tree/${path}`, text]);
  const shell = shellWith({
    'tree/.git/': '',
    'tree/.tfsgrc.json': config,
    'given.tfvars': given.variableFile,
    ...Object.fromEntries(inTree),
  });
  try {
    const said = await outputs(shell, given);
    for (const [where, text] of said) {
      // Fingerprints may have any digits.
      const shown = text.replace(/[0-9a-f]{32,}/g, '');
      for (const token of given.tokens) if (shown.includes(token)) expect({ where, token, text }).toBeUndefined();
    }
    return said;
  } finally {
    rmSync(shell.folder, { recursive: true });
  }
}

test('sensitive values are in no output', async () => {
  await fc.assert(
    fc.asyncProperty(secrets(), async (given) => void (await check(given))),
    { numRuns: 3, endOnFailure: true },
  );
}, 300_000);
