/** In each world values are those that Terraform works out with the same inputs. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { build } from '../../src/build.ts';
import { configOf } from '../../src/config/config.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import type { World } from '../../src/terraform/instances/world.ts';
import { boolValue, integerValue, stringValue, type Value } from '../../src/terraform/values/value.ts';
import { terraform } from '../systems.ts';
import { inputValues, valuesConfiguration } from './worlds-made.ts';

type Inputs = Readonly<Record<string, string>>;

const bounds = { numRuns: Number(process.env['WORLD_RUNS'] ?? 5), seed: Number(process.env['WORLD_SEED'] ?? 5) };

const inputs: fc.Arbitrary<Inputs> = fc.record(
  Object.fromEntries(Object.entries(inputValues).map(([input, values]) => [input, fc.constantFrom(...values)])),
);

function inputValue(text: string): Value {
  if (text === 'true' || text === 'false') return boolValue(text === 'true');
  return /^\d+$/.test(text) ? integerValue(Number(text)) : stringValue(text);
}

async function evaluated(given: Inputs): Promise<unknown> {
  const files = memoryFileSystem({ 'main.tf': valuesConfiguration });
  const { roots } = await build(files, [''], {
    configFor: () => configOf(new Map()),
    parser: 'native',
    inputs: noInputs,
  });
  const world: World = new Map(Object.entries(given).map(([input, text]) => [input, { is: inputValue(text) }]));
  const { configuration } = roots[0]!.inWorld(world, '', undefined);
  const [all] = configuration.valuesOf('', 'local', 'all');
  return all?.kind === 'string' ? JSON.parse(all.value) : all?.kind;
}

function planned(given: Inputs): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'tfsg-worlds-'));
  try {
    writeFileSync(join(folder, 'main.tf'), valuesConfiguration);
    const variables = Object.entries(given).flatMap(([input, text]) =>
      input.startsWith('var.') ? ['-var', `${input.slice('var.'.length)}=${text}`] : [],
    );
    const env = { ...process.env, TF_WORKSPACE: given['terraform.workspace'] };
    const run = spawnSync('terraform', ['console', ...variables], {
      cwd: folder,
      env,
      input: 'local.all\n',
      encoding: 'utf8',
    });
    expect([run.status, run.stderr]).toEqual([0, expect.any(String)]);
    return JSON.parse(JSON.parse(run.stdout) as string);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

terraform.test('are the values of a world', async () => {
  const property = fc.asyncProperty(inputs, async (given) => {
    expect(await evaluated(given)).toEqual(planned(given));
  });
  await fc.assert(property, bounds);
});
