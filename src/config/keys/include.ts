/** The key `include` of a config. */

import { type ConfigKey, soundGlobs } from '../key.ts';
import { givenBy } from '../layer.ts';
import { lastPatterns, type PathPatterns, patternsEntry } from '../path-patterns.ts';
import { pathExamples, pattern } from '../schema-parts.ts';

export const key: ConfigKey<readonly string[] | undefined, PathPatterns> = {
  name: 'include',
  order: 20,
  schema: () => ({
    description: "Patterns of the files to lint, relative to this file's directory.",
    type: 'array',
    items: pattern('A pattern of files or directories.', ['**/*', ...pathExamples]),
    default: ['**/*'],
  }),
  decode: (node, context) => soundGlobs(node, ['include'], 'path', context),
  merge: (layers) => lastPatterns(givenBy(layers, key)),
  limited: (base) => base,
  print: (value, { path }) => [patternsEntry('include', value, ['**/*'], path)],
};
