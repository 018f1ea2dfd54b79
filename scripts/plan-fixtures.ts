/**
 * Has Terraform plan the configurations of fixtures/plans again: `npx tsx scripts/plan-fixtures.ts PROVIDERS [NAME...]`.
 *
 * PROVIDERS is the folder of a terraform-provider-aws that reads objects from the JSON file which ORACLE_OBJECTS names, by their
 * identifiers: attributes that are not there are as in the state, and null is an object that is gone. A folder of fixtures/plans has
 *
 * - `state.json`, the state before the plan;
 * - `aws.json`, what AWS has; absent: what the state says;
 * - `args.json`, further options of `terraform plan`.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const fixtures = join(import.meta.dirname, '../fixtures/plans');
const [providers, ...names] = parseArgs({ allowPositionals: true }).positionals;
if (providers === undefined) throw new Error('The folder of a provider is needed.');

for (const name of names.length > 0 ? names : readdirSync(fixtures)) {
  if (existsSync(join(fixtures, name, 'state.json'))) writeFileSync(join(fixtures, name, 'plan.json'), planOf(name));
}

function planOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tfsg-plan-'));
  try {
    cpSync(join(fixtures, name), folder, { recursive: true });
    const cli = join(folder, 'cli.tfrc');
    writeFileSync(
      cli,
      `provider_installation {\n  dev_overrides {\n    "hashicorp/aws" = ${JSON.stringify(resolve(providers!))}\n  }\n}\n`,
    );
    const objects = join(folder, 'aws.json');
    if (!existsSync(objects)) writeFileSync(objects, '{}');
    const env = { ...process.env, TF_CLI_CONFIG_FILE: cli, ORACLE_OBJECTS: objects, CHECKPOINT_DISABLE: '1' };
    const run = (...args: readonly string[]): string => {
      const { stdout, stderr, status } = spawnSync('terraform', args, {
        ...{ cwd: folder, env, encoding: 'utf8', maxBuffer: 1e9 },
      });
      if (status !== 0) throw new Error(`${name}: terraform ${args.join(' ')}: ${stderr}`);
      return stdout;
    };
    const given = join(folder, 'args.json');
    const args: string[] = existsSync(given) ? JSON.parse(readFileSync(given, 'utf8')) : [];
    if (readFileSync(join(folder, 'main.tf'), 'utf8').includes('module "')) run('get');
    run('plan', '-input=false', '-lock=false', '-state=state.json', '-out=tfplan', ...args);
    // The time, and a list in any order.
    const { timestamp, relevant_attributes, ...plan } = JSON.parse(run('show', '-json', 'tfplan'));
    return `${JSON.stringify(plan, (key, value) => (key === 'oracle_config' ? undefined : value))}\n`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
