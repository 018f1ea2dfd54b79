/** How rules are counted against the quota. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { quotaExcessesOf } from '../../src/model/questions/quota.ts';
import { modelOf, ruleSetOf, smallRules } from './model-of.ts';

test('each source of each rule once, against enumeration', async () => {
  await fc.assert(
    fc.asyncProperty(smallRules(), fc.integer({ min: 1, max: 6 }), async (rules, max) => {
      const { rules: all } = await ruleSetOf(rules);
      const count = new Set(
        rules.flatMap(({ from, to, sources }) => sources.map((source) => `${from}-${to} ${source}`)),
      ).size;
      expect(quotaExcessesOf(all, max, []).map((excess) => [excess.direction, excess.family, excess.count])).toEqual(
        count > max ? [['ingress', 4, count]] : [],
      );
    }),
    { numRuns: 100 },
  );
});

const rule = (name: string, source: string, more = ''): string => `
resource "aws_vpc_security_group_ingress_rule" "${name}" {
  security_group_id = "sg-1"
  ip_protocol       = "-1"
  ${source}
  ${more}
}
`;

const on = 'count = var.on ? 1 : 0';

test.each([
  ['a group in both families', [rule('a', 'referenced_security_group_id = "sg-2"')], 0, ['4: 1 ', '6: 1 ']],
  ['a list from elsewhere as one', [rule('a', 'prefix_list_id = "pl-1"')], 0, ['4: 1 ', '6: 1 ']],
  [
    'certain rules alone where they are too many',
    [rule('a', 'cidr_ipv4 = "10.0.0.0/8"'), rule('b', 'cidr_ipv4 = "10.0.0.0/9"', on)],
    0,
    ['4: 1 '],
  ],
  [
    'else all that there may be',
    [rule('a', 'cidr_ipv4 = "10.0.0.0/8"'), rule('b', 'cidr_ipv4 = "10.0.0.0/9"', on)],
    1,
    ['4: 2 var.on'],
  ],
  ['nothing for a source that is not known to be one', [rule('a', 'cidr_ipv4 = var.cidr')], 0, []],
])('%s', async (_, rules, max, expected) => {
  const variables = 'variable "on" {\n  type = bool\n}\nvariable "cidr" {\n  type = string\n}\n';
  const model = await modelOf({ 'main.tf': variables + rules.join('') });
  const excesses = quotaExcessesOf(model.ruleSets[0]!.rules, max, model.prefixLists);
  expect(excesses.map(({ family, count, reasons }) => `${family}: ${count} ${reasons.join()}`)).toEqual(expected);
});
