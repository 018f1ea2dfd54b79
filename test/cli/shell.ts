/** The command line in a folder of its own, without a process. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../src/cli/run.ts';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Shell {
  /** Absolute. */
  readonly folder: string;
  /** Runs tfsg with arguments that are separated by spaces, or given one by one. */
  tfsg(argv: string | readonly string[], world?: World): Promise<Result>;
  remove(): void;
}

export interface World {
  /** Relative to the shell's folder. */
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly columns?: number;
  /** Whether the terminal opens addresses. */
  readonly links?: boolean;
  /** What is typed at a terminal, question by question. */
  readonly answers?: readonly string[];
  /** What --watch waits for, one after the other. */
  readonly changes?: readonly (() => void)[];
  /** Milliseconds that each look at the clock takes. */
  readonly tick?: number;
}

/** A folder with these files; the name of a folder ends with a slash. */
export function shellWith(files: Readonly<Record<string, string>>): Shell {
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'tfsg-')));
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(path.endsWith('/') ? target : dirname(target), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(target, text);
  }
  return {
    folder,
    remove: () => rmSync(folder, { recursive: true }),
    async tfsg(
      argv,
      { cwd = '.', environment = {}, stdin = '', columns, links = false, tick = 0, answers = [], changes = [] } = {},
    ) {
      const typed = answers.values();
      let now = Date.UTC(2026, 0, 1);
      const written = { stdout: '', stderr: '' };
      const output = (name: 'stdout' | 'stderr') => ({
        write: (text: string) => {
          written[name] += text;
        },
        isTerminal: columns !== undefined,
        columns,
        hasLinks: async () => links,
      });
      const code = await run(typeof argv === 'string' ? argv.split(' ').filter((each) => each !== '') : argv, {
        cwd: join(folder, cwd),
        environment,
        stdout: output('stdout'),
        stderr: output('stderr'),
        now: () => {
          now += tick;
          return now;
        },
        ask: async (question) => {
          const { done, value } = typed.next();
          if (done !== true) written.stderr += question;
          return value;
        },
        watch: async () => {
          const waiting = changes.values();
          return {
            add: () => {},
            next: async () => {
              const { done, value } = waiting.next();
              value?.();
              return done !== true;
            },
          };
        },
        readStdin: () => new TextEncoder().encode(stdin),
      });
      return { code, ...written };
    },
  };
}

/** A group with SSH open to the internet, and one without a description. */
export const open = `resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`;

export const closed = open.replace('0.0.0.0/0', '10.0.0.0/8');
