/** Validates the parameters of an editor's notifications. */

import type {
  DidChangeTextDocumentParams,
  DidChangeWatchedFilesParams,
  DidOpenTextDocumentParams,
  TextDocumentIdentifier,
  WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const hasUri = (value: unknown): value is { readonly uri: string } => isRecord(value) && typeof value.uri === 'string';

const areNamed = (value: unknown): boolean => Array.isArray(value) && value.every(hasUri);

/** What a notification about an open document has. */
export function isOfDocument(params: unknown): params is { readonly textDocument: TextDocumentIdentifier } {
  return isRecord(params) && hasUri(params.textDocument);
}

export function isOpening(params: unknown): params is DidOpenTextDocumentParams {
  return isOfDocument(params) && 'text' in params.textDocument && typeof params.textDocument.text === 'string';
}

export function isChange(params: unknown): params is DidChangeTextDocumentParams {
  if (!isOfDocument(params)) return false;
  const { contentChanges } = params as { readonly contentChanges?: unknown };
  return (
    Array.isArray(contentChanges) &&
    contentChanges.every(
      (change: unknown) =>
        isRecord(change) &&
        typeof change.text === 'string' &&
        (!('range' in change) ||
          (isRecord(change.range) && isPosition(change.range.start) && isPosition(change.range.end))),
    )
  );
}

const isPosition = (value: unknown): boolean =>
  isRecord(value) && Number.isInteger(value.line) && Number.isInteger(value.character);

export function isFilesChange(params: unknown): params is DidChangeWatchedFilesParams {
  return isRecord(params) && areNamed(params.changes);
}

export function isFoldersChange(params: unknown): params is WorkspaceFoldersChangeEvent {
  return isRecord(params) && areNamed(params.added) && areNamed(params.removed);
}
