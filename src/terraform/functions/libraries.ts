/** Libraries that few configurations need, loaded on first use, which takes some 5 ms. */

import { createRequire } from 'node:module';

/** RE2's syntax and linear time (https://github.com/le0pard/re2js). */
export const re2 = (): typeof import('re2js') => createRequire(import.meta.url)('re2js');

/** YAML 1.2 and 1.1 (https://eemeli.org/yaml). */
export const yaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml');
