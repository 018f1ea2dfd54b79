/** Runs of the built program that are killed while they write, and what they leave behind. */

import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const program = join(import.meta.dirname, '../../dist/cli.js');

/** A command that writes, and the files that it writes. */
export interface Writer {
  readonly argv: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** Those that it writes; each is there before, or is made. */
  readonly written: readonly string[];
}

/** `count` groups, each with a fault and a fix of it. */
const groups = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `resource "aws_security_group" "g${index}" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0::/0", "10.0.0.1/8"]
  }
}
`,
  ).join('\n');

const source = groups(100);

export const writers: Readonly<Record<string, Writer>> = {
  '--output': {
    argv: ['-o', 'json=out.json', '-q'],
    files: { 'main.tf': source, 'out.json': 'old' },
    written: ['out.json'],
  },
  '--update-baseline': {
    argv: ['--baseline', 'b.json', '--update-baseline', '-q'],
    files: { 'main.tf': source, 'b.json': '{ "schemaVersion": 1, "findings": [] }' },
    written: ['b.json'],
  },
  '--fix': {
    argv: ['--fix', '-q'],
    files: { 'a.tf': source, 'b.tf': source.replaceAll('"g', '"h'), 'c.tf': source.replaceAll('"g', '"i') },
    written: ['a.tf', 'b.tf', 'c.tf'],
  },
  init: { argv: ['init'], files: { 'main.tf': source }, written: ['.tfsgrc.json'] },
};

/** When a run is killed: so many milliseconds after its start, or after the first sign that it writes. */
export interface Moment {
  readonly after: 'start' | 'sign';
  readonly milliseconds: number;
  /** Absent: SIGKILL. */
  readonly signal?: 'SIGTERM' | 'SIGINT';
}

export interface Left {
  /** Whether the run was killed, and had not ended before. */
  readonly isKilled: boolean;
  /** Written files that are neither as before nor as a whole run leaves them, or whose mode is another. */
  readonly broken: readonly string[];
  /** Files that are new and not asked for. */
  readonly rest: readonly string[];
}

/** What a whole run leaves of a writer. */
export type Whole = Readonly<Record<string, string>>;

export async function wholeRun(writer: Writer): Promise<Whole> {
  return inFolder(writer, async (folder) => {
    await runIn(folder, writer);
    return Object.fromEntries(writer.written.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  });
}

export async function killOnce(writer: Writer, whole: Whole, moment: Moment): Promise<Left> {
  return inFolder(writer, async (folder) => {
    const isKilled = await runIn(folder, writer, moment);
    const broken = writer.written.filter((name) => {
      const path = join(folder, name);
      const there = statSync(path, { throwIfNoEntry: false });
      if (there === undefined) return name in writer.files;
      const text = readFileSync(path, 'utf8');
      return (
        (text !== writer.files[name] && text !== whole[name]) || (name in writer.files && (there.mode & 0o777) !== MODE)
      );
    });
    const known = new Set([...Object.keys(writer.files), ...writer.written, '.git']);
    return { isKilled, broken, rest: readdirSync(folder).filter((name) => !known.has(name)) };
  });
}

/** Of the files that are there before: none that a new file would get by itself. */
const MODE = 0o640;

async function inFolder<T>({ files }: Writer, act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tfsg-'));
  try {
    mkdirSync(join(folder, '.git'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), MODE);
    }
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns whether the run ended by the signal */
function runIn(folder: string, { argv }: Writer, moment?: Moment): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...argv], { cwd: folder, stdio: 'ignore' });
    const kill = (): void => void child.kill(moment?.signal ?? 'SIGKILL');
    const later = (milliseconds: number): void => {
      if (milliseconds === 0) kill();
      else setTimeout(kill, milliseconds).unref();
    };
    if (moment?.after === 'start') later(moment.milliseconds);
    const watcher =
      moment?.after === 'sign'
        ? watch(folder, (_, name) => {
            if (name?.startsWith('.tfsg-') === true) later(moment.milliseconds);
          })
        : undefined;
    child.on('close', (_, signal) => {
      watcher?.close();
      resolve(signal === 'SIGKILL');
    });
  });
}
