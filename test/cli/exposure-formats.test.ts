/** Formats of `tfsg exposure` on the command line: paths, and links to lines. */

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { open, type Shell, shellWith } from './shell.ts';

let shell: Shell;
beforeEach(() => {
  shell = shellWith({
    '.git/': '',
    'live/a b.tf': `${open}resource "aws_instance" "web" {\n  vpc_security_group_ids = [aws_security_group.web.id]\n}\n`,
  });
});
afterEach(() => shell.remove());

const linksIn = (page: string): readonly string[] => [
  ...new Set([...page.matchAll(/href="([^#"][^"]*)"/g)].map(([, href]) => href!)),
];

test.each(['html', 'markdown', 'csv', 'mermaid', 'dot'])('%s is the same wherever it is made', async (format) => {
  const [here, below] = await Promise.all([
    shell.tfsg(['exposure', '-f', format, 'live']),
    shell.tfsg(['exposure', '-f', format], { cwd: 'live' }),
  ]);
  expect(here.code).toBe(0);
  expect(here.stdout.length).toBeGreaterThan(100);
  expect(below.stdout).toBe(here.stdout);
});

describe('places', () => {
  test('lead nowhere by themselves', async () => {
    const { stdout } = await shell.tfsg('exposure -f html');
    expect(linksIn(stdout)).toEqual([]);
    expect(stdout).toContain('<code>live/<wbr>a b.tf:10</code>');
  });

  test('lead to the commit of a job', async () => {
    const environment = {
      GITHUB_WORKSPACE: shell.folder,
      GITHUB_SERVER_URL: 'https://github.example.com',
      GITHUB_REPOSITORY: 'acme/net',
      GITHUB_SHA: 'abc123',
    };
    const { stdout } = await shell.tfsg('exposure -f html', { environment });
    expect(linksIn(stdout)).toContain('https://github.example.com/acme/net/blob/abc123/live/a%20b.tf#L10');
  });

  test('lead to where a template says', async () => {
    const links = 'vscode://file/home/me/{path}:{line}';
    for (const format of ['html', 'markdown']) {
      const { stdout } = await shell.tfsg(['exposure', '-f', format, '--links', links]);
      expect(linksIn(stdout)).toContain('vscode://file/home/me/live/a%20b.tf:10');
    }
  });

  test('lead to no script', async () => {
    const { code, stderr } = await shell.tfsg(['exposure', '-f', 'html', '--links', 'javascript:{path}']);
    expect(code).toBe(2);
    expect(stderr).toContain('--links needs an address with {path}, such as https://example.com/{path}#L{line}.');
  });
});
