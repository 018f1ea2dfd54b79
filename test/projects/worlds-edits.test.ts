/** With a cache, worlds are those that a run without one has, whatever was edited in between. EDIT_SEED has other edits. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint, QueryCache } from '../../src/lint.ts';
import { documentOf } from '../../src/report/document.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { fixtures } from '../golden.ts';
import { type Edit, edited, type Files } from './edits.ts';

const folder = join(fixtures, 'worlds');
const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());

async function run(files: Files, cache?: QueryCache): Promise<unknown> {
  const fileSystem = memoryFileSystem(files);
  const { configFor } = discoverConfigs(fileSystem, checks, noSelection);
  const options = { configFor, parser: 'native', inputs: noInputs, confirmSyntaxErrors: false, cache } as const;
  return documentOf(await lint(fileSystem, [''], options));
}

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({ file: fc.nat(9), kind: fc.nat(11), at: fc.nat(99) }),
  { minLength: 3, maxLength: 3 },
);

test('a run with a cache finds the same in all worlds', async () => {
  const property = fc.asyncProperty(fc.constantFrom(...names), edits, async (name, all) => {
    const cache = new QueryCache();
    let files: Files = { 'main.tf': readFileSync(join(folder, name), 'utf8') };
    await run(files, cache);
    for (const edit of all) {
      files = edited(files, edit);
      expect(await run(files, cache)).toEqual(await run(files));
    }
  });
  await fc.assert(property, { numRuns: 60, seed: Number(process.env['EDIT_SEED'] ?? 14), endOnFailure: true });
}, 60_000);
