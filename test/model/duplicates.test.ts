/** What a group is given twice, against enumeration. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { duplicatesIn } from '../../src/model/questions/duplicates.ts';
import { indexOf, modelOf, ruleSetOf, smallRules } from './model-of.ts';

test('is every source that a rule before has for the same ports', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(smallRules(), async (rules) => {
      const ruleSet = await ruleSetOf(rules);
      const seen = new Set<string>();
      const expected = rules.flatMap(({ from, to, sources }, index) =>
        sources.filter((source) => seen.size === seen.add(`${from}-${to} ${source}`).size).map(() => index),
      );
      found += expected.length;
      expect(duplicatesIn(ruleSet.rules).flatMap((each) => each.map(({ again }) => indexOf(again.rule)))).toEqual(
        expected,
      );
    }),
    { numRuns: 100 },
  );
  expect(found).toBeGreaterThan(0);
});

const inline = (sources: string, description: string): string =>
  `  ingress {\n    from_port = 1\n    to_port = 1\n    protocol = "tcp"\n    cidr_blocks = [${sources}]\n    description = "${description}"\n  }\n`;

test.each([
  ['the provider merges a part', ['"10.0.0.0/8"', 'a'], ['"10.0.0.0/8", "172.16.0.0/12"', 'a'], 0],
  ['the provider merges all', ['"10.0.0.0/8", "172.16.0.0/12"', 'a'], ['"10.0.0.0/8"', 'a'], 1],
  ['other words keep it apart', ['"10.0.0.0/8"', 'a'], ['"10.0.0.0/8", "172.16.0.0/12"', 'b'], 1],
] as const)('of one group: %s', async (_, a, b, count) => {
  const text = `resource "aws_security_group" "g" {\n${inline(a[0], a[1])}${inline(b[0], b[1])}}\n`;
  const model = await modelOf({ 'main.tf': text });
  expect(duplicatesIn(model.ruleSets[0]!.rules)).toHaveLength(count);
});
