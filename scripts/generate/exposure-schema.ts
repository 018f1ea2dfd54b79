/** The JSON Schema of what `tfsg exposure --format json` prints. */

import { objectWith } from './inspect-schema.ts';
import { reportSchema, type Schema } from './report-schema.ts';

const text = { type: 'string' };
const texts = { type: 'array', items: text };

/** Of traffic, optional. */
export const icmpCodes = {
  from_code: { description: 'The first ICMP code, where not every code of the type counts.', type: 'integer' },
  to_code: { description: 'The last ICMP code, where not every code of the type counts.', type: 'integer' },
};

/** Sensitive values are texts. */
const port = { type: ['integer', 'string', 'null'] };

export const trafficFields = {
  protocol: {
    description: 'tcp, udp, icmp, icmpv6, -1 for all, another one by its number, or several as "7-255".',
    ...text,
  },
  from_port: {
    description: 'A port, or an ICMP type (-1 for all); null where the protocol has neither.',
    ...port,
  },
  to_port: port,
};

const exposures = { type: 'array', items: { $ref: '#/definitions/exposure' } };

const place = {
  file: { description: 'Path relative to the repository root, with "/".', ...text },
  range: { $ref: '#/definitions/range' },
};

const stepKinds = [
  'internet gateway',
  'route',
  'network ACL',
  'public address',
  'listener',
  'target group',
  'rule',
  'group',
  'service',
];

/** Draft 7. Places and problems are as in a report. */
export function exposureSchema(): Schema {
  const { range, position, world, problem } = reportSchema()['definitions'] as Readonly<Record<string, Schema>>;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'tfsg exposure',
    description: 'What the internet reaches of the services that configurations create.',
    ...objectWith({
      schemaVersion: { const: 1 },
      services: { type: 'array', items: { $ref: '#/definitions/service' } },
      problems: { type: 'array', items: { $ref: '#/definitions/problem' } },
    }),
    definitions: {
      service: objectWith(
        {
          address: text,
          kind: { description: 'What it is, such as "load balancer" or "database".', ...text },
          type: { description: 'The resource type.', ...text },
          root: { description: 'Directory of the root module; "." for the repository root.', ...text },
          environment: { description: 'Name of the environment; null without one.', type: ['string', 'null'] },
          ...place,
          groups: { description: 'Addresses of its groups; of those from elsewhere their identifiers.', ...texts },
          exposures: {
            description: 'Whatever inputs are that nobody gives: what these decide is unknown.',
            ...exposures,
          },
        },
        {
          worlds: {
            description:
              'The same where inputs have the values that the configuration names; absent if that makes no difference.',
            minItems: 1,
            ...exposures,
          },
        },
      ),
      exposure: objectWith(
        {
          family: { enum: [4, 6] },
          ...trafficFields,
          answer: { description: 'Whether the internet reaches that.', enum: ['yes', 'no', 'unknown'] },
          hops: {
            description:
              'Groups on the way: 1 where the internet reaches it directly; null where the answer is not yes.',
            type: ['integer', 'null'],
          },
          path: { type: 'array', items: { $ref: '#/definitions/step' } },
          because: { description: 'For no, what is missing; for unknown, what it depends on.', ...texts },
        },
        {
          when: {
            description: 'Of `worlds`: where it is so.',
            type: 'array',
            minItems: 1,
            items: { $ref: '#/definitions/world' },
          },
          ...icmpCodes,
        },
      ),
      step: objectWith({
        kind: { enum: stepKinds },
        address: text,
        text: { description: 'What it does on the way.', ...text },
        ...place,
      }),
      world: world!,
      problem: problem!,
      range: range!,
      position: position!,
    },
  };
}
