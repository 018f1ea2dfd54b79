/** With a cache, worlds are those that a run without one has, whatever was edited in between. EDIT_RUNS has more edits, EDIT_SEED others. */

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
import { type Edit, edited, type Files, kindsOfEdits } from './edits.ts';

const folder = join(fixtures, 'worlds');
const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile());
const numRuns = Number(process.env['EDIT_RUNS'] ?? 1) * 60;
const seed = Number(process.env['EDIT_SEED'] ?? 14);

/** What has the group of a fixture, and another group. */
const others: Files = {
  'service.tf': 'resource "aws_instance" "app" {\n  vpc_security_group_ids = [aws_security_group.web.id]\n}\n',
  'other.tf': 'resource "aws_security_group" "other" {\n  name        = "other"\n  description = "Other"\n}\n',
};

/** The files of a fixture, each block of it in one of its own. */
function filesOf(name: string, isSplit: boolean): Files {
  const text = readFileSync(join(folder, name), 'utf8');
  if (!isSplit) return { 'main.tf': text };
  const blocks = text.split(/(?<=^\}\n)\n/m);
  return { ...Object.fromEntries(blocks.map((block, index) => [`file-${index}.tf`, block])), ...others };
}

async function run(files: Files, cache?: QueryCache): Promise<unknown> {
  const fileSystem = memoryFileSystem(files);
  const { configFor } = discoverConfigs(fileSystem, checks, noSelection);
  const options = { configFor, parser: 'native', inputs: noInputs, confirmSyntaxErrors: false, cache } as const;
  return documentOf(await lint(fileSystem, [''], options));
}

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({ file: fc.nat(9), kind: fc.nat(kindsOfEdits - 1), at: fc.nat(99) }),
  { minLength: 4, maxLength: 4 },
);

/** What a world is asked after an edit, and was not asked before it, is of a local value that the edit declares elsewhere. */
const movedLocal = [
  'conditions-that-start-alike.tf',
  false,
  [
    { file: 7, kind: 22, at: 12 },
    { file: 2, kind: 3, at: 3 },
    { file: 2, kind: 20, at: 93 },
    { file: 6, kind: 5, at: 77 },
  ],
] as const;

test(
  'a run with a cache finds the same in all worlds',
  async () => {
    const property = fc.asyncProperty(fc.constantFrom(...names), fc.boolean(), edits, async (name, isSplit, all) => {
      const cache = new QueryCache();
      let files = filesOf(name, isSplit);
      await run(files, cache);
      for (const edit of all) {
        files = edited(files, edit);
        expect(await run(files, cache)).toEqual(await run(files));
      }
    });
    await fc.assert(property, { numRuns, seed, endOnFailure: true, examples: [[...movedLocal]] });
  },
  60_000 + numRuns * 1_000,
);
