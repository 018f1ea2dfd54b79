/** Links to files in a comment: those of the job's server, for its checkout alone. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { open, type Shell, shellWith } from './shell.ts';

let shell: Shell;
afterEach(() => shell.remove());

const hosts = {
  github: (folder: string) => ({
    GITHUB_WORKSPACE: folder,
    GITHUB_SERVER_URL: 'https://github.example.com',
    GITHUB_REPOSITORY: 'acme/net',
    GITHUB_SHA: 'abc123',
  }),
  gitlab: (folder: string) => ({
    CI_PROJECT_DIR: folder,
    CI_PROJECT_URL: 'https://gitlab.example.com/acme/net',
    CI_COMMIT_SHA: 'abc123',
  }),
  bitbucket: (folder: string) => ({
    BITBUCKET_CLONE_DIR: folder,
    BITBUCKET_GIT_HTTP_ORIGIN: 'https://bitbucket.example.com/acme/net',
    BITBUCKET_COMMIT: 'abc123',
  }),
};

const linksIn = (stdout: string): readonly string[] => [...stdout.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
const report = '-f markdown --check admin-port-open';

test.each([
  ['github', 'https://github.example.com/acme/net/blob/abc123/live/a%20b.tf#L10'],
  ['gitlab', 'https://gitlab.example.com/acme/net/-/blob/abc123/live/a%20b.tf#L10'],
  ['bitbucket', 'https://bitbucket.example.com/acme/net/src/abc123/live/a%20b.tf#lines-10:10'],
] as const)('in a job of %s', async (name, link) => {
  shell = shellWith({ '.git/': '', 'live/a b.tf': open });
  const environment = hosts[name](shell.folder);
  expect(linksIn((await shell.tfsg(report, { environment, cwd: 'live' })).stdout)).toEqual([link]);
});

test('for a tree below the checkout with its path there, and for none outside of it', async () => {
  shell = shellWith({ 'repo/live/.git/': '', 'repo/live/main.tf': open });
  const at = async (folder: string) =>
    linksIn(
      (await shell.tfsg(report, { environment: hosts.gitlab(join(shell.folder, folder)), cwd: 'repo/live' })).stdout,
    );
  expect(await at('repo')).toEqual(['https://gitlab.example.com/acme/net/-/blob/abc123/live/main.tf#L10']);
  mkdirSync(join(shell.folder, 'other'));
  expect(await at('other')).toEqual([]);
  expect(await at('gone')).toEqual([]);
});

test('nowhere else, and not to what is no web server', async () => {
  shell = shellWith({ '.git/': '', 'main.tf': open });
  const { GITHUB_SHA: _, ...incomplete } = hosts.github(shell.folder);
  expect(linksIn((await shell.tfsg(report, { environment: incomplete })).stdout)).toEqual([]);
  const script = { ...hosts.gitlab(shell.folder), CI_PROJECT_URL: 'javascript:alert(1)' };
  expect(linksIn((await shell.tfsg(report, { environment: script })).stdout)).toEqual([]);
});
