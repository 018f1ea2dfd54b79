/** The JSON Schema of the file of --baseline. */

import { world } from './report-schema.ts';

const text = { type: 'string' };
const file = { description: 'Path relative to the repository root, with "/".', ...text };
const subject = {
  description: 'Address of the resource, as the module of the file sees it, without instance keys.',
  ...text,
};
const content = { description: 'The text of the place without white space, quotes and commas.', ...text };
const count = { description: 'Number of such places in the file.', type: 'integer', minimum: 1 };

/** Draft 7. Editors check by it; tfsg reads the file with places, in src/findings/baseline/document.ts. */
export function baselineSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg baseline',
    description: 'Findings that tfsg lint --baseline hides; written by tfsg lint --update-baseline.',
    type: 'object',
    additionalProperties: false,
    required: ['schemaVersion', 'findings'],
    properties: {
      $schema: text,
      schemaVersion: { description: 'tfsg writes 2, and reads 1.', enum: [1, 2] },
      findings: {
        description: 'Sorted; null ends the list, so that each line before it ends with a comma.',
        type: 'array',
        items: { anyOf: [{ $ref: '#/definitions/entry' }, { $ref: '#/definitions/oldEntry' }, { type: 'null' }] },
      },
    },
    definitions: {
      entry: {
        description: 'A fault in a resource of one file, regardless of its line.',
        type: 'object',
        additionalProperties: false,
        required: ['file', 'check', 'subject', 'count'],
        properties: {
          file,
          check: text,
          subject,
          direction: { description: 'Of the rule.', enum: ['ingress', 'egress', 'unknown'] },
          content,
          traffic: { description: 'Traffic that the rule allows: 22/tcp, 8000-8010/udp, 8/icmp, all.', ...text },
          peers: { description: 'Sources or destinations at fault.', ...text },
          when: {
            description: 'The worlds where it is found; absent if it is found in all of them.',
            type: 'array',
            minItems: 1,
            items: world,
          },
          count,
        },
      },
      oldEntry: {
        description: 'An entry of version 1, with its schemaVersion in a file of version 2.',
        type: 'object',
        additionalProperties: false,
        required: ['file', 'check', 'subject', 'content', 'count'],
        properties: {
          schemaVersion: { const: 1 },
          file,
          check: text,
          subject,
          content,
          traffic: { description: 'Numbers in the message.', ...text },
          count,
        },
      },
    },
  };
}
