/** Neighbours against enumeration on small spaces. */

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { neighboursIn } from '../../src/model/questions/neighbours.ts';
import { formatCidr } from '../../src/network/cidr.ts';
import { TCP } from '../../src/network/protocol.ts';
import { valuesOf } from '../../src/network/traffic.ts';
import { cellsOf, indexOf, ruleSetOf, smallRules } from './model-of.ts';

test('one rule says exactly what they say together', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(smallRules(1), async (rules) => {
      const ruleSet = await ruleSetOf(rules);
      for (const { rules: parts, traffic, block } of neighboursIn(ruleSet.rules)) {
        const theirs = parts.map((part) => rules[indexOf(part)]!);
        const [{ first, last }] = valuesOf(traffic, TCP) as [{ readonly first: number; readonly last: number }];
        const sources = block === undefined ? theirs[0]!.sources : [formatCidr(block)];
        const one = { from: first, to: last, sources };
        expect(parts.length).toBeGreaterThan(1);
        expect(cellsOf([one])).toEqual(cellsOf(theirs));
        found++;
      }
    }),
    { numRuns: 200 },
  );
  expect(found).toBeGreaterThan(0);
});

test.each([
  ['ports that touch', [1, 1], [2, 2], '', '', 1],
  ['ports with a gap', [1, 1], [3, 3], '', '', 0],
  ['one within the other', [1, 3], [2, 2], '', '', 0],
  ['other words', [1, 1], [2, 2], 'description = "a"', 'description = "b"', 0],
  ['a port that is given from elsewhere', [1, 1], ['var.port', 'var.port'], '', '', 0],
] as const)('%s', async (_, a, b, more, other, count) => {
  const sources = ['10.0.0.0/8'];
  const rules = [
    { from: a[0], to: a[1], sources, more },
    { from: b[0], to: b[1], sources, more: other },
  ];
  const ruleSet = await ruleSetOf(rules, 'variable "port" {\n  default = 2\n}\n');
  expect([...neighboursIn(ruleSet.rules)]).toHaveLength(count);
});

test.each([
  ['halves', ['10.0.0.0/9', '10.128.0.0/9'], ['10.0.0.0/8']],
  ['a half and two quarters', ['10.128.0.0/9', '10.0.0.0/10', '10.64.0.0/10'], ['10.0.0.0/8']],
  ['blocks that make up none', ['10.64.0.0/10', '10.128.0.0/9'], []],
  ['a block and a part of it', ['10.0.0.0/8', '10.0.0.0/9'], []],
  ['families apart', ['10.0.0.0/9', '2600::/9', '10.128.0.0/9', '2680::/9'], ['10.0.0.0/8', '2600::/8']],
])('%s', async (_, sources, blocks) => {
  const { rules } = await ruleSetOf(sources.map((source) => ({ from: 1, to: 1, sources: [source] })));
  expect([...neighboursIn(rules)].map(({ block }) => block && formatCidr(block))).toEqual(blocks);
});
