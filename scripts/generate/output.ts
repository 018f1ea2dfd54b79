/** What a generator gives, and the marked parts of files that are otherwise written by hand. */

/** A whole file; `path` is relative to the repository. */
export interface Output {
  readonly path: string;
  readonly text: string;
}

/** A TypeScript or JSON value as the files of this project are formatted, with a final newline. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/**
 * The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced.
 *
 * @param path for the message
 * @throws Error if the markers are not there
 */
export function replaceBetween(path: string, text: string, name: string, replacement: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (start === -1 || end === -1) throw new Error(`${path}: the markers ${open} and ${close} are missing`);
  return `${text.slice(0, start + open.length)}\n\n${replacement.trim()}\n\n${text.slice(end)}`;
}
