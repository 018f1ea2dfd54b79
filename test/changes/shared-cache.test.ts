/** What is the same in both states is evaluated once: that makes no difference. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { accessOf } from '../../src/access-in-worlds.ts';
import { compare } from '../../src/changes/compare.ts';
import { configOf } from '../../src/config/config.ts';
import { diskFileSystem } from '../../src/files.ts';
import { changes } from '../../src/lint-changes.ts';
import { renderChangesJson } from '../../src/report/changes/json.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { fixtures } from '../golden.ts';

const folder = join(fixtures, 'changes');
const options = { configFor: () => configOf(new Map()), parser: 'native' as const, inputs: noInputs };
const look = { shownPath: (path: string) => path, color: false, noNewAccess: undefined, failing: () => false };

describe('pairs', () => {
  test.each(readdirSync(folder))('%s', async (name) => {
    const [before, after] = ['before', 'after'].map((side) => diskFileSystem(join(folder, name, side)));
    const state = (fileSystem: typeof before) => ({ fileSystem: fileSystem!, paths: [''], below: '' });
    const how = { base: 'before', unchangedDirectories: 0 };
    const shared = await changes(state(before), state(after), options, how);
    const [was, is] = [await accessOf(before!, [''], options, ''), await accessOf(after!, [''], options, '')];
    const apart = compare(was.access, is.access, { ...how, isAllowed: () => false });
    expect(renderChangesJson(shared, look)).toBe(renderChangesJson(apart, look));
  });
});
