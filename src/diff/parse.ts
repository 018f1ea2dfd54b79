/** Unified diffs, as git and diff -u write them -> which lines are new. */

import { type DiffNames, pathsOf, unquote } from './names.ts';

/** What a diff does to one file that is there after it; lines count from 1, on the new side. */
export interface ChangedFile {
  /** As the diff names it, without git's prefix. */
  readonly path: string;
  /** The file is new as a whole: added, or a copy. */
  readonly isNew: boolean;
  /** Lines that were added or changed, ascending. */
  readonly lines: readonly number[];
  /** Lines behind which others were deleted, with nothing in their place; 0 at the top. */
  readonly gaps: readonly number[];
}

/** Why a text is no unified diff. */
export class DiffError extends Error {
  override readonly name = 'DiffError';

  /** @param line of the diff, from 1 */
  constructor(
    readonly line: number,
    reason: string,
  ) {
    super(reason);
  }
}

/**
 * Reads a diff; what stands around the files (commit messages, `Only in`, binary contents) is passed over, as git and patch do. Files
 * that are gone, moved without a change, or have another mode only, are left out.
 *
 * Source: https://git-scm.com/docs/diff-format
 *
 * @throws DiffError for a text that is none, a damaged hunk, and a combined diff
 */
export function parseDiff(text: string): readonly ChangedFile[] {
  return new DiffReader(text).read();
}

interface Section extends DiffNames {
  isNew: boolean;
  readonly lines: number[];
  readonly gaps: number[];
}

const hunkHeader = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

class DiffReader {
  readonly #lines: readonly string[];
  readonly #sections: Section[] = [];
  #at = 0;
  /** The file that the next hunk is of. */
  #section: Section | undefined;

  constructor(text: string) {
    this.#lines = text
      .replace(/^\uFEFF/, '')
      .replace(/\n$/, '')
      .split('\n');
  }

  read(): readonly ChangedFile[] {
    while (this.#at < this.#lines.length) this.#readLine();
    if (this.#sections.length === 0 && this.#lines.some((line) => line.trim() !== '')) {
      throw new DiffError(1, 'this is not a unified diff');
    }
    return this.#sections.flatMap(({ isNew, lines, gaps, ...names }) => {
      const path = pathsOf(names);
      return path === undefined || (!isNew && lines.length + gaps.length === 0) ? [] : { path, isNew, lines, gaps };
    });
  }

  #readLine(): void {
    const line = this.#line();
    if (/^diff --(?:cc|combined) |^@@@/.test(line)) {
      this.#fail('combined diffs of merges are not supported: create a diff against one parent');
    }
    if (line.startsWith('diff --git ')) this.#open({ git: line.slice('diff --git '.length) });
    else if (line.startsWith('--- ') && this.#line(1).startsWith('+++ ')) this.#readNames(line);
    else if (line.startsWith('@@')) this.#readHunk(line);
    else if (this.#section !== undefined) this.#readExtended(line, this.#section);
    this.#at++;
  }

  /** `--- old` and `+++ new`; the section of `diff --git` above them is theirs, if they are its first. */
  #readNames(line: string): void {
    const isOpen = this.#section !== undefined && this.#section.git !== undefined && this.#section.after === undefined;
    const section = isOpen ? this.#section! : this.#open({});
    section.before = this.#name(line.slice(4));
    this.#at++;
    section.after = this.#name(this.#line().slice(4));
    if (section.before === '/dev/null') section.isNew = true;
  }

  #readExtended(line: string, section: Section): void {
    const [, key, value = ''] = /^(new file mode|rename to|copy to) (.*)$/.exec(line) ?? [];
    if (key === 'new file mode' || key === 'copy to') section.isNew = true;
    if (key === 'rename to' || key === 'copy to') section.moved = this.#name(value);
    if (/^(?:---|\+\+\+) /.test(line) && section.git !== undefined && section.after === undefined) {
      this.#fail('"--- OLD" must be followed by "+++ NEW"');
    }
    if (/^[+-]/.test(line) && section.after !== undefined && !/^--(?: |$)/.test(line)) {
      this.#fail('the hunk above has more lines than its header says');
    }
  }

  #readHunk(header: string): void {
    const [, , oldCount = '1', newStart, newCount = '1'] = hunkHeader.exec(header) ?? [];
    if (newStart === undefined) this.#fail('a hunk must start with "@@ -LINE,COUNT +LINE,COUNT @@"');
    if (this.#section?.after === undefined) this.#fail('this hunk has no "--- OLD" and "+++ NEW" above it');
    const { lines, gaps } = this.#section;
    const start = this.#at;
    let [before, after] = [Number(oldCount), Number(newCount)];
    // A hunk without lines of its own names the line above it.
    let line = Number(newStart) + (after === 0 ? 1 : 0);
    let [deleted, added] = [0, 0];
    const close = (): void => {
      if (deleted > 0 && added === 0) gaps.push(line - 1);
      [deleted, added] = [0, 0];
    };
    while (before > 0 || after > 0) {
      this.#at++;
      if (this.#at >= this.#lines.length) {
        throw new DiffError(start + 1, 'the diff ends before the end of this hunk');
      }
      const mark = this.#line()[0] ?? ' ';
      if (mark === '\\') continue;
      if (mark === '-' && before > 0) {
        before--;
        deleted++;
      } else if (mark === '+' && after > 0) {
        after--;
        added++;
        lines.push(line++);
      } else if (mark === ' ' && before > 0 && after > 0) {
        close();
        before--;
        after--;
        line++;
      } else {
        this.#fail(`expected a line of the hunk at line ${start + 1}, starting with " ", "+" or "-"`);
      }
    }
    close();
  }

  #open(names: Pick<Section, 'git'>): Section {
    this.#section = { ...names, isNew: false, lines: [], gaps: [] };
    this.#sections.push(this.#section);
    return this.#section;
  }

  /** A name of a header line, which ends at a tab. */
  #name(text: string): string {
    if (!text.startsWith('"')) return text.replace(/\t.*$/, '');
    const read = unquote(text);
    if (read === undefined) this.#fail('invalid quoted file name');
    return read.name;
  }

  /** Without the carriage return of a diff that was stored with them. */
  #line(ahead = 0): string {
    return (this.#lines[this.#at + ahead] ?? '').replace(/\r$/, '');
  }

  #fail(reason: string): never {
    throw new DiffError(this.#at + 1, reason);
  }
}
