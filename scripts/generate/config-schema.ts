/** The declarations of the checks -> the JSON Schema of .tfsgrc.json. */

import { honoredTools } from '../../src/config/config.ts';
import { isOwnKey } from '../../src/config/keys.ts';
import { checksByName, failOnLevels, type Level, levels } from '../../src/config/names.ts';
import { defaultPreset, isOnIn, type Preset, presets } from '../../src/config/presets.ts';
import type { Check, OptionDeclaration } from '../../src/findings/check.ts';
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
          'Presets and other files to start from; later entries override earlier ones. Without a preset: tfsg:recommended.',
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
        description: "Patterns of the files to lint, relative to this file's directory.",
        type: 'array',
        items: pattern('A pattern of files or directories.', ['**/*', ...pathExamples]),
        default: ['**/*'],
      },
      exclude: {
        description: "Patterns of the files to exclude, relative to this file's directory.",
        type: 'array',
        items: pattern('A pattern of files or directories.', pathExamples),
        default: [],
      },
      failOn: {
        description: 'The lowest severity that fails the run (exit code 1).',
        enum: failOnLevels,
        default: 'low',
      },
      failOnUnresolved: {
        description: 'Whether to exit with 1 if a module was not read or an exposure check is undecided.',
        type: 'boolean',
        default: false,
      },
      // In draft 7 whatever stands beside $ref is ignored.
      checks: { description: checksSummary, allOf: [{ $ref: '#/definitions/checks' }] },
      overrides: {
        description: 'Check settings for some files or groups; later entries override earlier ones.',
        type: 'array',
        items: overrideSchema,
      },
      trusted: {
        description: 'Sources that are not reported, however wide they are. The whole internet cannot be trusted.',
        type: 'object',
        additionalProperties: false,
        properties: {
          cidrs: textList('IPv4 and IPv6 CIDR blocks.', ['203.0.113.0/24', '2001:db8::/32']),
          prefixLists: textList('Ids or addresses of prefix lists.', [
            'pl-68a54001',
            'aws_ec2_managed_prefix_list.office',
          ]),
          groups: textList('Ids or addresses of security groups.', ['sg-0123', 'module.edge.aws_security_group.lb']),
        },
      },
      environments: {
        description: 'Named sets of inputs; each root module is evaluated with each of them.',
        type: 'object',
        additionalProperties: environmentSchema,
      },
      suppressions: {
        description: 'Which comments suppress findings.',
        type: 'object',
        additionalProperties: false,
        properties: {
          inline: { description: 'Whether comments can suppress findings.', type: 'boolean', default: true },
          requireReason: {
            description: 'Whether suppression comments need a reason to have an effect.',
            type: 'boolean',
            default: false,
          },
          honor: {
            description: 'Other tools whose suppression comments apply.',
            type: 'array',
            items: {
              description: 'A tool whose suppression comments also suppress tfsg findings.',
              enum: honoredTools,
            },
            default: honoredTools,
          },
          locked: {
            ...textList('Checks that comments cannot suppress.', ['all-traffic-open', 'CKV_AWS_24']),
            default: [],
          },
        },
      },
      policy: {
        description: 'Allowed ingress of the matching groups, for the check policy.',
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
  'tfsg:recommended': 'the default without a configuration',
  'tfsg:strict': 'tfsg:recommended and opinionated checks',
  'tfsg:cis': 'checks that the CIS AWS Foundations Benchmark requires',
  'tfsg:off': 'none, except those that are enabled',
};

const levelSummary = 'Severity of the check, or "off".';

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
  items: { description: `For example ${examples.join(', ')}.`, ...someText, examples },
});

const pattern = (description: string, examples: readonly string[]): Schema => ({
  description,
  type: 'string',
  examples,
});

const groupPattern = pattern('A pattern of a name or an address; * matches any characters.', [
  '*-web',
  'module.edge.*',
]);

const environmentSchema: Schema = {
  description: 'Variable files, variables and a workspace.',
  type: 'object',
  additionalProperties: false,
  properties: {
    varFiles: textList("Variable files, relative to a root module's directory or else to this file's.", [
      'env/prod.tfvars',
    ]),
    vars: {
      description: 'Values of variables; they override the files.',
      type: 'object',
      examples: [{ office_cidr: '203.0.113.0/24' }],
    },
    workspace: { description: 'Value of terraform.workspace.', ...someText, examples: ['prod'] },
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
    checks: { description: checksSummary, allOf: [{ $ref: '#/definitions/checks' }] },
  },
};

const portSchema: Schema = {
  description: 'A port (80) or range ("8000-8010"), optionally with a protocol ("53/udp").',
  type: ['integer', 'string'],
  minimum: 0,
  maximum: 65535,
  pattern: '^[0-9]{1,5}(-[0-9]{1,5})?(/(tcp|udp))?$',
  examples: [80, '8000-8010', '53/udp'],
};

const policySchema: Schema = {
  description: 'Allowed ingress of the matching groups; nothing without role and ingress.',
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
    role: { description: 'A predefined policy.', enum: Object.keys(roles) },
    ingress: {
      description: 'Ingress that is allowed in addition to the role.',
      type: 'array',
      items: {
        description: 'Ports and their allowed sources.',
        type: 'object',
        additionalProperties: false,
        required: ['from'],
        properties: {
          ports: { description: 'Default: all traffic.', type: 'array', minItems: 1, items: portSchema },
          from: {
            description:
              'CIDR blocks, ids of groups and prefix lists, addresses of groups, internet, private, groups, prefix-lists, self.',
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
  for (const [name, named] of checksByName(checks)) {
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
  const state = first.set === 'off' ? 'off by default' : `on in tfsg:${first.set}`;
  const aliases = first.aliases.length === 0 ? [] : [`Also known as ${first.aliases.join(', ')}.`];
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
