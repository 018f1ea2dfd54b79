/** The JSON Schema of what `--format json` prints. */

import { reaches } from '../../src/findings/finding.ts';
import { severities } from '../../src/findings/severity.ts';
import { MAX_SHARDS } from '../../src/terraform/modules/shard.ts';

export type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const count = { type: 'integer', minimum: 0 };
const severity = { enum: severities };

/** All of an object's properties are always there. */
function object(properties: Schema, description?: string): Schema {
  return {
    ...(description !== undefined && { description }),
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties),
    properties,
  };
}

/** An object some of whose properties may be absent. */
function objectWith(required: Schema, optional: Schema, description?: string): Schema {
  const { properties, ...rest } = object(required, description);
  return { ...rest, properties: { ...(properties as Schema), ...optional } };
}

function list(items: Schema, description: string): Schema {
  return { description, type: 'array', items };
}

/** Values of inputs, as a finding has them. */
export const world: Schema = {
  description:
    'Inputs that nobody gives, by name as Terraform writes them, with their values. A condition of the configuration is true or false.',
  type: 'object',
  minProperties: 1,
  additionalProperties: {
    anyOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      object({ not: { description: 'It is none of these.', type: 'array' } }),
    ],
  },
};

const decidedBy = {
  description: 'caller: it is the source of a module that nothing in the tree calls.',
  enum: ['caller', 'unknown'],
};

const place = {
  file: { description: 'Path relative to the repository root, with "/".', ...text },
  range: { $ref: '#/definitions/range' },
};

const related = list(
  objectWith(
    { message: text, ...place },
    {
      isTwin: {
        description: 'The finding is about this place, too: it opens the same in the other address family.',
        const: true,
      },
      step: {
        description: 'Of what is on the way from the internet to what has the group, its address. Steps are in order.',
        ...text,
      },
    },
  ),
  'Related places.',
);

const reach = { enum: reaches };

const group = {
  description:
    'The security group: its address without instance keys, or its id. Absent for other findings, and if it is unknown.',
  ...text,
};

const together = objectWith(
  {
    words: {
      description: 'The words around their number; the same for findings that one finding gathers.',
      type: 'array',
      items: text,
      minItems: 2,
      maxItems: 2,
    },
    name: { description: 'What is at the place.', ...text },
  },
  {
    of: { description: 'How many could have the fault.', ...count },
    subject: { description: 'Address of what they have in common, without instance keys.', ...text },
  },
  'How it is told together with findings that repeat it in its file.',
);

const fixes = {
  fix: {
    description: 'A safe fix: it does not change the allowed traffic.',
    anyOf: [{ type: 'null' }, { $ref: '#/definitions/fix' }],
  },
  suggestions: list(
    { $ref: '#/definitions/fix' },
    'Alternatives that may change the allowed traffic; the one that allows the least first.',
  ),
};

