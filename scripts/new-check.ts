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
import { reasonsOf, ruleHit } from './shared/rule-fault.ts';

export const ${camelCase(id)} = defineCheck({
  id: '${id}',
  summary: 'A rule ...',
  label: '...',
  help: '...',
  severity: 'medium',
  preset: 'off',
  topic: 'exposure',
  aliases: {},
  sources: [],
  about: 'security-group',
  options: {},
  *run(model) {
    for (const rule of model.rules) {
      const { description } = rule;
      if (description.kind === 'known' && description.value !== 'At fault') continue;
      yield ruleHit(rule, { place: description, message: '...', reasons: reasonsOf(description) });
    }
  },
});
`;

const group = (description: string, comment = '') => `resource "aws_security_group" "web" {
  name        = "web"
  description = "Web servers"

  ingress {
    description = ${description}${comment && ` # ${comment}: ${id}`}
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
`;

const [bad, good] = ['"At fault"', '"HTTPS"'];
const unknown = `variable "description" {
  type = string
}

${group('var.description', 'undecided')}`;

/** @throws Error if the id can't be one, or is taken */
function scaffold(): Output[] {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id))
    throw new Error('Usage: npm run new-check -- <id>; an id names the fault in lower case: admin-port-open.');
  if (existsSync(join(root, `src/checks/${id}.ts`))) throw new Error(`There is a check ${id} already.`);
  const fixtures = `fixtures/checks/${id}`;
  return [
    { path: `src/checks/${id}.ts`, text: check },
    { path: `${fixtures}/bad.tf`, text: group(bad, 'expect') },
    { path: `${fixtures}/good.tf`, text: group(good) },
    { path: `${fixtures}/unknown.tf`, text: unknown },
    { path: `docs/checks/${id}.md`, text: page() },
  ];
}

/** A test lints what stands under `Before:` and `After:`. */
function page(): string {
  const example = (label: string, text: string) => `${label}:\n\n\`\`\`hcl\n${text}\`\`\``;
  return `<!-- header -->
<!-- /header -->

## Why

## How to fix

<!-- help -->
<!-- /help -->

${example('Before', group(bad))}

${example('After', group(good))}

## When not to

<!-- examples -->
<!-- /examples -->
`;
}

try {
  for (const { path, text } of scaffold()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`wrote ${path}`);
  }
  // It says what is still to be written.
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/generate.ts'], {
    stdio: 'inherit',
    cwd: root,
  });
  process.exitCode = status === null ? 1 : 0;
  console.log(
    `Now write the check, its fixtures and its page, then run: npm run generate && npm run jest -- test/checks`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
