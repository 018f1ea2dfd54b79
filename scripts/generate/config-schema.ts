/** The declarations of the checks -> the JSON Schema of .tfsgrc.json. */

import type { Check, OptionDeclaration } from '../../src/checks/check.ts';
import { honoredTools } from '../../src/config/config.ts';
import { isOwnKey } from '../../src/config/keys.ts';
import { checksByName, failOnLevels, levels } from '../../src/config/names.ts';
import { presets } from '../../src/config/presets.ts';
import { roles } from '../../src/model/policy.ts';

type Schema = Readonly<Record<string, unknown>>;

const checksSummary = 'Checks by id or by another tool\'s id: "off", a severity, or [severity, { options }].';

/** Draft 7, which editors know best. */
export function configSchema(checks: readonly Check[]): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg',
    description: 'Configuration of tfsg, the security-group analyzer for Terraform: .tfsgrc.json',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { description: 'Path or URL of this schema, for editors.', type: 'string' },
      extends: {
        description:
          'Sets of checks and other configurations to start from, later ones before earlier ones. Without a set of checks: tfsg:recommended.',
        type: 'array',
        items: {
          ...someText,
          examples: [...presets, './base.tfsgrc.json'],
        },
        default: ['tfsg:recommended'],
      },
      include: {
        description: "Patterns of the files that are linted, relative to this file's folder.",
        type: 'array',
        items: { type: 'string' },
        default: ['**/*'],
      },
      exclude: {
        description: "Patterns of files that are not linted, relative to this file's folder.",
        type: 'array',
        items: { type: 'string' },
        default: [],
      },
      failOn: {
        description: 'The least severity that makes the exit code 1.',
        enum: failOnLevels,
        default: 'low',
      },
      // In draft 7 whatever stands beside $ref is ignored.
      checks: { description: checksSummary, allOf: [{ $ref: '#/definitions/checks' }] },
      overrides: {
        description: 'Settings of checks in some files or for some groups; later ones go before earlier ones.',
        type: 'array',
        items: overrideSchema,
      },
      trusted: {
        description: 'Sources that are no fault, however wide they are.',
        type: 'object',
        additionalProperties: false,
        properties: {
          cidrs: { description: 'CIDR blocks of either family.', ...texts },
          prefixLists: { description: 'Identifiers (pl-...) or addresses of prefix lists.', ...texts },
          groups: { description: 'Identifiers (sg-...) or addresses of security groups.', ...texts },
        },
      },
      environments: {
        description: 'Inputs that each root module is evaluated with, by name.',
        type: 'object',
        additionalProperties: environmentSchema,
      },
      suppressions: {
        description: 'Which comments suppress findings.',
        type: 'object',
        additionalProperties: false,
        properties: {
          inline: { description: 'Whether comments suppress anything.', type: 'boolean', default: true },
          requireReason: {
            description: 'Whether a comment without a reason suppresses nothing.',
            type: 'boolean',
            default: false,
          },
          honor: {
            description: 'Other tools whose comments count.',
            type: 'array',
            items: { enum: honoredTools },
            default: honoredTools,
          },
          locked: { description: 'Checks that no comment suppresses.', ...texts, default: [] },
        },
      },
      policy: {
        description: 'What groups may let in, for the check policy: each group that matches has to keep to it.',
        type: 'array',
        items: policySchema,
      },
    },
    definitions: {
      checks: {
        description: checksSummary,
        type: 'object',
        additionalProperties: false,
        properties: checkProperties(checks),
      },
      level: { enum: levels },
      withoutOptions: settingSchema({}),
      ...Object.fromEntries(
        checks.filter(hasOptions).map((check) => [check.id, settingSchema(optionProperties(check))]),
      ),
    },
  };
}

/** A length would need ajv's own function at run time. */
const someText: Schema = { type: 'string', pattern: '\\S' };

const texts: Schema = { type: 'array', items: someText };

const environmentSchema: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    varFiles: {
      description: "Files of variables, relative to a root module's folder or else to this file's.",
      ...texts,
    },
    vars: { description: 'Values of variables, which go before the files.', type: 'object' },
    workspace: { description: 'What terraform.workspace is.', ...someText },
  },
};

const overrideSchema: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['checks'],
  properties: {
    files: {
      description: "Patterns of files, relative to this file's folder. Without it: every file.",
      type: 'array',
      minItems: 1,
      items: { type: 'string' },
    },
    groups: {
      description: 'Patterns of the names or addresses of groups. Without it: whatever group.',
      type: 'array',
      minItems: 1,
      items: { type: 'string' },
    },
    checks: { $ref: '#/definitions/checks' },
  },
};

const portSchema: Schema = {
  type: ['integer', 'string'],
  minimum: 0,
  maximum: 65535,
  pattern: '^[0-9]{1,5}(-[0-9]{1,5})?(/(tcp|udp))?$',
};

const policySchema: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['groups'],
  properties: {
    groups: {
      description: 'Patterns of the names or addresses of groups.',
      type: 'array',
      minItems: 1,
      items: { type: 'string' },
    },
    role: { description: 'A ready-made policy.', enum: Object.keys(roles) },
    ingress: {
      description: 'What may come in, beside what the role allows.',
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['from'],
        properties: {
          ports: { description: 'Without it: every protocol.', type: 'array', minItems: 1, items: portSchema },
          from: {
            description:
              'CIDR blocks, identifiers of groups and prefix lists, addresses of groups, internet, private, groups, prefix-lists, self.',
            type: 'array',
            minItems: 1,
            items: { type: 'string' },
          },
        },
      },
    },
  },
};

function checkProperties(checks: readonly Check[]): Schema {
  const properties: Record<string, Schema> = {};
  for (const [name, named] of checksByName(checks)) {
    const [first] = named;
    const isAlone = named.length === 1 && first !== undefined;
    const reference = isAlone && hasOptions(first) ? first.id : 'withoutOptions';
    const summary =
      isAlone && name === first.id ? `${first.summary}.` : `Stands for ${named.map(({ id }) => id).join(', ')}.`;
    // In draft 7 whatever stands beside $ref is ignored.
    properties[name] = { description: summary, allOf: [{ $ref: `#/definitions/${reference}` }] };
  }
  return properties;
}

function hasOptions(check: Check): boolean {
  return settableOptions(check).length > 0;
}

/** Policies have a key of their own. */
const settableOptions = (check: Check) => Object.entries(check.options).filter(([, { type }]) => !isOwnKey(type));

function settingSchema(options: Schema): Schema {
  return {
    if: { type: 'array' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      minItems: 1,
      items: [{ $ref: '#/definitions/level' }, { type: 'object', additionalProperties: false, properties: options }],
      additionalItems: false,
    },
    else: { $ref: '#/definitions/level' },
  };
}

function optionProperties(check: Check): Schema {
  return Object.fromEntries(
    settableOptions(check).map(([name, declaration]) => [
      name,
      { description: declaration.summary, ...typeSchema(declaration), default: declaration.default },
    ]),
  );
}

function typeSchema(declaration: OptionDeclaration): Schema {
  switch (declaration.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: declaration.min, maximum: declaration.max };
    case 'string':
    case 'pattern':
      return { type: 'string' };
    case 'policies':
      return { type: 'array', items: policySchema };
    case 'strings':
      return { type: 'array', items: { type: 'string' } };
    case 'ports':
      return { type: 'array', items: portSchema };
  }
}
