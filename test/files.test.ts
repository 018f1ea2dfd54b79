/** The file systems: what they read, what they keep inside, and errors as data. */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  diskFileSystem,
  type FileSystem,
  memoryFileSystem,
  overlayFileSystem,
  rememberingFileSystem,
} from '../src/files.ts';
import { links } from './systems.ts';

function textAt(fileSystem: FileSystem, path: string): string {
  const read = fileSystem.read(path);
  return read.kind === 'file' ? new TextDecoder().decode(read.bytes) : read.kind;
}

function namesAt(fileSystem: FileSystem, path: string): string[] | string {
  const listed = fileSystem.list(path);
  return listed.kind === 'directory' ? listed.entries.map(({ name, kind }) => `${name} ${kind}`) : listed.kind;
}

describe('memory', () => {
  const files = memoryFileSystem({ 'a/b/c.tf': 'c', 'a/a.tf': new Uint8Array([65]), 'z.tf': '' });

  test('reads files', () => {
    expect(textAt(files, 'a/b/c.tf')).toBe('c');
    expect(textAt(files, 'a/a.tf')).toBe('A');
    expect(textAt(files, 'a/b')).toBe('missing');
    expect(textAt(files, '__proto__')).toBe('missing');
  });

  test('lists directories, sorted', () => {
    expect(namesAt(files, '')).toEqual(['a directory', 'z.tf file']);
    expect(namesAt(files, 'a')).toEqual(['a.tf file', 'b directory']);
    expect(namesAt(files, 'a/b/c.tf')).toBe('missing');
    expect(namesAt(memoryFileSystem({}), '')).toEqual([]);
  });
});

describe('an overlay', () => {
  const base = memoryFileSystem({ 'a/x.tf': 'old', 'a/y.tf': 'y' });
  const files = overlayFileSystem(
    base,
    new Map([
      ['a/x.tf', 'new'],
      ['n/m.tf', 'm'],
    ]),
  );

  test('hides and adds', () => {
    expect(textAt(files, 'a/x.tf')).toBe('new');
    expect(textAt(files, 'a/y.tf')).toBe('y');
    expect(namesAt(files, 'a')).toEqual(['x.tf file', 'y.tf file']);
    expect(namesAt(files, '')).toEqual(['a directory', 'n directory']);
    expect(namesAt(files, 'n')).toEqual(['m.tf file']);
  });
});

links.describe('a disk', () => {
  let folder: string;
  let files: FileSystem;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tfsg-files-'));
    mkdirSync(join(folder, 'root/sub'), { recursive: true });
    writeFileSync(join(folder, 'secret'), 'secret');
    writeFileSync(join(folder, 'root/main.tf'), 'main');
    writeFileSync(join(folder, 'root/sub/x.tf'), 'x');
    symlinkSync('../main.tf', join(folder, 'root/sub/inside.tf'));
    symlinkSync('../../secret', join(folder, 'root/sub/outside.tf'));
    symlinkSync('gone', join(folder, 'root/sub/broken.tf'));
    symlinkSync('..', join(folder, 'root/sub/up'));
    symlinkSync('../..', join(folder, 'root/sub/out'));
    symlinkSync('circle', join(folder, 'root/circle'));
    execFileSync('mkfifo', [join(folder, 'root/pipe')]);
    files = diskFileSystem(join(folder, 'root'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('reads and lists', () => {
    expect(textAt(files, 'main.tf')).toBe('main');
    expect(namesAt(files, '')).toEqual(['circle other', 'main.tf file', 'pipe other', 'sub directory']);
    expect(textAt(files, 'gone/x.tf')).toBe('missing');
    expect(namesAt(files, 'main.tf')).toBe('missing');
  });

  test('follows links inside the root, and says that they are links', () => {
    expect(textAt(files, 'sub/inside.tf')).toBe('main');
    expect(textAt(files, 'sub/up/main.tf')).toBe('main');
    expect(namesAt(files, 'sub')).toEqual([
      'broken.tf other',
      'inside.tf file',
      'out outside',
      'outside.tf other',
      'up directory',
      'x.tf file',
    ]);
    const listed = files.list('sub');
    expect(listed.kind === 'directory' && listed.entries.filter(({ isLink }) => isLink)).toHaveLength(5);
  });

  test('reads nothing outside, through links or dots', () => {
    const outside = { kind: 'error', message: 'the symbolic link points outside the tree' };
    expect(files.read('sub/outside.tf')).toEqual(outside);
    expect(files.read('sub/out/secret')).toEqual(outside);
    expect(files.list('sub/out')).toEqual(outside);
    expect(textAt(files, '../secret')).not.toBe('secret');
  });

  test('has an error for what is no file, and waits for nothing', () => {
    expect(files.read('sub')).toEqual({ kind: 'error', message: 'it is a directory' });
    expect(files.read('pipe')).toEqual({ kind: 'error', message: 'it is not a regular file' });
    expect(files.read('circle')).toEqual({ kind: 'error', message: 'too many levels of symbolic links' });
    expect(files.read('a\0b').kind).toBe('error');
    expect(files.read('x'.repeat(5000))).toEqual({ kind: 'error', message: 'the name is too long' });
  });

  test('has an error for what may not be read', () => {
    if (process.getuid?.() === 0) return;
    chmodSync(join(folder, 'root/main.tf'), 0);
    expect(files.read('main.tf')).toEqual({ kind: 'error', message: 'permission denied' });
  });
});

links.test('a disk that is read again gives the same bytes until a file is another', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tfsg-'));
  let time = 0;
  const files = rememberingFileSystem(folder, () => time);
  const read = () => {
    time += 10_000;
    return files.read('main.tf');
  };
  try {
    expect(read()).toEqual({ kind: 'missing' });
    writeFileSync(join(folder, 'main.tf'), 'a = 1');
    const first = read();
    expect(textAt(files, 'main.tf')).toBe('a = 1');
    expect(read()).toBe(first);
    writeFileSync(join(folder, 'main.tf'), 'a = 2');
    expect(namesAt(files, '')).toEqual(['main.tf file']);
    writeFileSync(join(folder, 'more.tf'), '');
    expect([textAt(files, 'main.tf'), namesAt(files, '')]).toEqual(['a = 1', ['main.tf file']]);
    time += 1;
    files.refresh();
    time += 1;
    expect([textAt(files, 'main.tf'), namesAt(files, '')]).toEqual(['a = 2', ['main.tf file', 'more.tf file']]);
    rmSync(join(folder, 'main.tf'));
    expect(read()).toEqual({ kind: 'missing' });
    symlinkSync('/etc/passwd', join(folder, 'main.tf'));
    expect(read()).toEqual({ kind: 'error', message: 'the symbolic link points outside the tree' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
