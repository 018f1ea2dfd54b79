/** Parts that the schemas of several keys have. */

import { keywordsOf, SERVICES } from '../network/services.ts';
import type { Schema } from './key.ts';

export const pathExamples = ['**/examples/**', 'infra/prod', 'modules/*/test/**'];

/** A length would need ajv's own function at run time. */
export const someText: Schema = { type: 'string', pattern: '\\S' };

export const textList = (description: string, examples: readonly string[]): Schema => ({
  description,
  type: 'array',
  items: { description: `For example ${examples.join(', ')}.`, ...someText, examples },
});

export const pattern = (description: string, examples: readonly string[]): Schema => ({
  description,
  type: 'string',
  examples,
});

export const groupPattern = pattern('A pattern of a name or an address; * matches any characters.', [
  '*-web',
  'module.edge.*',
]);

/** Made where it is asked for: a start does without the names of all services. */
export const portSchema = (): Schema => ({
  description:
    'A port (80) or range ("8000-8010"), optionally with a protocol ("53/udp"), or the name of a service ("ssh").',
  type: ['integer', 'string'],
  minimum: 0,
  maximum: 65535,
  pattern: '^([0-9]{1,5}(-[0-9]{1,5})?(/(tcp|udp))?|[A-Za-z][A-Za-z0-9-]*)$',
  examples: [80, '8000-8010', '53/udp', ...new Set(SERVICES.flatMap(keywordsOf))],
});
