/** Pairs of configurations: what is said of them as folders is in `expected.txt`; as revisions, and against a report, it is the same. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Shell, shellWith } from '../cli/shell.ts';
import { describeWithGit } from '../git/repositories.ts';
import { expectGolden, fixtures } from '../golden.ts';

const folder = join(fixtures, 'changes');
const names = readdirSync(folder);

type Files = Readonly<Record<string, string>>;

function filesIn(name: string, side: 'before' | 'after', prefix: string): Files {
  const root = join(folder, name, side);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [prefix + path.slice(root.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}

let shell: Shell | undefined;
afterEach(() => shell?.remove());

function openPair(name: string): Shell {
  shell = shellWith({ ...filesIn(name, 'before', 'before/'), ...filesIn(name, 'after', 'after/') });
  return shell;
}

/** A row without the folder that it was found in. */
const withoutFolder = (text: string): unknown =>
  JSON.parse(text.replaceAll(/"(?:before|after)\//g, '"').replaceAll(/"(?:before|after)"/g, '"."'));

interface Compared {
  readonly changes: readonly Readonly<Record<string, unknown>>[];
  readonly reach: readonly unknown[];
  readonly undecided: readonly unknown[];
}

const rowsOf = (text: string): Compared => {
  const { changes, undecided, reach } = withoutFolder(text) as Compared;
  return { changes, undecided, reach };
};

describe('pairs of folders', () => {
  test.each(names)('%s', async (name) => {
    const { stdout, stderr, code } = await openPair(name).tfsg('changes --base before after');
    expectGolden(`changes/${name}/expected.txt`, stdout + stderr);
    expect(code).toBe(0);
    expect(stdout.startsWith('No change in access.\n')).toBe(name.startsWith('refactor-'));
  });
});

describeWithGit('the same as revisions', () => {
  test.each(names)('%s', async (name) => {
    const pair = openPair(name);
    const asFolders = await pair.tfsg('changes --base before after -f json');
    pair.remove();
    shell = shellWith(filesIn(name, 'before', ''));
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: shell!.folder });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message=before');
    for (const path of Object.keys(filesIn(name, 'before', ''))) rmSync(join(shell.folder, path));
    const now = shellWith(filesIn(name, 'after', ''));
    execFileSync('cp', ['-r', `${now.folder}/.`, shell.folder]);
    now.remove();
    const asRevision = await shell.tfsg('changes --base HEAD -f json');
    expect(rowsOf(asRevision.stdout)).toEqual(rowsOf(asFolders.stdout));
    git('add', '--all');
    const asStaged = await shell.tfsg('changes --base HEAD --staged -f json');
    expect(asStaged.stdout).toBe(asRevision.stdout);
  });
});

describe('against a report of what was before, the same without places', () => {
  // A report does not say what unknown values wait for, nor what is in a prefix list.
  const known = names.filter((name) => !/unknown|undecided|vpc|prefix-list|sensitive|moved|broken/.test(name));
  test.each(known)('%s', async (name) => {
    const pair = openPair(name);
    const asFolders = await pair.tfsg('changes --base before after -f json');
    const report = await pair.tfsg('inspect before -f json');
    pair.remove();
    shell = shellWith({
      ...filesIn(name, 'after', ''),
      'report.json': report.stdout.replaceAll('"before/', '"').replaceAll('"before"', '"."'),
    });
    const asReport = await shell.tfsg('changes --base report.json -f json');
    const rows = ({ changes }: Compared) =>
      changes.map(({ file, range, related, roots, environments, ...row }) => JSON.stringify(row)).sort();
    expect(rows(rowsOf(asReport.stdout))).toEqual(rows(rowsOf(asFolders.stdout)));
  });
});
