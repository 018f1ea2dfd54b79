/** A file's path and text, and where its lines start. */

const BYTE_ORDER_MARK = 0xfeff;

/** Offsets: `start` is included, `end` is not. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Text that was read once and is never changed; offsets into it are UTF-16 code units. */
export class SourceFile {
  #lineStarts: readonly number[] | undefined;

  /**
   * @param path as reports print it: relative to the repository's root, with `/`
   * @param text the whole file, a byte order mark included
   * @param isVirtual whether it is in no file: then `path` names where else it came from, such as `--var office`
   * @param shows whether a range of the text may stand in reports: of what people give for sensitive variables none does
   * @param isDownloaded whether a tool has put it where it is, and only its authors can change it
   */
  constructor(
    readonly path: string,
    readonly text: string,
    readonly isVirtual = false,
    readonly shows: (range: TextRange) => boolean = () => true,
    readonly isDownloaded = false,
  ) {}

  /** 1 if the text starts with a byte order mark, which is no part of the language, else 0. */
  get textStart(): 0 | 1 {
    return this.text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  }

  /** Offset of the first character of each line, ascending; a line ends after LF (so CRLF belongs to the line that it ends). */
  get lineStarts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }
}
