/** The formats by name; each is loaded when it is asked for. */

import type { Render } from './format.ts';

const formats = {
  pretty: async () => (await import('./pretty.ts')).renderPretty,
  unix: async () => (await import('./unix.ts')).renderUnix,
  json: async () => (await import('./json.ts')).renderJson,
} satisfies Record<string, () => Promise<Render>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as FormatName[];

/** What renders a format. */
export function loadFormat(name: FormatName): Promise<Render> {
  return formats[name]();
}
