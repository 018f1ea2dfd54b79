/** The formats by name; all but the default are loaded when they are asked for. */

import type { Render } from './format.ts';
import { renderPretty } from './pretty.ts';

const formats = {
  pretty: async () => renderPretty,
  unix: async () => (await import('./unix.ts')).renderUnix,
  json: async () => (await import('./json.ts')).renderJson,
} satisfies Record<string, () => Promise<Render>>;

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as FormatName[];

/** What renders a format. */
export function loadFormat(name: FormatName): Promise<Render> {
  return formats[name]();
}
