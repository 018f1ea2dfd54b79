/** With a cache, units and stacks have what a run without one has, whatever was edited in between. EDIT_RUNS has more edits, EDIT_SEED others. */

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

const names = ['terragrunt', 'stacks'].flatMap((folder) =>
  readdirSync(join(fixtures, folder)).map((name) => `${folder}/${name}`),
);
const numRuns = Number(process.env['EDIT_RUNS'] ?? 1) * 60;
const seed = Number(process.env['EDIT_SEED'] ?? 19);

function filesOf(name: string): Files {
  const folder = join(fixtures, name);
  const paths = (readdirSync(folder, { recursive: true }) as string[])
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path !== 'expected.txt' && statSync(join(folder, path)).isFile());
  const files = paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]);
  return { ...Object.fromEntries(files), '.git/HEAD': 'ref: refs/heads/main\n' };
}

/** Of Terragrunt's files and stacks, beside what is edited in any tree. */
const ofUnits: readonly ((files: Files, name: string, at: number) => Files)[] = [
  // A file as it is in the next directory.
  (files, name, at) => {
    const others = Object.keys(files).filter((other) => baseOf(other) === baseOf(name));
    return { ...files, [name]: files[others[at % Math.max(1, others.length)] ?? name] ?? '' };
  },
  // A unit more, or in place of another.
  (files, name) => ({ ...files, [`${folderOf(name)}terragrunt.hcl`]: unit }),
  (files, name) => ({ ...files, [`${folderOf(name)}more/terragrunt.hcl`]: files[name] ?? '' }),
  (files, name) => ({ ...files, [`${folderOf(name)}terragrunt.rendered.json`]: '{ "inputs": { "cidrs": ["::/0"] } }' }),
  (files, name) => ({ ...files, [`${folderOf(name)}terragrunt.values.hcl`]: 'cidrs = ["0.0.0.0/0"]\n' }),
  (files, name, at) => ({
    ...files,
    [name]: `${files[name] ?? ''}\ngenerate "more" {\n  path      = "more.tf"\n  if_exists = "overwrite"\n  contents  = "locals { nothing = ${at} }"\n}\n`,
  }),
  (files, name) => ({ ...files, [name]: `${files[name] ?? ''}\ninputs = {\n  cidrs = ["0.0.0.0/0"]\n}\n` }),
  // A directory goes, or gets another name.
  (files, name) =>
    Object.fromEntries(
      Object.entries(files).filter(([path]) => folderOf(path) === '' || folderOf(path) !== folderOf(name)),
    ),
  (files, name) => {
    const folder = folderOf(name);
    const moved = (path: string): string => (path.startsWith(folder) ? `moved/${path.slice(folder.length)}` : path);
    return folder === '' ? files : Object.fromEntries(Object.entries(files).map(([path, text]) => [moved(path), text]));
  },
];

const unit = `terraform {
  source = "../modules//group"
}

inputs = {
  cidrs = ["0.0.0.0/0"]
}
`;

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1);
const baseOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

function editedUnits(files: Files, edit: Edit): Files {
  const change = ofUnits[edit.kind - kindsOfEdits];
  if (change === undefined) return edited(files, edit);
  const names = Object.keys(files);
  return change(files, names[edit.file % Math.max(1, names.length)] ?? 'terragrunt.hcl', edit.at);
}

async function run(files: Files, cache?: QueryCache): Promise<unknown> {
  const fileSystem = memoryFileSystem(files);
  const { configFor } = discoverConfigs(fileSystem, checks, noSelection);
  const options = { configFor, parser: 'native', inputs: noInputs, confirmSyntaxErrors: false, cache } as const;
  return documentOf(await lint(fileSystem, [''], options));
}

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({ file: fc.nat(29), kind: fc.nat(kindsOfEdits + ofUnits.length - 1), at: fc.nat(99) }),
  { minLength: 5, maxLength: 5 },
);

test(
  'a run with a cache finds the same in units and stacks',
  async () => {
    const property = fc.asyncProperty(fc.constantFrom(...names), edits, async (name, all) => {
      const cache = new QueryCache();
      let files = filesOf(name);
      await run(files, cache);
      for (const edit of all) {
        files = editedUnits(files, edit);
        expect(await run(files, cache)).toEqual(await run(files));
      }
    });
    await fc.assert(property, { numRuns, seed, endOnFailure: true });
  },
  60_000 + numRuns * 1_000,
);
