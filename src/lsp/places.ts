/** Places in the source files of one snapshot, in the editor's terms. */

import type { Location, Range, TextEdit } from 'vscode-languageserver';
import type { SourceFile } from '../source/source-file.ts';
import type { Span } from '../source/span.ts';
import type { OpenDocument } from './document.ts';
import type { LintedTree } from './host.ts';
import { type Encoding, Lines } from './lines.ts';

/** A file's text never changes, so its lines are counted once. */
export class LineCache {
  readonly #encoding: Encoding;
  readonly #lines = new WeakMap<SourceFile, Lines>();

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  ofText(text: string): Lines {
    return new Lines(text, this.#encoding);
  }

  /** @param isOpen whether the text is a document's: of a file of the disk, editors leave a byte order mark out */
  of(file: SourceFile, isOpen: boolean): Lines {
    const known = this.#lines.get(file);
    if (known !== undefined) return known;
    const lines = new Lines(file.text, this.#encoding, isOpen ? 0 : file.textStart);
    this.#lines.set(file, lines);
    return lines;
  }
}

export class EditorPlaces {
  readonly #tree: LintedTree;
  readonly #documents: ReadonlyMap<string, OpenDocument>;
  readonly #cache: LineCache;

  constructor(tree: LintedTree, documents: ReadonlyMap<string, OpenDocument>, cache: LineCache) {
    this.#tree = tree;
    this.#documents = documents;
    this.#cache = cache;
  }

  linesOf(file: SourceFile): Lines {
    return this.#cache.of(file, this.#documents.has(file.path));
  }

  rangeOf(span: Span): Range {
    return this.linesOf(span.file).rangeOf(span);
  }

  locationOf(span: Span): Location {
    return { uri: this.uriOf(span.file.path), range: this.rangeOf(span) };
  }

  /** As the editor writes it where the file is open. */
  uriOf(path: string): string {
    return this.#documents.get(path)?.uri ?? this.#tree.uriOf(path);
  }

  /** Version of an open document; null for a file of the disk. */
  versionOf(path: string): number | null {
    return this.#documents.get(path)?.version ?? null;
  }

  /** What makes one text of a document another, without the lines that stay at its start and its end. */
  replacement(before: string, after: string): TextEdit {
    let start = 0;
    while (start < before.length && before[start] === after[start]) start++;
    start = before.lastIndexOf('\n', start - 1) + 1;
    let same = 0;
    while (same < Math.min(before.length, after.length) - start && before.at(-1 - same) === after.at(-1 - same)) same++;
    const line = before.indexOf('\n', before.length - same);
    same = line === -1 ? 0 : before.length - line;
    const range = this.#cache.ofText(before).rangeOf({ start, end: before.length - same });
    return { range, newText: after.slice(start, after.length - same) };
  }
}
