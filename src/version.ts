/** The version in package.json; written by scripts/generate.ts. */
export const version = '0.1.0';
