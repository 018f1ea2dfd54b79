/** The files installed with the program. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { siteOf } from '../site.ts';

/** Absolute path of a file of tfsg's own package, by its path there; undefined if it isn't installed. */
export function packagedFile(path: string): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  const file = join(folder, path);
  return existsSync(file) ? file : undefined;
}

/** Text of a file of tfsg's own package, by its path there; undefined if it isn't installed. */
export function readPackaged(path: string): string | undefined {
  const file = packagedFile(path);
  return file && readFileSync(file, 'utf8');
}

/**
 * A check's page as Markdown, without the marks of its generated parts; undefined if it isn't installed.
 *
 * @param hasExamples whether with its examples, which are most of it
 */
export function readPage(check: string, hasExamples = true): string | undefined {
  const page = readPackaged(`docs/checks/${check}.md`);
  const wanted = hasExamples ? page : page?.replace(/^## Example\n.*?(?=^## Sources|^<!-- \/examples -->)/ms, '');
  return wanted?.replace(/^<!-- .*? -->\n+/gm, '');
}

/** The address of a check's page: on the site, or as an installed file; undefined if there is neither. */
export function pageAddress(check: string): string | undefined {
  const address = siteOf(check);
  if (address !== undefined) return address;
  const file = packagedFile(`docs/checks/${check}.md`);
  return file && pathToFileURL(file).href;
}
