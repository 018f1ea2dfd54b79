/** `-f github` in a job: annotations in the log, and Markdown in the summary of the step. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { closed, open, type Shell, shellWith } from './shell.ts';

let shell: Shell | undefined;
function inFolder(files: Readonly<Record<string, string>>): Shell {
  shell = shellWith(files);
  return shell;
}
afterEach(() => {
  shell?.remove();
  shell = undefined;
});

const only = '--check admin-port-open --quiet';
const pathOf = (name: string): string => join(shell!.folder, name);
const withSummary = (options: string, name = 'summary.md') =>
  shell!.tfsg(`${options} ${only}`, { environment: { GITHUB_STEP_SUMMARY: pathOf(name) } });

test('the summary has the findings as Markdown', async () => {
  inFolder({ 'main.tf': open, 'summary.md': '' });
  const { code, stdout, stderr } = await withSummary('-f github');
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/^::error title=admin-port-open \(critical\),file=main\.tf,line=10,.*\n$/);
  expect(readFileSync(pathOf('summary.md'), 'utf8')).toMatch(
    /^\n<!-- tfsg -->\n### ❌ tfsg failed: 1 critical\n\nIn 1 file .*\.\n\n<p><b>1 critical<\/b><\/p>\n.*\n<ul>\n<li><code>main\.tf:10<\/code>.*<code>cidr_blocks = .*<\/code><br>not reached from the internet: .*<\/li>\n<\/ul>\n/,
  );
});

test('it is added to what is there, also by another run', async () => {
  inFolder({ 'main.tf': closed, 'summary.md': '# Checks' });
  await withSummary('-f github');
  await withSummary('-f github');
  const once = '\n<!-- tfsg -->\n### ✅ tfsg passed: nothing found\n\nIn 1 file (1 group, 1 rule).\n';
  expect(readFileSync(pathOf('summary.md'), 'utf8')).toBe(`# Checks${once}${once}`);
});

test('it goes with the format of stdout alone', async () => {
  inFolder({ 'main.tf': open, 'summary.md': '' });
  await withSummary('-f unix -o github=annotations.txt');
  expect(readFileSync(pathOf('summary.md'), 'utf8')).toBe('');
  expect(readFileSync(pathOf('annotations.txt'), 'utf8')).toMatch(/^::error /);
});

test('there is none outside of a job', async () => {
  const { code, stderr } = await inFolder({ 'main.tf': open }).tfsg(`-f github ${only}`);
  expect([code, stderr]).toEqual([1, '']);
});

describe('where it can not be written, that is said and changes nothing', () => {
  test('because the path is a folder', async () => {
    inFolder({ 'main.tf': closed });
    mkdirSync(pathOf('summary.md'));
    const { code, stderr } = await withSummary('-f github');
    expect([code, stderr]).toEqual([0, 'tfsg: GITHUB_STEP_SUMMARY: it is a directory.\n']);
  });

  test('because the folder is not there', async () => {
    inFolder({ 'main.tf': open });
    const { code, stderr } = await withSummary('-f github', 'gone/summary.md');
    expect([code, stderr]).toEqual([1, 'tfsg: GITHUB_STEP_SUMMARY: no such file or directory.\n']);
  });

  test('because GitHub would drop all of it', async () => {
    inFolder({ 'main.tf': open, 'summary.md': 'x'.repeat(1024 * 1024 - 2000) });
    const { code, stderr } = await withSummary('-f github');
    expect([code, stderr]).toEqual([1, 'tfsg: GITHUB_STEP_SUMMARY: the summary of this step is full.\n']);
  });
});

test('the whole file stays below what GitHub takes', async () => {
  const groups = Array.from({ length: 300 }, (_, index) => open.replace('"web"', `"web${index}"`));
  inFolder({ 'main.tf': groups.join('\n') });
  writeFileSync(pathOf('summary.md'), 'x'.repeat(1024 * 1024 - 6000));
  const { stdout } = await withSummary('-f github');
  expect(stdout).toContain('\ntfsg: 290 more errors than the 10');
  const summary = readFileSync(pathOf('summary.md'));
  expect(summary.length).toBeLessThanOrEqual(1024 * 1024);
  expect(summary.toString()).toMatch(/\n\d+ more results omitted/);
});
