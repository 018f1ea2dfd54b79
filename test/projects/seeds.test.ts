/** A few of the trees and sessions that the fuzzers make, the same each time. */

import { expect, test } from '@jest/globals';
import { tryTree } from '../../scripts/fuzz-line/trial.ts';
import { trySession } from '../../scripts/fuzz-server/session.ts';

const seeds = (first: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => first + i);

// 6000007: a variable that is declared no more is no input of the next run.
test.each([...seeds(1, 12), 6_000_007])(
  'the whole line with the tree of seed %d',
  async (seed) => {
    const { fault, runs } = await tryTree(seed);
    expect(fault).toBeUndefined();
    expect(runs).toBeGreaterThan(5);
  },
  120_000,
);

test.each(seeds(1, 12))(
  'the language server in the session of seed %d',
  async (seed) => {
    const { fault, messages } = await trySession(seed);
    expect(fault).toBeUndefined();
    expect(messages).toBeGreaterThan(0);
  },
  120_000,
);
