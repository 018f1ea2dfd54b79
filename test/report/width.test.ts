/** How many columns a text takes. */

import { expect, test } from '@jest/globals';
import { displayWidth } from '../../src/report/width.ts';

test.each([
  ['', 0],
  ['plain', 5],
  ['安全组', 6],
  ['ｗｉｄｅ', 8],
  ['e\u0301', 1],
  ['🔒', 2],
  ['👩‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['⚠\ufe0f', 2],
  ['⚠', 1],
  ['…', 1],
])('%s: %s', (text, expected) => {
  expect(displayWidth(text)).toBe(expected);
});
