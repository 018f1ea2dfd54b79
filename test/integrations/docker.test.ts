/** The Dockerfile, whose commands run in a folder: an engine is not needed. */

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { must, temporaryFolder } from './released.ts';
import { root } from './tools.ts';

const text = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('the Dockerfile', () => {
  const lines = text('Dockerfile')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line));
  const of = (instruction: string): string[] =>
    lines.filter((line) => line.startsWith(`${instruction} `)).map((line) => line.slice(instruction.length + 1));

  test('pins its base, and ends without rights', () => {
    expect(of('FROM').length).toBe(2);
    for (const from of of('FROM'))
      expect(from).toMatch(/^node:\d+\.\d+\.\d+-alpine\d+\.\d+@sha256:[0-9a-f]{64}(?: AS build)?$/);
    expect(of('USER')).toEqual(['1000:1000']);
  });

  test('copies only what git has, and all that its build reads', () => {
    const [first, ...kept] = text('.dockerignore').trim().split('\n');
    expect(first).toBe('*');
    const names = kept.map((line) => line.replace(/^!/, ''));
    expect(must(root, 'git', 'check-ignore', '--', ...names, 'dist').trim()).toBe('dist');
    expect(names).toEqual(
      expect.arrayContaining(['package.json', 'package-lock.json', '.npmrc', 'src', 'scripts', 'schema', 'docs']),
    );
  });

  test('its commands build and install a program that runs in another folder', () => {
    const folder = temporaryFolder();
    for (const line of text('.dockerignore').trim().split('\n').slice(1)) {
      must(root, 'cp', '-R', line.slice(1), join(folder, line.slice(1)));
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const [install, build] = of('RUN');
    expect(install).toBe('npm ci --ignore-scripts');
    must(folder, 'sh', '-ec', build!.replaceAll('/tfsg/installed', join(folder, 'installed')));
    const work = temporaryFolder();
    writeFileSync(join(work, 'main.tf'), text('fixtures/checks/admin-port-open/bad.tf'));
    expect(of('ENTRYPOINT')).toEqual(['["tfsg"]']);
    const { status, stdout } = spawnSync(join(folder, 'installed/bin/tfsg'), [], { cwd: work, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: expect.stringContaining('critical admin-port-open') });
    rmSync(folder, { recursive: true });
    rmSync(work, { recursive: true });
  }, 60_000);
});
