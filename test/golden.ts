/** Expected outputs as files beside their inputs. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';

/** The folder of all fixtures. */
export const fixtures = join(import.meta.dirname, '../fixtures');

/** Expects a file of the fixtures to say just that. With UPDATE_FIXTURES=1 it is written instead, to be read and committed. */
export function expectGolden(path: string, actual: string): void {
  const file = join(fixtures, path);
  if (process.env['UPDATE_FIXTURES'] === '1') writeFileSync(file, actual);
  expect(actual).toBe(readFileSync(file, 'utf8'));
}
