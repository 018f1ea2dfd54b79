/** All formats, by name, each loaded when it is asked for but the default; written by scripts/generate.ts. */

import { format as pretty } from './pretty.ts';

/** Those that need no source text. */
export const documentFormats = {
  checkstyle: async () => (await import('./checkstyle.ts')).format,
  github: async () => (await import('./github.ts')).format,
  gitlab: async () => (await import('./gitlab.ts')).format,
  json: async () => (await import('./json.ts')).format,
  junit: async () => (await import('./junit.ts')).format,
  markdown: async () => (await import('./markdown.ts')).format,
  sarif: async () => (await import('./sarif.ts')).format,
  unix: async () => (await import('./unix.ts')).format,
};

export const reportFormats = {
  pretty: async () => pretty,
  rdjson: async () => (await import('./rdjson.ts')).format,
  rdjsonl: async () => (await import('./rdjsonl.ts')).format,
};
