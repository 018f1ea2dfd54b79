/** Addresses of the documentation's site, if package.json names one (`homepage`); site/ builds it. */

import { homepage } from './version.ts';

/** Address of the site, with a slash at the end; undefined as long as there is none. */
export const siteAddress: string | undefined = homepage;

/** Address of the schema of .tfsgrc.json; undefined as long as there is no site. */
export const schemaAddress: string | undefined = homepage && `${homepage}schema/tfsgrc.schema.json`;

/** Address of a check's page; undefined as long as there is no site. */
export function siteOf(check: string): string | undefined {
  return homepage && `${homepage}checks/${check}.html`;
}

/** Where a check is documented: its page on the site, or the path of its page in the package. */
export function docsOf(check: string): string {
  return siteOf(check) ?? `docs/checks/${check}.md`;
}
