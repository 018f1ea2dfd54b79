/** Ports that IPv6 opens to the internet and IPv4 to some sources. */

import { expect, test } from '@jest/globals';
import { nameOfPeer } from '../../src/checks/shared/rule-text.ts';
import { familyGapsOf } from '../../src/model/questions/family-gap.ts';
import { formatTraffic } from '../../src/network/traffic.ts';
import { ruleSetOf, type SmallRule } from './model-of.ts';

const rule = (from: number, to: number, ...sources: readonly string[]): SmallRule => ({ from, to, sources });

test.each([
  ['for some in IPv4', [rule(80, 80, '::/0'), rule(80, 80, '10.0.0.0/8')], ['TCP 80 not 10.0.0.0/8 ']],
  ['for all in both', [rule(80, 80, '::/0'), rule(80, 80, '0.0.0.0/0')], []],
  ['for nobody in IPv4', [rule(80, 80, '::/0'), rule(443, 443, '10.0.0.0/8')], []],
  ['for nobody that can be', [rule(80, 80, '::/0'), rule(80, 80, '127.0.0.1/32')], []],
  [
    'in part',
    [rule(1, 100, '::/0'), rule(50, 60, '10.0.0.0/8', '172.16.0.0/12'), rule(55, 200, '0.0.0.0/0')],
    ['TCP 50-54 not 10.0.0.0/8 172.16.0.0/12 '],
  ],
  ['together in IPv6', [rule(80, 80, '2000::/4', '3000::/4'), rule(80, 80, '10.0.0.0/8')], ['TCP 80 not 10.0.0.0/8 ']],
  ['narrow in IPv6', [rule(80, 80, '2600::/16'), rule(80, 80, '10.0.0.0/8')], []],
  [
    'if the IPv4 rule is there',
    [rule(80, 80, '::/0'), { ...rule(80, 80, '10.0.0.0/8'), more: 'count = var.on ? 1 : 0' }],
    ['TCP 80 not 10.0.0.0/8 var.on'],
  ],
])('%s', async (_, rules, expected) => {
  const ruleSet = await ruleSetOf(rules, 'variable "on" {\n  type = bool\n}\n');
  const gaps = familyGapsOf(ruleSet).map(
    ({ traffic, sources, reasons }) =>
      `${formatTraffic(traffic)} not ${sources.map(nameOfPeer).join(' ')} ${reasons.join()}`,
  );
  expect(gaps).toEqual(expected);
});
