/** What is kept of the provider's schemas, and what of it has to be written by hand. */

import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  type FullSchema,
  providerData,
  providerFaults,
  providerModule,
  trimmedSchema,
} from '../../scripts/generate/provider-schema.ts';

const schema: FullSchema = {
  resource_schemas: {
    aws_vpc: { block: { attributes: { default_security_group_id: { type: 'string', computed: true } } } },
    aws_new_service: {
      block: {
        attributes: {
          security_groups: { type: ['set', 'string'], optional: true },
          isolates_security_group: { type: 'bool', optional: true },
          network: { type: ['list', ['object', { security_group_id: 'string' }]], optional: true },
          port: { type: 'number', optional: true },
          arn: { type: 'string', computed: true },
          plan_id: { type: 'number', computed: true },
        },
        block_types: {
          vpc: {
            nesting_mode: 'list',
            max_items: 1,
            block: { attributes: { security_group_ids: { type: ['list', 'string'], required: true } } },
          },
        },
      },
    },
    aws_security_group: {
      block: {
        attributes: {
          name: { type: 'string', optional: true, computed: true },
          old: { type: 'string', optional: true, deprecated: true },
          owner_id: { type: 'string', computed: true },
        },
        block_types: {
          timeouts: { nesting_mode: 'single', block: { attributes: { create: { type: 'string', optional: true } } } },
        },
      },
    },
  },
  data_source_schemas: { aws_new: { block: { attributes: { tags: { type: ['set', 'string'], computed: true } } } } },
};

const data = trimmedSchema(schema, '7.0.0', 'a test');

test('keeps arguments that are named after security groups and take texts, with where they stand', () => {
  expect(data.groupArguments).toEqual({
    aws_new_service: {
      'network.security_group_id': 'string',
      security_groups: ['set', 'string'],
      'vpc.security_group_ids': ['list', 'string'],
    },
  });
});

test('keeps attributes that have another type than their name says', () => {
  expect(data.otherTypes).toEqual({
    'aws_new_service.plan_id': 'number',
    'data.aws_new.tags': ['set', 'string'],
  });
});

test('keeps the schemas of security-group resources', () => {
  expect(data.resources).toEqual({
    aws_security_group: {
      attributes: schema.resource_schemas['aws_security_group']!.block.attributes,
      block_types: {
        timeouts: {
          nesting_mode: 'single',
          block: { attributes: { create: { type: 'string', optional: true } }, block_types: {} },
        },
      },
    },
  });
  expect(providerModule([data]).text).toContain(
    "arguments: ['name', 'old'], required: [], types: { __proto__: null as never, name: 'string', old: 'string' }, readOnly: ['owner_id'], blocks: { __proto__: null as never, timeouts: block1 }",
  );
});

test('asks for the kind of what is new, and says what nothing in the data speaks for', () => {
  const known = providerData(join(import.meta.dirname, '../..'));
  expect(providerFaults(known)).toEqual([]);
  expect(providerFaults([...known, { ...data, attributeNames: [] }])).toEqual(
    expect.arrayContaining([
      'src/model/aws/service-kinds.ts: aws_new_service takes security groups: say of what kind it is.',
      'src/model/aws/attribute-types.ts: the type of "port" was not looked up in version 7.0.0.',
    ]),
  );
  expect(providerFaults([data])).toEqual(
    expect.arrayContaining([
      'src/model/aws/service-kinds.ts: aws_instance takes no security groups in any version of the provider.',
    ]),
  );
});
