/** The formats by name; all but the default are loaded on demand. */

import { documentOf } from './document.ts';
import type { Render, RenderDocument } from './format.ts';
import { renderPretty } from './formats/pretty.ts';

/** Formats that need no source text, so that they can be made of reports that were read back. */
const documentFormats = {
  unix: async () => (await import('./formats/unix.ts')).renderUnix,
  json: async () => (await import('./formats/json.ts')).renderJson,
  sarif: async () => (await import('./formats/sarif.ts')).renderSarif,
  github: async () => (await import('./formats/github.ts')).renderGithub,
  gitlab: async () => (await import('./formats/gitlab.ts')).renderGitlab,
  junit: async () => (await import('./formats/junit.ts')).renderJunit,
  checkstyle: async () => (await import('./formats/checkstyle.ts')).renderCheckstyle,
  markdown: async () => (await import('./formats/markdown.ts')).renderMarkdown,
} satisfies Record<string, () => Promise<RenderDocument>>;

const sourceFormats = {
  pretty: async () => renderPretty,
  rdjson: async () => (await import('./formats/rdjson.ts')).renderRdjson,
  rdjsonl: async () => (await import('./formats/rdjson.ts')).renderRdjsonl,
} satisfies Record<string, () => Promise<Render>>;

export type DocumentFormatName = keyof typeof documentFormats;
export type FormatName = keyof typeof sourceFormats | DocumentFormatName;

export const documentFormatNames = Object.keys(documentFormats) as DocumentFormatName[];
export const formatNames: readonly FormatName[] = ['pretty', ...documentFormatNames, 'rdjson', 'rdjsonl'];

/** What renders a format. */
export async function loadFormat(name: FormatName): Promise<Render> {
  if (name in sourceFormats) return sourceFormats[name as keyof typeof sourceFormats]();
  const render = await loadDocumentFormat(name as DocumentFormatName);
  return (report, options) => render(documentOf(report), options);
}

export function loadDocumentFormat(name: DocumentFormatName): Promise<RenderDocument> {
  return documentFormats[name]();
}