/** Draft 7. A problem alone may have no place. */
export function reportSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg report',
    ...objectWith(
      {
        schemaVersion: { const: 1 },
        tool: object({ name: { const: 'tfsg' }, version: text }),
        findings: list({ $ref: '#/definitions/finding' }, 'Sorted by file, start and check.'),
        problems: list({ $ref: '#/definitions/problem' }, 'What tfsg could not read or evaluate.'),
        undecided: list({ $ref: '#/definitions/undecided' }, 'Results that depend on unknown values.'),
        causes: list({ $ref: '#/definitions/cause' }, 'What decides these results, the worst first.'),
        summary: object({
          files: count,
          directories: count,
          groups: count,
          rules: count,
          ...Object.fromEntries(severities.map((each) => [each, count])),
          undecided: count,
          leftToCallers: {
            description: 'Of these, those that depend on sources that callers of a module give.',
            ...count,
          },
          suppressed: count,
          baselined: count,
          outsideDiff: count,
          unchanged: count,
          deleted: count,
          inOtherFiles: count,
          inDownloadedModules: count,
          excluded: count,
          switchedOff: {
            description: 'Groups and rules, as blocks, that nothing creates in any world that was checked.',
            ...count,
          },
          switchedOffByInputs: { description: 'Of these, those that --any-input checks.', ...count },
        }),
      },
      {
        shard: object(
          {
            index: { type: 'integer', minimum: 1, maximum: MAX_SHARDS },
            count: { type: 'integer', minimum: 1, maximum: MAX_SHARDS },
            parts: list({ $ref: '#/definitions/part' }, 'The share of each instance in the findings.'),
          },
          'Only with --shard: data for tfsg merge.',
        ),
      },
      'What tfsg lint --format json prints.',
    ),
    definitions: {
      position: object(
        {
          line: { type: 'integer', minimum: 1 },
          column: { type: 'integer', minimum: 1 },
          offset: count,
        },
        'Line and column are 1-based; column and offset count UTF-16 code units.',
      ),
      range: object(
        { start: { $ref: '#/definitions/position' }, end: { $ref: '#/definitions/position' } },
        'The end is exclusive.',
      ),
      finding: objectWith(
        {
          check: text,
          severity,
          message: text,
          help: { description: 'What to do.', ...text },
          ...place,
          subject: { description: 'Address of the resource, without instance keys.', ...text },
          instances: { description: 'Addresses of the instances with the fault, with keys.', ...texts },
          environments: texts,
          roots: { description: 'Directories of the affected root modules; "." for the repository root.', ...texts },
          related,
          aliases: { description: "Other tools' ids for the check.", ...texts },
          docs: { description: "Address of the check's documentation, or its path in the package.", ...text },
          fingerprint: { description: 'Stays the same when lines move.', type: 'string', pattern: '^[0-9a-f]{32}$' },
          ...fixes,
        },
        {
          when: list(
            { $ref: '#/definitions/world' },
            'The worlds where it is found; absent if it is found in all of them.',
          ),
          reach: { description: 'Of open ports: whether the internet gets to what has the group.', ...reach },
          reachBecause: {
            description: 'What a reach other than internet is because of; for unknown, what it depends on.',
            ...texts,
          },
          group,
          together,
          members: list(
            { $ref: '#/definitions/finding' },
            'Of a finding that gathers others of its file, such as all rules of a group without a description: each of them. It is at the first one.',
          ),
        },
      ),
      part: objectWith(
        {
          answer: { enum: ['yes', 'unknown'] },
          check: text,
          severity,
          message: text,
          help: text,
          ...place,
          subject: text,
          instance: { description: 'Address with keys.', ...text },
          root: { description: 'Directory of the root module.', ...text },
          environment: { type: ['string', 'null'] },
          related,
          aliases: texts,
          because: texts,
          fingerprint: text,
          ...fixes,
        },
        {
          when: { $ref: '#/definitions/world' },
          question: { $ref: '#/definitions/question' },
          isCallers: { const: true },
          reach: object({ reach, because: texts, way: related }),
          insideSeverity: { description: 'Severity if the internet does not get there.', ...severity },
          group: text,
          docs: { description: 'Of an own rule.', ...text },
          together,
          twin: objectWith(
            { key: text, message: text },
            { also: text },
            'What it becomes together with its share of the other address family.',
          ),
        },
      ),
      world,
      fix: object({
        message: text,
        edits: list(object({ ...place, text }), 'Each replaces the text of its range.'),
      }),
      problem: object({
        kind: {
          enum: [
            'file',
            'syntax',
            'terraform',
            'evaluation',
            'limit',
            'module',
            'unread',
            'configuration',
            'suppression',
            'internal',
          ],
        },
        severity: { enum: ['error', 'warning'] },
        message: text,
        file: { anyOf: [text, { type: 'null' }] },
        range: { anyOf: [{ $ref: '#/definitions/range' }, { type: 'null' }] },
        hint: { anyOf: [text, { type: 'null' }] },
      }),
      undecided: object({
        check: text,
        severity: { description: 'Severity of the possible finding.', ...severity },
        subject: text,
        ...place,
        because: { description: 'Values that the result depends on.', ...texts },
        question: {
          description: 'What is asked; null if the check has no words for it.',
          anyOf: [{ $ref: '#/definitions/question' }, { type: 'null' }],
        },
        roots: { description: 'Directories of the root modules.', ...texts },
        decidedBy,
      }),
      question: object({
        traffic: { description: 'SSH (22/tcp)', ...text },
        state: { description: 'open to the internet', ...text },
        isOfSource: { description: 'Whether a variable decides that is the source.', type: 'boolean' },
      }),
      cause: object({
        check: { description: 'The worst of the results.', ...text },
        severity,
        ...place,
        because: { description: 'Values that the results depend on.', ...texts },
        decidedBy,
        message: text,
        results: { description: 'Number of results.', type: 'integer', minimum: 1 },
        places: { description: 'Number of places.', type: 'integer', minimum: 1 },
        roots: { description: 'Directories of the root modules.', ...texts },
      }),
    },
  };
}
