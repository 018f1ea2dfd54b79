/** The JSON Schema of what `tfsg inspect --format json` prints. */

import { reportSchema, type Schema } from './report-schema.ts';

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const textOrNull = { type: ['string', 'null'] };

/** Sensitive values are texts. */
const port = { type: ['integer', 'string', 'null'] };

const exists = { description: 'unknown: only apply, or somebody else, knows.', enum: ['yes', 'unknown'] };

/** Draft 7. Places, worlds and problems are as in a report. */
export function inspectSchema(): Schema {
  const { range, position, world, problem } = reportSchema()['definitions'] as Readonly<Record<string, Schema>>;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg inspect',
    description: 'Security groups and rules that configurations create.',
    ...objectWith({
      schemaVersion: { const: 1 },
      groups: { type: 'array', items: { $ref: '#/definitions/group' } },
      rules: { type: 'array', items: { $ref: '#/definitions/rule' } },
      problems: { type: 'array', items: { $ref: '#/definitions/problem' } },
    }),
    definitions: {
      group: inWorlds({ address: text, type: text, name: textOrNull, description: textOrNull, exists }),
      rule: inWorlds({
        address: text,
        group: {
          description:
            'Address of the group, for one of another root module with its directory in front ("net: aws_security_group.web"); null if it is not known, or not one of the repository.',
          ...textOrNull,
        },
        group_id: textOrNull,
        direction: { enum: ['ingress', 'egress', null] },
        protocol: { description: 'tcp, udp, icmp, icmpv6, -1 for all, or another one.', ...textOrNull },
        from_port: port,
        to_port: port,
        cidr_ipv4: texts,
        cidr_ipv6: texts,
        prefix_list_ids: texts,
        security_groups: { description: 'Ids; "unknown" for each that is not known.', ...texts },
        self: { type: ['boolean', 'string', 'null'] },
        description: textOrNull,
        unknown: {
          description: 'Fields that are not known, or not wholly; * alone: not even how many rules there are.',
          ...texts,
        },
        security_group_refs: { description: 'Addresses of groups of the configuration.', ...texts },
        prefix_list_refs: { description: 'Addresses of prefix lists of the configuration.', ...texts },
        exists,
      }),
      problem: problem!,
      range: range!,
      position: position!,
      world: world!,
    },
  };
}

export function objectWith(required: Schema, optional: Schema = {}): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

const inWorlds = (fields: Schema): Schema =>
  objectWith(
    {
      ...fields,
      file: { description: 'Path relative to the repository root, with "/".', ...text },
      range: { $ref: '#/definitions/range' },
      roots: { description: 'Directory of the root module; "." for the repository root.', ...texts },
    },
    {
      when: {
        description: 'The worlds where it exists with these values; absent if it does in all of them.',
        type: 'array',
        minItems: 1,
        items: { $ref: '#/definitions/world' },
      },
    },
  );
