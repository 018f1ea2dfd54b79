/**
 * Asks the AWS provider for its schemas and keeps what tfsg needs of them in data/aws-provider-MAJOR.json. It takes the version, as Terraform
 * has it in `required_providers`; without one it is the newest. Terraform has to be installed.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonText } from './generate/output.ts';
import { type FullSchema, provider, trimmedSchema } from './generate/provider-schema.ts';

const wanted = process.argv[2] ?? '>= 6.0.0';
const folder = mkdtempSync(join(tmpdir(), 'tfsg-provider-'));

/** @throws Error where Terraform fails, which has said why */
function terraform(...words: readonly string[]): string {
  return execFileSync('terraform', words, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

try {
  const required = { aws: { source: 'hashicorp/aws', version: wanted } };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: required } }));
  terraform('init', '-input=false', '-no-color');
  const version: string = JSON.parse(terraform('version', '-json')).provider_selections[provider];
  const schema: FullSchema = JSON.parse(terraform('providers', 'schema', '-json')).provider_schemas[provider];
  const path = `data/aws-provider-${version.split('.')[0]}.json`;
  writeFileSync(
    join(import.meta.dirname, '..', path),
    jsonText(trimmedSchema(schema, version, 'terraform providers schema -json')),
  );
  console.log(`wrote ${path}: version ${version}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
