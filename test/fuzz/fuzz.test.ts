/** A short run of the fuzzers. */

import { expect, test } from '@jest/globals';
import { fuzzOne, inputOf, targets } from '../../scripts/fuzz/targets.ts';

const SEED = 20260101;
const COUNT = 2500;

test('nothing that a seed makes throws, comes out in two ways, or has a place outside of its file', () => {
  const chosen = new Set<string>();
  for (let seed = SEED; seed < SEED + COUNT; seed += 1) {
    const { target, text, fault } = fuzzOne(seed);
    chosen.add(target);
    if (fault !== undefined) expect({ seed, target, text, fault }).toBeUndefined();
  }
  expect([...chosen].sort()).toEqual(Object.keys(targets).sort());
});

test('a seed makes the same text again', () => {
  for (let seed = SEED; seed < SEED + 200; seed += 1) expect(inputOf(seed)).toEqual(inputOf(seed));
});
