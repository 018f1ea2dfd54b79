/** Terragrunt's units and components of Terraform stacks as root modules: their rules, and what is said of them. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { inspect, lint } from '../../src/lint.ts';
import { inspectGroup, inspectRules } from '../../src/report/inspected.ts';
import { placeOf } from '../../src/source/position.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { expectGolden, fixtures } from '../golden.ts';

const folders = ['terragrunt', 'stacks'] as const;
const only = new Set(['admin-port-open', 'port-open', 'data-port-open', 'reserved-name']);

function treeOf(name: string): Readonly<Record<string, string>> {
  const paths = (readdirSync(join(fixtures, name), { recursive: true }) as string[])
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path !== 'expected.txt' && statSync(join(fixtures, name, path)).isFile());
  const files = paths.map((path) => [path, readFileSync(join(fixtures, name, path), 'utf8')]);
  return { ...Object.fromEntries(files), '.git/HEAD': 'ref: refs/heads/main\n' };
}

/** One line for each rule, finding and problem. */
async function linesOf(files: Readonly<Record<string, string>>, paths: readonly string[] = ['']): Promise<string> {
  const tree = memoryFileSystem(files);
  const { configFor, problems: mistakes } = discoverConfigs(tree, checks, { only, disabled: new Set() });
  const options = { configFor, parser: 'native', inputs: noInputs, baseline: false } as const;
  const { models } = await inspect(tree, paths, options);
  const { findings, problems } = await lint(tree, paths, options);
  const rules = models.flatMap((model) =>
    inspectRules(model).map((rule) => {
      const { address, direction, protocol, from_port: from, to_port: to, unknown } = rule;
      const sources = [...rule.cidr_ipv4, ...rule.cidr_ipv6, ...rule.security_groups].join(' ');
      const rest = unknown.length === 0 ? '' : `, unknown: ${unknown.join(' ')}`;
      return `rule ${model.root || '.'} ${address}: ${direction} ${protocol} ${from}-${to} ${sources}${rest}`;
    }),
  );
  const names = models.flatMap((model) =>
    model.groups.map((group) => {
      const { address, name } = inspectGroup(group);
      return `group ${model.root || '.'} ${address}: ${name ?? 'unknown'}`;
    }),
  );
  return [
    ...names,
    ...rules,
    ...findings.map(
      ({ span, check, message, roots, environments }) =>
        `finding ${placeOf(span)} ${check} in ${[...roots, ...environments].join(', ')}: ${message}`,
    ),
    ...[...mistakes, ...problems].map(
      ({ span, severity, message }) => `${severity} ${span === undefined ? '-' : placeOf(span)}: ${message}`,
    ),
    '',
  ].join('\n');
}

test.each(folders.flatMap((folder) => readdirSync(join(fixtures, folder)).map((name) => `${folder}/${name}`)))(
  '%s',
  async (name) => {
    expectGolden(`${name}/expected.txt`, await linesOf(treeOf(name)));
  },
);
