/** The key `exclude` of a config. */

import { type ConfigKey, soundGlobs } from '../key.ts';
import { givenBy } from '../layer.ts';
import { lastPatterns, type PathPatterns, patternsEntry } from '../path-patterns.ts';
import { pathExamples, pattern } from '../schema-parts.ts';

export const key: ConfigKey<readonly string[] | undefined, PathPatterns> = {
  name: 'exclude',
  order: 30,
  schema: () => ({
    description: "Patterns of the files to exclude, relative to this file's directory.",
    type: 'array',
    items: pattern('A pattern of files or directories.', pathExamples),
    default: [],
  }),
  decode: (node, context) => soundGlobs(node, ['exclude'], 'path', context),
  merge: (layers) => lastPatterns(givenBy(layers, key)),
  limited: (base) => base,
  print: (value, { path }) => [patternsEntry('exclude', value, [], path)],
};
