/** The JSON Schema of what `tfsg modules --format json` prints. */

import { objectWith } from './inspect-schema.ts';
import { reportSchema, type Schema } from './report-schema.ts';

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };

/** Draft 7. Places and problems are as in a report. */
export function modulesSchema(): Schema {
  const { range, position, problem } = reportSchema()['definitions'] as Readonly<Record<string, Schema>>;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg modules',
    description: 'Calls of modules, and what was read for each.',
    ...objectWith({
      schemaVersion: { const: 1 },
      modules: { type: 'array', items: { $ref: '#/definitions/module' } },
      local: { description: 'Calls of local modules that were read and are not listed.', type: 'integer' },
      command: {
        description: 'Gets modules that were not read, in the working directory; null if no command does.',
        ...textOrNull,
      },
      problems: { type: 'array', items: { $ref: '#/definitions/problem' } },
    }),
    definitions: {
      module: objectWith({
        name: text,
        source: { description: 'As written; null if it is an expression.', ...textOrNull },
        version: { description: 'The versions that the call allows; null if it does not say.', ...textOrNull },
        from: {
          description:
            'Where it was read; null if it was not. local: the directory that is the source. mapped: a directory of the configuration. installed: .terraform/modules of the root module. elsewhere: what was downloaded for something else in the tree. repository: the working tree of the repository itself.',
          enum: ['local', 'mapped', 'installed', 'elsewhere', 'repository', null],
        },
        directory: { description: 'The directory that was read; "." for the repository root.', ...textOrNull },
        found: {
          description:
            'The version of what was read, if it is known. With from: repository, the ref that the source names, which is not what was read.',
          ...textOrNull,
        },
        unread: {
          description: 'Why it was not read; null if it was.',
          enum: ['remote', 'computed', 'outside', 'missing', 'submodule', 'cycle', 'depth', null],
        },
        standIn: {
          description: 'The versions of the stand-in that is checked for it; null if there is none.',
          ...textOrNull,
        },
        file: { description: 'Path relative to the repository root, with "/".', ...text },
        range: { $ref: '#/definitions/range' },
        roots: {
          description: 'Directories of the root modules that lead to it; "." for the repository root.',
          type: 'array',
          items: text,
        },
      }),
      problem: problem!,
      range: range!,
      position: position!,
    },
  };
}
