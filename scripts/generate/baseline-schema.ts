/** The JSON Schema of the file of --baseline. */

/** Draft 7. Editors check by it; tfsg reads the file with places, in src/baseline/document.ts. */
export function baselineSchema(): object {
  const text = { type: 'string' };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg baseline',
    description: 'What tfsg lint --baseline hides; tfsg lint --update-baseline writes it.',
    type: 'object',
    additionalProperties: false,
    required: ['schemaVersion', 'findings'],
    properties: {
      $schema: text,
      schemaVersion: { const: 1 },
      findings: {
        description: 'Sorted; null ends the list, so that each line before it ends with a comma.',
        type: 'array',
        items: { anyOf: [{ $ref: '#/definitions/entry' }, { type: 'null' }] },
      },
    },
    definitions: {
      entry: {
        description: 'The same fault in the same resource of one file, on whatever line.',
        type: 'object',
        additionalProperties: false,
        required: ['file', 'check', 'subject', 'content', 'count'],
        properties: {
          file: { description: 'Relative to the tree\'s root, with "/".', ...text },
          check: text,
          subject: {
            description: 'Address of the resource, as the module of the file sees it, without instance keys.',
            ...text,
          },
          content: { description: 'The text of the place without white space, quotes and commas.', ...text },
          traffic: { description: 'Ports and blocks of addresses that the fault is about.', ...text },
          count: { description: 'How many places of the file are like this.', type: 'integer', minimum: 1 },
        },
      },
    },
  };
}
