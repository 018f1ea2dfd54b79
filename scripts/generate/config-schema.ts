/** The declarations of the checks -> the JSON Schema of .tfsgrc.json. */

import { honoredTools } from '../../src/config/config.ts';
import { isOwnKey } from '../../src/config/keys.ts';
import { failOnLevels, type Level, levels } from '../../src/config/names.ts';
import { defaultPreset, isOnIn, type Preset, presets } from '../../src/config/presets.ts';
import { shownAliases } from '../../src/findings/aliases.ts';
import type { Check, OptionDeclaration } from '../../src/findings/check.ts';
import { CheckNames } from '../../src/findings/names.ts';
import { audiences, roles } from '../../src/model/questions/policy.ts';

type Schema = Readonly<Record<string, unknown>>;

const checksSummary = 'Checks by id or by another tool\'s id: "off", a severity, or [severity, { options }].';

const pathExamples = ['**/examples/**', 'infra/prod', 'modules/*/test/**'];

/** Draft 7, which editors know best. */
export function configSchema(checks: readonly Check[]): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg',
    description: 'Configuration of tfsg, the security-group analyzer for Terraform: .tfsgrc.json',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: {
        description: 'Path or URL of this schema, for editors.',
        type: 'string',
        default: './node_modules/tfsg/schema/tfsgrc.schema.json',
      },
      extends: {
        description:
          'Sets of checks and other configurations to start from, later ones before earlier ones. Without a set of checks: tfsg:recommended.',
        type: 'array',
        items: {
          description: [
            ...presets.map((preset) => `${preset}: ${presetSummaries[preset]}.`),
            './base.tfsgrc.json: another file, relative to this one.',
          ].join('\n'),
          ...someText,
          examples: [...presets, './base.tfsgrc.json'],
        },
        default: ['tfsg:recommended'],
      },
      include: {
        description: "Patterns of the files that are linted, relative to this file's folder.",
        type: 'array',
        items: pattern('A pattern of files or folders.', ['**/*', ...pathExamples]),
        default: ['**/*'],
      },
      exclude: {
        description: "Patterns of files that are not linted, relative to this file's folder.",
        type: 'array',
        items: pattern('A pattern of files or folders.', pathExamples),
        default: [],
      },
      failOn: {
        description: 'The least severity that makes the exit code 1.',
        enum: failOnLevels,
        default: 'low',
      },
      failOnUnresolved: {
        description:
          "Whether the exit code is 1 where a module was not read, or a question of exposure can't be decided before apply.",
        type: 'boolean',
        default: false,
      },
      // In draft 7 whatever stands beside $ref is ignored.
      checks: { description: checksSummary, allOf: [{ $ref: '#/definitions/checks' }] },
      overrides: {
        description: 'Settings of checks in some files or for some groups; later ones go before earlier ones.',
        type: 'array',
        items: overrideSchema,
      },
      trusted: {
        description: 'Sources that are no fault, however wide they are; the whole internet stays one.',
        type: 'object',
        additionalProperties: false,
        properties: {
          cidrs: textList('CIDR blocks of either family.', ['203.0.113.0/24', '2001:db8::/32']),
          prefixLists: textList('Identifiers or addresses of prefix lists.', [
            'pl-68a54001',
            'aws_ec2_managed_prefix_list.office',
          ]),
          groups: textList('Identifiers or addresses of security groups.', [
            'sg-0123',
            'module.edge.aws_security_group.lb',
          ]),
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
            items: { description: 'A tool whose comments count as if they were of tfsg.', enum: honoredTools },
            default: honoredTools,
          },
          locked: {
            ...textList('Checks that no comment suppresses.', ['all-traffic-open', 'CKV_AWS_24']),
            default: [],
          },
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
      level: {
        description: levelSummary,
        enum: levels,
        enumDescriptions: levels.map((level) => levelSummaries[level]),
      },
      withoutOptions: settingSchema({}),
      ...Object.fromEntries(
        checks.filter(hasOptions).map((check) => [check.id, settingSchema(optionProperties(check))]),
      ),
    },
  };
}

const presetSummaries: Readonly<Record<Preset, string>> = {
  'tfsg:recommended': 'what holds without a configuration',
  'tfsg:strict': 'these, and those that not everybody wants',
  'tfsg:cis': 'those that a recommendation of the CIS AWS Foundations Benchmark asks for',
  'tfsg:off': 'none but those that are turned on',
};

const levelSummary = 'What the check reports at, or that it does not run.';

const levelSummaries: Readonly<Record<Level, string>> = {
  off: 'The check does not run.',
  critical: 'Fails a run unless failOn is never.',
  high: 'Fails a run if failOn is high, medium or low.',
  medium: 'Fails a run if failOn is medium or low.',
  low: 'Fails a run if failOn is low, the default.',
  info: 'Never fails a run.',
};

/** A length would need ajv's own function at run time. */
const someText: Schema = { type: 'string', pattern: '\\S' };

const textList = (description: string, examples: readonly string[]): Schema => ({
  description,
  type: 'array',
  items: { description: `For instance ${examples.join(', ')}.`, ...someText, examples },
});

const pattern = (description: string, examples: readonly string[]): Schema => ({
  description,
  type: 'string',
  examples,
});

