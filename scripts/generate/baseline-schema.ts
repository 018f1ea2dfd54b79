/** The JSON Schema of the file of --baseline. */

const text = { type: 'string' };
const file = { description: 'Relative to the tree\'s root, with "/".', ...text };
const subject = {
  description: 'Address of the resource, as the module of the file sees it, without instance keys.',
  ...text,
};
const content = { description: 'The text of the place without white space, quotes and commas.', ...text };
const count = { description: 'How many places of the file are like this.', type: 'integer', minimum: 1 };

/** Draft 7. Editors check by it; tfsg reads the file with places, in src/findings/baseline/document.ts. */
export function baselineSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg baseline',
    description: 'What tfsg lint --baseline hides; tfsg lint --update-baseline writes it.',
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
        description: 'The same fault in the same resource of one file, on whatever line.',
        type: 'object',
        additionalProperties: false,
        required: ['file', 'check', 'subject', 'count'],
        properties: {
          file,
          check: text,
          subject,
          direction: { description: 'Of the rule.', enum: ['ingress', 'egress', 'unknown'] },
          content,
          traffic: { description: 'What the rule lets through: 22/tcp, 8000-8010/udp, 8/icmp, all.', ...text },
          peers: { description: 'From or to whom it does so, as far as the fault is about them.', ...text },
          count,
        },
      },
      oldEntry: {
        description: 'An entry of version 1. In a file of version 2 it says so.',
        type: 'object',
        additionalProperties: false,
        required: ['file', 'check', 'subject', 'content', 'count'],
        properties: {
          schemaVersion: { const: 1 },
          file,
          check: text,
          subject,
          content,
          traffic: { description: 'Numbers that the message had.', ...text },
          count,
        },
      },
    },
  };
}
