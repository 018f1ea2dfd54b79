/** The name that somebody probably meant. */

import { expect, test } from '@jest/globals';
import { nearestName } from '../../src/text/nearest-name.ts';

test.each([
  ['prot-open', ['port-open', 'icmp-open'], 'port-open'],
  ['failon', ['include', 'failOn'], 'failOn'],
  ['pretyt', ['pretty', 'unix'], 'pretty'],
  ['hihg', ['critical', 'high', 'low'], 'high'],
  ['x', ['unix'], undefined],
  ['', ['unix'], undefined],
  ['completely-different', ['port-open'], undefined],
  ['a', [], undefined],
  ['CKV_AWS_999', ['CKV_AWS_24'], undefined],
  ['CKV_AWS_42', ['CKV2_AWS_12'], undefined],
  ['CIS 5.0/5.2', ['CIS 5.0/5.1.2'], undefined],
  ['AVD-AWS-107', ['AVD-AWS-0107'], 'AVD-AWS-0107'],
  ['CVK_AWS_24', ['CKV_AWS_24'], 'CKV_AWS_24'],
])('%s of %j: %s', (name, candidates, expected) => {
  expect(nearestName(name, candidates)).toBe(expected);
});
