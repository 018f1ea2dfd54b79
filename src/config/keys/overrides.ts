/** The key `overrides` of a config. */

import { oneLineJson, type PrintedEntry } from '../commented-json.ts';
import { itemsOf, propertyOf } from '../jsonc.ts';
import { type ConfigKey, type Schema, soundGlobs } from '../key.ts';
import { describeOrigin } from '../layer.ts';
import { laterIn, type Override, type ReadyOverride, readyOverrides } from '../override.ts';
import { groupPattern, pathExamples, pattern } from '../schema-parts.ts';
import { checksReference } from './check-schema.ts';
import { key as checksKey, decodeChecks, settingEntry } from './checks.ts';

export const key: ConfigKey<readonly Override[], readonly ReadyOverride[]> = {
  name: 'overrides',
  order: 70,
  schema: () => ({
    description: 'Check settings for some files or groups; later entries override earlier ones.',
    type: 'array',
    items: overrideSchema,
  }),
  decode: (list, context) =>
    itemsOf(list).map((node, index) => {
      const path = ['overrides', String(index)];
      return {
        index,
        node,
        files: soundGlobs(propertyOf(node, 'files'), [...path, 'files'], 'path', context),
        groups: soundGlobs(propertyOf(node, 'groups'), [...path, 'groups'], 'group', context),
        checks: decodeChecks(propertyOf(node, 'checks'), [...path, 'checks'], context),
      };
    }),
  merge: readyOverrides,
  print(_, { path, layers, checks, resolved }) {
    const choices = resolved(checksKey);
    const entries = laterIn(path, layers).map((override): PrintedEntry => {
      const settings = checks
        .filter((check) => override.checks.some((entry) => entry.check === check))
        .map((check) => settingEntry(check, choices.ofOverride(check, override)));
      const groups = override.groups && { name: 'groups', value: oneLineJson(override.groups) };
      return {
        value: {
          open: '{',
          entries: [...(groups ? [groups] : []), { name: 'checks', value: { open: '{', entries: settings } }],
        },
        note: describeOrigin({ kind: 'file', node: override.node, override }),
      };
    });
    return entries.length === 0 ? [] : [{ name: 'overrides', value: { open: '[', entries } }];
  },
};

const overrideSchema: Schema = {
  description: 'Check settings for the matching files and groups.',
  type: 'object',
  additionalProperties: false,
  required: ['checks'],
  properties: {
    files: {
      description: "Patterns of files, relative to this file's directory. Default: all files.",
      type: 'array',
      minItems: 1,
      items: pattern('A pattern of files or directories.', pathExamples),
    },
    groups: {
      description: 'Patterns of the names or addresses of groups. Default: all groups.',
      type: 'array',
      minItems: 1,
      items: groupPattern,
    },
    checks: checksReference,
  },
};
