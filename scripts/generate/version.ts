/** What package.json says of the version and of the site of the documentation, as a module. */

import type { Output } from './output.ts';

/** The parts of package.json that the program repeats. */
export interface Manifest {
  readonly version: string;
  /** Address of the site; absent as long as there is none. */
  readonly homepage?: string;
}

/** The address of the site with a slash at the end. */
export const siteOf = ({ homepage }: Manifest): string | undefined => homepage?.replace(/\/*$/, '/');

/** src/version.ts. */
export function versionModule(manifest: Manifest): Output {
  const site = siteOf(manifest);
  const text = [
    '/** The version and the homepage in package.json; written by scripts/generate.ts. */',
    `export const version = '${manifest.version}';`,
    '/** With a slash at the end; undefined as long as package.json has none. */',
    `export const homepage: string | undefined = ${site === undefined ? 'undefined' : `'${site}'`};`,
  ];
  return { path: 'src/version.ts', text: `${text.join('\n')}\n` };
}