const groupPattern = pattern('A pattern of a name or an address, in which * stands for any characters.', [
  '*-web',
  'module.edge.*',
]);

const environmentSchema: Schema = {
  description: 'Files and values of variables, and a workspace.',
  type: 'object',
  additionalProperties: false,
  properties: {
    varFiles: textList("Files of variables, relative to a root module's folder or else to this file's.", [
      'env/prod.tfvars',
    ]),
    vars: {
      description: 'Values of variables, which go before the files.',
      type: 'object',
      examples: [{ office_cidr: '203.0.113.0/24' }],
    },
    workspace: { description: 'What terraform.workspace is.', ...someText, examples: ['prod'] },
  },
};

const overrideSchema: Schema = {
  description: 'Settings of checks in the files that match, for the groups that match.',
  type: 'object',
  additionalProperties: false,
  required: ['checks'],
  properties: {
    files: {
      description: "Patterns of files, relative to this file's folder. Without it: every file.",
      type: 'array',
      minItems: 1,
      items: pattern('A pattern of files or folders.', pathExamples),
    },
    groups: {
      description: 'Patterns of the names or addresses of groups. Without it: whatever group.',
      type: 'array',
      minItems: 1,
      items: groupPattern,
    },
    checks: { description: checksSummary, allOf: [{ $ref: '#/definitions/checks' }] },
  },
};

const portSchema: Schema = {
  description: 'A port (80), a range ("8000-8010"), or either with a protocol ("53/udp").',
  type: ['integer', 'string'],
  minimum: 0,
  maximum: 65535,
  pattern: '^[0-9]{1,5}(-[0-9]{1,5})?(/(tcp|udp))?$',
  examples: [80, '8000-8010', '53/udp'],
};

const policySchema: Schema = {
  description: 'What the groups that match may let in; without a role and ingress nothing.',
  type: 'object',
  additionalProperties: false,
  required: ['groups'],
  properties: {
    groups: {
      description: 'Patterns of the names or addresses of groups.',
      type: 'array',
      minItems: 1,
      items: groupPattern,
    },
    role: { description: 'A ready-made policy.', enum: Object.keys(roles) },
    ingress: {
      description: 'What may come in, beside what the role allows.',
      type: 'array',
      items: {
        description: 'Ports, and who may reach them.',
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
            items: pattern('A source.', [...audiences, '10.0.0.0/8', 'sg-0123', 'aws_security_group.lb']),
          },
        },
      },
    },
  },
};

function checkProperties(checks: readonly Check[]): Schema {
  const properties: Record<string, Schema> = {};
  const names = new CheckNames(checks);
  for (const name of names.spellings) {
    const named = names.find(name) ?? [];
    const [first] = named;
    const isAlone = named.length === 1 && first !== undefined;
    const reference = isAlone && hasOptions(first) ? first.id : 'withoutOptions';
    // In draft 7 whatever stands beside $ref is ignored.
    properties[name] = { ...describeName(name, named), allOf: [{ $ref: `#/definitions/${reference}` }] };
  }
  return properties;
}

/** Editors that know no Markdown show the description. */
function describeName(name: string, named: readonly Check[]): Schema {
  const [first] = named;
  if (named.length > 1 || first === undefined || first.id !== name) {
    const lines = named.map(({ id, summary }) => `${id}: ${summary}.`);
    const marked = named.map(({ id, summary }) => `- \`${id}\`: ${summary}.`);
    const intro = `Another tool's id for:`;
    return {
      description: [intro, ...lines].join('\n'),
      markdownDescription: [`${intro}\n`, ...marked].join('\n'),
    };
  }
  const state = first.set === 'off' ? 'off until it is configured' : `on in tfsg:${first.set}`;
  const shown = shownAliases(first.aliases);
  const aliases = shown.length === 0 ? [] : [`Also known as ${shown.join(', ')}.`];
  const page = `\`tfsg explain ${name}\`, docs/checks/${name}.md`;
  return {
    description: `${first.summary}.`,
    default: isOnIn(defaultPreset, first) ? first.severity : 'off',
    markdownDescription: [`${first.summary}.`, `Severity: ${first.severity}; ${state}.`, ...aliases, page].join('\n\n'),
  };
}

function hasOptions(check: Check): boolean {
  return settableOptions(check).length > 0;
}

/** Policies have a key of their own. */
const settableOptions = (check: Check) => Object.entries(check.options).filter(([, { type }]) => !isOwnKey(type));

function settingSchema(options: Schema): Schema {
  return {
    description: '"off", a severity, or [severity, { options }].',
    if: { type: 'array' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      minItems: 1,
      items: [
        { $ref: '#/definitions/level' },
        { description: 'Options of the check.', type: 'object', additionalProperties: false, properties: options },
      ],
      additionalItems: false,
    },
    else: { $ref: '#/definitions/level' },
  };
}

function optionProperties(check: Check): Schema {
  return Object.fromEntries(
    settableOptions(check).map(([name, declaration]) => [
      name,
      { ...typeSchema(declaration), description: declaration.summary, default: declaration.default },
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
    case 'trusted':
      throw new Error(`Options of the type ${declaration.type} have a key of their own.`);
    case 'strings':
      return { type: 'array', items: { description: 'An entry.', type: 'string' } };
    case 'ports':
      return { type: 'array', items: portSchema };
  }
}
