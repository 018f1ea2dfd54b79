/** Scaffolds a check: `npm run new-check -- <id>` writes its file, fixtures and page, and generates the rest. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { camelCase } from './generate/modules.ts';
import type { Output } from './generate/output.ts';

const root = join(import.meta.dirname, '..');
const id = process.argv[2] ?? '';

const check = `/** Rules that ... */

import { defineCheck } from '../findings/check.ts';

export const ${camelCase(id)} = defineCheck({
  id: '${id}',
  summary: 'A rule ...',
  severity: 'medium',
  set: 'off',
  topic: 'exposure',
  aliases: [],
  sources: [],
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      if (rule.description.kind === 'unknown') continue;
      yield { answer: 'yes', subject: rule, rule, place: rule, message: '...' };
    }
  },
});
`;

const group = (comment: string) => `resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers"

  ingress {${comment}
    description = "HTTPS"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
`;

/** @throws Error if the id can't be one, or is taken */
function scaffold(): Output[] {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id))
    throw new Error('Usage: npm run new-check -- <id>; an id names the fault in lower case: admin-port-open.');
  if (existsSync(join(root, `src/checks/${id}.ts`))) throw new Error(`There is a check ${id} already.`);
  const fixtures = `fixtures/checks/${id}`;
  return [
    { path: `src/checks/${id}.ts`, text: check },
    { path: `${fixtures}/bad.tf`, text: group(` # expect: ${id}`) },
    { path: `${fixtures}/good.tf`, text: group('') },
    { path: `${fixtures}/unknown.tf`, text: group('') },
    { path: `docs/checks/${id}.md`, text: page() },
  ];
}

function page(): string {
  return '<!-- header -->\n<!-- /header -->\n\n## Why\n\n## How to fix\n\n## When not to\n\n<!-- examples -->\n<!-- /examples -->\n';
}

try {
  for (const { path, text } of scaffold()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  const tsx = join(root, 'node_modules/.bin/tsx');
  process.exitCode = spawnSync(tsx, [join(root, 'scripts/generate.ts')], { stdio: 'inherit', cwd: root }).status ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
