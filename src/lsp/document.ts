/** Documents that an editor has open. */

import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { type Encoding, Lines } from './lines.ts';

/** One state of a document; a change makes another one. */
export interface OpenDocument {
  /** As the editor writes it. */
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

/** The document after changes, each of the text that the one before has made. */
export function changed(
  document: OpenDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
  encoding: Encoding,
): OpenDocument {
  let { text } = document;
  for (const change of changes) {
    if (!('range' in change)) text = change.text;
    else {
      const { start, end } = new Lines(text, encoding).offsetsOf(change.range);
      text = text.slice(0, Math.min(start, end)) + change.text + text.slice(Math.max(start, end));
    }
  }
  return { ...document, text, version };
}
