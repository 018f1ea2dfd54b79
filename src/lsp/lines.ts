/** Offsets of a text as positions of the Language Server Protocol, and back. */

import type { Position, Range } from 'vscode-languageserver';

/** What `character` of a position counts: bytes, code units or code points. */
export const encodings = ['utf-16', 'utf-8', 'utf-32'] as const;
export type Encoding = (typeof encodings)[number];

/** A text as an editor has it: lines end with LF, CRLF or CR. */
export class Lines {
  readonly text: string;
  readonly #encoding: Encoding;
  readonly #textStart: number;
  /** Offset of the first character of each line. */
  readonly #starts: readonly number[];

  /** @param textStart how many code units at the start, a byte order mark, the editor does not have */
  constructor(text: string, encoding: Encoding, textStart = 0) {
    this.text = text;
    this.#encoding = encoding;
    this.#textStart = textStart;
    const starts = [textStart];
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
    this.#starts = starts;
  }

  /** An offset outside of the text counts as its start or end, one inside of a line's end as before it. */
  positionAt(offset: number): Position {
    const at = Math.max(this.#textStart, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low]!;
    return { line: low, character: this.#length(start, Math.min(at, this.#endOf(low))) };
  }

  /** A position past a line's end counts as its end, one past the last line as the end of the text. */
  offsetAt({ line, character }: Position): number {
    const start = this.#starts[line];
    if (start === undefined) return line < 0 ? this.#textStart : this.text.length;
    const end = this.#endOf(line);
    if (this.#encoding === 'utf-16') return Math.min(start + Math.max(0, character), end);
    let at = start;
    for (let left = character; at < end; ) {
      const point = this.text.codePointAt(at)!;
      left -= this.#encoding === 'utf-32' ? 1 : bytesOf(point);
      if (left < 0) break;
      at += point > 0xffff ? 2 : 1;
    }
    return at;
  }

  rangeOf({ start, end }: { readonly start: number; readonly end: number }): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** Offsets of a range. */
  offsetsOf({ start, end }: Range): { readonly start: number; readonly end: number } {
    return { start: this.offsetAt(start), end: this.offsetAt(end) };
  }

  /** Offset behind the last character of a line, without what ends it. */
  #endOf(line: number): number {
    const next = this.#starts[line + 1];
    if (next === undefined) return this.text.length;
    return this.text[next - 1] === '\n' && this.text[next - 2] === '\r' ? next - 2 : next - 1;
  }

  #length(start: number, end: number): number {
    if (this.#encoding === 'utf-16') return end - start;
    let length = 0;
    for (const character of this.text.slice(start, end)) {
      length += this.#encoding === 'utf-32' ? 1 : bytesOf(character.codePointAt(0)!);
    }
    return length;
  }
}

function bytesOf(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
