/** Modules that are read where the key "modules" says, whatever their source is. */

import { describe, expect, test } from '@jest/globals';
import { checks } from '../../src/checks/index.ts';
import { discoverConfigs } from '../../src/config/discover.ts';
import { noSelection } from '../../src/config/resolve.ts';
import { memoryFileSystem } from '../../src/files.ts';
import { lint } from '../../src/lint.ts';
import { placeOf } from '../../src/source/position.ts';
import { noInputs } from '../../src/terraform/instances/inputs.ts';
import { mappedDirectory } from '../../src/terraform/modules/mapped.ts';

const module = `resource "aws_security_group" "web" {
  name        = "web"
  description = "Web"

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`;
const source = 'git::ssh://git@git.example.com/acme/modules.git//sg?ref=v1.2.0';
const live = `module "sg" {\n  source = "${source}"\n}\n`;

async function found(modules: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
  const all = { 'live/main.tf': live, 'modules/sg/main.tf': module, ...files };
  const fileSystem = memoryFileSystem({ '.tfsgrc.json': JSON.stringify({ modules }), ...all });
  const { configFor, problems: mistakes } = discoverConfigs(fileSystem, checks, noSelection);
  const options = { configFor, parser: 'native', inputs: noInputs, baseline: false } as const;
  const { findings, problems } = await lint(fileSystem, [''], options);
  return {
    findings: findings.map(({ check, span, instances }) => `${placeOf(span)} ${check} ${instances.join(' ')}`),
    problems: [...mistakes, ...problems].map(({ severity, message }) => `${severity} ${message}`),
  };
}

const open = (root: string): string => `modules/sg/main.tf:10:20 admin-port-open ${root}aws_security_group.web`;

test('a source with a subdirectory and a ref is read in the directory of its package', async () => {
  const modules = { 'git::ssh://git@git.example.com/acme/modules.git': 'modules' };
  expect(await found(modules)).toEqual({ findings: [open('module.sg.')], problems: [] });
});

test('what the configuration names counts, and not what was installed', async () => {
  const installed = {
    'live/.terraform/modules/modules.json': JSON.stringify({
      Modules: [{ Key: 'sg', Source: source, Dir: '.terraform/modules/sg' }],
    }),
    'live/.terraform/modules/sg/main.tf': module.replaceAll('22', '3389'),
  };
  const modules = { 'git::ssh://git@git.example.com/acme/modules.git//sg': 'modules/sg' };
  expect((await found(modules, installed)).findings).toEqual([open('module.sg.')]);
});

test('an entry that nothing needs, and one that leads nowhere, are told', async () => {
  const { problems, findings } = await found({ 'acme/other/aws': 'modules/sg', [source]: 'modules/none' });
  expect(findings).toEqual([open('')]);
  expect(problems).toEqual([
    'warning No module has the source "acme/other/aws", so this entry has no effect.',
    'error "modules" names modules/none for this source, where there is no configuration.',
    expect.stringMatching(/^warning The module ".*" is not installed/),
  ]);
});

test('a mistake is told where it stands', async () => {
  const { problems } = await found({ './x': 'modules', [source]: '/modules', 'acme/sg/aws': '../../elsewhere' });
  expect(problems.filter((each) => each.startsWith('error'))).toEqual([
    'error "./x" is a local module, which tfsg reads from its own directory.',
    'error Expected a directory relative to this file.',
    'error ../../elsewhere is outside the tree.',
  ]);
});

describe('the directory of a source', () => {
  const cases: readonly (readonly [string, string, string, string | undefined])[] = [
    ['acme/sg/aws', 'vendor/sg', 'acme/sg/aws', 'vendor/sg'],
    ['acme/sg/aws', 'vendor/sg', 'acme/sg/aws//modules/ssh', 'vendor/sg/modules/ssh'],
    ['acme/sg/aws//modules/ssh', 'vendor/ssh', 'acme/sg/aws//modules/ssh', 'vendor/ssh'],
    ['acme/sg/aws//modules/ssh', 'vendor/ssh', 'acme/sg/aws', undefined],
    ['acme/sg/aws', 'vendor/sg', 'acme/sg/google', undefined],
    ['git::https://h/m.git', '', 'git::https://h/m.git//net?ref=1', 'net'],
    ['git::https://h/m.git?ref=1', 'old', 'git::https://h/m.git?ref=1', 'old'],
    ['git::https://h/m.git?ref=1', 'old', 'git::https://h/m.git?ref=2', undefined],
    ['git@github.com:acme/m.git', '.', 'git@github.com:acme/m.git', ''],
  ];
  test.each(cases)('with %s as %s, of %s: %s', (entry, directory, written, expected) => {
    expect(mappedDirectory(new Map([[entry, directory]]), written)).toBe(expected);
  });

  test('the most exact entry counts', () => {
    const mapped = new Map([
      ['acme/sg/aws', 'vendor/sg'],
      ['acme/sg/aws//modules/ssh', 'vendor/ssh'],
    ]);
    expect(mappedDirectory(mapped, 'acme/sg/aws//modules/ssh')).toBe('vendor/ssh');
  });
});
