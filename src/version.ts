/** The version and the homepage in package.json; written by scripts/generate.ts. */
export const version = '0.1.0';
/** With a slash at the end; undefined as long as package.json has none. */
export const homepage: string | undefined = undefined;
