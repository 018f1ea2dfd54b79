/** The site of the pages, as CI builds it: the build fails for links that lead nowhere. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { cleanEnvironment, temporaryFolder } from './released.ts';
import { root, succeeds } from './tools.ts';

const site = join(root, 'site');
const program = join(site, 'node_modules/vitepress/bin/vitepress.js');
const isThere =
  existsSync(program) || succeeds('npm', ['ci', '--ignore-scripts'], { cwd: site, env: cleanEnvironment() });

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

(isThere ? test : test.skip)(
  'has one address for each check, and a search that needs no service',
  () => {
    const argv = [program, 'build', '.', '--outDir', folder];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: site, encoding: 'utf8' });
    expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' });
    expect(readdirSync(join(folder, 'checks')).sort()).toEqual(checks.map(({ id }) => `${id}.html`).sort());
    expect(readFileSync(join(folder, 'checks/admin-port-open.html'), 'utf8')).toContain('Session Manager');
    expect(readdirSync(join(folder, 'assets/chunks')).some((name) => name.includes('localSearchIndex'))).toBe(true);
  },
  180_000,
);
