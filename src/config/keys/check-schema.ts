/** The schema of the settings of checks, for editors to say what each is. */

import { shownAliases } from '../../findings/aliases.ts';
import type { Check } from '../../findings/check.ts';
import { CheckNames } from '../../findings/names.ts';
import type { Schema } from '../key.ts';
import { type CheckLevel, checkLevels } from '../names.ts';
import { defaultPreset, isOnIn } from '../presets.ts';
import { portSchema } from '../schema-parts.ts';
import { type SettableOption, settableOptions } from './options.ts';

const checksSummary = 'Checks by id or by another tool\'s id: "off", a severity, or [severity, { options }].';

/** In draft 7 whatever stands beside $ref is ignored. */
export const checksReference: Schema = { description: checksSummary, allOf: [{ $ref: '#/definitions/checks' }] };

/** What the reference, and the settings of single checks refer to. */
export function checkDefinitions(checks: readonly Check[]): Schema {
  return {
    checks: {
      description: checksSummary,
      type: 'object',
      additionalProperties: { description: 'A rule of tfsg.rules.hcl.', allOf: [{ $ref: '#/definitions/ownRule' }] },
      properties: checkProperties(checks),
    },
    level: {
      description: levelSummary,
      enum: checkLevels,
      enumDescriptions: checkLevels.map((level) => levelSummaries[level]),
    },
    withoutOptions: settingSchema({}),
    ownRule: {
      ...settingSchema(
        {},
        {
          description: 'An option of the rule.',
          type: ['boolean', 'integer', 'string', 'array'],
          items: { description: 'An entry.', type: 'string' },
        },
      ),
      description: 'A rule of tfsg.rules.hcl: "off", a severity, or [severity, { options }].',
    },
    ...Object.fromEntries(checks.filter(hasOptions).map((check) => [check.id, settingSchema(optionProperties(check))])),
  };
}

const levelSummary = 'Severity of the check, or "off".';

const levelSummaries: Readonly<Record<CheckLevel, string>> = {
  off: 'The check does not run.',
  critical: 'Fails a run unless failOn is never.',
  high: 'Fails a run if failOn is high, medium or low.',
  medium: 'Fails a run if failOn is medium or low.',
  low: 'Fails a run if failOn is low, the default.',
  info: 'Never fails a run.',
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
  const state = first.preset === 'off' ? 'off by default' : `on in tfsg:${first.preset}`;
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

function settingSchema(options: Schema, others: Schema | false = false): Schema {
  return {
    description: '"off", a severity, or [severity, { options }].',
    if: { type: 'array' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: {
      minItems: 1,
      items: [
        { $ref: '#/definitions/level' },
        { description: 'Options of the check.', type: 'object', additionalProperties: others, properties: options },
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

function typeSchema(declaration: SettableOption): Schema {
  switch (declaration.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer', minimum: declaration.min, maximum: declaration.max };
    case 'string':
    case 'pattern':
      return { type: 'string' };
    case 'strings':
      return { type: 'array', items: { description: 'An entry.', type: 'string' } };
    case 'ports':
      return { type: 'array', items: portSchema() };
  }
}
