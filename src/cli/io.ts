/** The commands' access to the outside world, passed in so that tests can replace it. */

import type { SafeText } from '../report/escape.ts';

/** Where text goes: what nobody has made safe can't. */
export interface Output {
  /** Writes all of it before it returns. */
  write(text: SafeText): void;
  readonly isTerminal: boolean;
  /** Columns of the terminal; undefined if it is none. */
  readonly columns: number | undefined;
  /** Whether it is a terminal that opens the addresses behind texts. */
  hasLinks(): Promise<boolean>;
}

/** Directories from which changes are told. */
export interface Watching {
  /** Watches a directory, by its absolute path; twice is once. */
  add(directory: string): void;
  /** Ends when something has changed since the last call ended, and nothing more for a moment; then says whether to go on. */
  next(): Promise<boolean>;
}

export interface Io {
  /** Absolute. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Milliseconds since 1970-01-01, UTC. */
  now(): number;
  /** The answer to a question on a terminal, without its line end; undefined where nobody can answer. */
  ask(question: SafeText): Promise<string | undefined>;
  /** Everything on standard input. */
  readStdin(): Uint8Array;
  /**
   * Tells of changes in directories.
   *
   * @param isIgnored whether a changed file, by its absolute path, is of no interest: what the caller writes itself
   * @param complain told once why directories can't be watched
   */
  watch(isIgnored: (path: string) => boolean, complain: (reason: string) => void): Promise<Watching>;
  /** Called after security groups were judged: such a run has done what most runs do. */
  onJudged?(): void;
  /** Called after a report was written to a file of the command line, or, where there is none, to the summary of a step. */
  onWritten?(file: string | undefined, text: SafeText): void;
}

/** A command line that can't be carried out; the message is one or more sentences for the user. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Whose help says more; undefined for tfsg's own. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** Whether text for people is in colour: the option, then NO_COLOR and FORCE_COLOR, then whether it goes to a terminal. */
export function isColored(io: Io, output: Output, option: 'auto' | 'always' | 'never'): boolean {
  if (option !== 'auto') return option === 'always';
  const { NO_COLOR, FORCE_COLOR, TERM } = io.environment;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return output.isTerminal && TERM !== 'dumb';
}

/** Columns for source lines where there is no terminal to ask. */
export const DEFAULT_COLUMNS = 120;
