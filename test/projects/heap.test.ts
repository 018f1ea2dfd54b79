/** What is kept from run to run is that of the last run: an editor may stay open for days. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { groupFile } from '../../bench/edits.ts';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem, overlayFileSystem } from '../../src/files.ts';
import { lint, QueryCache } from '../../src/lint.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const FILES = 40;

test('edits leave nothing behind', async () => {
  const files = Object.fromEntries(Array.from({ length: FILES }, (_, index) => [`g${index}.tf`, groupFile(index, 0)]));
  const disk = memoryFileSystem({
    ...files,
    'variables.tf': 'variable "vpc_id" {}\nlocals {\n  office = "10.1.0.0/16"\n}\n',
  });
  const cache = new QueryCache();
  const options = { configFor: () => configOf(new Map()), parser: 'native' as const, inputs: noInputs, cache };
  const heapAfter = async (first: number, last: number): Promise<number> => {
    for (let edit = first; edit < last; edit++) {
      const index = edit % FILES;
      await lint(overlayFileSystem(disk, new Map([[`g${index}.tf`, groupFile(index, edit)]])), [''], options);
    }
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = await heapAfter(1, 60);
  const after = await heapAfter(60, 360);
  // One run of these files takes about a megabyte.
  expect(after - before).toBeLessThan(6_000_000);
}, 60_000);
