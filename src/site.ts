/** Addresses of the documentation's site, if package.json names one (`homepage`); site/ builds it. */

import { homepage } from './version.ts';

/** Address of the site, with a slash at the end; undefined as long as there is none. */
export const siteAddress: string | undefined = homepage;

/** Address of the schema of .tfsgrc.json; undefined as long as there is no site. */
export const schemaAddress: string | undefined = homepage && `${homepage}schema/tfsgrc.schema.json`;

/** @param path of a page or file below docs in the package. @returns its address; the path itself as long as there is no site */
export function documentAddress(path: string): string {
  return homepage === undefined ? path : homepage + path.replace(/^docs\//, '').replace(/\.md(?=#|$)/, '.html');
}

/** Where a check is documented: its page on the site, or the path of its page in the package. */
export const docsOf = (check: string): string => documentAddress(`docs/checks/${check}.md`);

/** Address of a check's page; undefined as long as there is no site. */
export const siteOf = (check: string): string | undefined => homepage && docsOf(check);
