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
])('%s of %j: %s', (name, candidates, expected) => {
  expect(nearestName(name, candidates)).toBe(expected);
});
